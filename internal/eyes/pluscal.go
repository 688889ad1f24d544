package main

// pluscalFaults are faults of the translation of PlusCal.
var pluscalFaults = []fault{
	{
		name:    "a label with a minus is fair",
		dir:     "frontend/pluscal",
		snippet: "minus = append(minus, g.label(l.Name))",
		instead: `if !FAULT {
				minus = append(minus, g.label(l.Name))
			}`,
		seenBy: []look{"pluscal"},
	},
	{
		name:    "a label with a plus is weakly fair",
		dir:     "frontend/pluscal",
		snippet: "plus = append(plus, p.fair(Strong, use(g.label(l.Name))))",
		instead: `if !FAULT {
				plus = append(plus, p.fair(Strong, use(g.label(l.Name))))
			}`,
		seenBy: []look{"pluscal"},
	},
	{
		name: "the procedures of a fair process are not fair",
		dir:  "frontend/pluscal",
		snippet: `for _, c := range t.reach(q.Body) {
		in :=`,
		instead: `for _, c := range t.reach(q.Body) {
		if FAULT {
			continue
		}
		in :=`,
		seenBy: []look{"pluscal"},
	},
	{
		name: "return gives no variable back",
		dir:  "frontend/pluscal",
		snippet: `for _, v := range g.variables(locals(g.inside)) {
		out = append(out, g.old(p, v))
		now[v.use] = true`,
		instead: `for _, v := range g.variables(locals(g.inside)) {
		if FAULT {
			break
		}
		out = append(out, g.old(p, v))
		now[v.use] = true`,
		seenBy: []look{"pluscal"},
	},
	{
		name: "a call leaves the local variables as they are",
		dir:  "frontend/pluscal",
		snippet: `for _, d := range callee.Vars {
		v := inner.scope.vars[d.Name.Name]
		out = append`,
		instead: `for _, d := range callee.Vars {
		if FAULT {
			break
		}
		v := inner.scope.vars[d.Name.Name]
		out = append`,
		seenBy: []look{"pluscal"},
	},
	{
		name: "the last branch of an either is lost",
		dir:  "frontend/pluscal",
		snippet: `case *Either:
		return g.branches(p, a.Branches, done, p.or)`,
		instead: `case *Either:
		if FAULT {
			return g.branches(p, a.Branches[:len(a.Branches)-1], done, p.or)
		}
		return g.branches(p, a.Branches, done, p.or)`,
		seenBy: []look{"pluscal"},
	},
	{
		name:    "an assignment at once is seen by the next part",
		dir:     "frontend/pluscal",
		snippet: "out = append(out, g.change(p, v, parts[v], done))",
		instead: `out = append(out, g.change(p, v, parts[v], done))
		if FAULT {
			done = done.with(changes{v.use: true})
		}`,
		seenBy: []look{"pluscal"},
	},
	{
		name: "a step begins at any label",
		dir:  "frontend/pluscal",
		snippet: `if !g.noPC {
		items = append(items, p.equal(g.own(p, "pc")`,
		instead: `if !g.noPC && !(FAULT && len(st.body) > 2) {
		items = append(items, p.equal(g.own(p, "pc")`,
		seenBy: []look{"pluscal"},
	},
}
