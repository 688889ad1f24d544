package explain

import (
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/trace"
)

// mostSteps is how many steps of a behaviour are explained.
const mostSteps = 1000

// Violation explains v; nil where it has no behaviour.
func (x *Explainer) Violation(v *trace.Violation) *trace.Explanation {
	b := v.Behaviour
	if b == nil || len(b.Steps) == 0 {
		return nil
	}
	e := &trace.Explanation{}
	switch v.Kind {
	case trace.Invariant, trace.ActionProp:
		e.Why = x.falseFormula(v)
	case trace.Deadlock:
		e.Blocked = x.deadlock(b.Steps[len(b.Steps)-1].State)
	case trace.Liveness:
		l := newLasso(x, b)
		e.Fairness, e.Property = l.fairness(), l.property(v.Name)
	}
	if len(b.Steps) <= mostSteps {
		e.Steps = x.Steps(b)
	}
	return e
}

// falseFormula explains what v names, or that part of it which is false.
func (x *Explainer) falseFormula(v *trace.Violation) *trace.Reason {
	at := min(max(v.Step, 1), len(v.Behaviour.Steps)) - 1
	var before, state eval.State = nil, v.Behaviour.Steps[at].State
	if at > 0 {
		before = v.Behaviour.Steps[at-1].State
	}
	props := temporal.Sort(x.sys.Properties)
	ofStates := append(append([]*ir.Formula{}, x.sys.Invariants...), props.Invariants...)
	if at == 0 {
		ofStates = append(ofStates, props.Initial...)
	}
	if f := x.firstFalse(ofStates, v.Name, state, nil); f != nil {
		return x.Why(f.Expr, state, nil)
	}
	if before == nil {
		return nil
	}
	if f := x.firstFalse(props.Steps, v.Name, before, state); f != nil {
		return x.Why(f.Expr, before, state)
	}
	return nil
}

// firstFalse is the first formula of that name that does not hold.
func (x *Explainer) firstFalse(fs []*ir.Formula, name string, s, next eval.State) *ir.Formula {
	for _, f := range fs {
		if f.Name != name {
			continue
		}
		if ok, err := x.machine.Bool(f.Expr, s, next); err != nil || !ok {
			return f
		}
	}
	return nil
}

// mostBlocked is how many actions are told of at a deadlock.
const mostBlocked = 30

// deadlock tells of each action what blocks it in s: of several guards the one that
// comes last.
func (x *Explainer) deadlock(s eval.State) []trace.Blocked {
	var order []string
	best := map[string]Blocker{}
	for _, b := range x.Blocked(x.sys.Next, s) {
		old, known := best[b.Action]
		if !known {
			order = append(order, b.Action)
		}
		if !known || b.Passed > old.Passed {
			best[b.Action] = b
		}
	}
	var out []trace.Blocked
	for _, name := range order[:min(len(order), mostBlocked)] {
		out = append(out, trace.Blocked{Action: name, Guard: best[name].Guard})
	}
	return out
}
