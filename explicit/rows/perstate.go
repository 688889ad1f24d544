package rows

// What depends on nothing but the state at hand is evaluated once for each state,
// however often it is asked for: by every step out of the state, by every round
// of a loop, by every mention of a definition (statefunction.go).
//
// A frame stamps the states that it works on. A value is kept with the stamp of
// its state, and that for two states, because a step is checked on two: what a
// definition is worth in the next state is found by making that state the
// present one for a moment. A state under construction has no stamp, and what
// is evaluated on it is not kept.

// way says in which of two places the value for the present state is kept, or
// is to be put; the stamps of the places are at fr.loc[at] and after it.
func (fr *Frame) way(at int) (i int, known bool) {
	switch s := fr.curAt; {
	case s == fr.loc[at] && s != 0:
		return 0, true
	case s == fr.loc[at+1] && s != 0:
		return 1, true
	case fr.loc[at] == fr.nxtAt:
		return 1, false
	}
	return 0, false
}

// kept notes that place i holds the value for the present state.
func (fr *Frame) kept(at, i int) {
	fr.loc[at+i] = fr.curAt
	if fr.curAt == 0 {
		fr.loc[at+i] = unkept
	}
}

// perState is k, which depends on the present state alone, evaluated once for
// each state.
func (c *Compiler) perState(k *code) *code {
	if k.shape == nil {
		return c.valuePerState(k)
	}
	return c.heldTo(c.slotsPerState(k), k, "a function of the state")
}

// slotsPerState is perState for a value in slots.
func (c *Compiler) slotsPerState(k *code) *code {
	at, out := c.newLoc(2), &code{shape: k.shape, dep: k.dep}
	switch s := k.shape; {
	case !s.scalar():
		slot, row := c.newLoc(2*s.size), k.row
		out.row = func(fr *Frame) []int64 {
			i, known := fr.way(at)
			dst := fr.loc[slot+i*s.size : slot+(i+1)*s.size]
			if !known {
				copy(dst, row(fr))
				fr.kept(at, i)
			}
			return dst
		}
	case s.kind == kindBool:
		slot, b := c.newLoc(2), k.b
		out.b = func(fr *Frame) bool {
			i, known := fr.way(at)
			if !known {
				fr.loc[slot+i] = boolSlot(b(fr))
				fr.kept(at, i)
			}
			return fr.loc[slot+i] != 0
		}
	default:
		slot, n := c.newLoc(2), k.n
		out.n = func(fr *Frame) int64 {
			i, known := fr.way(at)
			if !known {
				fr.loc[slot+i] = n(fr)
				fr.kept(at, i)
			}
			return fr.loc[slot+i]
		}
	}
	return out
}

// valuePerState is perState for a value of no particular shape, which is kept
// with its id.
func (c *Compiler) valuePerState(k *code) *code {
	get := c.memoOf(k)
	at, entry := c.newLoc(2), c.entries
	c.entries += 2
	known := func(fr *Frame) *memoValue {
		i, known := fr.way(at)
		if !known {
			fr.entries[entry+i] = get(fr)
			fr.kept(at, i)
		}
		return fr.entries[entry+i]
	}
	return c.fromMemo(nil, c.auditedBy(known, get, "a function of the state"), k.dep)
}

// worthKeeping tells whether k, compiled since c.work was work, costs more than
// a look at what is kept.
func (c *Compiler) worthKeeping(k *code, work int) bool {
	return k.constant == nil && k.at == nil && (c.work > work || k.shape == nil)
}
