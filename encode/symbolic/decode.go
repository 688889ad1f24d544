package symbolic

import (
	"errors"
	"fmt"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// ErrTooLong is wrapped by the error of a Decode that meets a sequence which is
// too long to show.
var ErrTooLong = errors.New("the solver's model has a sequence that is too long to show")

// A Model evaluates terms; smt.Solver is one after Sat.
type Model interface {
	Values(...smt.Term) ([]smt.Value, error)
}

// Decode are the concrete values that s are in a model of the asserted terms. Only
// relations look at those: a relation has the elements whose membership they
// mention and the model affirms, and no others. The error is an *Unlisted for a
// value without a list of members.
func (e *Builder) Decode(m Model, s []Sym, asserted []smt.Term) ([]value.Value, error) {
	d := decoder{e: e, model: m, at: map[smt.Term]int{}, asserted: asserted}
	if len(e.families) > 0 || e.HasSequences() {
		d.eval = smt.NewEvaluator(e.Store, d.leaf)
	}
	for _, v := range s {
		d.gather(v)
	}
	var err error
	if d.values, err = m.Values(d.terms...); err != nil {
		return nil, fmt.Errorf("decode a state: %w", err)
	}
	out := make([]value.Value, len(s))
	for i, v := range s {
		if out[i], err = d.value(v); err != nil {
			return nil, unlistedAt(i, err)
		}
	}
	return out, d.err
}

// errUnlisted is that a value has no list of members.
var errUnlisted = errors.New("it holds a set or function whose members cannot be listed")

// Unlisted says which of several values has no list of members.
type Unlisted struct{ Index int }

// Error says what is wrong with the value, not which one it is.
func (u *Unlisted) Error() string { return errUnlisted.Error() }

// unlistedAt is err, with the index of the value, where it says that there is no list.
func unlistedAt(i int, err error) error {
	if errors.Is(err, errUnlisted) {
		return &Unlisted{i}
	}
	return err
}

// A decoder asks for all terms of a state at once.
type decoder struct {
	e        *Builder
	model    Model
	asserted []smt.Term
	eval     *smt.Evaluator // where values depend on an index; see decode_seq.go
	tables   map[*family][]mention
	err      error                  // the first of the evaluator
	apps     map[smt.Fun][]smt.Term // in asserted; see relations

	terms  []smt.Term
	at     map[smt.Term]int
	values []smt.Value
}

func (d *decoder) want(t smt.Term) {
	if _, ok := d.at[t]; !ok && d.eval == nil {
		d.at[t] = len(d.terms)
		d.terms = append(d.terms, t)
	}
}

// valueOf is the value of a term that was asked for.
func (d *decoder) valueOf(t smt.Term) smt.Value {
	if d.eval == nil {
		return d.values[d.at[t]]
	}
	v, err := d.eval.Eval(t)
	if err != nil && d.err == nil {
		d.err = fmt.Errorf("decode a state: %w", err)
	}
	if err != nil {
		return smt.Zero(d.e.Store.Sort(t))
	}
	return v
}

func (d *decoder) holds(t smt.Term) bool { return d.valueOf(t).Bool() }

func (d *decoder) gather(s Sym) {
	switch s := s.(type) {
	case Bool:
		d.want(s.T)
	case Int:
		d.want(s.T)
	case Elem:
		d.want(s.T)
	case *Union:
		for _, a := range s.Alts {
			d.want(a.When)
			d.gather(a.Val)
		}
	case *Tuple:
		d.gatherAll(s.Elems)
	case *Record:
		d.gatherAll(s.Vals)
	case *Func:
		d.gather(&Set{s.Keys})
		d.gatherAll(s.Vals)
	case *Set:
		for _, m := range s.Members {
			d.want(m.In)
			d.gather(m.Val)
		}
	case *Interval:
		d.want(s.Lo)
		d.want(s.Hi)
	case *Powerset:
		d.gather(s.Base)
	case *FuncSet:
		d.gatherAll([]Sym{s.Dom, s.Rng})
	case *Relation:
		d.gatherRelation(s)
	case *Seq:
		d.want(s.Len) // its entries are evaluated when the length is known
	}
}

func (d *decoder) gatherAll(ss []Sym) {
	for _, s := range ss {
		d.gather(s)
	}
}

func (d *decoder) value(s Sym) (value.Value, error) {
	switch s := s.(type) {
	case Known:
		return s.V, nil
	case Bool:
		return value.Bool(d.holds(s.T)), nil
	case Int:
		return value.FromBig(d.valueOf(s.T).Big()), nil
	case Elem:
		return value.NewModel(fmt.Sprintf("e%d", d.valueOf(s.T).Element())), nil
	case *Union:
		for _, a := range s.Alts {
			if d.holds(a.When) {
				return d.value(a.Val)
			}
		}
		return nil, fmt.Errorf("decode a state: no alternative of a value holds")
	case *Tuple:
		vs, err := d.all(s.Elems)
		return value.NewTuple(vs), err
	case *Record:
		vs, err := d.all(s.Vals)
		if err != nil {
			return nil, err
		}
		return value.NewRecord(s.Names, vs), nil
	case *Set:
		return d.set(s)
	case *Func:
		return d.function(s)
	case *Interval:
		return value.DotDot(value.FromBig(d.valueOf(s.Lo).Big()), value.FromBig(d.valueOf(s.Hi).Big()))
	case *Powerset:
		base, err := d.value(s.Base)
		if err != nil {
			return nil, err
		}
		return value.NewPowerset(base)
	case *Relation:
		return d.relation(s)
	case *Seq:
		return d.sequence(s)
	case *FuncSet:
		vs, err := d.all([]Sym{s.Dom, s.Rng})
		if err != nil {
			return nil, err
		}
		return value.NewFuncSet(vs[0], vs[1])
	}
	return nil, errUnlisted
}

func (d *decoder) all(ss []Sym) ([]value.Value, error) {
	out := make([]value.Value, len(ss))
	for i, s := range ss {
		v, err := d.value(s)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

func (d *decoder) set(s *Set) (value.Value, error) {
	var vs []value.Value
	for _, m := range s.Members {
		if !d.holds(m.In) {
			continue
		}
		v, err := d.value(m.Val)
		if err != nil {
			return nil, err
		}
		vs = append(vs, v)
	}
	return value.NewSet(vs), nil
}

func (d *decoder) function(f *Func) (value.Value, error) {
	var keys, vals []value.Value
	for i, k := range f.Keys {
		if !d.holds(k.In) {
			continue
		}
		kv, err := d.value(k.Val)
		if err != nil {
			return nil, err
		}
		v, err := d.value(f.Vals[i])
		if err != nil {
			return nil, err
		}
		keys, vals = append(keys, kv), append(vals, v)
	}
	return concreteFunc(keys, vals), nil
}

// concreteFunc is the function that maps keys, in any order, to vals.
func concreteFunc(keys, vals []value.Value) value.Value {
	certainKeys, syms := certain(keys), Concretes(vals)
	f, _ := Concrete(NewFunc(certainKeys, syms))
	return f
}
