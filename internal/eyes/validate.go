package main

// validateFaults are faults of the validation of logs.
var validateFaults = []fault{
	{
		name: "a line is never a step that changes nothing",
		dir:  "validate",
		snippet: `if e.still {
		if err := reach(`,
		instead: `if e.still && !FAULT {
		if err := reach(`,
		seenBy: []look{"validate/TestRandomLogs"},
	},
	{
		name: "what a line saw is not asked",
		dir:  "validate",
		snippet: `if !s.before {
			if ok, err := e.holds(s.machine, st); err != nil || !ok {`,
		instead: `if !s.before && !FAULT {
			if ok, err := e.holds(s.machine, st); err != nil || !ok {`,
		seenBy: []look{"validate/TestRandomLogs"},
	},
	{
		name: "depth first, states that differ count as one",
		dir:  "validate",
		snippet: `for _, v := range c.state {
		h = (h<<7 | h>>57) ^ value.HashSeeded(v, seed)`,
		instead: `for i, v := range c.state {
		if FAULT && i > 0 {
			break
		}
		h = (h<<7 | h>>57) ^ value.HashSeeded(v, seed)`,
		seenBy: []look{"validate/TestRandomLogs"},
	},
	{
		name: "a set may have members that the log does not list",
		dir:  "validate",
		snippet: `if len(list) < len(members) {
		return false
	}
`,
		instead: `if FAULT {
		members = members[:min(len(members), len(list))]
	}
	if len(list) < len(members) {
		return false
	}
`,
		seenBy: []look{"validate/TestRandomLogs"},
	},
	{
		name: "the solver does not ask that each listed member is one",
		dir:  "validate",
		snippet: `			met[n] = append(met[n], st.And(s.Members[i].In, t))
		}`,
		instead: `			met[n] = append(met[n], st.And(s.Members[i].In, t))
			if FAULT {
				met[n] = []smt.Term{smt.True}
			}
		}`,
		seenBy: []look{"validate/TestRandomLogs"},
	},
	{
		name:    "the solver is not told what a line saw",
		dir:     "validate",
		snippet: `claims = append(claims, more...)`,
		instead: `if !FAULT {
			claims = append(claims, more...)
		}`,
		seenBy: []look{"validate/TestRandomLogs"},
	},
	{
		name: "the solver takes each line for a step",
		dir:  "validate",
		snippet: `case e.still:
		action = u.orNone(action)`,
		instead: `case e.still && !FAULT:
		action = u.orNone(action)`,
		seenBy: []look{"validate/TestRandomLogs"},
	},
}
