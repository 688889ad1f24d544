package main

// valueFaults are faults of value.
var valueFaults = []fault{
	{
		name: "a union forgets what is only on the right",
		dir:  "value",
		snippet: `default:
			out, xs, ys = append(out, xs[0]), xs[1:], ys[1:]
		}
	}
	out = append(append(out, xs...), ys...)`,
		instead: `default:
			out, xs, ys = append(out, xs[0]), xs[1:], ys[1:]
		}
	}
	if FAULT {
		ys = nil
	}
	out = append(append(out, xs...), ys...)`,
		seenBy: []look{"bounded", "explicit"},
	},
	{
		name: "the difference of listed sets keeps the wrong members",
		dir:  "value",
		snippet: `if found == in {
			out = append(out, e)`,
		instead: `if found == (in != FAULT) {
			out = append(out, e)`,
		seenBy: []look{"explicit", "bounded"},
	},
	{
		name: "a subset test looks at one member",
		dir:  "value",
		snippet: `if in, err := m.Contains(y, e); err != nil || !in {
			return false, err
		}
	}
	return true, nil`,
		instead: `if in, err := m.Contains(y, e); err != nil || !in || FAULT {
			return in, err
		}
	}
	return true, nil`,
		seenBy: []look{"value/FuzzForms"},
	},
	{
		name: "sequences are compared but for the last item",
		dir:  "value",
		snippet: `for i, x := range xs {
		if c := Compare(x, ys[i]); c != 0 {
			return c
		}
	}
	return 0`,
		instead: `for i, x := range xs {
		if c := Compare(x, ys[i]); c != 0 && !(FAULT && i > 0 && i == len(xs)-1) {
			return c
		}
	}
	return 0`,
		seenBy: []look{"explicit", "bounded"},
	},
	{
		name: "an interval lacks its upper bound",
		dir:  "value",
		snippet: `case hi < lo:
		return EmptySet
	case hi == lo:`,
		instead: `case FAULT && hi > lo:
		return Interval(lo, hi-1)
	case hi < lo:
		return EmptySet
	case hi == lo:`,
		seenBy: []look{"bounded", "explicit"},
	},
}
