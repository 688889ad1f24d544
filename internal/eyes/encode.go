package main

// encodeFaults are faults of the encoding.
var encodeFaults = []fault{
	{
		name: "a subset gives a variable the whole set",
		dir:  "encode",
		snippet: `			in := ir.AsMember(x)
`,
		instead: `			in := ir.AsMember(x)
			if FAULT {
				mk.assign(v, x.Args[1], g, d, k)
				return
			}
`,
		seenBy: []look{"bounded"},
	},
	{
		name: "a disjunct of an action is lost",
		dir:  "encode",
		snippet: `for i, a := range x.Args {
			d.key = d.key.either(i)`,
		instead: `for i, a := range x.Args {
			if FAULT && i > 0 {
				continue
			}
			d.key = d.key.either(i)`,
		seenBy: []look{"bounded"},
	},
	{
		name: "a path forgets a condition",
		dir:  "encode",
		snippet: `d.path = d.path.Under(t)
	if mk.mentions`,
		instead: `if FAULT {
		d.path = nil
	}
	d.path = d.path.Under(t)
	if mk.mentions`,
		seenBy: []look{"bounded"},
	},
	{
		name:    "the ELSE of an action is taken always",
		dir:     "encode",
		snippet: "mk.given(mk.e.Store.Not(t), d, no)",
		instead: `if FAULT {
		no(d)
		return
	}
	mk.given(mk.e.Store.Not(t), d, no)`,
		seenBy: []look{"bounded"},
	},
	{
		name:    "equal sets: one inclusion",
		dir:     "encode/symbolic",
		snippet: "return e.Store.And(e.subset(a, b), e.subset(b, a))",
		instead: `if FAULT {
			return e.subset(a, b)
		}
		return e.Store.And(e.subset(a, b), e.subset(b, a))`,
		seenBy: []look{"bounded"},
	},
	{
		name:    "equal functions: values are not compared",
		dir:     "encode/symbolic",
		snippet: "ts = append(ts, e.Store.Implies(same, e.Eq(va[i], vb[j])))",
		instead: `if !FAULT {
					ts = append(ts, e.Store.Implies(same, e.Eq(va[i], vb[j])))
				}`,
		seenBy: []look{"bounded"},
	},
	{
		name:    "equal tuples: the last item is not compared",
		dir:     "encode/symbolic",
		snippet: "if ts[i] = e.Eq(xs[i], ys[i]); ts[i] == smt.False {",
		instead: `if FAULT && i > 0 && i == len(xs)-1 {
			ts[i] = smt.True
		} else if ts[i] = e.Eq(xs[i], ys[i]); ts[i] == smt.False {`,
		seenBy: []look{"bounded"},
	},
	{
		name: "a candidate that may be out counts as in",
		dir:  "encode/symbolic",
		snippet: `or = append(or, e.Store.And(m.In, t))
		}
	}
	return e.Store.Or(or...)
}

// In says`,
		instead: `if FAULT {
				or = append(or, t)
			}
			or = append(or, e.Store.And(m.In, t))
		}
	}
	return e.Store.Or(or...)
}

// In says`,
		seenBy: []look{"bounded"},
	},
	{
		name: "a difference keeps all",
		dir:  "encode/symbolic",
		snippet: `if out {
			in = e.Store.Not(in)`,
		instead: `if out {
			if FAULT {
				in = smt.False
			}
			in = e.Store.Not(in)`,
		seenBy: []look{"bounded"},
	},
	{
		name:    "a repeated candidate counts twice",
		dir:     "encode/symbolic",
		snippet: "t = e.Store.And(t, e.Store.Not(e.among(m.Val, ms[:i])))",
		instead: `if !FAULT {
				t = e.Store.And(t, e.Store.Not(e.among(m.Val, ms[:i])))
			}`,
		seenBy: []look{"bmc/TestSizes"},
	},
	{
		name: "< is <=",
		dir:  "encode/symbolic",
		snippet: `case ir.Lt:
		return e.Store.Lt(a, b)`,
		instead: `case ir.Lt:
		if FAULT {
			return e.Store.Le(a, b)
		}
		return e.Store.Lt(a, b)`,
		seenBy: []look{"bounded"},
	},
	{
		name:    "a merge takes the other case's condition",
		dir:     "encode/symbolic",
		snippet: "result = e.Store.Ite(e.Store.Or(groups[t]...), t, result)",
		instead: `if FAULT {
				result = e.Store.Ite(e.Store.Or(groups[t]...), result, t)
				continue
			}
			result = e.Store.Ite(e.Store.Or(groups[t]...), t, result)`,
		seenBy: []look{"bounded"},
	},
	{
		name: "UNCHANGED compares a value with itself",
		dir:  "encode",
		snippet: `before := e.eval(x, c)
	c.primed = true`,
		instead: `before := e.eval(x, c)
	c.primed = !FAULT`,
		seenBy: []look{"bounded"},
	},
	{
		name: "[A]_v is A",
		dir:  "encode",
		snippet: `if same == smt.True {
		return smt.True
	}
	return e.Store.Or(same,`,
		instead: `if same == smt.True {
		return smt.True
	}
	if FAULT {
		same = smt.False
	}
	return e.Store.Or(same,`,
		seenBy: []look{"bounded"},
	},
	{
		name:    "ENABLED forgets an action's last way",
		dir:     "encode",
		snippet: "or = append(or, b.opened)",
		instead: `if FAULT && len(or) > 0 {
			continue
		}
		or = append(or, b.opened)`,
		seenBy: []look{"bounded"},
	},
	{
		name: "a failure of evaluation is not recorded",
		dir:  "encode/symbolic",
		snippet: `if when != smt.False {
		e.Failf(p, when, e.At, codeUndefined, "%s is applied to`,
		instead: `if when != smt.False && !FAULT {
		e.Failf(p, when, e.At, codeUndefined, "%s is applied to`,
		seenBy: []look{"bounded"},
	},
}
