package pool

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A miner collects the formulas that a spec asks of its states, with what they
// quantify over outside as free names.
type miner struct {
	*builder
	depth  int      // of calls
	quorum *ir.Name // that projections bind
	// domains are the sets, which depend on the state, that names were bound over last.
	domains map[*ir.Name]ir.Expr
	loose   map[*ir.Name]bool // see fillIn; nil where names are variables
}

// Bounds of what is mined.
const (
	maxCalls = 8
	maxText  = 160
)

// mine adds the atomic formulas of the behaviour and of the invariants, and
// those in which they quantify.
func (b *builder) mine() {
	m := &miner{builder: b, domains: map[*ir.Name]ir.Expr{}}
	m.formulas()
	if b.wide {
		m.fillIn()
	}
}

// formulas goes through the formulas of the spec.
func (m *miner) formulas() {
	b := m.builder
	for _, f := range b.sys.Invariants {
		m.claim(f.Expr, term{})
	}
	for _, f := range b.sys.Hints {
		m.visit(f.Expr, term{})
	}
	m.visit(b.sys.Next, term{})
}

// claim goes through an invariant. What it claims is true in every sampled state,
// and so are its conjuncts, and what they say of all members of a set: as literals
// these would say nothing.
func (m *miner) claim(e ir.Expr, scope term) {
	switch x := e.(type) {
	case *ir.App:
		if x.Op != ir.And {
			m.visit(x, scope)
			return
		}
		for _, a := range x.Args {
			m.claim(a, scope)
		}
	case *ir.Quant:
		body, inner := m.open(x.Bounds, x.Body, scope)
		if x.All {
			m.claim(body, inner)
		} else {
			m.visit(body, inner)
		}
	case *ir.Label:
		m.claim(x.Body, scope)
	case *ir.Call:
		if body := m.body(x); body != nil {
			m.depth++
			m.claim(body, scope)
			m.depth--
		}
	default:
		m.visit(e, scope)
	}
}

// visit goes through formulas; scope are the names bound so far that have a
// sort.
func (m *miner) visit(e ir.Expr, scope term) {
	switch x := e.(type) {
	case *ir.App:
		switch x.Op {
		case ir.And, ir.Or, ir.Not, ir.Implies, ir.Iff:
			for _, a := range x.Args {
				m.visit(a, scope)
			}
		case ir.Neq:
			m.atomic(app(ir.Eq, x.Args...), scope)
		case ir.NotIn:
			m.atomic(app(ir.In, x.Args...), scope)
		default:
			m.atomic(x, scope)
		}
	case *ir.Quant:
		m.atomic(x, scope)
		m.exists(x, scope)
		body, inner := m.open(x.Bounds, x.Body, scope)
		if isAction(body) {
			m.guards(body, inner.names[len(scope.names):], inner)
		}
		m.visit(body, inner)
	case *ir.If:
		m.visit(x.Cond, scope)
		m.visit(x.Then, scope)
		m.visit(x.Else, scope)
	case *ir.Case:
		for _, a := range x.Arms {
			m.visit(a.Cond, scope)
			m.visit(a.Value, scope)
		}
	case *ir.Let:
		m.visit(x.Body, scope)
	case *ir.Label:
		m.visit(x.Body, scope)
	case *ir.Call:
		m.atomic(x, scope)
		m.call(x, scope)
	case *ir.Index:
		m.atomic(x, scope)
	}
}

func (m *miner) call(x *ir.Call, scope term) {
	if body := m.body(x); body != nil {
		m.depth++
		m.visit(body, scope)
		m.depth--
	}
}

// body is what x calls, with its arguments; nil where calls are too deep.
func (m *miner) body(x *ir.Call) ir.Expr {
	if x.Def.Body == nil || x.Def.Recursive || m.depth == maxCalls {
		return nil
	}
	with := map[*ir.Name]ir.Expr{}
	for i, p := range x.Def.Params {
		with[p] = x.Args[i]
	}
	return ir.Subst(x.Def.Body, with)
}

// open puts variables of sorts in the place of the names that bounds bind.
// Names that have no sort stay, and so what mentions them is no literal.
func (m *miner) open(bounds []*ir.Bound, body ir.Expr, scope term) (ir.Expr, term) {
	with := map[*ir.Name]ir.Expr{}
	for _, bound := range bounds {
		s := m.sortFor(bound.Domain, scope)
		if bound.Tuple {
			continue
		}
		if m.isLoose(bound.Domain, s) {
			for _, n := range bound.Names {
				m.loose[n] = true
			}
			continue
		}
		if s == nil {
			continue
		}
		for _, n := range bound.Names {
			var to *ir.Name
			to, scope = m.next(scope, s)
			with[n] = ref(to)
			if delete(m.domains, to); ir.ReadsState(bound.Domain) {
				m.domains[to] = bound.Domain
			}
		}
	}
	return ir.Subst(body, with), scope
}

// sortFor is the sort of which e is the set, or of which the members of e are.
func (m *miner) sortFor(e ir.Expr, scope term) *Sort {
	if v, ok := e.(*ir.VarRef); ok {
		for _, s := range m.pool.Sorts {
			if s.State == v.Var {
				return s
			}
		}
		return nil
	}
	if e == nil {
		return nil
	}
	if !m.closed(e) {
		return m.around(e, scope)
	}
	values, err := m.main.Elements(e)
	if err != nil {
		return nil
	}
	return sortOf(values, m.pool.Sorts)
}

// around is the constant-level sort that the members of e are in, a set that is
// chosen from a sort.
func (m *miner) around(e ir.Expr, scope term) *Sort {
	names, sorts := free(e, scope.names, scope.sorts)
	if isAction(e) || !onlyFree(e, names) || !m.global(e) {
		return nil
	}
	var members []value.Value
	for _, v := range m.main.Range(e, names, domains(sorts)) {
		vs, err := value.Elements(v)
		if err != nil {
			return nil
		}
		members = append(members, vs...)
	}
	if len(members) == 0 {
		return nil
	}
	return smallest(members, m.constantSorts())
}

// atomic adds e, if it is a formula about a state over names with sorts.
func (m *miner) atomic(e ir.Expr, scope term) { m.dearer(e, scope, 0) }

// dearer is atomic for a formula that costs more.
func (m *miner) dearer(e ir.Expr, scope term, more float64) {
	if !aboutState(e) || len(ir.String(e)) > maxText || m.filled(e, scope, more) {
		return
	}
	names, sorts := free(e, scope.names, scope.sorts)
	if len(names) > maxNames || !onlyFree(e, names) || !m.global(e) {
		return
	}
	found := term{expr: e, names: names, sorts: sorts}
	m.add(found, more)
	m.purify(found, more)
}

func (m *miner) add(e term, more float64) {
	renamed := m.apart(term{}, e)
	if l := m.literal(renamed.expr, costMined+more, costMinedNot+more, renamed); l != nil {
		l.Mined = true
	}
}

// purify adds e with variables in the place of its parts that are members of a
// sort: of First(number[p], p, number[other[p]], other[p]) also
// First(number[p], p, number[q], q).
func (m *miner) purify(e term, more float64) {
	seen := map[string]bool{}
	ir.Walk(e.expr, func(x ir.Expr) bool {
		i, ok := x.(*ir.Index)
		if !ok || seen[ir.String(i)] {
			return true
		}
		seen[ir.String(i)] = true
		names, sorts := free(i, e.names, e.sorts)
		if !aboutState(i) || !onlyFree(i, names) || !m.global(i) {
			return true
		}
		t := infer(m.main.Range(i, names, domains(sorts)), m.constantSorts())
		if t.kind == integer {
			t = m.ofSort(term{expr: i, names: names, sorts: sorts}, t)
		}
		if t.kind != atom && t.kind != integer && t.kind != mixed || len(t.sorts) == 0 {
			return true
		}
		n, with := m.next(e, t.sorts[0])
		text := ir.String(i)
		body := ir.Replace(e.expr, func(y ir.Expr) ir.Expr {
			if z, ok := y.(*ir.Index); ok && ir.String(z) == text {
				return ref(n)
			}
			return nil
		})
		pure := term{expr: body}
		pure.names, pure.sorts = free(body, with.names, with.sorts)
		if len(pure.names) <= maxNames {
			m.add(pure, more)
		}
		return true
	})
}

// domains are some values of each of the sorts.
func domains(sorts []*Sort) [][]value.Value {
	out := make([][]value.Value, len(sorts))
	for i, s := range sorts {
		out[i] = s.Values[:min(len(s.Values), 2*maxSort)]
	}
	return out
}

// aboutState tells whether e reads variables and is no action.
func aboutState(e ir.Expr) bool {
	reads, plain := false, true
	ir.Reach(e, map[*ir.Def]bool{}, func(x ir.Expr) bool {
		switch x := x.(type) {
		case *ir.VarRef:
			reads = true
		case *ir.App:
			switch x.Op {
			case ir.Prime, ir.Unchanged, ir.Enabled, ir.Cdot, ir.Always, ir.Eventually, ir.LeadsTo, ir.Guarantees:
				plain = false
			}
		case *ir.ActionBox, *ir.Fair, *ir.TemporalQuant:
			plain = false
		}
		return plain
	})
	return reads && plain
}

// onlyFree tells whether names are all that is free in e.
func onlyFree(e ir.Expr, names []*ir.Name) bool {
	bound := map[*ir.Name]bool{}
	ok := true
	ir.Walk(e, func(x ir.Expr) bool {
		ir.Binders(x, func(n *ir.Name) { bound[n] = true })
		if r, is := x.(*ir.NameRef); is && !bound[r.Name] && !slices.Contains(names, r.Name) {
			ok = false
		}
		return ok
	})
	return ok
}
