package value

import (
	"cmp"
	"slices"
)

// Intervals, which may be far too large to list, are put together and cut by
// their ends.

// interval is v as lo..hi, when it is one.
func interval(v Value) (r Range, ok bool) {
	switch v := v.(type) {
	case Range:
		return v, true
	case *Set:
		if len(v.Elems) == 1 {
			if n, isInt := v.Elems[0].(Int); isInt {
				return Range{int64(n), int64(n)}, true
			}
		}
	}
	return Range{}, false
}

// touch tells whether r, which begins first, and q leave nothing between them.
func touch(r, q Range) bool { return q.Lo <= r.Hi || q.Lo-1 == r.Hi }

// joined is the union of two intervals that is an interval itself.
func joined(x, y Value) (Value, bool) {
	r, ok := interval(x)
	q, also := interval(y)
	if !ok || !also {
		return nil, false
	}
	if q.Lo < r.Lo {
		r, q = q, r
	}
	if !touch(r, q) {
		return nil, false
	}
	return Interval(r.Lo, max(r.Hi, q.Hi)), true
}

// disjoint joins the intervals that touch; it reorders rs.
func disjoint(rs []Range) []Range {
	slices.SortFunc(rs, func(r, q Range) int { return cmp.Or(cmp.Compare(r.Lo, q.Lo), cmp.Compare(r.Hi, q.Hi)) })
	var out []Range
	for _, r := range rs {
		if n := len(out); n > 0 && touch(out[n-1], r) {
			out[n-1].Hi = max(out[n-1].Hi, r.Hi)
		} else {
			out = append(out, r)
		}
	}
	return out
}

// cutOff is the difference of two intervals where that is an interval.
func cutOff(x, y Value) (Value, bool) {
	r, ok := interval(x)
	q, also := interval(y)
	switch {
	case !ok || !also:
		return nil, false
	case q.Hi < r.Lo || q.Lo > r.Hi:
		return x, true
	case q.Lo <= r.Lo && q.Hi >= r.Hi:
		return EmptySet, true
	case q.Lo <= r.Lo:
		return Interval(q.Hi+1, r.Hi), true
	case q.Hi >= r.Hi:
		return Interval(r.Lo, q.Lo-1), true
	}
	return nil, false
}
