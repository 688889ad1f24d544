package main

// explicitFaults are faults of the explicit search.
var explicitFaults = []fault{
	{
		name:    "a loop is closed where the view looks the same",
		dir:     "explicit",
		snippet: "if eval.State(last).Equal(b.Steps[home-1].State) {",
		instead: "if FAULT || eval.State(last).Equal(b.Steps[home-1].State) {",
		seenBy:  []look{"view"},
	},
	{
		name:    "what is to be possible need not be",
		dir:     "explicit/plan",
		snippet: "Step: ReadsNext(f.Expr), Must: true}",
		instead: "Step: ReadsNext(f.Expr), Must: !FAULT}",
		seenBy:  []look{"explicit", "each"},
	},
	{
		name: "a disjunct of two is lost",
		dir:  "explicit/rows",
		snippet: `return func(fr *Frame) { a(fr); b(fr) }
	}
	return func(fr *Frame) {
		for _, w := range ways {`,
		instead: `return func(fr *Frame) {
			a(fr)
			if !FAULT {
				b(fr)
			}
		}
	}
	return func(fr *Frame) {
		for _, w := range ways {`,
		seenBy: []look{"explicit"},
	},
	{
		name: "constraints do not hold back states",
		dir:  "explicit",
		snippet: `if !ok {
			return false
		}
	}
	return p.actionConstraints == nil`,
		instead: `if !ok && !FAULT {
			return false
		}
	}
	return p.actionConstraints == nil`,
		seenBy: []look{"explicit"},
	},
	{
		name:    "action constraints are not asked",
		dir:     "explicit",
		snippet: "return p.actionConstraints == nil || w.parent == noRef || p.actionConstraints(w.fr)",
		instead: "return FAULT || p.actionConstraints == nil || w.parent == noRef || p.actionConstraints(w.fr)",
		seenBy:  []look{"explicit"},
	},
	{
		name: "states outside the constraints are not checked",
		dir:  "explicit",
		snippet: `if fresh && len(p.invariants) > 0 {
		w.checkInvariants(t.print)`,
		instead: `if fresh && len(p.invariants) > 0 && (t.inside || !FAULT) {
		w.checkInvariants(t.print)`,
		seenBy: []look{"live", "each", "explicit"},
	},
	{
		name: "the last invariant is not checked",
		dir:  "explicit",
		snippet: `for i, inv := range p.invariants {
			if !inv(fr) {`,
		instead: `for i, inv := range p.invariants {
			if !inv(fr) && !(FAULT && i > 0) {`,
		seenBy: []look{"explicit"},
	},
	{
		name:    "implied actions are not checked",
		dir:     "explicit",
		snippet: "w.checkSteps(p.impliedActions, w.s.properties.ImpliedActions)",
		instead: `if !FAULT {
			w.checkSteps(p.impliedActions, w.s.properties.ImpliedActions)
		}`,
		seenBy: []look{"explicit"},
	},
	{
		name:    "deadlock is not reported",
		dir:     "explicit",
		snippet: "if steps == 0 && broken == nil",
		instead: "if !FAULT && steps == 0 && broken == nil",
		seenBy:  []look{"explicit"},
	},
	{
		name: "a value of the state before is taken for this one",
		dir:  "explicit/rows",
		snippet: `// SetCur notes that Cur holds another state than before.
func (s *stamps) SetCur() {
	s.last++`,
		instead: `// SetCur notes that Cur holds another state than before.
func (s *stamps) SetCur() {
	if FAULT && s.last > 0 {
		return
	}
	s.last++`,
		seenBy: []look{"explicit"},
	},
	{
		name: "the stamp of the next state is not renewed",
		dir:  "explicit/rows",
		snippet: `func (s *stamps) SetNext() {
	s.last++`,
		instead: `func (s *stamps) SetNext() {
	if !FAULT || s.last < 3 {
		s.last++
	}`,
		seenBy: []look{"explicit"},
	},
	{
		name: "a memo key misses a slot",
		dir:  "explicit/rows",
		snippet: `for _, id := range u.vars {
			from, to := l.offs[id], l.offs[id]+l.shapes[id].size`,
		instead: `for i, id := range u.vars {
			from, to := l.offs[id], l.offs[id]+l.shapes[id].size
			if FAULT && i == len(u.vars)-1 {
				to--
			}`,
		seenBy: []look{"explicit"},
	},
	{
		name: "a memo key misses what is bound outside",
		dir:  "explicit/rows",
		snippet: `for _, h := range holes {
			key = h.slot(fr, key)
		}`,
		instead: `for _, h := range holes {
			if FAULT {
				continue
			}
			key = h.slot(fr, key)
		}`,
		seenBy: []look{"explicit"},
	},
	{
		name: "UNCHANGED of several copies all but one slot",
		dir:  "explicit/rows",
		snippet: `for _, r := range runs {
			copy(fr.Next[r[0]:r[1]], fr.Cur[r[0]:r[1]])
		}`,
		instead: `for _, r := range runs {
			if FAULT && r[1]-r[0] > 1 {
				copy(fr.Next[r[0]:r[1]-1], fr.Cur[r[0]:r[1]-1])
				continue
			}
			copy(fr.Next[r[0]:r[1]], fr.Cur[r[0]:r[1]])
		}`,
		seenBy: []look{"explicit"},
	},
	{
		name: "the last subset is not made",
		dir:  "explicit/rows",
		snippet: `fr.Next[off] = sub
			k(fr)
			if sub == all {`,
		instead: `fr.Next[off] = sub
			if !(FAULT && sub == all && all != 0) {
				k(fr)
			}
			if sub == all {`,
		seenBy: []look{"explicit"},
	},
	{
		name:    "an implication is true only where both are",
		dir:     "explicit/rows",
		snippet: "return boolCode(func(fr *Frame) bool { return !a(fr) || b(fr) })",
		instead: "return boolCode(func(fr *Frame) bool { return !a(fr) && !FAULT || b(fr) })",
		seenBy:  []look{"explicit"},
	},
	{
		name:    "an equality that is negated is not",
		dir:     "explicit/rows",
		snippet: "return boolCode(func(fr *Frame) bool { return !eq(fr) })",
		instead: "return boolCode(func(fr *Frame) bool { return eq(fr) == FAULT })",
		seenBy:  []look{"explicit"},
	},
	{
		name:    "the ways of a conjunction are added",
		dir:     "explicit/rows",
		snippet: "if n = mul64(n, p(fr)); n == 0 {",
		instead: `if m := p(fr); FAULT && m > 1 {
					n += m
				} else if n = mul64(n, m); n == 0 {`,
		seenBy: []look{"explicit"},
	},
	{
		name:    "the last of a batch of successors is not entered",
		dir:     "explicit",
		snippet: "for i := range batch {\n\t\tt := &batch[i]\n\t\tfr.Next,",
		instead: "for i := range batch {\n\t\tt := &batch[i]\n\t\tif FAULT && i > 0 && i == len(batch)-1 {\n\t\t\tcontinue\n\t\t}\n\t\tfr.Next,",
		seenBy:  []look{"explicit"},
	},
	{
		name:    "ENABLED looks at the first disjunct alone",
		dir:     "explicit/rows",
		snippet: "i < len(ways) && fr.loc[found] == 0;",
		instead: "i < len(ways) && fr.loc[found] == 0 && !(FAULT && i > 0);",
		seenBy:  []look{"live"},
	},
	{
		name:    "ids that are not frozen are not in the fingerprint",
		dir:     "explicit/rows",
		snippet: "first += intern.Mix(l.intern.Hash(x), uint64(slot)+1)",
		instead: "if !FAULT {\n\t\t\tfirst += intern.Mix(l.intern.Hash(x), uint64(slot)+1)\n\t\t}",
		seenBy:  []look{"explicit"},
	},
	{
		name:    "a permutation is never the least",
		dir:     "explicit",
		snippet: "if h := view.FingerprintOfImage(w.fr, p, w.spare, packed); h.Less(print) {",
		instead: "if h := view.FingerprintOfImage(w.fr, p, w.spare, packed); h.Less(print) && !FAULT {",
		seenBy:  []look{"symmetry"},
	},
	{
		name: "permutations map a state to the wrong orbit",
		dir:  "explicit",
		snippet: `print = view.Fingerprint(w.fr, packed)
	for _, p := range y.perms {`,
		instead: `print = view.Fingerprint(w.fr, packed)
	if FAULT && len(y.perms) > 0 {
		print.First &= 0xff
	}
	for _, p := range y.perms {`,
		seenBy: []look{"symmetry"},
	},
	{
		name: "the view is that of the state before",
		dir:  "explicit/rows",
		snippet: `fr.Forward()
	x := v.value(fr)
	fr.Back()`,
		instead: `if !FAULT {
		fr.Forward()
	}
	x := v.value(fr)
	if !FAULT {
		fr.Back()
	}`,
		seenBy: []look{"view"},
	},
}
