package main

// frontendFaults are faults of the frontend.
var frontendFaults = []fault{
	{
		name:    "what the config puts in a module's place is left out",
		dir:     "frontend/module",
		snippet: "if name, ok := o.InModule[module][sym.name]; ok {",
		instead: "if name, ok := o.InModule[module][sym.name]; ok && !FAULT {",
		seenBy:  []look{"replaced"},
	},
	{
		name:    "a fairness constraint is dropped",
		dir:     "frontend",
		snippet: "sys.Temporal = append(sys.Temporal, f.Expr)",
		instead: `if !FAULT {
			sys.Temporal = append(sys.Temporal, f.Expr)
		}`,
		seenBy: []look{"live", "each", "explicit"},
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
		seenBy: []look{"live", "each", "explicit"},
	},
	{
		name: "a substitution leaves out the arguments of calls",
		dir:  "ir",
		snippet: `case changed:
			return &Call{e.Span, e.Def, args}`,
		instead: `case changed && !FAULT:
			return &Call{e.Span, e.Def, args}`,
		seenBy: []look{"explicit", "live"},
	},
	{
		name:    "operators are pure, whatever they read",
		dir:     "ir",
		snippet: "func (o Op) Effects() Effects { return opEffects[o] }",
		instead: `func (o Op) Effects() Effects {
	if FAULT {
		return Pure
	}
	return opEffects[o]
}`,
		seenBy: []look{"explicit", "live"},
	},
	{
		name:    "a further [][A]_v of the specification is dropped",
		dir:     "frontend",
		snippet: "rest = append(append(rest, steps[:i]...), steps[i+1:]...)",
		instead: `if FAULT {
				break
			}
			rest = append(append(rest, steps[:i]...), steps[i+1:]...)`,
		seenBy: []look{"explicit", "live"},
	},
	{
		name: "[]P of the specification is asked of initial states alone",
		dir:  "frontend",
		snippet: `for _, p := range always {
		rest`,
		instead: `for _, p := range always {
		if FAULT {
			break
		}
		rest`,
		seenBy: []look{"explicit", "live"},
	},
}
