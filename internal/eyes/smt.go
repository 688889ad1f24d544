package main

// smtFaults are faults of terms.
var smtFaults = []fault{
	{
		name: "a conjunction drops its last operand",
		dir:  "smt",
		snippet: `if len(out) > 1 && len(out) <= flattenLimit {
		if r, changed := s.absorb(out)`,
		instead: `if FAULT && len(out) > 2 {
		out = out[:len(out)-1]
	}
	if len(out) > 1 && len(out) <= flattenLimit {
		if r, changed := s.absorb(out)`,
		seenBy: []look{"bounded"},
	},
	{
		name: "complements do not contradict",
		dir:  "smt",
		snippet: `if s.literal(t)^s.literal(last) == 1 { // R8: complement
				return False`,
		instead: `if s.literal(t)^s.literal(last) == 1 { // R8: complement
				if FAULT {
					continue
				}
				return False`,
		seenBy: []look{"bounded"},
	},
	{
		name: "absorption takes the clause for satisfied",
		dir:  "smt",
		snippet: `if s.contains(ops, s.literal(x)) { // R9: x /\ ~(x /\ y) is x /\ ~y
				continue`,
		instead: `if s.contains(ops, s.literal(x)) { // R9: x /\ ~(x /\ y) is x /\ ~y
				if FAULT {
					satisfied = true
					break
				}
				continue`,
		seenBy: []look{"bounded"},
	},
}
