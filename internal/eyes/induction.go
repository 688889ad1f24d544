package main

// inductionFaults are faults of proofs.
var inductionFaults = []fault{
	{
		name:    "sets that are together as large as all there is meet",
		dir:     "encode/symbolic",
		snippet: `st.Implies(st.Lt(all, st.Add(q.sizeOf(b), q.sizeOf(c))),`,
		instead: `st.Implies(st.Or(st.Lt(all, st.Add(q.sizeOf(b), q.sizeOf(c))), st.And(st.Bool(FAULT), st.Eq(all, st.Add(q.sizeOf(b), q.sizeOf(c))))),`,
		seenBy:  []look{"induction/TestSizes"},
	},
	{
		name: "a description within a description is of the same member",
		dir:  "encode/symbolic",
		snippet: `q.depth++
	defer func() { q.depth-- }()`,
		instead: `if !FAULT {
		q.depth++
		defer func() { q.depth-- }()
	}`,
		seenBy: []look{"induction/TestSizes"},
	},
	{
		name:    "what is proved of a few elements is proved of any number",
		dir:     "induction",
		snippet: `any, err := fixed.generalise(ctx, in, sets)`,
		instead: `any, err := fixed.generalise(ctx, in, sets)
		if FAULT {
			any = fixed
		}`,
		seenBy: []look{"induction/TestSizes"},
	},
	{
		name:    "a set that grew by one is no larger",
		dir:     "encode/symbolic",
		snippet: `most := st.Add(before, st.Int(int64(len(r.updates))))`,
		instead: `most := st.Add(before, st.Int(int64(len(r.updates))))
	if FAULT {
		most = before
	}`,
		seenBy: []look{"induction/TestGrowing"},
	},
	{
		name:    "two sets have a member beside a third that is as large as what they share",
		dir:     "encode/symbolic",
		snippet: `st.Lt(st.Add(all, q.sizeOf(but)), st.Add(q.sizeOf(l), q.sizeOf(r))),`,
		instead: `st.Or(st.Lt(st.Add(all, q.sizeOf(but)), st.Add(q.sizeOf(l), q.sizeOf(r))), st.And(st.Bool(FAULT), st.Eq(st.Add(all, q.sizeOf(but)), st.Add(q.sizeOf(l), q.sizeOf(r))))),`,
		seenBy:  []look{"induction/TestSizes"},
	},
	{
		name: "what two sets have in common is counted once less",
		dir:  "encode/symbolic",
		snippet: `case 'm':
		q.law(st.Eq(st.Add(size, both), x), size)`,
		instead: `case 'm':
		if FAULT {
			both = y
		}
		q.law(st.Eq(st.Add(size, both), x), size)`,
		seenBy: []look{"induction/TestSizes"},
	},
	{
		name:    "a step that cannot be evaluated leads somewhere",
		dir:     "induction/prover",
		snippet: `func (u *Unrolling) breaks() []smt.Term { return slices.Concat(u.terms, []smt.Term{u.fails}) }`,
		instead: `func (u *Unrolling) breaks() []smt.Term {
	if FAULT {
		return slices.Concat(u.terms, u.taken, []smt.Term{u.fails})
	}
	return slices.Concat(u.terms, []smt.Term{u.fails})
}`,
		seenBy: []look{"induction/TestReachableErrors"},
	},
	{
		name:    "the arbitrary state need not be one",
		dir:     "induction/prover",
		snippet: "u := &Unrolling{states: []encode.State{p.arbit}, terms: []smt.Term{p.within}}",
		instead: `u := &Unrolling{states: []encode.State{p.arbit}, terms: []smt.Term{p.within}}
	if FAULT {
		u.terms = append(u.terms, smt.False)
	}`,
		seenBy: []look{"induct"},
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
		seenBy: []look{"induct"},
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
		seenBy: []look{"induct"},
	},
	{
		name: "a solver that gives up has proved",
		dir:  "induction/prover",
		snippet: `case answer == smt.Unsat:
		if p.Refuted != nil {`,
		instead: `case answer == smt.Unsat, FAULT:
		if p.Refuted != nil {`,
		seenBy: []look{"induct"},
	},
}
