package tlcget

import (
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// CounterExample is TLCExt!CounterExample for behaviour b, which may be nil: a graph
// [state |-> {<<1, s>>, <<2, t>>, ...}, action |-> {<< <<1, s>>, a, <<2, t>> >>,
// ...}], where states are records of the variables, or what an ALIAS makes of
// them, and a tells which action made the step. Both sets are empty where nothing
// was violated. The machine tells the actions.
func CounterExample(m *eval.Machine, sys *ir.System, b *trace.Behaviour) value.Value {
	var states, actions []value.Value
	if b != nil {
		for i, s := range b.Steps {
			shown := m.Record(s.State)
			if b.Alias != nil {
				shown = b.Alias[i]
			}
			states = append(states, value.NewTuple([]value.Value{value.Int(i + 1), shown}))
		}
		for i, s := range b.Steps {
			to := i + 1
			if to == len(b.Steps) {
				to = b.LoopStart - 1
			}
			if to < 0 {
				break
			}
			actions = append(actions, value.NewTuple([]value.Value{states[i], step(m, sys, s.State, b.Steps[to].State), states[to]}))
		}
	}
	return value.NewRecord([]string{"action", "state"}, []value.Value{value.NewSet(actions), value.NewSet(states)})
}

// step tells which action leads from s to t: its name, its place and,
// where it has parameters, their names and values.
func step(m *eval.Machine, sys *ir.System, s, t eval.State) value.Value {
	label := eval.Label{Name: "Next", Span: sys.Next.Pos()}
	found := false
	_ = m.Successors(s, func(u eval.Successor) bool { // it has been walked before
		if value.Compare(value.NewTuple(u.State), value.NewTuple(t)) == 0 {
			label, found = u.Action, true
		}
		return !found
	})
	at, in := label.Span, sys.Name
	names, vals := []string{"name"}, []value.Value{value.NewStr(label.Name)}
	if label.Def != nil {
		at, in = label.Def.Body.Pos(), label.Def.Module
		if len(label.Def.Params) > 0 {
			params, context := parameters(label)
			names, vals = append(names, "parameters", "context"), append(vals, params, context)
		}
	}
	return value.NewRecord(append(names, "location"), append(vals, location(sys, at, in)))
}

// States are states as a sequence of records.
func States(m *eval.Machine, states []eval.State) value.Value {
	out := make([]value.Value, len(states))
	for i, st := range states {
		out[i] = m.Record(st)
	}
	return value.NewTuple(out)
}
