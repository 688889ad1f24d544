package store

import (
	"fmt"
	"runtime/debug"
	"sync"
	"time"
	"unsafe"

	"github.com/lemma-mc/lemma/explicit/store/arena"
	"github.com/lemma-mc/lemma/internal/parallel"
)

// A Memory hands out what is to lie beside the states: plain memory as far as the
// limit goes, then parts of the file.
type Memory struct {
	states  *Store
	mu      sync.Mutex
	spilled map[*uint32]bool
}

// NewMemory makes a Memory that shares the limit and the file of s.
func NewMemory(s *Store) *Memory {
	return &Memory{states: s, spilled: map[*uint32]bool{}}
}

// Make returns n zeros. The error is ErrNoRoom when neither has room.
func (m *Memory) Make(n int) ([]uint32, error) {
	s := m.states
	if !s.Fits(4 * int64(n)) {
		debug.FreeOSMemory() // some may be idle
	}
	if s.Fits(4 * int64(n)) {
		b, err := arena.Make[uint32](s.mem, n)
		if err != nil {
			err = fmt.Errorf("%w of the system: %v", ErrNoRoom, err)
		}
		return b, err
	}
	if !arena.CanSpill {
		return nil, ErrNoRoom
	}
	b, err := arena.Spill[uint32](s.mem, n)
	if err != nil {
		return nil, fmt.Errorf("%w, and the file with the rest cannot grow: %v", ErrNoRoom, err)
	}
	clear(b)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.spilled[unsafe.SliceData(b)] = true
	return b, nil
}

// Free ends the use of what Make returned.
func (m *Memory) Free(b []uint32) {
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

// coolEvery is the time between two of KeepCool.
const coolEvery = 50 * time.Millisecond

// KeepCool takes what is spilled out of memory every now and then, until the
// result is called: a walk through the graph brings it all in.
func (s *Store) KeepCool() (stop func()) {
	if !s.spilling {
		return func() {}
	}
	return parallel.Every(coolEvery, s.coolAll)
}

func (s *Store) coolAll() {
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

// EndSearch drops what only searching needs. What the states are told
// apart by goes, too, unless lookUp.
func (s *Store) EndSearch(lookUp bool) {
	for i := range s.segments {
		seg := s.segments[i].Load()
		if seg == nil {
			break
		}
		arena.Free(s.mem, seg.credits)
		seg.credits = nil
	}
	if !lookUp {
		s.DropTable()
	}
}

// DropTable drops what states are told apart by.
func (s *Store) DropTable() {
	arena.Free(s.mem, s.table)
	s.table = nil
}
