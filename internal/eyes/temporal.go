package main

// temporalFaults are faults of the search for lassos.
var temporalFaults = []fault{
	{
		name:    "a recurrent condition counts as met",
		dir:     "temporal/liveness",
		snippet: "m.recurrent[j] = m.recurrent[j] || s.steps.any(cond, s.i)",
		instead: "m.recurrent[j] = FAULT || m.recurrent[j] || s.steps.any(cond, s.i)",
		seenBy:  []look{"live", "each", "explicit"},
	},
	{
		name:    "a pair that is asked for need not be answered",
		dir:     "temporal/liveness",
		snippet: "m.answered[j] = m.answered[j] || s.steps.holds(pair.Then, s.i)",
		instead: "m.answered[j] = FAULT || m.answered[j] || s.steps.holds(pair.Then, s.i)",
		seenBy:  []look{"live", "each", "explicit"},
	},
	{
		name:    "a promise counts as kept",
		dir:     "temporal/liveness",
		snippet: "func (m *acceptance) allKept(x *product) bool { return m.kept == x.t.all() }",
		instead: "func (m *acceptance) allKept(x *product) bool { return FAULT || m.kept == x.t.all() }",
		seenBy:  []look{"live", "each", "explicit"},
	},
	{
		name: "[]F is owed once",
		dir:  "temporal/liveness",
		snippet: `b.todo = append(b.todo, t.add(f.F))
		b.next = append(b.next, n)`,
		instead: `b.todo = append(b.todo, t.add(f.F))
		if !FAULT {
			b.next = append(b.next, n)
		}`,
		seenBy: []look{"live", "each", "explicit"},
	},
	{
		name:    "<>F is not put off",
		dir:     "temporal/liveness",
		snippet: "return []branch{later, b}",
		instead: `if FAULT {
			return []branch{b}
		}
		return []branch{later, b}`,
		seenBy: []look{"live", "each", "explicit"},
	},
	{
		name: "a disjunct of a formula is lost",
		dir:  "temporal/liveness",
		snippet: `out := make([]branch, len(f))
		for i, g := range f {`,
		instead: `if FAULT && len(f) > 1 {
			f = f[:len(f)-1]
		}
		out := make([]branch, len(f))
		for i, g := range f {`,
		seenBy: []look{"live", "each", "explicit"},
	},
	{
		name: "the stuttering step is left out",
		dir:  "temporal/liveness",
		snippet: `for ; i <= steps.N; i++ {
			j := i`,
		instead: `for ; i <= steps.N; i++ {
			if FAULT && i == steps.N && i > 0 {
				continue
			}
			j := i`,
		seenBy: []look{"live", "each", "explicit"},
	},
	{
		name: "what is left without forbidden steps is not searched",
		dir:  "temporal/liveness",
		snippet: `if len(banned) > len(x.banned) {
		return x.again(part, banned)`,
		instead: `if len(banned) > len(x.banned) && !FAULT {
		return x.again(part, banned)`,
		seenBy: []look{"live", "each", "explicit"},
	},
	{
		name: "<>[]F and <>[]G are one <>[]F",
		dir:  "temporal/liveness",
		snippet: `stable = append(stable, g)
			continue`,
		instead: `if !FAULT || stable == nil {
				stable = append(stable, g)
			}
			continue`,
		seenBy: []look{"live", "each", "explicit"},
	},
	{
		name: "a component ends a node early",
		dir:  "temporal/liveness",
		snippet: `if low < *its {
			*its = low`,
		instead: `if low < *its && !FAULT {
			*its = low`,
		seenBy: []look{"live", "each", "explicit"},
	},
	{
		name: "negation leaves a conjunction",
		dir:  "temporal",
		snippet: `case And:
		return Or(negateAll(f))`,
		instead: `case And:
		if FAULT && len(f) > 1 {
			return And(negateAll(f))
		}
		return Or(negateAll(f))`,
		seenBy: []look{"live", "each", "explicit"},
	},
	{
		name: "[]P is asked of the initial states alone",
		dir:  "temporal",
		snippet: `case boxed:
		s.add(Invariant, e, in)`,
		instead: `case boxed && FAULT:
		s.add(Initial, e, in)
	case boxed:
		s.add(Invariant, e, in)`,
		seenBy: []look{"explicit", "live"},
	},
	{
		name: "an initial condition is dropped",
		dir:  "temporal",
		snippet: `default:
		s.add(Initial, e, in)`,
		instead: `default:
		if FAULT {
			return
		}
		s.add(Initial, e, in)`,
		seenBy: []look{"explicit", "live"},
	},
}
