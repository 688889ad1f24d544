package main

// inductionFaults are faults of proofs.
var inductionFaults = []fault{
	{
		name:    "the arbitrary state need not be one",
		dir:     "induction/prover",
		snippet: "u := &Unrolling{states: []encode.State{p.arbit}, terms: []smt.Term{p.within}}",
		instead: `u := &Unrolling{states: []encode.State{p.arbit}, terms: []smt.Term{p.within}}
	if FAULT {
		u.terms = append(u.terms, smt.False)
	}`,
		seenBy: []string{"induct"},
	},
	{
		name:    "the step is tried from what the goal excludes",
		dir:     "induction/prover",
		snippet: "return p.store.And(t.holds, p.store.Not(t.fails)), err",
		instead: `if FAULT {
		return p.store.Not(t.holds), err
	}
	return p.store.And(t.holds, p.store.Not(t.fails)), err`,
		seenBy: []string{"induct"},
	},
	{
		name: "a solver that gives up has proved",
		dir:  "induction/prover",
		snippet: `case answer == smt.Unsat:
			return taken, nil, nil`,
		instead: `case answer == smt.Unsat, FAULT:
			return taken, nil, nil`,
		seenBy: []string{"induct"},
	},
}
