package symbolic

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// showLimit bounds the entries of a sequence that is read off a model.
const showLimit = 64

// A model says what stands at the indexes that the asserted terms mention, and
// of others nothing that respects what holds at every index. What stands there
// is what stands at the nearest index that is mentioned: so models of the
// instances of a quantifier become models of the quantifier (Ge and de Moura,
// "Complete instantiation for quantified formulas in satisfiability modulo
// theories", CAV 2009). All functions of a family are mentioned together.

// A mention is a row of indexes at which a family is applied.
type mention struct {
	terms  []smt.Term
	values []smt.Value
}

// leaf is what the model says of a constant or an application.
func (d *decoder) leaf(t smt.Term) (smt.Value, error) {
	st := d.e.Store
	if st.Op(t) == smt.OpApp {
		if f := d.e.families[st.Fun(t)]; f != nil {
			return d.nearest(f, t)
		}
	}
	return d.ask(t)
}

func (d *decoder) ask(t smt.Term) (smt.Value, error) {
	vs, err := d.model.Values(t)
	if err != nil {
		return smt.Value{}, err
	}
	return vs[0], nil
}

// nearest is the value of t, an application of one of f's functions, at the
// nearest indexes that are mentioned.
func (d *decoder) nearest(f *family, t smt.Term) (smt.Value, error) {
	at := make([]smt.Value, len(d.e.Store.Args(t)))
	for i, x := range slices.Clone(d.e.Store.Args(t)) {
		v, err := d.eval.Eval(x)
		if err != nil {
			return smt.Value{}, err
		}
		at[i] = v
	}
	table, err := d.mentions(f)
	if err != nil {
		return smt.Value{}, err
	}
	var best *mention
	for i := range table {
		if m := &table[i]; m.along(at) && (best == nil || closer(m.values, best.values, at)) {
			best = m
		}
	}
	if best != nil {
		t = d.e.Store.App(d.e.Store.Fun(t), best.terms...)
	}
	return d.ask(t)
}

// mentions are the rows of indexes at which the asserted terms apply f.
func (d *decoder) mentions(f *family) ([]mention, error) {
	if rows, ok := d.tables[f]; ok {
		return rows, nil
	}
	var rows []mention
	for _, fun := range f.funs {
		for _, app := range d.applications(fun) {
			terms := slices.Clone(d.e.Store.Args(app))
			if slices.ContainsFunc(rows, func(m mention) bool { return slices.Equal(m.terms, terms) }) {
				continue
			}
			vs, err := d.model.Values(terms...)
			if err != nil {
				return nil, err
			}
			rows = append(rows, mention{terms, vs})
		}
	}
	if d.tables == nil {
		d.tables = map[*family][]mention{}
	}
	d.tables[f] = rows
	return rows, nil
}

// along tells whether m agrees with at in all that is not an integer.
func (m *mention) along(at []smt.Value) bool {
	for i, v := range m.values {
		if v.Sort() != smt.IntSort && !v.Equal(at[i]) {
			return false
		}
	}
	return true
}

// closer tells whether a is nearer to at than b is: a smaller integer is nearer
// than a larger one, and the first difference decides.
func closer(a, b, at []smt.Value) bool {
	for i, v := range at {
		if v.Sort() != smt.IntSort {
			continue
		}
		x, y := new(big.Int).Sub(v.Big(), a[i].Big()), new(big.Int).Sub(v.Big(), b[i].Big())
		if (x.Sign() < 0) != (y.Sign() < 0) {
			return y.Sign() < 0
		}
		if c := x.CmpAbs(y); c != 0 {
			return c < 0
		}
	}
	return false
}

// sequence lists the entries of s.
func (d *decoder) sequence(s *Seq) (value.Value, error) {
	n, small := d.valueOf(s.Len).Int64()
	if !small || n > showLimit {
		return nil, fmt.Errorf("decode a state: %w", ErrTooLong)
	}
	vs := make([]value.Value, max(n, 0))
	for i := range vs {
		v, err := d.value(s.at(d.e.Store.Int(int64(i + 1))))
		if err != nil {
			return nil, err
		}
		vs[i] = v
	}
	return value.NewTuple(vs), nil
}
