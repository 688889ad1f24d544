package sample

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/bits"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A Set holds reachable states of one instance of a system.
type Set struct {
	In  *ir.Instance
	All bool // no more states were found, up to symmetry
	N   int  // states
	// Unconstrained tells that the config's constraints, of which there are some,
	// are not observed.
	Unconstrained bool
	// Whole tells that these are all reachable states of the instance, up to
	// symmetry.
	Whole bool

	rarest  float64 // share that an action has in the steps
	machine *eval.Machine
	vars    []dictionary
	groups  map[string]*group
	exprs   map[ir.Expr]ir.Expr
	members map[*ir.Variable]map[string][]uint64 // see membersOf

	none, every []uint64 // of columns that are false, and true, in all states
}

// A dictionary numbers the values of one variable.
type dictionary struct {
	known  map[string]uint32
	values []value.Value
	of     []uint32 // of each state
}

// Collect samples the reachable states of an instance.
func Collect(ctx context.Context, in *ir.Instance, h how, seed uint64) (*Set, error) {
	s := &Set{In: in, exprs: map[ir.Expr]ir.Expr{}, members: map[*ir.Variable]map[string][]uint64{}}
	s.machine = eval.New(in.Sys, eval.Options{Context: ctx})
	var failed error
	var buf []byte
	o := explicit.StatesOptions{Limit: h.states, Work: h.work, Steps: h.steps, Memory: cmp.Or(h.memory, mostMemory), Beam: h.beam, Spread: h.spread, Levels: h.levels, Seed: seed, Begin: s.reset}
	o.Visit = func(place int, st eval.State) {
		for i, v := range st {
			var err error
			if buf, err = value.Encode(buf[:0], v); err != nil {
				failed = err
				return
			}
			s.vars[i].put(place, buf, v)
		}
		s.N = max(s.N, place+1)
	}
	all, seen, err := explicit.States(ctx, in.Sys, o)
	s.rarest = rarest(seen)
	s.All, s.Whole = all, all && s.N < h.states && !hasConstraints(in.Sys)
	if err == nil {
		err = failed
	}
	if err == nil && s.N == 0 {
		err = errNone
	}
	return s, err
}

var errNone = errors.New("no state satisfies the initial predicate")

// vacuous is errNone with the place.
func vacuous(sys *ir.System) error {
	return &diag.Error{Diagnostics: []*diag.Diagnostic{{
		Code: "U159", Class: diag.Unsupported, Span: sys.Init.Pos(), // an initial predicate that no state of any instance satisfies
		Message: "no state satisfies the initial predicate: there is nothing to find lemmas by",
		Hint:    "an explicit search (--explicit) says what holds of no behaviour",
	}}}
}

// IsOf tells whether the instance is sys itself: no constant is left open or has
// another value.
func (s *Set) IsOf(sys *ir.System) bool {
	for _, c := range sys.Constants {
		v := s.In.Constant(c).Value
		if c.Any || (c.Value == nil) != (v == nil) || v != nil && value.Compare(c.Value, v) != 0 {
			return false
		}
	}
	return true
}

func (s *Set) reset() {
	s.N, s.groups = 0, map[string]*group{}
	s.vars = make([]dictionary, len(s.In.Sys.Variables))
	for i := range s.vars {
		s.vars[i].known = map[string]uint32{}
	}
}

func (d *dictionary) put(place int, code []byte, v value.Value) {
	id, ok := d.known[string(code)]
	if !ok {
		id = uint32(len(d.values))
		d.known[string(code)] = id
		d.values = append(d.values, v)
	}
	if place == len(d.of) {
		d.of = append(d.of, id)
	} else {
		d.of[place] = id
	}
}

// Values are the values that v has in the states.
func (s *Set) Values(v *ir.Variable) []value.Value { return s.vars[v.ID].values }

// State is state i.
func (s *Set) State(i int) []value.Value {
	st := make([]value.Value, len(s.vars))
	for v := range s.vars {
		st[v] = s.vars[v].values[s.vars[v].of[i]]
	}
	return st
}

// Constant is the value of a constant-level expression of the system.
func (s *Set) Constant(e ir.Expr) (value.Value, error) { return s.machine.Constant(s.expr(e)) }

// Elements are the members of a constant-level set of the system.
func (s *Set) Elements(e ir.Expr) ([]value.Value, error) {
	v, err := s.Constant(e)
	if err != nil {
		return nil, err
	}
	return value.Elements(v)
}

func (s *Set) expr(e ir.Expr) ir.Expr {
	x, ok := s.exprs[e]
	if !ok {
		x = s.In.Expr(e)
		s.exprs[e] = x
	}
	return x
}

// A group tells states with the same values of some variables from the others.
type group struct {
	of    []uint32 // of each state
	first []int    // a state of each
}

// group groups the states by the variables that e reads.
func (s *Set) group(e ir.Expr) *group {
	var vars []int
	ir.Reach(e, map[*ir.Def]bool{}, func(x ir.Expr) bool {
		if ref, ok := x.(*ir.VarRef); ok {
			for _, v := range vars {
				if v == ref.Var.ID {
					return true
				}
			}
			vars = append(vars, ref.Var.ID)
		}
		return true
	})
	key := fmt.Sprint(vars)
	if g, ok := s.groups[key]; ok {
		return g
	}
	g := &group{of: make([]uint32, s.N)}
	known := map[string]uint32{}
	row := make([]byte, 4*len(vars))
	for i := range s.N {
		for k, v := range vars {
			id := s.vars[v].of[i]
			row[4*k], row[4*k+1], row[4*k+2], row[4*k+3] = byte(id), byte(id>>8), byte(id>>16), byte(id>>24)
		}
		id, ok := known[string(row)]
		if !ok {
			id = uint32(len(g.first))
			known[string(row)] = id
			g.first = append(g.first, i)
		}
		g.of[i] = id
	}
	s.groups[key] = g
	return g
}

// Members are the members that a set in the state has in any of the states.
func (s *Set) Members(e ir.Expr) ([]value.Value, error) {
	g, x := s.group(e), s.expr(e)
	var all []value.Value
	for _, i := range g.first {
		v, err := s.machine.Value(x, s.State(i), nil)
		if err != nil {
			return nil, err
		}
		vs, err := value.Elements(v)
		if err != nil {
			return nil, err
		}
		all = append(all, vs...)
	}
	set, ok := value.NewSet(all).(*value.Set)
	if !ok {
		return nil, nil
	}
	return set.Elems, nil
}

// Commonest are those n of members that are in e, a set in the state, in most of the
// states, in the order of members.
func (s *Set) Commonest(e ir.Expr, members []value.Value, n int) []value.Value {
	if len(members) <= n {
		return members
	}
	v, ok := s.expr(e).(*ir.VarRef)
	if !ok {
		return members[:n]
	}
	in, _ := s.membersOf(v.Var)
	states := make([]int, len(members))
	order := make([]int, len(members))
	for i, m := range members {
		order[i] = i
		if code, err := value.Encode(nil, m); err == nil {
			for _, w := range in[string(code)] {
				states[i] += bits.OnesCount64(w)
			}
		}
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(states[j], states[i]) })
	order = order[:n]
	slices.Sort(order)
	out := make([]value.Value, n)
	for k, i := range order {
		out[k] = members[i]
	}
	return out
}

// rangeStates bounds the states in which Range evaluates.
const rangeStates = 200

// Range are values of e in the states, with its names going through the values
// of their domains. Where e has no value, it adds none.
func (s *Set) Range(e ir.Expr, names []*ir.Name, domains [][]value.Value) []value.Value {
	g, x := s.group(e), s.expr(e)
	var out []value.Value
	var each func(k int, with map[*ir.Name]ir.Expr)
	each = func(k int, with map[*ir.Name]ir.Expr) {
		if k < len(names) {
			for _, v := range domains[k] {
				with[names[k]] = &ir.Lit{Value: v}
				each(k+1, with)
			}
			return
		}
		y := ir.Subst(x, with)
		for i := 0; i < len(g.first); i += 1 + len(g.first)/rangeStates {
			if v, err := s.machine.Value(y, s.State(g.first[i]), nil); err == nil {
				out = append(out, v)
			}
		}
	}
	each(0, map[*ir.Name]ir.Expr{})
	return out
}
