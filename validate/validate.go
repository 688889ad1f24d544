package validate

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// Options are what a check of a log may be told.
type Options struct {
	Mapping *Mapping // nil: the fields of the log are called as the spec calls them
	Reader  Reader   // reads the expressions of the mapping, in the scope of the spec
	Eval    eval.Options
	// Candidates is how many candidates there may be after a line, and twenty
	// times as many in all, before the search goes on depth first; Visited how many
	// it may visit then before a solver is asked. 0 for what is usual.
	Candidates, Visited int
	Symbolic            bool   // ask the solver, whatever there is to search
	Solver              string // a name for backend.Open; "" means the one linked in
	Progress            func(Progress)
}

// What Options mean where they do not say.
const (
	DefaultCandidates = 2_000
	DefaultVisited    = 10_000
	// mostVisited is how many are visited where no solver can be asked.
	mostVisited = 2_000_000
)

// Progress tells how far a check has come.
type Progress struct {
	Lines      int // explained by some behaviour
	Of         int
	Candidates int // looked at, so far
	Manner     string
}

// Check tells whether the logs, of one file each, are a behaviour of sys. Verified
// means that they are: Result.Witness is that behaviour. Violated means that they
// are not: the violation, of kind trace.Log, has the longest part of one.
func Check(ctx context.Context, sys *ir.System, logs []Log, o Options) *trace.Result {
	start := time.Now()
	r := &trace.Result{Spec: sys.Name, Engine: "trace", Bound: -1}
	if err := check(ctx, sys, logs, o, r); err != nil {
		if ctx.Err() != nil {
			r.Status, r.Reason = trace.LimitReached, fmt.Sprint(context.Cause(ctx))
		} else {
			r.Status, r.Err = trace.Failed, err
		}
	}
	r.Duration = time.Since(start)
	return r
}

func check(ctx context.Context, sys *ir.System, logs []Log, o Options, r *trace.Result) error {
	if sys.Init == nil || sys.Next == nil {
		return diag.New(diag.Config, diag.CodeNoBehaviour, source.Span{}, "the spec has no behaviour to hold the log against: name its specification, or Init and Next, in the config")
	}
	if o.Mapping == nil {
		o.Mapping = &Mapping{}
	}
	o.Eval.Context = ctx
	m := eval.New(sys, o.Eval)
	if hold, err := answer.Assumptions(m, sys, r); !hold || err != nil {
		return err
	}
	s, err := newSearch(ctx, sys, m, logs, o, r)
	if err != nil {
		return err
	}
	return s.run()
}

// A search looks for a behaviour that explains the lines.
type search struct {
	ctx     context.Context
	sys     *ir.System
	machine *eval.Machine
	options Options
	result  *trace.Result

	nodes  [][]*event // the lines that count, by node, in their order
	lines  int        // in all
	before bool       // lines tell the state before their step
	hidden ir.Expr    // the steps that the log may lack; nil for none
	most   int        // of these in a row

	looked   int          // candidates so far
	deepest  int          // lines that some candidate explains
	furthest []*candidate // those that explain the most, some of them
	open     bool         // candidates are left that were not looked at
}

func newSearch(ctx context.Context, sys *ir.System, m *eval.Machine, logs []Log, o Options, r *trace.Result) (*search, error) {
	s := &search{ctx: ctx, sys: sys, machine: m, options: o, result: r, most: o.Mapping.Unlogged.Steps}
	if s.options.Candidates == 0 {
		s.options.Candidates = DefaultCandidates
	}
	if s.options.Visited == 0 {
		s.options.Visited = DefaultVisited
	}
	res, err := newResolver(sys, m, o.Reader, o.Mapping)
	if err != nil {
		return nil, err
	}
	s.before = res.before
	if s.hidden, err = res.hidden(s.most); err != nil {
		return nil, err
	}
	if err := s.sort(res, logs); err != nil {
		return nil, err
	}
	if len(sys.Constraints)+len(sys.ActionConstraints) > 0 {
		r.Notes = append(r.Notes, "CONSTRAINT and ACTION_CONSTRAINT were not applied: they bound a search, not what an implementation may do.")
	}
	return s, nil
}

// sort makes events of the lines and gives them to the nodes.
func (s *search) sort(res *resolver, logs []Log) error {
	byNode := map[string]int{}
	node, err := path(nil), error(nil)
	if s.options.Mapping.Node != "" {
		if node, err = parsePath(s.options.Mapping.Node); err != nil {
			return err
		}
	}
	says := false
	for i, log := range logs {
		for _, l := range log {
			e, err := res.event(l)
			if err != nil {
				return err
			}
			if e == nil {
				continue
			}
			key, err := nodeOf(l, node, i)
			if err != nil {
				return err
			}
			at, known := byNode[key]
			if !known {
				at = len(s.nodes)
				byNode[key], s.nodes = at, append(s.nodes, nil)
			}
			s.nodes[at] = append(s.nodes[at], e)
			s.lines++
			says = says || e.named != "" || len(e.seen) > 0
		}
	}
	if s.lines == 0 {
		return diag.New(diag.Config, codeNothing, source.Span{}, "no line of the log counts: it is empty, or the mapping (\"where\", \"actions\") leaves out all of its lines")
	}
	if !says {
		return diag.New(diag.Config, codeNothing, s.nodes[0][0].Span, "no line of the log names an action or has the value of a variable: a mapping says which field means what")
	}
	return nil
}

// nodeOf is a text for the node that line l, of log number i, belongs to.
func nodeOf(l *Line, node path, i int) (string, error) {
	if node == nil {
		return fmt.Sprint(i), nil
	}
	v, there := node.in(l)
	if !there {
		return "", diag.New(diag.Config, codeMissing, l.Span, "this line does not say which node it is of")
	}
	text, err := json.Marshal(v)
	return string(text), err
}

// A candidate is a state of the spec after some of the lines.
type candidate struct {
	state  eval.State
	taken  []int32 // lines explained, by node
	hidden int     // steps since the last line that nobody logged
	from   *candidate
	action string
	span   source.Span
	line   *event // that the step to it explains; nil for none
	hashed uint64 // see key; 0 before
}

// explained is how many lines c explains.
func (c *candidate) explained() int {
	n := 0
	for _, t := range c.taken {
		n += int(t)
	}
	return n
}

// run looks for a candidate that explains all lines. A short look depth first finds
// one at once where many would do, and one at likely candidates where the choices
// that a line leaves open matter only later; then come the three ways.
func (s *search) run() error {
	if s.options.Symbolic {
		return s.symbolic()
	}
	frontier, err := s.initial()
	var found *candidate
	if err == nil && !s.open {
		found, err = s.explicit(frontier)
	}
	switch {
	case infinite(err):
		s.result.Notes = append(s.result.Notes, "States were not gone through one by one: "+diag.Of(err)[0].Message)
		return s.symbolic()
	case err == nil && found == nil && s.open && len(s.nodes) == 1:
		if err = s.symbolic(); !unsupported(err) {
			return err
		}
		s.result.Notes = append(s.result.Notes, "The solver was not asked: "+diag.Of(err)[0].Message)
	}
	if !s.open || found != nil || err != nil && !unsupported(err) {
		return s.finish(found, err)
	}
	s.open = false
	return s.finish(s.depth(frontier, mostVisited))
}

// finish makes the answer of a search state by state.
func (s *search) finish(found *candidate, err error) error {
	switch {
	case err != nil:
		return s.interrupted(err)
	case found != nil:
		return s.accept(s.behaviour(found))
	case s.open:
		s.unknown(fmt.Sprintf("there are more than the %d candidates that were looked at", s.looked))
		return nil
	}
	return s.reject()
}

// explicit goes through candidates one by one; s.open tells that some are left.
func (s *search) explicit(frontier []*candidate) (*candidate, error) {
	found, err := s.depth(frontier, 20*s.lines+1000)
	widest := 100
	if len(s.nodes) > 1 {
		widest = 1000
	}
	for width := 100; err == nil && s.open && found == nil && width <= widest; width *= 10 {
		found, err = s.beam(frontier, width)
	}
	if err == nil && s.open && found == nil {
		return s.thoroughly(frontier)
	}
	return found, err
}

// thoroughly goes through sets of candidates, and depth first where these become
// too large.
func (s *search) thoroughly(frontier []*candidate) (*candidate, error) {
	s.open = false
	found, left, err := s.breadth(frontier)
	if err != nil || found != nil || left == nil {
		return found, err
	}
	return s.depth(left, s.options.Visited)
}

// interrupted is the end of a search by err: where time has run out, it says how
// far it came.
func (s *search) interrupted(err error) error {
	if s.ctx.Err() == nil {
		return err
	}
	s.result.Status = trace.LimitReached
	s.result.Reason = fmt.Sprint(context.Cause(s.ctx))
	s.result.Message = fmt.Sprintf("The search ended early: %s; behaviours explain up to %d of %d lines so far.", s.result.Reason, s.deepest, s.lines)
	return nil
}

// initial are the candidates before the first line.
func (s *search) initial() ([]*candidate, error) {
	var out []*candidate
	err := s.machine.Init(func(st eval.State) bool {
		out = append(out, &candidate{state: st, taken: make([]int32, len(s.nodes)), action: "InitialState"})
		return len(out) <= s.options.Visited
	})
	if err == nil && len(out) > s.options.Visited {
		s.open = true
		return nil, nil
	}
	return out, err
}

// next yields the candidates that a step from c leads to: those that explain one
// more line, then those that explain none.
func (s *search) next(c *candidate, yield func(*candidate)) error {
	if err := s.lineSteps(c, yield); err != nil {
		return err
	}
	return s.hiddenSteps(c, yield)
}

// lineSteps yields the candidates that explain one more line than c.
func (s *search) lineSteps(c *candidate, yield func(*candidate)) error {
	if err := s.machine.Ended(); err != nil {
		return err
	}
	for _, i := range s.byProgress(c) {
		if err := s.explain(c, i, s.nodes[i][c.taken[i]], yield); err != nil {
			return err
		}
	}
	return nil
}

// byProgress are the nodes that have lines left, those first of whose lines c
// explains the smallest part. Without a common clock, that nodes advance evenly is
// the best guess; a node that runs ahead of the others may do what the next line of
// another one will not allow, and it is noticed late.
func (s *search) byProgress(c *candidate) []int {
	var out []int
	for i, lines := range s.nodes {
		if int(c.taken[i]) < len(lines) {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(i, j int) int {
		return cmp.Compare(int(c.taken[i])*len(s.nodes[j]), int(c.taken[j])*len(s.nodes[i]))
	})
	return out
}

// hiddenSteps yields the candidates to which steps lead that nobody logged.
func (s *search) hiddenSteps(c *candidate, yield func(*candidate)) error {
	if s.hidden == nil || c.hidden == s.most {
		return nil
	}
	return s.machine.SuccessorsOf(s.hidden, c.state, func(t eval.Successor) bool {
		yield(&candidate{state: t.State, taken: c.taken, hidden: c.hidden + 1, from: c, action: t.Action.String(), span: t.Action.Span})
		return true
	})
}

// explain yields the candidates to which e, the next line of node i, leads.
func (s *search) explain(c *candidate, i int, e *event, yield func(*candidate)) error {
	if s.before {
		if ok, err := e.holds(s.machine, c.state); err != nil || !ok {
			return err
		}
	}
	reach := func(st eval.State, action string, span source.Span) error {
		if !s.before {
			if ok, err := e.holds(s.machine, st); err != nil || !ok {
				return err
			}
		}
		taken := append([]int32(nil), c.taken...)
		taken[i]++
		yield(&candidate{state: st, taken: taken, from: c, action: action, span: span, line: e})
		return nil
	}
	if e.still {
		if err := reach(c.state, "Stuttering", source.Span{}); err != nil {
			return err
		}
	}
	if e.action == nil {
		return nil
	}
	var failed error
	err := s.machine.SuccessorsTo(e.known, e.action, c.state, func(t eval.Successor) bool {
		failed = reach(t.State, t.Action.String(), t.Action.Span)
		return failed == nil
	})
	if failed != nil {
		return failed
	}
	return err
}

// behaviour is the way to c.
func (s *search) behaviour(c *candidate) *trace.Behaviour {
	b := &trace.Behaviour{Vars: s.sys.VariableNames()}
	n := 0
	for x := c; x != nil; x = x.from {
		n++
	}
	b.Steps = make([]trace.Step, n)
	for x := c; x != nil; x = x.from {
		n--
		b.Steps[n] = trace.Step{Action: x.action, Span: x.span, State: x.state}
		if x.line != nil {
			b.Steps[n].Line = x.line.Place()
		}
	}
	return b
}

// accept replays b and makes it the answer.
func (s *search) accept(b *trace.Behaviour) error {
	if err := s.machine.Replay(b, nil, false); err != nil {
		return fmt.Errorf("replay of the behaviour that explains the log: %w", err)
	}
	s.result.Status, s.result.Witness = trace.Verified, b
	s.result.Message = fmt.Sprintf("The log is a behaviour of the spec: %s explained by %s.",
		trace.Plural(int64(s.lines), "line"), trace.Plural(int64(len(b.Steps)-1), "step"))
	return nil
}

// note keeps c if it explains more lines than others, or as many and there are few.
func (s *search) note(c *candidate) {
	const kept = 1000
	switch n := c.explained(); {
	case n > s.deepest:
		s.deepest, s.furthest = n, append(s.furthest[:0], c)
	case n == s.deepest && len(s.furthest) < kept:
		s.furthest = append(s.furthest, c)
	}
}

func (s *search) progress(manner string) {
	if s.options.Progress != nil {
		s.options.Progress(Progress{s.deepest, s.lines, s.looked, manner})
	}
}
