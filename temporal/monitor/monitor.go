// Package monitor finds bad prefixes.
//
// A property such as [](P => []Q) is violated by what has happened so far: a
// bad prefix. Its negation has no [], so that it is a set of promises, <>F, and
// is satisfied as soon as all of one choice of them are kept. A monitor reads a
// behaviour step by step and knows what is still to be kept (Kupferman and
// Vardi, "Model checking of safety properties").
package monitor

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"github.com/lemma-mc/lemma/temporal"
)

// A Monitor is the deterministic automaton of such a negation. A mode is an
// antichain of sets of promises: one of the sets is still to be kept. It belongs to
// one goroutine.
type Monitor struct {
	Formula  temporal.Formula
	Atoms    []int // that the formula speaks of
	promises []temporal.Eventually
	modes    [][]uint64
	number   map[string]int
	next     map[change]int
}

// A change is a mode, and the atoms that hold on the next step, a bit for each.
type change struct {
	mode  int
	holds uint64
}

// Modes with a number of their own.
const (
	Beginning = iota // nothing was read
	Satisfied        // nothing is left to be kept: what was read is a bad prefix
	Hopeless         // nothing can be kept any more
	firstMode
)

// Bounds of a monitor; past them the formula is left to the search for lassos.
const (
	maxPromises = 64
	maxModes    = 1 << 12
)

// New makes the monitor of f, nil where f has a [] or is too large.
func New(f temporal.Formula) *Monitor {
	m := &Monitor{Formula: f, modes: make([][]uint64, firstMode), number: map[string]int{}, next: map[change]int{}}
	if !m.collect(f) || len(m.Atoms) > 64 || len(m.promises) > maxPromises {
		return nil
	}
	m.modes[Satisfied] = []uint64{0}
	m.number[nameOfMode([]uint64{0})], m.number[nameOfMode(nil)] = Satisfied, Hopeless
	return m
}

// packed bounds the promises of a monitor that Split makes of several alternatives:
// each may be at another point, so that their modes multiply.
const packed = 8

// Split makes monitors of the alternatives of f, <>(F \/ G) being <>F \/ <>G: f is
// satisfied as soon as one of the monitors is. It returns nil where an alternative
// has none.
func Split(f temporal.Formula) []*Monitor {
	var out []*Monitor
	for rest := alternatives(f); len(rest) > 0; {
		m, n := New(rest[0]), 1
		if m == nil {
			return nil
		}
		for ; n < len(rest); n++ {
			wider := New(temporal.Or(rest[:n+1]))
			if wider == nil || len(wider.promises) > packed {
				break
			}
			m = wider
		}
		out, rest = append(out, m), rest[n:]
	}
	return out
}

// alternatives are formulas one of which holds where f does.
func alternatives(f temporal.Formula) []temporal.Formula {
	switch f := f.(type) {
	case temporal.Or:
		var out []temporal.Formula
		for _, g := range f {
			out = append(out, alternatives(g)...)
		}
		return out
	case temporal.Eventually:
		out := alternatives(f.F)
		for i, g := range out {
			out[i] = temporal.Eventually{F: g}
		}
		return out
	}
	return []temporal.Formula{f}
}

// collect lists the promises and atoms of f; false when it has a [].
func (m *Monitor) collect(f temporal.Formula) bool {
	switch f := f.(type) {
	case temporal.Atom:
		if !slices.Contains(m.Atoms, f.ID) {
			m.Atoms = append(m.Atoms, f.ID)
		}
	case temporal.And:
		return m.collectAll(f)
	case temporal.Or:
		return m.collectAll(f)
	case temporal.Eventually:
		m.promises = append(m.promises, f)
		return m.collect(f.F)
	case temporal.Always:
		return false
	}
	return true
}

func (m *Monitor) collectAll(fs []temporal.Formula) bool {
	for _, f := range fs {
		if !m.collect(f) {
			return false
		}
	}
	return true
}

// Read is the mode after one more step, on which the atoms in holds do: bit i is of
// Atoms[i]. ok is false when there are too many modes.
func (m *Monitor) Read(mode int, holds uint64) (to int, ok bool) {
	if mode == Satisfied || mode == Hopeless {
		return mode, true
	}
	at := change{mode, holds}
	if to, ok := m.next[at]; ok {
		return to, true
	}
	r := reading{m, holds, map[int][]uint64{}, 0}
	var sets []uint64
	if mode == Beginning {
		sets = r.now(m.Formula)
	}
	for _, set := range m.modes[mode] {
		kept := []uint64{0}
		for rest := set; rest != 0; rest &= rest - 1 {
			kept = both(kept, r.promise(bits.TrailingZeros64(rest)))
		}
		sets = either(sets, kept)
	}
	name := nameOfMode(sets)
	to, ok = m.number[name]
	if !ok {
		if len(m.modes) == maxModes {
			return 0, false
		}
		to = len(m.modes)
		m.modes, m.number[name] = append(m.modes, sets), to
	}
	m.next[at] = to
	return to, true
}

// A reading is of one step.
type reading struct {
	*Monitor
	holds uint64
	known map[int][]uint64 // what promises come to
	at    int              // the number of the next promise in the text
}

// now is what f comes to when the step is the first one that it is of.
func (r *reading) now(f temporal.Formula) []uint64 {
	switch f := f.(type) {
	case temporal.Atom:
		if r.holds>>slices.Index(r.Atoms, f.ID)&1 != 0 != f.Not {
			return []uint64{0}
		}
		return nil
	case temporal.And:
		out := []uint64{0}
		for _, g := range f {
			out = both(out, r.now(g))
		}
		return out
	case temporal.Or:
		var out []uint64
		for _, g := range f {
			out = either(out, r.now(g))
		}
		return out
	case temporal.Eventually:
		i := r.at
		r.at++
		now := either([]uint64{1 << i}, r.now(f.F))
		r.known[i] = now
		return now
	}
	return nil
}

// promise is what promise i comes to: it is kept now, or still to be kept.
func (r *reading) promise(i int) []uint64 {
	if known, ok := r.known[i]; ok {
		return known
	}
	r.at = i
	return r.now(r.promises[i])
}

// both is the conjunction of two modes, either the disjunction; as antichains.
func both(a, b []uint64) []uint64 {
	var out []uint64
	for _, x := range a {
		for _, y := range b {
			out = append(out, x|y)
		}
	}
	return least(out)
}

func either(a, b []uint64) []uint64 { return least(slices.Concat(a, b)) }

// least leaves out the sets that have another one as a part, and sorts the rest.
func least(sets []uint64) []uint64 {
	slices.Sort(sets)
	sets = slices.Compact(sets)
	var out []uint64
	for _, x := range sets {
		if !slices.ContainsFunc(sets, func(y uint64) bool { return y != x && x&y == y }) {
			out = append(out, x)
		}
	}
	return out
}

func nameOfMode(sets []uint64) string {
	var b []byte
	for _, x := range sets {
		b = binary.LittleEndian.AppendUint64(b, x)
	}
	return string(b)
}
