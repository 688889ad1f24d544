package explicit

import (
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// TLCExt!CounterExample is the counterexample as a graph: [state |-> {<<1, s>>,
// <<2, t>>, ...}, action |-> {<< <<1, s>>, a, <<2, t>> >>, ...}], where states
// are records of the variables, or what an ALIAS makes of them, and a tells
// which action made the step. Both sets are empty where nothing was violated.

const codePostCondition diag.Code = "W142" // a postcondition that fails after a violation

// afterViolation evaluates the POSTCONDITIONS where something was violated: they
// may keep the counterexample in a file. The violation stands, whatever they say.
func (k *check) afterViolation(m *eval.Machine) {
	if len(k.sys.PostConditions) == 0 {
		return
	}
	k.counterexample = k.graphOf(k.res.Violations[0].Behaviour)
	for _, f := range k.sys.PostConditions {
		ok, err := m.Bool(f.Expr, nil, nil)
		if ok {
			continue
		}
		w := &diag.Diagnostic{Span: f.Span, Message: fmt.Sprintf("the postcondition %s is false", f.Name)}
		if err != nil {
			w.Message = fmt.Sprintf("the postcondition %s cannot be evaluated: %v", f.Name, err)
			if ds := diag.Of(err); ds != nil {
				w.Message = fmt.Sprintf("the postcondition %s cannot be evaluated: %s", f.Name, ds[0].Message)
				w.Related = []diag.Related{{Span: ds[0].Span, Message: "here"}}
			}
		}
		k.warn(codePostCondition, w)
		return
	}
}

// graphOf is the value of CounterExample for behaviour b, which may be nil.
func (k *check) graphOf(b *trace.Behaviour) value.Value {
	var states, actions []value.Value
	if b != nil {
		for i, s := range b.Steps {
			shown := k.machine.Record(s.State)
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
			actions = append(actions, value.NewTuple([]value.Value{states[i], k.stepRecord(s.State, b.Steps[to].State), states[to]}))
		}
	}
	return value.NewRecord([]string{"action", "state"}, []value.Value{value.NewSet(actions), value.NewSet(states)})
}

// stepRecord tells which action leads from s to t: its name, its place and,
// where it has parameters, their names and values.
func (k *check) stepRecord(s, t eval.State) value.Value {
	label := eval.Label{Name: "Next", Span: k.sys.Next.Pos()}
	found := false
	_ = k.machine.Successors(s, func(u eval.Successor) bool { // it has been walked before
		if value.Compare(value.NewTuple(u.State), value.NewTuple(t)) == 0 {
			label, found = u.Action, true
		}
		return !found
	})
	at, in := label.Span, k.sys.Name
	names, vals := []string{"name"}, []value.Value{value.NewStr(label.Name)}
	if label.Def != nil {
		at, in = label.Def.Body.Pos(), label.Def.Module
		if len(label.Def.Params) > 0 {
			params, context := parametersOf(label)
			names, vals = append(names, "parameters", "context"), append(vals, params, context)
		}
	}
	return value.NewRecord(append(names, "location"), append(vals, k.locationRecord(at, in)))
}

func parametersOf(l eval.Label) (params, context value.Value) {
	var list, known []value.Value
	var names []string
	for i, p := range l.Def.Params {
		list = append(list, value.NewStr(p.Ident))
		if l.Args[i] != nil {
			names, known = append(names, p.Ident), append(known, l.Args[i])
		}
	}
	return value.NewTuple(list), value.NewRecord(names, known)
}

func (k *check) locationRecord(at source.Span, module string) value.Value {
	from, _ := k.sys.Files.Position(at.Start)
	to, _ := k.sys.Files.Position(at.End)
	return value.NewRecord(
		[]string{"beginLine", "beginColumn", "endLine", "endColumn", "module"},
		[]value.Value{value.Int(from.Line), value.Int(from.Column), value.Int(to.Line), value.Int(to.Column - 1), value.NewStr(module)})
}

// traceRecord is the value of TLCExt!Trace where the states of b up to step n
// have been seen.
func (k *check) traceRecord(b *trace.Behaviour, n int) value.Value {
	states := make([]eval.State, n)
	for i := range states {
		states[i] = b.Steps[i].State
	}
	return k.stateRecords(states)
}
