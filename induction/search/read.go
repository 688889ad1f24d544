package search

import (
	"fmt"
	"slices"
	"sort"

	"github.com/lemma-mc/lemma/induction/pool"
	"github.com/lemma-mc/lemma/induction/prover"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A reader puts counterexamples into the words of the pool.
type reader struct {
	space  *space
	values func(*pool.Sort) []value.Value // of constant-level sorts, in the instance that is proved
	in     func(ir.Expr) ir.Expr          // from the system to the instance that is proved
	noise  func(text string) float64
	ground map[groundKey]*grounded
}

type groundKey struct {
	lit  *pool.Literal
	args string
}

// A grounded literal has values in the place of its names.
type grounded struct {
	expr  ir.Expr
	cells prover.Cells // nil until known; it is the same in all models
}

// read makes the cube of what matters in the first state of m. With all, every
// literal counts, and not only those about what makes the step go wrong.
func (r *reader) read(m *prover.Model, w *prover.Evaluator, everything bool) (*cube, error) {
	matters, err := m.Matters()
	if err != nil {
		return nil, err
	}
	state := m.State(0)
	c := &cube{}
	bySort := map[*pool.Sort][]int{}
	for _, s := range r.space.pool.Sorts {
		if s.IsPowerSet() {
			continue // no literal is about them
		}
		for _, v := range r.members(s, state) {
			if s.State != nil && !r.present(m, s, v, matters, everything) {
				continue
			}
			bySort[s] = append(bySort[s], len(c.vars))
			c.vars = append(c.vars, variable{s, v})
		}
	}
	var extra []fact
	for _, l := range r.space.pool.Literals {
		if r.space.broken[l] {
			continue
		}
		assignments(l, bySort, nil, func(args []int) {
			if l.Symmetric && !ascending(args) {
				return
			}
			f, weight, ok := r.fact(m, w, c, l, args, matters)
			switch {
			case !ok:
			case weight == relevant:
				c.facts = append(c.facts, f)
			case weight == related || everything:
				extra = append(extra, f)
			}
		})
	}
	byCost := func(fs []fact) {
		sort.SliceStable(fs, func(i, j int) bool { return fs[i].cost < fs[j].cost })
	}
	byCost(extra)
	c.facts = append(c.facts, extra...)
	c.limit = costNear
	if everything {
		byCost(c.facts)
		c.limit = costFar
	}
	return r.tidy(c), nil
}

// ascending tells whether the first half of args comes before the second: of a
// literal that means the same both ways one is enough.
func ascending(args []int) bool {
	n := len(args) / 2
	return slices.Compare(args[:n], args[n:]) < 0
}

// members are the members of s that may stand in a cube about state.
func (r *reader) members(s *pool.Sort, state []value.Value) []value.Value {
	if s.State == nil {
		return r.values(s)
	}
	all, err := value.Elements(state[s.State.ID])
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(all), func(v value.Value) bool { return !s.Has(v) })
}

// present tells whether it matters that v is a member.
func (r *reader) present(m *prover.Model, s *pool.Sort, v value.Value, matters prover.Cells, everything bool) bool {
	if everything {
		return true
	}
	g := r.literal(s.Member, []value.Value{v})
	cells, err := m.Of(g.expr)
	if err != nil {
		return false
	}
	for c := range cells {
		if matters[c] {
			return true
		}
	}
	return false
}

// assignments goes through the ways to give variables to the names of l.
func assignments(l *pool.Literal, bySort map[*pool.Sort][]int, args []int, f func([]int)) {
	if len(args) == len(l.Sorts) {
		f(slices.Clone(args))
		return
	}
	for _, v := range bySort[l.Sorts[len(args)]] {
		assignments(l, bySort, append(args, v), f)
	}
}

// How a literal has to do with what matters.
const (
	unrelated = iota
	related   // it depends on some of it
	relevant  // it depends on nothing else
)

// fact is l about the variables args, with the sign that it has in the state;
// ok is false where it has no value there.
func (r *reader) fact(m *prover.Model, w *prover.Evaluator, c *cube, l *pool.Literal, args []int, matters prover.Cells) (f fact, weight int, ok bool) {
	vals := make([]value.Value, len(args))
	for i, a := range args {
		vals[i] = c.vars[a].val
	}
	g := r.literal(l, vals)
	cells := g.cells
	if cells == nil {
		var err error
		if cells, err = m.Of(g.expr); err != nil {
			return f, unrelated, false
		}
		if cells.Lasting() {
			g.cells = cells
		}
	}
	weight = relevant
	some := len(cells) == 0
	for cell := range cells {
		if matters[cell] {
			some = true
		} else {
			weight = related
		}
	}
	if !some || weight == related && !l.Mined {
		weight = unrelated
	}
	if l.Origin && weight == unrelated {
		weight = related
	}
	truth, err := w.Bool(g.expr, m.State(0))
	if err != nil {
		return f, unrelated, false
	}
	if l.Origin && truth {
		return f, unrelated, false // a message variable says as much
	}
	f = fact{signed: signed{l, !truth}, args: args, cost: l.Cost}
	if f.neg {
		f.cost = l.Neg
	}
	f.cost *= r.noise(l.Text)
	return f, weight, true
}

func (r *reader) literal(l *pool.Literal, vals []value.Value) *grounded {
	key := groundKey{lit: l}
	for _, v := range vals {
		key.args += v.String() + " "
	}
	if g, ok := r.ground[key]; ok {
		return g
	}
	with := map[*ir.Name]ir.Expr{}
	for i, n := range l.Names {
		with[n] = &ir.Lit{Value: vals[i]}
	}
	g := &grounded{expr: r.in(ir.Subst(l.Expr, with))}
	if len(r.ground) < maxGround {
		r.ground[key] = g
	}
	return g
}

// maxGround bounds the grounded literals that are kept.
const maxGround = 200_000

// tidy drops facts that cannot be sampled or say nothing, variables that only
// facts about variables mention, and what is too much for a cube that is cut whole.
func (r *reader) tidy(c *cube) *cube {
	busy := make([]bool, len(c.vars))
	for v, x := range c.vars {
		busy[v] = x.sort.State != nil
	}
	for _, f := range c.facts {
		if !aboutVariables(f.lit) {
			for _, a := range f.args {
				busy[a] = true
			}
		}
	}
	out := &cube{vars: c.vars, limit: c.limit}
	seen := map[string]bool{}
	for _, f := range c.facts {
		if trivial(f) || len(out.facts) == maxFacts && !r.space.bounded || slices.ContainsFunc(f.args, func(a int) bool { return !busy[a] }) {
			continue
		}
		says := r.space.says(f.signed)
		same := fmt.Sprint(says, f.args)
		if says == "" || says == always || seen[same] {
			continue
		}
		seen[same] = true
		out.facts = append(out.facts, f)
	}
	return out
}

// aboutVariables tells whether l reads no state but through its own names.
func aboutVariables(l *pool.Literal) bool { return !ir.ReadsState(l.Expr) }

// trivial tells whether f compares a thing with itself.
func trivial(f fact) bool {
	a, ok := f.lit.Expr.(*ir.App)
	if !ok || len(a.Args) != 2 || a.Op != ir.Eq && a.Op != ir.Lt {
		return false
	}
	with := map[*ir.Name]ir.Expr{}
	first := map[int]*ir.Name{}
	for i, v := range f.args {
		if n, ok := first[v]; ok {
			with[f.lit.Names[i]] = &ir.NameRef{Name: n}
		} else {
			first[v] = f.lit.Names[i]
		}
	}
	return ir.String(ir.Subst(a.Args[0], with)) == ir.String(ir.Subst(a.Args[1], with))
}

// forces are the facts that the use of a variable brings along: that it is a
// member of the set that it stands for a member of.
func (c *cube) forces() map[int]mask {
	out := map[int]mask{}
	for i, f := range c.facts {
		if c.isMember(f) {
			out[f.args[0]] = mask{}.with(i)
		}
	}
	return out
}
