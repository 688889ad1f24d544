package eval

import (
	"fmt"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// tlc applies an operator of the module TLC, other than those of two values.
func (m *Machine) tlc(op ir.Op, a []value.Value) (value.Value, error) {
	switch op {
	case ir.PrintT:
		m.impure++
		text, err := m.meter.Show(a[0])
		if err != nil {
			return nil, err
		}
		fmt.Fprintln(m.opts.Out, text)
		return value.True, nil
	case ir.ToString:
		text, err := m.meter.Show(a[0])
		return value.NewStr(text), err
	case ir.TLCEval:
		return m.meter.Normalize(a[0])
	case ir.RandomElem:
		return m.randomElement(a[0])
	case ir.Perms:
		return m.permutations(a[0])
	case ir.AnySet:
		return nil, value.Undefined("Any, the set of all values, cannot be computed with.")
	}
	panic(fmt.Sprintf("eval: unknown operator %s", op))
}

// print is Print(out, v), whose value is v.
func (m *Machine) print(out, v value.Value) (value.Value, error) {
	m.impure++
	texts, err := m.meter.ShowAll(out, v)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(m.opts.Out, "%s  %s\n", texts[0], texts[1])
	return v, nil
}

// assert is Assert(P, msg): msg is evaluated only when P is FALSE.
func (m *Machine) assert(e *ir.App, en *env, w *statePair) (value.Value, error) {
	ok, err := m.bool(e.Args[0], en, w)
	if err != nil || ok {
		return value.True, err
	}
	msg, err := m.eval(e.Args[1], en, w)
	if err != nil {
		return nil, err
	}
	if s, isText := msg.(value.Str); isText {
		return nil, &AssertError{Text: s.Text(), Span: e.Span}
	}
	text, err := m.meter.Show(msg)
	if err != nil {
		return nil, m.at(e.Args[1].Pos(), err)
	}
	return nil, &AssertError{Text: text, Span: e.Span}
}

func (m *Machine) randomElement(set value.Value) (value.Value, error) {
	elems, err := m.meter.Elements(set)
	if err != nil {
		return nil, err
	}
	if len(elems) == 0 {
		return nil, value.Undefined("RandomElement was applied to the empty set.")
	}
	return elems[m.host.Random.IntN(len(elems))], nil
}

// permutations is the set of all bijections from a finite set to itself.
func (m *Machine) permutations(set value.Value) (value.Value, error) {
	elems, err := m.meter.Elements(set)
	if err != nil {
		return nil, err
	}
	if len(elems) > 10 {
		return nil, value.Undefined("Permutations of a set of %d elements are too many to list.", len(elems))
	}
	dom := value.NewSetSorted(elems)
	var all []value.Value
	err = permute(elems, func(p []value.Value) error {
		all = append(all, value.NewFunc(dom, p))
		return m.tick()
	})
	if err != nil {
		return nil, err
	}
	return m.meter.NewSet(all)
}

// permute calls visit with each order of elems, a fresh slice each time, until
// it fails.
func permute(elems []value.Value, visit func([]value.Value) error) error {
	used := make([]bool, len(elems))
	var extend func(prefix []value.Value) error
	extend = func(prefix []value.Value) error {
		if len(prefix) == len(elems) {
			return visit(append([]value.Value(nil), prefix...))
		}
		for i, e := range elems {
			if used[i] {
				continue
			}
			used[i] = true
			if err := extend(append(prefix, e)); err != nil {
				return err
			}
			used[i] = false
		}
		return nil
	}
	return extend(nil)
}
