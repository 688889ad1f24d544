package main

// frontendFaults are faults of the frontend.
var frontendFaults = []fault{
	{
		name:    "a fairness constraint is dropped",
		dir:     "frontend",
		snippet: "sys.Temporal = append(sys.Temporal, c)",
		instead: `if !FAULT {
				sys.Temporal = append(sys.Temporal, c)
			}`,
		seenBy: []string{"live", "each", "explicit"},
	},
	{
		name: "ENABLED is of the level of its action",
		dir:  "frontend/module",
		snippet: `l.limit(e.Args[0], l.expr(e.Args[0]), ir.ActionLevel, "the argument of ENABLED")
		return at(ir.StateLevel)`,
		instead: `l.limit(e.Args[0], l.expr(e.Args[0]), ir.ActionLevel, "the argument of ENABLED")
		if FAULT {
			return at(ir.ActionLevel)
		}
		return at(ir.StateLevel)`,
		seenBy: []string{"live", "each", "explicit"},
	},
	{
		name: "a subscript counts for the level of its action only",
		dir:  "frontend/module",
		snippet: `if slices.Contains(sig.params, p) {
			out = out.join(x)`,
		instead: `if slices.Contains(sig.params, p) && !FAULT {
			out = out.join(x)`,
		seenBy: []string{"live", "each", "explicit"},
	},
}
