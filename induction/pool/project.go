package pool

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
)

// A step may be taken for some set, a quorum of a configuration say, which nobody
// remembers. Where that is possible says a formula that holds of one, and a lemma
// speaks of the processes rather than of the set:
//
//	\E Q \in Quorums(config[s]) : \A v \in Q : term[v] <= term[s]
//
// Of a formula \E Q \in D : P1 /\ P2 ..., in the spec or as the guards of a step that
// binds Q, the literals are those with one of the parts, with two, and with all
// (projections); with one, also about other processes than D is, since what makes the
// set a quorum and what its members have are different things. A part that holds of all
// members of Q is one for each of its conjuncts. This is for sets of which there are as
// many as subsets, or which depend on the state: through others, such as a constant
// Quorum, a variable of a lemma may go.

// maxParts bounds the parts of which some are left out.
const maxParts = 5

// guards adds what the guards of a step in body say of the sets that names go through,
// which e binds: projections, or, where the step puts the set into the state, the same
// of other sets in the state.
func (m *miner) guards(body ir.Expr, names []*ir.Name, scope term) {
	for _, way := range m.ways(body) {
		for _, n := range names {
			s := scope.sorts[slices.Index(scope.names, n)]
			switch {
			case !s.IsPowerSet():
			case slices.ContainsFunc(way, func(e ir.Expr) bool { return stores(e, n) }):
				for _, p := range way {
					m.inPlace(n, s, p, scope)
				}
			default:
				m.projected(n, m.from(n, s), slices.DeleteFunc(slices.Clone(way), isAction), scope)
			}
		}
	}
}

// from is the set that n, which goes through members of s, is taken from: it may say
// more of n than s does.
func (m *miner) from(n *ir.Name, s *Sort) ir.Expr {
	if e := m.domains[n]; e != nil {
		return e
	}
	return s.Set
}

// stores tells whether e, a conjunct of an action, puts n into the state.
func stores(e ir.Expr, n *ir.Name) bool {
	a, ok := e.(*ir.App)
	return ok && a.Op == ir.Eq && isAction(a.Args[0]) && holds(a.Args[1], n)
}

// holds tells whether a value that e describes may hold n.
func holds(e ir.Expr, n *ir.Name) bool {
	either := func(es ...ir.Expr) bool {
		return slices.ContainsFunc(es, func(x ir.Expr) bool { return holds(x, n) })
	}
	switch x := e.(type) {
	case *ir.NameRef:
		return x.Name == n
	case *ir.Except:
		return either(x.Fun, x.Value)
	case *ir.Func:
		return either(x.Body)
	case *ir.If:
		return either(x.Then, x.Else)
	case *ir.Label:
		return either(x.Body)
	case *ir.Let:
		return either(x.Body)
	case *ir.Record:
		return either(x.Vals...)
	case *ir.App:
		switch x.Op {
		case ir.Tuple, ir.SetEnum, ir.Cup, ir.Append:
			return either(x.Args...)
		}
	}
	return false
}

func isAction(e ir.Expr) bool { return ir.ReadsState(e) && !aboutState(e) }

// projected adds \E n \in domain : some of the parts that mention n.
func (m *miner) projected(n *ir.Name, domain ir.Expr, parts []ir.Expr, scope term) {
	var about []ir.Expr
	for _, p := range parts {
		for _, q := range separate(p) {
			if !mentions(q, n) {
				continue
			}
			if in, ok := q.(*ir.App); ok && in.Op == ir.In && ir.IsName(in.Args[0], n) && !mentions(in.Args[1], n) {
				domain = in.Args[1]
				continue
			}
			about = append(about, q)
		}
	}
	if len(about) == 0 || len(about) > maxParts {
		return
	}
	m.pool.Projects = true
	m.some(n, domain, about, scope)
	for i, p := range about {
		m.some(n, domain, []ir.Expr{p}, scope)
		m.someApart(n, domain, p, scope)
		for _, q := range about[:i] {
			m.some(n, domain, []ir.Expr{q, p}, scope)
		}
	}
}

// some adds \E n \in domain : parts.
func (m *miner) some(n *ir.Name, domain ir.Expr, parts []ir.Expr, scope term) {
	body := parts[0]
	if len(parts) > 1 {
		body = app(ir.And, parts...)
	}
	if m.quorum == nil {
		m.quorum = &ir.Name{Ident: m.fresh("Q")}
	}
	with := map[*ir.Name]ir.Expr{n: ref(m.quorum)}
	some := &ir.Quant{Bounds: []*ir.Bound{{Names: []*ir.Name{m.quorum}, Domain: domain}}, Body: ir.Subst(body, with)}
	m.dearer(some, scope, costPart*float64(len(parts)-1))
}

// someApart adds \E n \in domain : part, the part about other names than the domain.
func (m *miner) someApart(n *ir.Name, domain, part ir.Expr, scope term) {
	with := map[*ir.Name]ir.Expr{}
	wider := scope
	for i, x := range scope.names {
		if x != n && mentions(part, x) && mentions(domain, x) {
			var y *ir.Name
			y, wider = m.next(wider, scope.sorts[i])
			with[x] = ref(y)
		}
	}
	if len(with) > 0 {
		m.some(n, domain, []ir.Expr{ir.Subst(part, with)}, wider)
	}
}

func mentions(e ir.Expr, n *ir.Name) bool { return slices.Contains(ir.FreeNames(e), n) }

// maxWays bounds the ways to take a step that are told apart.
const maxWays = 32

// ways are the conjuncts of each way to take the step e.
func (m *miner) ways(e ir.Expr) [][]ir.Expr {
	if !isAction(e) {
		return [][]ir.Expr{{e}}
	}
	switch x := e.(type) {
	case *ir.App:
		switch x.Op {
		case ir.Or:
			var out [][]ir.Expr
			for _, a := range x.Args {
				out = append(out, m.ways(a)...)
			}
			return out[:min(len(out), maxWays)]
		case ir.And:
			out := [][]ir.Expr{nil}
			for _, a := range x.Args {
				var next [][]ir.Expr
				for _, w := range m.ways(a) {
					for _, o := range out {
						next = append(next, slices.Concat(o, w))
					}
				}
				out = next[:min(len(next), maxWays)]
			}
			return out
		}
	case *ir.Label:
		return m.ways(x.Body)
	case *ir.Let:
		return m.ways(m.inlined(x))
	case *ir.Call:
		if body := m.body(x); body != nil {
			m.depth++
			defer func() { m.depth-- }()
			return m.ways(body)
		}
	}
	return [][]ir.Expr{{e}}
}

// inlined is the body of x with what its definitions mean in their place.
func (m *miner) inlined(x *ir.Let) ir.Expr {
	var inline func(e ir.Expr) ir.Expr
	inline = func(e ir.Expr) ir.Expr {
		return ir.Replace(e, func(y ir.Expr) ir.Expr {
			c, ok := y.(*ir.Call)
			if !ok || !slices.Contains(x.Defs, c.Def) {
				return nil
			}
			body := m.body(c)
			if body == nil {
				return nil
			}
			m.depth++
			defer func() { m.depth-- }()
			return inline(body)
		})
	}
	return inline(x.Body)
}

// separate are the conjuncts of e, and of what it says of all members of a set.
func separate(e ir.Expr) (out []ir.Expr) {
	switch x := e.(type) {
	case *ir.App:
		if x.Op != ir.And {
			break
		}
		for _, a := range x.Args {
			out = append(out, separate(a)...)
		}
		return out
	case *ir.Label:
		return separate(x.Body)
	case *ir.Quant:
		if !x.All {
			break
		}
		for _, p := range separate(x.Body) {
			out = append(out, &ir.Quant{All: true, Bounds: x.Bounds, Body: p})
		}
		return out
	}
	return []ir.Expr{e}
}

// exists adds the projections of x, a formula \E n \in D : P about the state.
func (m *miner) exists(x *ir.Quant, scope term) {
	if x.All || len(x.Bounds) != 1 || len(x.Bounds[0].Names) != 1 || x.Bounds[0].Tuple || !aboutState(x) {
		return
	}
	n, domain := x.Bounds[0].Names[0], x.Bounds[0].Domain
	if domain == nil || !ir.ReadsState(domain) {
		return
	}
	names, sorts := free(domain, scope.names, scope.sorts)
	if !onlyFree(domain, names) || !m.global(domain) {
		return
	}
	if t := infer(m.main.Range(domain, names, domains(sorts)), m.constantSorts()); t.kind == set && t.elem.kind == set {
		m.projected(n, domain, []ir.Expr{x.Body}, scope)
	}
}

// inPlace adds e, a guard about n, with sets in the state in the place of n, which goes
// through s: where a step with Overlap(config[s], C) puts C into config, also
// Overlap(config[s], config[t]).
func (m *miner) inPlace(n *ir.Name, s *Sort, e ir.Expr, scope term) {
	if isAction(e) || !mentions(e, n) {
		return
	}
	for _, t := range m.sets {
		if t.t.sorts[0] != s {
			continue
		}
		u := m.apart(scope, t.term)
		body := ir.Subst(e, map[*ir.Name]ir.Expr{n: u.expr})
		m.atomic(body, term{names: slices.Concat(scope.names, u.names), sorts: slices.Concat(scope.sorts, u.sorts)})
	}
}
