package main

// bmcFaults are faults of the bounded search.
var bmcFaults = []fault{
	{
		name:    "a part passes over its first depth",
		dir:     "bmc",
		snippet: `return max(len(s.states)-1, 0) < s.from }`,
		instead: `return max(len(s.states)-1, 0) < s.from || FAULT && s.from > 0 && max(len(s.states)-1, 0) == s.from }`,
		seenBy:  []look{"depths"},
	},
	{
		name: "a part forgets the states before its first depth",
		dir:  "bmc",
		snippet: `	s.enc.Learn(t)
	s.solver.Assert(t)`,
		instead: `	if FAULT && s.known() {
		return
	}
	s.enc.Learn(t)
	s.solver.Assert(t)`,
		seenBy: []look{"depths"},
	},
	{
		name:    "a sum grows by no number",
		dir:     "bmc",
		snippet: `u.grown.Add(u.grown, new(big.Rat).Mul(x[i+1], old.grown))`,
		instead: `if !FAULT {
				u.grown.Add(u.grown, new(big.Rat).Mul(x[i+1], old.grown))
			}`,
		seenBy: []look{"bmc/TestCounters"},
	},
	{
		name: "a sum is kept by the first branch alone",
		dir:  "bmc",
		snippet: `for branch := range branches {
		for _, row := range b.changes(branch, numbers) {`,
		instead: `for branch := range branches {
		if FAULT && branch > 0 {
			break
		}
		for _, row := range b.changes(branch, numbers) {`,
		seenBy: []look{"bmc/TestCounters"},
	},
	{
		name: "a number that is gone keeps its weight",
		dir:  "bmc",
		snippet: `for _, row := range b.lost(at) {
		eqs.add(row)
	}`,
		instead: `for _, row := range b.lost(at) {
		if !FAULT {
			eqs.add(row)
		}
	}`,
		seenBy: []look{"bmc/TestConserved"},
	},
	{
		name: "what changes a sum by terms of the state is not looked at",
		dir:  "bmc",
		snippet: `rows[0][0] = big.NewRat(-1, 1)
	for _, m := range order {`,
		instead: `rows[0][0] = big.NewRat(-1, 1)
	for _, m := range order {
		if FAULT {
			break
		}`,
		seenBy: []look{"bmc/TestCounters"},
	},
	{
		name:    "invariants of the states so far are not checked",
		dir:     "bmc",
		snippet: `if err := s.checkAll(ctx, k, s.sys.Histories, s.history); err`,
		instead: `if FAULT {
	} else if err := s.checkAll(ctx, k, s.sys.Histories, s.history); err`,
		seenBy: []look{"bounded", "bmc/TestHistories"},
	},
	{
		name: "the past begins with the last step",
		dir:  "encode",
		snippet: `records := make([]Sym, len(states))
`,
		instead: `if FAULT && len(states) > 2 {
		states = states[len(states)-2:]
	}
	records := make([]Sym, len(states))
`,
		seenBy: []look{"bounded", "bmc/TestHistories"},
	},
	{
		name: "the order of steps does not matter to the past",
		dir:  "bmc",
		snippet: `func (s *search) ordered() bool {
`,
		instead: `func (s *search) ordered() bool {
	if FAULT && len(s.props.Steps)+len(s.sys.Constraints)+len(s.sys.ActionConstraints) == 0 {
		return false
	}
`,
		seenBy: []look{"bmc/TestHistories"},
	},
	{
		name: "constraints are not asserted",
		dir:  "bmc",
		snippet: `return s.failedConstraint(k, c, fails)
	}
	s.assert(t)`,
		instead: `return s.failedConstraint(k, c, fails)
	}
	if FAULT {
		return nil
	}
	s.assert(t)`,
		seenBy: []look{"bounded"},
	},
	{
		name: "action constraints are not looked at",
		dir:  "bmc",
		snippet: `if k == 0 {
		return nil
	}
	for _, c := range s.sys.ActionConstraints {`,
		instead: `if k == 0 || FAULT {
		return nil
	}
	for _, c := range s.sys.ActionConstraints {`,
		seenBy: []look{"bounded"},
	},
	{
		name: "the initial states are not checked",
		dir:  "bmc",
		snippet: `if err := s.checkState(ctx, k); err != nil || s.enough() {
		return false, err
	}`,
		instead: `if FAULT && k == 0 {
	} else if err := s.checkState(ctx, k); err != nil || s.enough() {
		return false, err
	}`,
		seenBy: []look{"bounded"},
	},
	{
		name: "the way to a state is not asserted",
		dir:  "bmc",
		snippet: `for _, t := range step.Taken {
		s.assert(t)`,
		instead: `for i, t := range step.Taken {
		if FAULT && i > 0 {
			continue
		}
		s.assert(t)`,
		seenBy: []look{"bounded"},
	},
	{
		name: "deadlock is asked for a step late",
		dir:  "bmc",
		snippet: `if s.sys.CheckDeadlock {
		if err := s.deadlock`,
		instead: `if s.sys.CheckDeadlock && !(FAULT && k < 2) {
		if err := s.deadlock`,
		seenBy: []look{"bounded"},
	},
	{
		name: "a loop leads back to any state",
		dir:  "bmc",
		snippet: `if same != smt.False {
			begins =`,
		instead: `if FAULT {
			same = smt.True
		}
		if same != smt.False {
			begins =`,
		seenBy: []look{"bounded"},
	},
	{
		name: "[]F is not asked of the loop before a position",
		dir:  "bmc",
		snippet: `out := make([]smt.Term, len(at))
	rest := unit`,
		instead: `out := make([]smt.Term, len(at))
	rest := unit
	if FAULT && unit == smt.True {
		in = make([]smt.Term, len(at)) // none is in the loop
	}`,
		seenBy: []look{"bounded"},
	},
	{
		name:    "<>F is not looked for in the loop before a position",
		dir:     "bmc",
		snippet: `rest = join(rest, inLoop(in[i], t))`,
		instead: `if FAULT && unit == smt.False {
			continue
		}
		rest = join(rest, inLoop(in[i], t))`,
		seenBy: []look{"bounded"},
	},
	{
		name:    "no behaviour stutters for ever",
		dir:     "bmc",
		snippet: `stays[k] = smt.True`,
		instead: `if !FAULT {
		stays[k] = smt.True
	} else {
		h.rests = make([]smt.Term, len(h.rests)) // false
		last[k] = h.rests
	}`,
		seenBy: []look{"bounded"},
	},
	{
		name:    "a lasso need not be fair",
		dir:     "bmc",
		snippet: `within := h.words(h.assumed, h.moves, loop)`,
		instead: `if FAULT {
		h.assumed = temporal.And{}
	}
	within := h.words(h.assumed, h.moves, loop)`,
		seenBy: []look{"bounded"},
	},
	{
		name:    "a step of a lasso is taken for stuttering",
		dir:     "bmc",
		snippet: `step[id], err = h.truth(id, h.states[k-1], h.states[k], &fails[id])`,
		instead: `to := h.states[k]
			if FAULT {
				to = h.states[k-1]
			}
			step[id], err = h.truth(id, h.states[k-1], to, &fails[id])`,
		seenBy: []look{"bounded"},
	},
}
