package store

import (
	"runtime/metrics"

	"github.com/lemma-mc/lemma/explicit/store/arena"
)

// Past half of the memory limit, what is not needed at random goes to a file:
// parents, rows and steps. The table and the fingerprints stay.

// used is about the memory that the process needs: what Go holds, and what is
// outside its heap.
func (s *Store) used() int64 { return GoMemory() + s.mem.Plain() }

// Fits tells whether there is memory for more bytes.
func (s *Store) Fits(more int64) bool {
	return s.limit == 0 || s.used()+more <= s.limit
}

// GoMemory is the memory that the Go runtime holds.
func GoMemory() int64 {
	m := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(m)
	return int64(m[0].Value.Uint64() - m[1].Value.Uint64())
}

// newSegment makes a segment, in the file when memory is short.
func (s *Store) newSegment() (*segment, error) {
	s.chooseBulk()
	seg := &segment{spilled: s.spilling}
	var err error
	if seg.prints, err = arena.Make[uint64](s.mem, segmentSize); err != nil {
		return nil, err
	}
	if s.wide {
		if seg.seconds, err = arena.Make[uint64](s.mem, segmentSize); err != nil {
			return nil, err
		}
	}
	if seg.credits, err = arena.Make[uint32](s.mem, segmentSize/creditsPerWord); err != nil {
		return nil, err
	}
	if seg.parents, err = bulk[Ref](s, segmentSize); err != nil {
		return nil, err
	}
	if err = s.newPlaces(seg); err != nil {
		return nil, err
	}
	seg.rows, err = bulk[uint64](s, segmentSize*s.words)
	return seg, err
}

// chooseBulk has new bulk go to the file from when half of the memory is used.
func (s *Store) chooseBulk() {
	if !s.spilling && arena.CanSpill && s.limit > 0 && s.used() > s.limit/2 {
		s.spilling = true
	}
}

// bulk makes a slice where the store puts its bulk at present.
func bulk[T arena.Number](s *Store, n int) ([]T, error) {
	if s.spilling {
		return arena.Spill[T](s.mem, n)
	}
	return arena.Make[T](s.mem, n)
}

// Spill moves the parents, rows and steps of all states to the file, as far as the
// disk allows. It waits until no worker is inside.
func (s *Store) Spill() {
	s.pauseLock.Lock()
	defer s.pauseLock.Unlock()
	s.spill()
}

func (s *Store) spill() {
	if !arena.CanSpill {
		return
	}
	s.spilling = true
	for i := range s.segments {
		seg := s.segments[i].Load()
		if seg == nil {
			break
		}
		if !seg.spilled && !s.moveOut(seg) {
			return
		}
	}
	s.steps.spill()
}

// moveOut moves a segment to the file; false when the file cannot take it.
func (s *Store) moveOut(seg *segment) bool {
	parents, ok := movedOut(s, seg.parents)
	steps, ok2 := movedOut(s, seg.steps)
	rows, ok3 := movedOut(s, seg.rows)
	if !ok || !ok2 || !ok3 {
		arena.FreeSpilled(s.mem, parents)
		arena.FreeSpilled(s.mem, steps)
		arena.FreeSpilled(s.mem, rows)
		return false
	}
	arena.Free(s.mem, seg.parents)
	arena.Free(s.mem, seg.steps)
	arena.Free(s.mem, seg.rows)
	seg.parents, seg.steps, seg.rows, seg.spilled = parents, steps, rows, true
	seg.cool()
	return true
}

// movedOut copies a slice to the file; false when the file cannot take it. What
// is nil stays so.
func movedOut[T arena.Number](s *Store, from []T) ([]T, bool) {
	if from == nil {
		return nil, true
	}
	to, err := arena.Spill[T](s.mem, len(from))
	if err != nil {
		return nil, false
	}
	copy(to, from)
	return to, true
}

// coolBefore takes the segments that were filled just before r out of memory.
// A worker may still be in the last one.
func (s *Store) coolBefore(r Ref) {
	for i := max(0, int(r>>segmentBits)-2); i < int(r>>segmentBits); i++ {
		if seg := s.segments[i].Load(); seg != nil {
			seg.cool()
		}
	}
}

// CoolExplored takes the segment before that of r out of memory, which the
// workers have explored up to r.
func (s *Store) CoolExplored(r Ref) {
	if i := int(r>>segmentBits) - 1; i >= 0 && r%segmentSize < s.block {
		if seg := s.segments[i].Load(); seg != nil {
			seg.cool()
		}
	}
}

func (seg *segment) cool() {
	if seg.spilled {
		arena.Cool(seg.parents)
		arena.Cool(seg.steps)
		arena.Cool(seg.rows)
	}
}

// freeRows drops what only exploring needs.
func (s *Store) freeRows(seg *segment) {
	if seg.spilled {
		arena.FreeSpilled(s.mem, seg.rows)
	} else {
		arena.Free(s.mem, seg.rows)
	}
	arena.Free(s.mem, seg.credits)
	seg.rows, seg.credits = nil, nil
}
