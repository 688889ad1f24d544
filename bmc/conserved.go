package bmc

import (
	"math/big"
	"slices"

	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/smt"
)

// Sums that no step changes, such as "what was sent and not received is on its
// way", are what makes a solver's work long: it proves them anew, adder by
// adder, wherever a property rests on them. They are found by linear algebra
// instead, and asserted of each state.
//
// Let x be the integers of a state by place. A branch of a step changes a
// weighted sum w.x by a weighted sum of the changes of its places, which are
// linear in the terms of the state before; so the w for which every branch
// changes w.x by the same number d form a linear space, the solution of a
// system of equations. For w in the space of every step so far,
//
//	w.x after k steps  =  w.x at the start  +  the sum of the d.
//
// That is exact: a step takes exactly one of its branches, and a place has
// afterwards what that branch makes of it. A place at which some branch has no
// integer gets the weight 0 from then on.
//
// In a Petri net these are the place invariants (Lautenbach 1973); for programs
// compare Karr, "Affine relationships among variables of a program" (1976),
// which also uses what the guards say.

// A balance is the space of those w, kept up step by step.
type balance struct {
	store *smt.Store
	start map[string]smt.Term // by place: what it has in the initial states
	sums  []weighted          // a basis
}

// A weighted sum is a w, with the sum of the d so far.
type weighted struct {
	weights map[string]*big.Rat // by place; not 0
	grown   *big.Rat
}

// Limits beyond which nothing is looked for.
const (
	mostNumbers   = 64
	mostMonomials = 64      // of what a branch makes of a place
	mostWeight    = 1 << 10 // in a sum that is asserted
)

// balance asserts what is conserved by the step, which leads to the last state.
func (s *search) balance(step *encode.Step) {
	if s.sums == nil {
		s.sums = newBalance(s.store, s.enc.Numbers(step, nil, mostNumbers))
		return
	}
	if len(s.sums.sums) == 0 {
		return
	}
	numbers := s.enc.Numbers(step, s.states[len(s.states)-2], mostNumbers)
	s.sums.step(len(step.Branches), numbers)
	for _, t := range s.sums.equations(numbers) {
		if s.local != nil {
			s.local.sums[t] = true
		}
		s.assert(t)
	}
}

func newBalance(store *smt.Store, numbers []encode.Number) *balance {
	b := &balance{store: store, start: map[string]smt.Term{}}
	for _, n := range numbers {
		b.start[n.Place] = n.Value
		b.sums = append(b.sums, weighted{map[string]*big.Rat{n.Place: big.NewRat(1, 1)}, new(big.Rat)})
	}
	return b
}

// step leaves the sums that all branches change by one number. The unknowns are
// how much of each sum there is in the new one, and the number.
func (b *balance) step(branches int, numbers []encode.Number) {
	eqs := newEquations(len(b.sums) + 1)
	at := map[string]bool{}
	for _, n := range numbers {
		at[n.Place] = true
	}
	for _, row := range b.lost(at) {
		eqs.add(row)
	}
	for branch := range branches {
		for _, row := range b.changes(branch, numbers) {
			if eqs.add(row); eqs.rank() > len(b.sums) {
				b.sums = nil // none is left
				return
			}
		}
	}
	b.sums = b.combined(eqs.solutions())
}

// lost are the equations by which places that have no integer get no weight.
func (b *balance) lost(at map[string]bool) (rows [][]*big.Rat) {
	gone := map[string][]*big.Rat{}
	for i, u := range b.sums {
		for p, w := range u.weights {
			if at[p] {
				continue
			}
			if gone[p] == nil {
				gone[p] = zeros(len(b.sums) + 1)
			}
			gone[p][i+1] = w
		}
	}
	for _, row := range gone {
		rows = append(rows, row)
	}
	return rows
}

// changes are the equations that a branch gives: for each monomial, how much of
// it each sum gets. The first unknown is the number d, which is subtracted from
// what is constant.
func (b *balance) changes(branch int, numbers []encode.Number) [][]*big.Rat {
	places := map[string]polynomial{}
	var order []monomial
	seen := map[monomial]bool{{smt.True, one}: true}
	for _, n := range numbers {
		p := polynomial{}
		b.expand(p, n.Change[branch], smt.True, 1)
		places[n.Place] = p
		for m := range p {
			if !seen[m] {
				seen[m] = true
				order = append(order, m)
			}
		}
	}
	rows := [][]*big.Rat{b.row(monomial{smt.True, one}, places)}
	rows[0][0] = big.NewRat(-1, 1)
	for _, m := range order {
		rows = append(rows, b.row(m, places))
	}
	return rows
}

func (b *balance) row(m monomial, places map[string]polynomial) []*big.Rat {
	row := zeros(len(b.sums) + 1)
	for i, u := range b.sums {
		for p, w := range u.weights {
			if k := places[p][m]; k != 0 {
				row[i+1].Add(row[i+1], new(big.Rat).Mul(w, big.NewRat(k, 1)))
			}
		}
	}
	return row
}

// combined are the sums that solutions say.
func (b *balance) combined(solutions [][]*big.Rat) (out []weighted) {
	for _, x := range solutions {
		u := weighted{map[string]*big.Rat{}, new(big.Rat).Set(x[0])}
		for i, old := range b.sums {
			if x[i+1].Sign() == 0 {
				continue
			}
			u.grown.Add(u.grown, new(big.Rat).Mul(x[i+1], old.grown))
			for p, w := range old.weights {
				if u.weights[p] == nil {
					u.weights[p] = new(big.Rat)
				}
				u.weights[p].Add(u.weights[p], new(big.Rat).Mul(x[i+1], w))
			}
		}
		for p, w := range u.weights {
			if w.Sign() == 0 {
				delete(u.weights, p)
			}
		}
		out = append(out, u)
	}
	return out
}

// equations say, of each sum, what it is after the step. Sums of numbers that
// the spec adds up nowhere are of no use.
func (b *balance) equations(numbers []encode.Number) (out []smt.Term) {
	for _, u := range b.sums {
		scale := big.NewInt(1) // to whole weights
		for _, w := range u.weights {
			scale = lcm(scale, w.Denom())
		}
		scale = lcm(scale, u.grown.Denom())
		whole := func(x *big.Rat) (smt.Term, bool) {
			k := new(big.Int).Mul(x.Num(), new(big.Int).Quo(scale, x.Denom()))
			return b.store.BigInt(k), k.CmpAbs(big.NewInt(mostWeight)) <= 0
		}
		grown, _ := whole(u.grown)
		left, right := []smt.Term(nil), []smt.Term{grown}
		small, added := true, false
		for _, n := range numbers {
			if w := u.weights[n.Place]; w != nil {
				k, ok := whole(w)
				small, added = small && ok, added || n.Added
				left = append(left, b.store.Mul(k, n.Value))
				right = append(right, b.store.Mul(k, b.start[n.Place]))
			}
		}
		if eq := b.store.Eq(b.store.Add(left...), b.store.Add(right...)); small && added && eq != smt.True {
			out = append(out, eq)
		}
	}
	return out
}

func lcm(a, b *big.Int) *big.Int {
	gcd := new(big.Int).GCD(nil, nil, a, b)
	return new(big.Int).Mul(a, new(big.Int).Quo(b, gcd))
}

// A monomial is a term where a condition holds, and 0 elsewhere. Constants are
// multiples of the term one.
type monomial struct{ cond, term smt.Term }

// one stands for the number 1 in monomials; as a term it is no number.
const one = smt.True

// A polynomial is a sum of monomials, by their factors.
type polynomial map[monomial]int64

// expand adds k * t where cond holds. Conditionals are split: IF c THEN x ELSE y
// is y + (x - y where c holds).
func (b *balance) expand(to polynomial, t, cond smt.Term, k int64) {
	st := b.store
	args := slices.Clone(st.Args(t))
	switch v, isConst := st.Int64Value(t); {
	case isConst && small(v) && small(v*k):
		to.add(monomial{cond, one}, v*k)
		return
	case len(to) > mostMonomials:
	case st.Op(t) == smt.OpAdd:
		for _, x := range args {
			b.expand(to, x, cond, k)
		}
		return
	case st.Op(t) == smt.OpMul && len(args) == 2:
		if v, isConst := st.Int64Value(args[0]); isConst && small(v) && small(v*k) {
			b.expand(to, args[1], cond, k*v)
			return
		}
	case st.Op(t) == smt.OpIte:
		where := st.And(cond, args[0])
		b.expand(to, args[2], cond, k)
		b.expand(to, args[1], where, k)
		b.expand(to, args[2], where, -k)
		return
	}
	to.add(monomial{cond, t}, k)
}

func small(v int64) bool { return -1<<20 < v && v < 1<<20 }

func (p polynomial) add(m monomial, k int64) {
	if m.cond == smt.False {
		return
	}
	if p[m] += k; p[m] == 0 {
		delete(p, m)
	}
}
