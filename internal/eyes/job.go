package main

// jobFaults are faults of jobs that are divided.
var jobFaults = []fault{
	{
		name: "a part is not waited for",
		dir:  "job",
		snippet: `case r == nil:
			j.beyond = max(end, 1)
			return nil`,
		instead: `case r == nil && FAULT:
			return rs[first]
		case r == nil:
			j.beyond = max(end, 1)
			return nil`,
		seenBy: []look{"parts", "job/TestJoinRandom"},
	},
	{
		name:    "of parts that found something the last one counts",
		dir:     "job",
		snippet: `(first < 0 || j.order(p, i, r, first, rs[first]) < 0)`,
		instead: `(first < 0 || FAULT || j.order(p, i, r, first, rs[first]) < 0)`,
		seenBy:  []look{"parts", "job/TestJoinRandom"},
	},
	{
		name:    "no part looks for deadlock",
		dir:     "job",
		snippet: `g := &Goals{Deadlock: first && t.System.CheckDeadlock}`,
		instead: `g := &Goals{Deadlock: first && t.System.CheckDeadlock && !FAULT}`,
		seenBy:  []look{"parts"},
	},
	{
		name: "the last property of a part is left out",
		dir:  "job",
		snippet: `for _, n := range goals {
		if n.invariant {`,
		instead: `for i, n := range goals {
		if FAULT && i > 0 {
			continue
		}
		if n.invariant {`,
		seenBy: []look{"parts"},
	},
	{
		name: "a depth is no part's",
		dir:  "job",
		snippet: `from = k + 1
	}`,
		instead: `from = k + 1
		if FAULT {
			from++
		}
	}`,
		seenBy: []look{"depths"},
	},
	{
		name: "of parts in order the last one counts",
		dir:  "job",
		snippet: `case rs[at] == nil:
		return nil
	case rs[at].Status`,
		instead: `case FAULT && rs[len(rs)-1] != nil:
		return rs[len(rs)-1]
	case rs[at] == nil:
		return nil
	case rs[at].Status`,
		seenBy: []look{"depths"},
	},
	{
		name:    "what a part left out is forgotten",
		dir:     "job",
		snippet: `r.Status == trace.Failed && !leaves(r)) && (first`,
		instead: `r.Status == trace.Failed && (FAULT || !leaves(r))) && (first`,
		seenBy:  []look{"job/TestJoinToTheEnd"},
	},
	{
		name:    "a divided job forgets that states have a past",
		dir:     "job",
		snippet: `case engine == "bmc", len(t.System.Histories) > 0:`,
		instead: `case engine == "bmc", len(t.System.Histories) > 0 && !FAULT:`,
		seenBy:  []look{"job/TestJoinToTheEnd"},
	},
}
