package eval

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Record is the state s as a record of the variables.
func (m *Machine) Record(s State) value.Value {
	names := make([]string, len(s))
	for i, v := range m.sys.Variables {
		names[i] = v.Name
	}
	return value.NewRecord(names, s)
}

// History tells whether a behaviour that went through states so far satisfies a
// formula of ir.System.Histories.
func (m *Machine) History(of *ir.OpArg, states []State) (bool, error) {
	records := make([]value.Value, len(states))
	for i, s := range states {
		records[i] = m.Record(s)
	}
	m.begin()
	at := Env{}.Bind(of.Params[0], value.NewTuple(records))
	return m.bool(of.Body, at.in, newStatePair(states[len(states)-1], nil))
}
