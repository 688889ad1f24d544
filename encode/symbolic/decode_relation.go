package symbolic

import (
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

// applications lists the applications of f in the asserted terms.
func (d *decoder) applications(f smt.Fun) []smt.Term {
	if d.apps == nil {
		d.apps = map[smt.Fun][]smt.Term{}
		seen := map[smt.Term]bool{}
		var walk func(smt.Term)
		walk = func(t smt.Term) {
			if seen[t] {
				return
			}
			seen[t] = true
			for _, x := range d.e.Store.Args(t) {
				walk(x)
			}
			if d.e.Store.Op(t) == smt.OpApp {
				d.apps[d.e.Store.Fun(t)] = append(d.apps[d.e.Store.Fun(t)], t)
			}
		}
		for _, t := range d.asserted {
			walk(t)
		}
	}
	return d.apps[f]
}

// eachElement calls f with every element that the asserted terms mention, and
// the term that says that it was a member at first.
func (d *decoder) eachElement(r *Relation, f func(in smt.Term, elem Sym)) {
	for _, fm := range r.schema.forms {
		d.e.instances(fm, func(vars []smt.Term, elem Sym) {
			in := d.e.inBase(elem, r.schema)
			if len(vars) == 0 {
				f(in, elem)
				return
			}
			fun, ok := d.base(r.schema, in)
			if !ok {
				return
			}
			for _, app := range d.applications(fun) {
				to := map[smt.Term]smt.Term{}
				args := d.e.Store.Args(app)[len(r.schema.index):]
				for i, v := range vars {
					to[v] = args[i]
				}
				f(d.e.Store.Substitute(in, to), substitute(d.e, elem, to))
			}
		})
	}
}

// base is the function of a relation in the formula that says that an element
// with variables is in it.
func (d *decoder) base(s *relationSchema, in smt.Term) (fun smt.Fun, ok bool) {
	own := map[smt.Fun]bool{}
	for _, f := range s.funs {
		own[f] = true
	}
	var walk func(smt.Term)
	walk = func(t smt.Term) {
		if d.e.Store.Op(t) == smt.OpApp && own[d.e.Store.Fun(t)] {
			fun, ok = d.e.Store.Fun(t), true
		}
		for _, x := range d.e.Store.Args(t) {
			walk(x)
		}
	}
	walk(in)
	return fun, ok
}

// substitute replaces the integer and element constants of a form's instance.
func substitute(e *Builder, s Sym, to map[smt.Term]smt.Term) Sym {
	switch s := s.(type) {
	case Int:
		return e.intSym(e.Store.Substitute(s.T, to))
	case Elem:
		return Elem{e.Store.Substitute(s.T, to)}
	case *Seq:
		return s.sort.sequence(e.Store.Substitute(s.elem, to))
	case *Tuple:
		out := make([]Sym, len(s.Elems))
		for i, x := range s.Elems {
			out[i] = substitute(e, x, to)
		}
		return NewTuple(out)
	case *Record:
		out := make([]Sym, len(s.Vals))
		for i, x := range s.Vals {
			out[i] = substitute(e, x, to)
		}
		return NewRecord(s.Names, out)
	}
	return s
}

func (d *decoder) gatherRelation(r *Relation) {
	d.eachElement(r, func(in smt.Term, elem Sym) {
		d.want(in)
		d.gather(elem)
	})
	for _, u := range r.updates {
		d.want(u.when)
		d.gather(u.elem)
	}
}

// relation is the finite set that r is: what was in it at first, updated.
func (d *decoder) relation(r *Relation) (value.Value, error) {
	var set []value.Value
	var err error
	add := func(elem Sym) {
		v, e := d.value(elem)
		if e != nil {
			err = e
			return
		}
		set = append(set, v)
	}
	d.eachElement(r, func(in smt.Term, elem Sym) {
		if d.holds(in) {
			add(elem)
		}
	})
	for _, u := range r.updates {
		switch {
		case err != nil:
			return nil, err
		case !d.holds(u.when):
		case u.remove:
			gone, e := d.value(u.elem)
			if e != nil {
				return nil, e
			}
			kept := set[:0]
			for _, v := range set {
				if value.Compare(v, gone) != 0 {
					kept = append(kept, v)
				}
			}
			set = kept
		default:
			add(u.elem)
		}
	}
	return value.NewSet(set), err
}
