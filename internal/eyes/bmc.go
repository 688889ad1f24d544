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
}
