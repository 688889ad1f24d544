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
		name: "the last ways to take a step are not asked",
		dir:  "induction/prover",
		snippet: `for i, w := range st.ways {
		good, err`,
		instead: `for i, w := range st.ways {
		if FAULT && i > 0 {
			break
		}
		good, err`,
		seenBy: []string{"induct"},
	},
	{
		name: "what holds at first is not asked",
		dir:  "induction/prover",
		snippet: `if u.ended {
		return nil, nil
	}
	good, err := p.holds(goal, u.last())`,
		instead: `if u.ended || FAULT {
		return nil, nil
	}
	good, err := p.holds(goal, u.last())`,
		seenBy: []string{"induct"},
	},
	{
		name: "a solver that gives up has proved",
		dir:  "induction/prover",
		snippet: `case answer == smt.Unsat:
		if p.Refuted`,
		instead: `case answer == smt.Unsat, FAULT:
		if p.Refuted`,
		seenBy: []string{"induct"},
	},
}
