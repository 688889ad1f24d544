package explain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/trace"
)

// A lasso is a behaviour that goes on for ever: position i is state i+1 with the
// step out of it, and from the last one it returns to position loop.
type lasso struct {
	*Explainer
	b    *trace.Behaviour
	loop int
}

func newLasso(x *Explainer, b *trace.Behaviour) *lasso {
	l := &lasso{x, b, len(b.Steps) - 1}
	if b.LoopStart > 0 {
		l.loop = b.LoopStart - 1
	}
	return l
}

func (l *lasso) after(i int) int {
	if i+1 < len(l.b.Steps) {
		return i + 1
	}
	return l.loop
}

// at is the truth of e, a state predicate or an action, at position i.
func (l *lasso) at(e ir.Expr, in eval.Env, i int) bool {
	ok, err := l.machine.BoolIn(in, e, l.b.Steps[i].State, l.b.Steps[l.after(i)].State)
	return err == nil && ok
}

// from are the positions that come at i or later, in order: those of the loop
// before i come last.
func (l *lasso) from(i int) []int {
	var out []int
	for j := i; j < len(l.b.Steps); j++ {
		out = append(out, j)
	}
	for j := l.loop; j < i; j++ {
		out = append(out, j)
	}
	return out
}

// fairness tells how the loop meets each fairness assumption of the specification.
func (l *lasso) fairness() []trace.Fair {
	var out []trace.Fair
	for _, e := range l.sys.Temporal {
		out = l.fair(out, e, eval.Env{}, nil, 0)
	}
	return out
}

func (l *lasso) fair(out []trace.Fair, e ir.Expr, in eval.Env, names []trace.Binding, depth int) []trace.Fair {
	if depth > deepest {
		return out
	}
	switch e := e.(type) {
	case *ir.App:
		if e.Op == ir.And {
			for _, p := range e.Args {
				out = l.fair(out, p, in, names, depth+1)
			}
		}
	case *ir.Quant:
		if e.All {
			for inner, err := range l.machine.Bindings(e.Bounds, in, nil, nil) {
				if err != nil {
					return out
				}
				out = l.fair(out, e.Body, inner, append(slices.Clip(names), bound(e, inner)...), depth+1)
			}
		}
	case *ir.Fair:
		out = append(out, trace.Fair{Text: l.text(e), Bound: names, Span: e.Span, How: l.met(e, in)})
	default:
		if body, inner, ok := l.machine.Open(e, in); ok {
			out = l.fair(out, body, inner, names, depth+1)
		}
	}
	return out
}

// met tells how the loop meets f.
func (l *lasso) met(f *ir.Fair, in eval.Env) string {
	step := &ir.ActionBox{Span: f.Span, Angle: true, Action: f.Action, Sub: f.Sub}
	enabled := &ir.App{Span: f.Span, Op: ir.Enabled, Args: []ir.Expr{step}}
	for i := l.loop; i < len(l.b.Steps); i++ {
		if l.at(step, in, i) {
			return fmt.Sprintf("the loop takes such a step, from state %d to state %d", i+1, l.after(i)+1)
		}
	}
	never := true
	for i := l.loop; i < len(l.b.Steps); i++ {
		switch on := l.at(enabled, in, i); {
		case !on && !f.Strong:
			return fmt.Sprintf("it is not enabled in state %d, to which the loop comes again and again", i+1)
		case on:
			never = false
		}
	}
	if never {
		return "it is enabled in no state of the loop"
	}
	return "it is not met" // of a behaviour that was checked, this is never said
}

// property tells why the property called name fails.
func (l *lasso) property(name string) []string {
	for _, f := range l.sys.Properties {
		if f.Name == name && !l.holds(f.Expr, eval.Env{}, 0) {
			return l.why(nil, f.Expr, eval.Env{}, 0, false, 0)
		}
	}
	return nil
}

// holds is the truth of e from position i on, by the definition of the operators.
func (l *lasso) holds(e ir.Expr, in eval.Env, i int) bool {
	if temporal.Level(e) < ir.TemporalLevel {
		return l.at(e, in, i)
	}
	some := func(e ir.Expr) bool {
		return slices.ContainsFunc(l.from(i), func(j int) bool { return l.holds(e, in, j) })
	}
	switch e := e.(type) {
	case *ir.App:
		holds := func(x ir.Expr) bool { return l.holds(x, in, i) }
		switch e.Op {
		case ir.And:
			return !slices.ContainsFunc(e.Args, func(x ir.Expr) bool { return !holds(x) })
		case ir.Or:
			return slices.ContainsFunc(e.Args, holds)
		case ir.Not:
			return !holds(e.Args[0])
		case ir.Implies:
			return !holds(e.Args[0]) || holds(e.Args[1])
		case ir.Iff, ir.Eq:
			return holds(e.Args[0]) == holds(e.Args[1])
		case ir.Always:
			return !slices.ContainsFunc(l.from(i), func(j int) bool { return !l.holds(e.Args[0], in, j) })
		case ir.Eventually:
			return some(e.Args[0])
		case ir.LeadsTo:
			return !slices.ContainsFunc(l.from(i), func(j int) bool { return l.unanswered(e, in, j) })
		}
	case *ir.Quant:
		for inner, err := range l.machine.Bindings(e.Bounds, in, nil, nil) {
			if err == nil && l.holds(e.Body, inner, i) != e.All {
				return !e.All
			}
		}
		return e.All
	case *ir.Fair:
		return l.met(e, in) != "it is not met"
	case *ir.If:
		if l.holds(e.Cond, in, i) {
			return l.holds(e.Then, in, i)
		}
		return l.holds(e.Else, in, i)
	}
	if body, inner, ok := l.machine.Open(e, in); ok {
		return l.holds(body, inner, i)
	}
	return false
}

// unanswered tells whether P ~> Q fails at position j: P holds there, and Q from
// there on never.
func (l *lasso) unanswered(e *ir.App, in eval.Env, j int) bool {
	return l.holds(e.Args[0], in, j) && !slices.ContainsFunc(l.from(j), func(k int) bool { return l.holds(e.Args[1], in, k) })
}

// why adds sentences that say why e, at position i, has the truth that it has.
func (l *lasso) why(out []string, e ir.Expr, in eval.Env, i int, holds bool, depth int) []string {
	if depth > deepest {
		return out
	}
	if temporal.Level(e) < ir.TemporalLevel {
		w := &walk{Explainer: l.Explainer, s: l.b.Steps[i].State, next: l.b.Steps[l.after(i)].State, left: mostReasons}
		for _, r := range w.why(e, in, 0).Deciding() {
			out = append(out, fmt.Sprintf("In state %d, %s.", i+1, r.Sentence()))
		}
		return out
	}
	switch e := e.(type) {
	case *ir.App:
		return l.whyApp(out, e, in, i, holds, depth+1)
	case *ir.Quant:
		for inner, err := range l.machine.Bindings(e.Bounds, in, nil, nil) {
			if err == nil && l.holds(e.Body, inner, i) == holds && holds != e.All {
				r := trace.Reason{Bound: bound(e, inner), Text: l.text(e.Body), Holds: holds}
				return l.why(append(out, capital(r.Sentence())+"."), e.Body, inner, i, holds, depth+1)
			}
		}
		return append(out, fmt.Sprintf("%s is %v for all that it speaks of.", l.text(e), holds))
	case *ir.Fair:
		if holds {
			return append(out, fmt.Sprintf("%s is met: %s.", l.text(e), l.met(e, in)))
		}
		return append(out, fmt.Sprintf("%s is not met: the action is enabled on the loop, and the loop takes no step of it.", l.text(e)))
	}
	if body, inner, ok := l.machine.Open(e, in); ok {
		return l.why(out, body, inner, i, holds, depth+1)
	}
	return append(out, fmt.Sprintf("%s is %v from state %d on.", l.text(e), holds, i+1))
}

func (l *lasso) whyApp(out []string, e *ir.App, in eval.Env, i int, holds bool, depth int) []string {
	switch e.Op {
	case ir.And, ir.Or:
		one := (e.Op == ir.Or) == holds // part decides
		for _, p := range e.Args {
			if l.holds(p, in, i) != holds {
				continue
			}
			if out = l.why(out, p, in, i, holds, depth); one {
				break
			}
		}
		return out
	case ir.Not:
		return l.why(out, e.Args[0], in, i, !holds, depth)
	case ir.Implies:
		if !l.holds(e.Args[0], in, i) {
			return l.why(out, e.Args[0], in, i, false, depth)
		}
		out = l.why(out, e.Args[0], in, i, true, depth)
		return l.why(out, e.Args[1], in, i, holds, depth)
	case ir.Always, ir.Eventually:
		return l.whySuffix(out, e, in, i, holds, depth)
	case ir.LeadsTo:
		for _, j := range l.from(i) {
			if l.unanswered(e, in, j) {
				out = append(out, fmt.Sprintf("%s is true in state %d, and %s is true neither there nor later.", l.text(e.Args[0]), j+1, l.text(e.Args[1])))
				return l.why(out, e.Args[1], in, max(j, l.loop), false, depth)
			}
		}
	}
	return append(out, fmt.Sprintf("%s is %v from state %d on.", l.text(e), holds, i+1))
}

// whySuffix is about []F and <>F: one position decides, or all agree.
func (l *lasso) whySuffix(out []string, e *ir.App, in eval.Env, i int, holds bool, depth int) []string {
	f := e.Args[0]
	one := (e.Op == ir.Eventually) == holds
	if one {
		for _, j := range l.from(i) {
			if l.holds(f, in, j) == holds {
				return l.why(out, f, in, j, holds, depth)
			}
		}
		return out
	}
	out = append(out, fmt.Sprintf("From state %d on, %s is %v in every state, those of the loop included.", i+1, l.text(f), holds))
	return l.why(out, f, in, max(i, l.loop), holds, depth)
}

// capital begins a sentence that begins with "for".
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
