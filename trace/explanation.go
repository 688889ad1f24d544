package trace

import (
	"fmt"
	"strings"

	"github.com/lemma-mc/lemma/source"
)

// An Explanation says why a behaviour shows what it does.
type Explanation struct {
	// Why is the reason for the property to be false; nil where it is none of
	// one state or step.
	Why      *Reason
	Blocked  []Blocked    // at a deadlock: what keeps each action from being taken
	Steps    []StepReason // of the steps to the second state and later ones
	Fairness []Fair       // of a lasso: how each assumption is met
	Property []string     // of a lasso: why the property fails, a sentence each
}

// A Reason is a formula with its truth and what decides it.
type Reason struct {
	Text  string // the formula on one line
	Span  source.Span
	Holds bool
	Bound []Binding // names that a quantifier bound on the way here
	// Values are those of parts of the formula, where no parts decide that are
	// formulas themselves.
	Values  []Binding
	Because []*Reason
	Error   string // why the formula has no truth; "" where it has one
}

// A Binding is an expression with its value, both as TLA+.
type Binding struct{ Text, Value string }

// A StepReason says why a step could be taken and what it changed.
type StepReason struct {
	Step    int // the state that it leads to, from 1
	Action  string
	Guards  []*Reason // of the action, all true
	Changes []Change
}

// A Change is a part of the state that a step made another one.
type Change struct {
	Path     string // row.current_term, votes[Node1]
	From, To string // as TLA+; "" where there was, or is, none
	// Added and Removed are the elements, where the part is a set, or a sequence with
	// more or fewer at one end.
	Added, Removed []string
}

// A Fair is a fairness assumption with how a lasso meets it.
type Fair struct {
	Text  string
	Bound []Binding // names that a quantifier bound around it
	Span  source.Span
	How   string // "a step of it leads from state 4 to state 5"
}

// Sentence says what r is about in one line: the formula, its truth, and the
// values that it depends on.
func (r *Reason) Sentence() string {
	text := r.Text
	switch {
	case r.Error != "":
		text += " cannot be evaluated: " + r.Error
	case r.Holds:
		text += " is true"
	default:
		text += " is false"
	}
	if len(r.Bound) > 0 {
		text = "for " + partsText(r.Bound) + ": " + text
	}
	if len(r.Values) > 0 {
		text += ", with " + partsText(r.Values)
	}
	return text
}

// partsText writes parts with their values: a = 1, b = {}.
func partsText(parts []Binding) string {
	out := make([]string, len(parts))
	for i, p := range parts {
		out[i] = p.Text + " = " + p.Value
	}
	return strings.Join(out, ", ")
}

// Lines writes r and what it rests on, each level indented by two blanks.
func (r *Reason) Lines() []string { return r.lines(nil, "") }

func (r *Reason) lines(out []string, indent string) []string {
	out = append(out, indent+r.Sentence())
	for _, b := range r.Because {
		out = b.lines(out, indent+"  ")
	}
	return out
}

// Deciding are the reasons that r ends at: formulas without formulas as parts.
func (r *Reason) Deciding() []*Reason {
	if len(r.Because) == 0 {
		return []*Reason{r}
	}
	var out []*Reason
	for _, b := range r.Because {
		out = append(out, b.Deciding()...)
	}
	return out
}

// String says what the change is: votes[Node1]: Node2 added.
func (c Change) String() string {
	var parts []string
	if len(c.Added) > 0 {
		parts = append(parts, strings.Join(c.Added, ", ")+" added")
	}
	if len(c.Removed) > 0 {
		parts = append(parts, strings.Join(c.Removed, ", ")+" removed")
	}
	switch {
	case parts != nil:
	case c.From == "":
		parts = []string{"new, " + c.To}
	case c.To == "":
		parts = []string{"gone, was " + c.From}
	default:
		parts = []string{c.From + " -> " + c.To}
	}
	return c.Path + ": " + strings.Join(parts, ", ")
}

// A Blocked is an action that cannot be taken, with the guard that is false.
type Blocked struct {
	Action string
	Guard  *Reason
}

// Sentence says what keeps the action from being taken.
func (b Blocked) Sentence() string {
	var guards []string
	for _, r := range b.Guard.Deciding() {
		guards = append(guards, r.Sentence())
	}
	return b.Action + ": " + strings.Join(guards, "; ")
}

// Sentence says how f is met.
func (f Fair) Sentence() string {
	text := f.Text + ": " + f.How + "."
	if len(f.Bound) > 0 {
		text = "for " + partsText(f.Bound) + ": " + text
	}
	return text
}

// mostGuards is how many guards a sentence names.
const mostGuards = 3

// Sentence says what let the step happen, and what it changed.
func (s *StepReason) Sentence() string {
	var guards, changes []string
	for _, g := range s.Guards {
		for _, r := range g.Deciding() {
			guards = append(guards, r.Sentence())
		}
	}
	for _, c := range s.Changes {
		changes = append(changes, c.String())
	}
	text := fmt.Sprintf("%d. %s", s.Step, s.Action)
	if more := len(guards) - mostGuards; more > 0 {
		guards = append(guards[:mostGuards], Plural(int64(more), "further guard")+" true")
	}
	if len(guards) > 0 {
		text += " could be taken since " + strings.Join(guards, "; ")
	}
	if len(changes) == 0 {
		return text + ". It changed nothing."
	}
	return text + ". It changed " + strings.Join(changes, "; ") + "."
}
