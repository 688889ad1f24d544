package main

// explainFaults are faults of explanations.
var explainFaults = []fault{
	{
		name: "the wrong branch explains",
		dir:  "explain",
		snippet: `if cond.Holds {
			branch = e.Then`,
		instead: `if cond.Holds != FAULT {
			branch = e.Then`,
		seenBy: []look{"explain/TestReasonsAreTrue"},
	},
	{
		name:    "a true part explains a false conjunction",
		dir:     "explain",
		snippet: `if r.Error == "" && r.Holds != and {`,
		instead: `if r.Error == "" && r.Holds != (and != FAULT) {`,
		seenBy:  []look{"explain/TestReasonsAreTrue"},
	},
	{
		name: "a negation is said to hold where its part does",
		dir:  "explain",
		snippet: `r.Holds = holds
`,
		instead: `r.Holds = holds
	if app, ok := e.(*ir.App); FAULT && ok && app.Op == ir.Not {
		r.Holds = !holds
	}
`,
		seenBy: []look{"explain/TestReasonsAreTrue"},
	},
	{
		name:    "a member that decides nothing explains a quantifier",
		dir:     "explain",
		snippet: `err == nil && ok == holds {`,
		instead: `err == nil && ok == (holds != FAULT) {`,
		seenBy:  []look{"explain/TestReasonsAreTrue"},
	},
	{
		name: "a false premise is not what makes an implication true",
		dir:  "explain",
		snippet: `if !premise.Holds {
			return`,
		instead: `if premise.Holds == FAULT {
			return`,
		seenBy: []look{"explain/TestReasonsAreTrue"},
	},
}
