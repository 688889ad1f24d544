package main

// bmcFaults are faults of the bounded search.
var bmcFaults = []fault{
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
		seenBy: []string{"bounded"},
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
		seenBy: []string{"bounded"},
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
		seenBy: []string{"bounded"},
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
		seenBy: []string{"bounded"},
	},
	{
		name: "deadlock is asked for a step late",
		dir:  "bmc",
		snippet: `if s.sys.CheckDeadlock {
		if err := s.deadlock`,
		instead: `if s.sys.CheckDeadlock && !(FAULT && k < 2) {
		if err := s.deadlock`,
		seenBy: []string{"bounded"},
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
		seenBy: []string{"bounded"},
	},
	{
		name:    "[]F is not asked of the loop before a position",
		dir:     "bmc",
		snippet: `rest = h.store.And(rest, h.store.Implies(in[i], t))`,
		instead: `if FAULT {
				continue
			}
			rest = h.store.And(rest, h.store.Implies(in[i], t))`,
		seenBy: []string{"bounded"},
	},
	{
		name:    "<>F is not looked for in the loop before a position",
		dir:     "bmc",
		snippet: `rest = h.store.Or(rest, h.store.And(in[i], t))`,
		instead: `if FAULT {
				continue
			}
			rest = h.store.Or(rest, h.store.And(in[i], t))`,
		seenBy: []string{"bounded"},
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
		seenBy: []string{"bounded"},
	},
	{
		name:    "a lasso need not be fair",
		dir:     "bmc",
		snippet: `within := h.words(h.assumed, h.moves, loop)`,
		instead: `if FAULT {
		h.assumed = temporal.And{}
	}
	within := h.words(h.assumed, h.moves, loop)`,
		seenBy: []string{"bounded"},
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
		seenBy: []string{"bounded"},
	},
}
