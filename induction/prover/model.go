package prover

import (
	"fmt"
	"strings"

	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// A Model is a counterexample to induction while the solver still holds it: its
// states as values, and what of the first one matters.
//
// What matters is an implicant of the condition, found without a solver: from
// the terms down, a conjunction that is true needs all of its parts to be, one
// that is false only one of them. The leaves that are met are read off as cells
// of the state.
type Model struct {
	*Finding
	p      *Prover
	roots  []smt.Term // what is to be explained, without quantifiers
	ground *grounder  // with what the solver was told
	eval   *smt.Evaluator
}

// Cells are the smallest parts of a state that a formula may depend on, such as
// f[a], or that a record is in a set.
type Cells map[string]bool

// Matters are cells of the arbitrary state whose values make the step possible
// and its end bad, or the step one that cannot be evaluated.
func (m *Model) Matters() (Cells, error) {
	j := &justifier{m: m, cells: Cells{}, done: map[justified]bool{}, costs: map[justified]int{}}
	for _, t := range m.roots {
		if err := j.justify(t, true); err != nil {
			return nil, err
		}
	}
	return j.cells, nil
}

// Of are the cells that e, a formula without free names, depends on in the
// arbitrary state.
func (m *Model) Of(e ir.Expr) (Cells, error) {
	t, err := m.p.truth(e, m.p.arbit)
	if err != nil {
		return nil, err
	}
	j := &justifier{m: m, cells: Cells{}, done: map[justified]bool{}}
	return j.cells, j.all(t.holds)
}

func (m *Model) value(t smt.Term) (smt.Value, error) {
	if m.eval == nil {
		m.eval = smt.NewEvaluator(m.p.store, func(t smt.Term) (smt.Value, error) { return smt.ValueOf(m.p.holder, t) })
	}
	return m.eval.Eval(t)
}

type justified struct {
	term smt.Term
	want bool
}

// A justifier collects the cells that make terms have the values they have.
type justifier struct {
	m     *Model
	cells Cells
	done  map[justified]bool
	costs map[justified]int
}

func (j *justifier) justify(t smt.Term, want bool) error {
	key := justified{t, want}
	if j.done[key] {
		return nil
	}
	j.done[key] = true
	s := j.m.p.store
	args := s.Args(t)
	switch s.Op(t) {
	case smt.OpFalse, smt.OpTrue, smt.OpInt, smt.OpForall:
		return nil
	case smt.OpNot:
		return j.justify(args[0], !want)
	case smt.OpAnd:
		if want {
			for _, x := range args {
				if err := j.justify(x, true); err != nil {
					return err
				}
			}
			return nil
		}
		x, err := j.cheapest(args)
		if err != nil {
			return err
		}
		return j.justify(x, false)
	case smt.OpIte:
		c, err := j.m.value(args[0])
		if err != nil {
			return err
		}
		if err := j.justify(args[0], c.Bool()); err != nil {
			return err
		}
		x := args[2]
		if c.Bool() {
			x = args[1]
		}
		return j.same(x)
	case smt.OpConst:
		j.constant(t)
		if def, ok := j.m.ground.meaning[t]; ok && !want {
			return j.justify(def, true)
		}
		return nil
	case smt.OpApp:
		if err := j.application(t); err != nil {
			return err
		}
	}
	for _, x := range args {
		if err := j.same(x); err != nil {
			return err
		}
	}
	return nil
}

// same justifies that t has the value it has.
func (j *justifier) same(t smt.Term) error {
	if j.m.p.store.Sort(t) != smt.BoolSort {
		return j.justify(t, true)
	}
	v, err := j.m.value(t)
	if err != nil {
		return err
	}
	return j.justify(t, v.Bool())
}

// cheapest is the false one of ts with the fewest leaves.
func (j *justifier) cheapest(ts []smt.Term) (best smt.Term, err error) {
	least := -1
	for _, t := range ts {
		v, err := j.m.value(t)
		if err != nil {
			return best, err
		}
		if v.Bool() {
			continue
		}
		if c := j.size(t); least < 0 || c < least {
			best, least = t, c
		}
	}
	return best, nil
}

// size is a guess of the leaves below t.
func (j *justifier) size(t smt.Term) int {
	key := justified{t, false}
	if n, ok := j.costs[key]; ok {
		return n
	}
	n := 1
	for _, x := range j.m.p.store.Args(t) {
		n = min(n+j.size(x), 1000)
	}
	j.costs[key] = n
	return n
}

func (j *justifier) constant(t smt.Term) {
	if c, ok := j.m.p.cells[t]; ok {
		j.cells[c] = true
	}
}

// application adds the cell that f(args) is: that what the arguments make up is
// a member of a relation.
func (j *justifier) application(t smt.Term) error {
	s := j.m.p.store
	var b strings.Builder
	b.WriteString(s.Name(t))
	for _, x := range s.Args(t) {
		v, err := j.m.value(x)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, " %v", v)
	}
	j.cells[b.String()] = true
	return nil
}

// all collects every cell in t, needed or not.
func (j *justifier) all(t smt.Term) error {
	key := justified{t, true}
	if j.done[key] {
		return nil
	}
	j.done[key] = true
	s := j.m.p.store
	switch s.Op(t) {
	case smt.OpForall:
		return nil // its variables have no values
	case smt.OpConst:
		j.constant(t)
	case smt.OpApp:
		if err := j.application(t); err != nil {
			return err
		}
	}
	for _, x := range s.Args(t) {
		if err := j.all(x); err != nil {
			return err
		}
	}
	return nil
}

// name says which cell each constant of v is part of.
func (p *Prover) name(v encode.Sym, cell string) {
	note := func(t smt.Term) {
		p.constants(t, func(c smt.Term) {
			if _, ok := p.cells[c]; !ok {
				p.cells[c] = cell
			}
		})
	}
	switch v := v.(type) {
	case encode.Bool:
		note(v.T)
	case encode.Int:
		note(v.T)
	case encode.Elem:
		note(v.T)
	case *encode.Union:
		for _, a := range v.Alts {
			note(a.When)
		}
		for _, a := range v.Alts {
			p.name(a.Val, cell)
		}
	case *encode.Tuple:
		for i, x := range v.Elems {
			p.name(x, fmt.Sprintf("%s.%d", cell, i+1))
		}
	case *encode.Record:
		for i, x := range v.Vals {
			p.name(x, cell+"."+v.Names[i])
		}
	case *encode.Func:
		for i, k := range v.Keys {
			note(k.In)
			p.name(v.Vals[i], fmt.Sprintf("%s[%d]", cell, i))
		}
	case *encode.Set:
		for i, m := range v.Members {
			at := fmt.Sprintf("%s{%d}", cell, i)
			p.constants(m.In, func(c smt.Term) {
				if _, ok := p.cells[c]; !ok {
					p.cells[c] = at
				}
			})
			p.name(m.Val, at)
		}
	}
}

// constants visits the constants of t, each once.
func (p *Prover) constants(t smt.Term, visit func(smt.Term)) {
	p.store.Walk(t, func(x smt.Term) bool {
		if p.store.Op(x) == smt.OpConst {
			visit(x)
		}
		return true
	})
}

// Lasting tells whether the cells are the same in every model: they are not
// where a record is in a set.
func (c Cells) Lasting() bool {
	for cell := range c {
		if strings.Contains(cell, " ") {
			return false
		}
	}
	return true
}
