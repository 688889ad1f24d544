package value

import (
	"iter"
	"slices"
)

// A Meter is how operations on values are ended from outside: a set may have
// more members than anyone can wait for. Operations count their steps on it,
// and ask Ended every few thousand steps, or some milliseconds, whether to go
// on; its error ends them and is what they return. Ended must stay with its
// answer once it has given an error.
//
// A nil *Meter never ends anything. The functions of this package that have
// the name of a method are that method of a nil Meter, for operands that are
// known to be small. A Meter serves one goroutine.
type Meter struct {
	Ended func() error
	count uint
}

// meterEvery is the number of steps between two questions.
const meterEvery = 1 << 12

// step counts one step.
func (m *Meter) step() error {
	if m == nil {
		return nil
	}
	if m.count++; m.count%meterEvery != 0 {
		return nil
	}
	return m.Ended()
}

// steps counts n steps.
func (m *Meter) steps(n int) error {
	if m == nil {
		return nil
	}
	before := m.count / meterEvery
	if m.count += uint(n) + 1; m.count/meterEvery == before {
		return nil
	}
	return m.Ended()
}

// sortChunk is the number of values that are sorted without a question.
const sortChunk = 1 << 14

// sort puts elems in Compare order: long lists in pieces, which are merged.
func (m *Meter) sort(elems []Value) ([]Value, error) {
	if slices.IsSortedFunc(elems, Compare) {
		return elems, nil
	}
	for i := 0; i < len(elems); i += sortChunk {
		if err := m.steps(meterEvery); err != nil {
			return nil, err
		}
		slices.SortFunc(elems[i:min(i+sortChunk, len(elems))], Compare)
	}
	if len(elems) <= sortChunk {
		return elems, nil
	}
	from, to := elems, make([]Value, len(elems))
	for width := sortChunk; width < len(elems); width *= 2 {
		for i := 0; i < len(elems); i += 2 * width {
			mid, end := min(i+width, len(elems)), min(i+2*width, len(elems))
			if err := m.interleave(to[i:end], from[i:mid], from[mid:end]); err != nil {
				return nil, err
			}
		}
		from, to = to, from
	}
	return from, nil
}

// interleave merges two sorted lists into dst.
func (m *Meter) interleave(dst, xs, ys []Value) error {
	for i := range dst {
		if err := m.step(); err != nil {
			return err
		}
		if len(ys) == 0 || len(xs) > 0 && Compare(xs[0], ys[0]) <= 0 {
			dst[i], xs = xs[0], xs[1:]
		} else {
			dst[i], ys = ys[0], ys[1:]
		}
	}
	return nil
}

// unmetered is the Meter of the functions below.
var unmetered *Meter

// Enumerate is Meter.Enumerate without a meter; so are the others.
func Enumerate(set Value) iter.Seq2[Value, error] { return unmetered.Enumerate(set) }
func Elements(set Value) ([]Value, error)         { return unmetered.Elements(set) }
func Force(v Value) (Value, error)                { return unmetered.Force(v) }
func Normalize(v Value) (Value, error)            { return unmetered.Normalize(v) }
func Size(set Value) (Value, error)               { return unmetered.Size(set) }
func Values(f Value) ([]Value, error)             { return unmetered.Values(f) }
func Union(x, y Value) (Value, error)             { return unmetered.Union(x, y) }
func Intersect(x, y Value) (Value, error)         { return unmetered.Intersect(x, y) }
func Minus(x, y Value) (Value, error)             { return unmetered.Minus(x, y) }
func UnionOf(s Value) (Value, error)              { return unmetered.UnionOf(s) }
func Subseteq(x, y Value) (bool, error)           { return unmetered.Subseteq(x, y) }
func Contains(set, v Value) (bool, error)         { return unmetered.Contains(set, v) }
func Equal(a, b Value) (bool, error)              { return unmetered.Equal(a, b) }
func Apply(f, arg Value) (Value, error)           { return unmetered.Apply(f, arg) }
