package explicit

import (
	"fmt"
	"runtime/debug"
	"sync"
	"unsafe"

	"github.com/lemma-mc/lemma/explicit/arena"
	"github.com/lemma-mc/lemma/internal/parallel"
)

// liveMemory hands out what package liveness works on: plain memory as far as
// the limit goes, then parts of the file.
type liveMemory struct {
	states  *stateStore
	mu      sync.Mutex
	spilled map[*uint32]bool
}

func newLiveMemory(s *stateStore) *liveMemory {
	return &liveMemory{states: s, spilled: map[*uint32]bool{}}
}

// Make returns n zeros. The error is errNoRoom when neither has room.
func (m *liveMemory) Make(n int) ([]uint32, error) {
	s := m.states
	if !s.fits(4 * int64(n)) {
		debug.FreeOSMemory() // some may be idle
	}
	if s.fits(4 * int64(n)) {
		b, err := arena.Make[uint32](s.mem, n)
		if err != nil {
			err = fmt.Errorf("%w of the system: %v", errNoRoom, err)
		}
		return b, err
	}
	if !arena.CanSpill {
		return nil, errNoRoom
	}
	b, err := arena.Spill[uint32](s.mem, n)
	if err != nil {
		return nil, fmt.Errorf("%w, and the file with the rest cannot grow: %v", errNoRoom, err)
	}
	clear(b)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.spilled[unsafe.SliceData(b)] = true
	return b, nil
}

// Free ends the use of what Make returned.
func (m *liveMemory) Free(b []uint32) {
	m.mu.Lock()
	at := unsafe.SliceData(b)
	spilled := m.spilled[at]
	delete(m.spilled, at)
	m.mu.Unlock()
	if spilled {
		arena.FreeSpilled(m.states.mem, b)
	} else {
		arena.Free(m.states.mem, b)
	}
}

// keepCool takes what is spilled out of memory every now and then, until the
// result is called: a walk through the graph brings it all in.
func (s *stateStore) keepCool() (stop func()) {
	if !s.spilling {
		return func() {}
	}
	return parallel.Every(watchEvery, s.coolAll)
}

func (s *stateStore) coolAll() {
	for i := range s.segments {
		seg := s.segments[i].Load()
		if seg == nil {
			break
		}
		seg.cool()
	}
	for i := range s.steps.chunks {
		if c := s.steps.chunks[i].Load(); c != nil && c.spilled {
			arena.Cool(c.bytes)
		}
	}
}

// keepForLiveness drops what only searching needs. What the states are told
// apart by goes, too, unless lookUp.
func (s *stateStore) keepForLiveness(lookUp bool) {
	for i := range s.segments {
		seg := s.segments[i].Load()
		if seg == nil {
			break
		}
		arena.Free(s.mem, seg.credits)
		seg.credits = nil
	}
	if !lookUp {
		s.dropTable()
	}
}

func (s *stateStore) dropTable() {
	arena.Free(s.mem, s.table)
	s.table = nil
}
