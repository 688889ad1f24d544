package eval

import (
	"strings"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// TLCGet and TLCSet: registers, by number or by a name that begins with "s:",
// and what the engine tells of itself under other names.

// cdotSwitch is the property by which TLC is told to evaluate \cdot, which is
// always evaluated here. Specs that need it assume that it is set.
const cdotSwitch = "-Dtlc2.tool.impl.Tool.cdot"

// registerPrefix begins the names of registers.
const registerPrefix = "s:"

var levelName, allName value.Value = value.NewStr("level"), value.NewStr("all")

// isRegister tells whether i is the number or the name of a register.
func isRegister(i value.Value) bool {
	switch i := i.(type) {
	case value.Int:
		return i >= 0
	case value.Str:
		return strings.HasPrefix(i.Text(), registerPrefix)
	}
	return false
}

// tlcGetIn is TLCGet in the state pair w: TLCGet("level")' is the level of the next
// state.
func (m *Machine) tlcGetIn(e *ir.App, en *env, w *statePair) (value.Value, error) {
	i, err := m.eval(e.Args[0], en, w)
	if err != nil {
		return nil, err
	}
	v, err := m.tlcGet(i, w)
	if n, ok := v.(value.Int); ok && w.mark != "" && i == levelName {
		return n + 1, nil
	}
	return v, err
}

func (m *Machine) tlcGet(i value.Value, w *statePair) (value.Value, error) {
	m.impure++
	if isRegister(i) {
		if v := m.registers[i]; v != nil {
			return v, nil
		}
		return nil, value.Undefined("TLCGet(%s) was undefined.", i)
	}
	if s, ok := i.(value.Str); ok {
		switch s.Text() {
		case cdotSwitch:
			return value.NewStr("true"), nil
		case "all":
			return m.allRegisters(), nil
		}
		if v, err := m.ask(s.Text(), w); err != nil || v != nil {
			return v, err
		}
	}
	return nil, value.Undefined("TLCGet(%s) is not known here.", value.Brief(i))
}

// ask is the engine's answer, nil when it has none.
func (m *Machine) ask(name string, w *statePair) (value.Value, error) {
	if m.opts.Info == nil {
		return nil, nil
	}
	return m.opts.Info(name, w.s)
}

// allRegisters is TLCGet("all"): for each register a tuple of the values that
// it has with the workers. Who keeps registers is one worker.
func (m *Machine) allRegisters() value.Value {
	var keys []value.Value
	for i := range m.registers {
		keys = append(keys, i)
	}
	dom := value.NewSet(keys)
	keys, _ = value.Elements(dom) // a map holds no more than a list
	vals := make([]value.Value, len(keys))
	for i, k := range keys {
		vals[i] = value.NewTuple([]value.Value{m.registers[k]})
	}
	return value.NewFunc(dom, vals)
}

func (m *Machine) tlcSet(i, v value.Value) (value.Value, error) {
	m.impure++
	if isRegister(i) {
		v, err := m.meter.Normalize(v)
		if err != nil {
			return nil, err
		}
		m.registers[i] = v
		return value.True, nil
	}
	switch i {
	case value.Value(value.NewStr("exit")):
		if v == value.True && m.opts.Exit != nil {
			m.opts.Exit()
		}
		return value.True, nil
	case value.Value(value.NewStr("pause")):
		return value.True, nil // nobody is there to press a key
	}
	return nil, value.Undefined(`TLCSet needs a natural number, or a name that begins with "s:", as its first argument, but it is %s.`, value.Brief(i))
}
