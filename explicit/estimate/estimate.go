// Package estimate tells, before a search, how large it may get.
//
// Two products over the variables say so. The type invariant, by its conjuncts
// x \in S, bounds the reachable states from above, as S^N x V^M does for N nodes and
// M messages; most often few of those states are reachable. Init, by its own, says
// how many candidates for initial states there are: each of them is looked at, so
// that this bounds the work from below, and only it may warn.
package estimate

import (
	"context"
	"fmt"
	"math/big"
	"strings"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// sizes finds, for each variable, the least size of a set that e, through
// definitions and conjunctions, says the variable is in; nil where e says
// nothing. open lists variables that e says are in an infinite set.
type sizes struct {
	machine *eval.Machine
	of      []*big.Int
	open    []string
	// given tells whether x = e counts as one value, as it does in Init.
	given bool
}

func newSizes(m *eval.Machine, variables int, given bool) *sizes {
	return &sizes{machine: m, of: make([]*big.Int, variables), given: given}
}

// deepest bounds the definitions that are opened.
const deepest = 20

func (z *sizes) read(e ir.Expr, depth int) {
	switch e := e.(type) {
	case *ir.Call:
		if len(e.Args) == 0 && e.Def.Body != nil && depth < deepest {
			z.read(e.Def.Body, depth+1)
		}
	case *ir.ConstRef:
		if e.Const.Def != nil && depth < deepest {
			z.read(e.Const.Def.Body, depth+1)
		}
	case *ir.Label:
		z.read(e.Body, depth)
	case *ir.Let:
		z.read(e.Body, depth)
	case *ir.App:
		switch e.Op {
		case ir.And:
			for _, x := range e.Args {
				z.read(x, depth)
			}
		case ir.In:
			z.member(e.Args[0], e.Args[1])
		case ir.Eq:
			if v, ok := e.Args[0].(*ir.VarRef); ok && z.given {
				z.note(v.Var.ID, big.NewInt(1))
			}
		}
	}
}

// counted tells whether the size of a set follows from the sizes of its parts,
// so that it takes no going through members: that may take longer than the
// search itself.
func counted(set ir.Expr) bool {
	ok := true
	ir.Reach(set, map[*ir.Def]bool{}, func(e ir.Expr) bool {
		switch e := e.(type) {
		case *ir.SetFilter, *ir.SetMap, *ir.Choose:
			ok = false
		case *ir.App:
			ok = ok && e.Op != ir.Union
		}
		return ok
	})
	return ok
}

// member reads x \in S. A set that cannot be counted says nothing.
func (z *sizes) member(x, set ir.Expr) {
	v, ok := x.(*ir.VarRef)
	if !ok || !counted(set) {
		return
	}
	ask := func(op ir.Op) (value.Value, error) {
		return z.machine.Constant(&ir.App{Span: set.Pos(), Op: op, Args: []ir.Expr{set}})
	}
	if finite, err := ask(ir.IsFinite); err == nil && finite == value.False {
		z.open = append(z.open, v.Var.Name)
		return
	}
	n, err := ask(ir.Cardinality)
	if err != nil {
		return
	}
	switch n := n.(type) {
	case value.Int:
		z.note(v.Var.ID, big.NewInt(int64(n)))
	case *value.BigInt:
		z.note(v.Var.ID, n.V)
	}
}

func (z *sizes) note(variable int, n *big.Int) {
	if old := z.of[variable]; old == nil || n.Cmp(old) < 0 {
		z.of[variable] = n
	}
}

// product is the size of the whole space; nil when a variable has no bound.
func (z *sizes) product() *big.Int {
	all := big.NewInt(1)
	for _, n := range z.of {
		if n == nil {
			return nil
		}
		all.Mul(all, n)
	}
	return all
}

// Unbounded lists the variables of sys that the type invariant puts no bound on:
// the space is likely to have no end.
func Unbounded(ctx context.Context, sys *ir.System) []string {
	z := newSizes(eval.New(sys, eval.Options{Context: ctx}), len(sys.Variables), false)
	for _, f := range sys.Invariants {
		z.read(f.Expr, 0)
	}
	return z.unbound()
}

// unbound lists the variables whose types are infinite sets.
func (z *sizes) unbound() []string {
	var out []string
	for _, name := range z.open {
		if len(out) == 0 || out[len(out)-1] != name {
			out = append(out, name)
		}
	}
	return out
}

// roughly is n in full when it is small, else with two digits.
func roughly(n *big.Int) string {
	if n.Cmp(big.NewInt(1_000_000)) < 0 {
		return n.String()
	}
	return new(big.Float).SetInt(n).Text('e', 1)
}

// OfTypes says what the type invariant of sys tells of the number of states; "" for
// nothing.
func OfTypes(m *eval.Machine, sys *ir.System) string {
	z := newSizes(m, len(sys.Variables), false)
	for _, f := range sys.Invariants {
		z.read(f.Expr, 0)
	}
	if n := z.product(); n != nil {
		return fmt.Sprintf("The type invariant allows %s states.", roughly(n))
	}
	if unbound := z.unbound(); len(unbound) > 0 {
		return fmt.Sprintf("The type invariant puts no bound on %s.", strings.Join(unbound, ", "))
	}
	return ""
}

// OfInit is how many states are tried to find the initial ones, where that is
// more than most; "" else. Constraints of Init may leave few of them, but all are
// tried.
func OfInit(m *eval.Machine, sys *ir.System, most int64) string {
	z := newSizes(m, len(sys.Variables), true)
	z.read(sys.Init, 0)
	if n := z.product(); n != nil && n.Cmp(big.NewInt(most)) > 0 {
		return roughly(n)
	}
	return ""
}
