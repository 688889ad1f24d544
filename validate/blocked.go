package validate

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explain"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// Limits of what is looked at to say what stands in the way of a line.
const (
	mostAsked  = 200 // candidates
	mostSteps  = 500 // steps of one of them
	mostValues = 5   // different values that are told
)

// reject makes the answer that no behaviour explains all lines, of which furthest
// explain the most.
func (s *search) reject() error {
	s.result.Status = trace.Violated
	if len(s.furthest) == 0 {
		s.result.Violations = []*trace.Violation{{Kind: trace.Log, Name: s.first().Place(), Message: "The spec has no initial state."}}
		return nil
	}
	var best *obstacle
	for _, c := range s.furthest[:min(len(s.furthest), mostAsked)] {
		for i, lines := range s.nodes {
			if int(c.taken[i]) == len(lines) {
				continue
			}
			o, err := s.obstacle(c, lines[c.taken[i]])
			if err != nil {
				return err
			}
			best = best.orBetter(o)
		}
	}
	b := s.behaviour(best.at)
	if err := s.machine.Replay(b, nil, false); err != nil {
		return fmt.Errorf("replay of the behaviour that explains a part of the log: %w", err)
	}
	s.result.Violations = []*trace.Violation{{
		Kind: trace.Log, Name: best.line.Place(), Step: len(b.Steps), Behaviour: b, Message: s.message(best),
	}}
	return nil
}

// first is the first line of the log.
func (s *search) first() *event { return s.nodes[0][0] }

// An obstacle is what keeps a line from being explained by a step from one
// candidate.
type obstacle struct {
	at      *candidate
	line    *event
	differs []difference // from what the log says, in the state that comes nearest; nil where there is no step
	action  string       // that leads there
	guard   *explain.Blocker
	values  [][]value.Value // of differs, what other candidates have there
}

// A difference is a value that is another one in the spec than in the log.
type difference struct {
	*sighting
	value value.Value
}

// orBetter is the obstacle that says more: one of values before one of guards, of
// few before one of many, of a guard behind others before one that is the first.
func (o *obstacle) orBetter(p *obstacle) *obstacle {
	switch {
	case o == nil:
		return p
	case o.differs != nil && p.differs != nil && o.line == p.line && sameTexts(o.differs, p.differs):
		o.join(p.differs)
		return o
	case o.differs != nil && p.differs != nil:
		if len(p.differs) < len(o.differs) {
			return p
		}
		return o
	case o.differs != nil:
		return o
	case p.differs != nil:
		return p
	case o.guard == nil, p.guard != nil && p.guard.Passed > o.guard.Passed:
		return p
	}
	return o
}

func sameTexts(a, b []difference) bool {
	return slices.EqualFunc(a, b, func(x, y difference) bool { return x.text == y.text })
}

// join adds the values of another state, which differs in the same places.
func (o *obstacle) join(differs []difference) {
	for i, d := range differs {
		known := slices.ContainsFunc(o.values[i], func(v value.Value) bool { return value.Compare(v, d.value) == 0 })
		if !known && len(o.values[i]) <= mostValues {
			o.values[i] = append(o.values[i], d.value)
		}
	}
}

// obstacle is what keeps c from explaining e.
func (s *search) obstacle(c *candidate, e *event) (*obstacle, error) {
	o := &obstacle{at: c, line: e}
	if s.before {
		return o, s.nearest(o, c.state, "", true)
	}
	if e.still {
		if err := s.nearest(o, c.state, "", true); err != nil {
			return nil, err
		}
	}
	if e.action == nil {
		return o, nil
	}
	var failed error
	steps := 0
	err := s.machine.SuccessorsOf(e.action, c.state, func(t eval.Successor) bool {
		steps++
		failed = s.nearest(o, t.State, t.Action.String(), steps == 1 && !e.still)
		return failed == nil && steps < mostSteps
	})
	if failed != nil {
		return nil, failed
	}
	if err != nil || o.differs != nil {
		return o, err
	}
	o.guard = s.guard(e.action, c.state)
	return o, nil
}

// nearest makes the state st, to which action leads, the one that o tells of if it
// differs from what the log says in fewer values, or if it is the first.
func (s *search) nearest(o *obstacle, st eval.State, action string, first bool) error {
	var differs []difference
	for i := range o.line.seen {
		x := &o.line.seen[i]
		v, err := x.value(s.machine, st)
		if err != nil {
			return err
		}
		if !x.renames.describes(x.logged, v) {
			differs = append(differs, difference{x, v})
		}
	}
	switch {
	case first:
	case sameTexts(o.differs, differs):
		o.join(differs)
		return nil
	case len(differs) >= len(o.differs):
		return nil
	}
	o.differs, o.action, o.values = differs, action, nil
	for _, d := range differs {
		o.values = append(o.values, []value.Value{d.value})
	}
	return nil
}

// guard is the one that comes last before the action could be taken.
func (s *search) guard(action ir.Expr, st eval.State) *explain.Blocker {
	var best *explain.Blocker
	for _, b := range explain.New(s.sys, s.machine).Blocked(action, st) {
		if best == nil || b.Passed > best.Passed {
			best = &b
		}
	}
	return best
}

// message says what stands in the way.
func (s *search) message(o *obstacle) string {
	var out []string
	e := o.line
	after := "From the initial state"
	if n := o.at.explained(); n > 0 {
		after = fmt.Sprintf("After the %s before it", trace.Plural(int64(n), "line"))
	}
	what := e.named
	if what == "" {
		what = "a step"
	}
	switch {
	case o.differs != nil && s.before:
		out = append(out, "In the state before the step:")
	case o.differs != nil && o.action == "":
		out = append(out, after+", in the state as it is:")
	case o.differs != nil:
		out = append(out, fmt.Sprintf("%s, %s is possible, but in the state that it leads to:", after, o.action))
	case o.guard != nil:
		out = append(out, fmt.Sprintf("%s, %s is not possible:", after, or(o.guard.Action, what)))
		for _, line := range o.guard.Guard.Lines() {
			out = append(out, "  "+line)
		}
		if at := diag.Place(s.sys.Files, o.guard.Guard.Span.Start); at != "" {
			out = append(out, "  at "+at)
		}
	default:
		out = append(out, fmt.Sprintf("%s, %s is not possible.", after, what))
	}
	for i, d := range o.differs {
		out = append(out, "  "+d.sentence(o.values[i]))
	}
	return strings.Join(append(out, s.limits(o)...), "\n")
}

// sentence says what the spec has and what the log.
func (d difference) sentence(values []value.Value) string {
	texts := make([]string, min(len(values), mostValues))
	for i := range texts {
		texts[i] = value.Brief(values[i])
	}
	spec := strings.Join(texts, " or ")
	if len(values) > mostValues {
		spec += " or others"
	}
	logged, err := json.Marshal(d.logged)
	if err != nil {
		logged = fmt.Append(nil, d.logged)
	}
	return fmt.Sprintf("%s is %s in the spec, %s in the log", d.text, spec, logged)
}

// limits says what the answer rests on.
func (s *search) limits(o *obstacle) []string {
	var out []string
	if len(s.nodes) > 1 {
		var waiting []string
		for i, lines := range s.nodes {
			if n := int(o.at.taken[i]); n < len(lines) && lines[n] != o.line {
				waiting = append(waiting, lines[n].Place())
			}
		}
		if waiting != nil {
			out = append(out, "The other nodes wait at "+strings.Join(waiting, ", ")+".")
		}
	}
	if s.most > 0 {
		out = append(out, fmt.Sprintf("At most %s in a row were taken to be missing in the log.", trace.Plural(int64(s.most), "step")))
	}
	return out
}
