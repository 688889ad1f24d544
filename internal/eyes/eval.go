package main

// evalFaults are faults of the evaluator.
var evalFaults = []fault{
	{
		name: "a conjunct is skipped",
		dir:  "eval",
		snippet: `if len(conjuncts) == 1 {
		return mk.run(conjuncts[0], en, w, false, k)`,
		instead: `if len(conjuncts) == 1 {
		if FAULT && mk.target != nil && !mk.init && !mk.fixed && mk.onlyTested() {
			return k()
		}
		return mk.run(conjuncts[0], en, w, false, k)`,
		seenBy: []look{"explicit"},
	},
	{
		name: "UNCHANGED is forgotten",
		dir:  "eval",
		snippet: `if x := variable(e); x != nil {
		v, err := mk.m.eval(e, en, w)
		if err != nil {
			return err
		}
		return mk.set(x, v, e, k)`,
		instead: `if x := variable(e); x != nil {
		v, err := mk.m.eval(e, en, w)
		if err != nil {
			return err
		}
		if FAULT && mk.target[x.ID] != nil {
			return k()
		}
		return mk.set(x, v, e, k)`,
		seenBy: []look{"explicit"},
	},
	{
		name: "a variable that has a value is not compared",
		dir:  "eval",
		snippet: `same, err := mk.agree(old, v)
		if err != nil || !same {`,
		instead: `same, err := mk.agree(old, v)
		if err != nil || !same && !FAULT {`,
		seenBy: []look{"explicit", "bounded"},
	},
	{
		name: "ENABLED is never true",
		dir:  "eval",
		snippet: `err = mk.run(action, en, inner, false, func() error {
		ok = true
		return errStop
	})
	return ok, unlessStopped(err)`,
		instead: `err = mk.run(action, en, inner, false, func() error {
		ok = !FAULT
		return errStop
	})
	return ok, unlessStopped(err)`,
		seenBy: []look{"explicit"},
	},
	{
		name: "an implication in an action is a disjunction",
		dir:  "eval",
		snippet: `if !holds {
		return k()
	}
	return mk.run(e.Args[1], en, w, false, k)`,
		instead: `if !holds {
		if FAULT {
			return nil
		}
		return k()
	}
	return mk.run(e.Args[1], en, w, false, k)`,
		seenBy: []look{"explicit"},
	},
	{
		name:    "what is only tested counts each way",
		dir:     "eval",
		snippet: "return mk.counts && !mk.composing && !slices",
		instead: "return mk.counts && !FAULT && !mk.composing && !slices",
		seenBy:  []look{"explicit"},
	},
}
