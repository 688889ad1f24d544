package store

import (
	"errors"
	"sync/atomic"

	"github.com/lemma-mc/lemma/explicit/store/arena"
	"github.com/lemma-mc/lemma/internal/parallel"
)

// Sizes of the table. It grows fast while it is small, and is kept fuller once
// it is a good part of the memory.
const (
	firstTable = 1 << 14
	largeTable = 1 << 25
)

// ErrNoRoom says that the memory limit was reached: the table is full and cannot grow.
var ErrNoRoom = errors.New("the memory limit was reached")

// use makes an empty table the table.
func (s *Store) use(table []uint64) {
	n := uint64(len(table))
	s.table, s.mask, s.room = table, n-1, roomOf(n)
}

// roomOf is the number of entries at which a table of n slots is to grow.
func roomOf(n uint64) uint64 {
	if n >= largeTable {
		return n / 4 * 3
	}
	return n / 2
}

// grow makes the table larger. Where memory does not allow it, the table fills
// up a little more, and then there is an error.
func (s *Store) grow(used uint64) error {
	s.growing.Lock()
	defer s.growing.Unlock()
	if used < s.room {
		return nil // somebody else did, and may be far in its work again
	}
	s.pauseLock.Lock()
	defer s.pauseLock.Unlock()
	n := 2 * len(s.table)
	if n < largeTable && s.Fits(16*int64(n)) {
		n *= 2
	}
	if !s.Fits(8 * int64(n)) {
		s.spill()
	}
	var bigger []uint64
	err := ErrNoRoom
	if s.Fits(8 * int64(n)) {
		bigger, err = arena.Make[uint64](s.mem, n)
	}
	if err != nil {
		brim := uint64(len(s.table)) / 8 * 7
		if used < brim {
			s.room = brim
			return nil
		}
		return ErrNoRoom
	}
	old := s.table
	s.use(bigger)
	s.refill(old)
	arena.Free(s.mem, old)
	return nil
}

// refillers is how many goroutines move a large table: they mostly wait for
// memory.
const refillers = 4

// refill enters what an old table holds.
func (s *Store) refill(old []uint64) {
	var g parallel.Group
	part := max(firstTable, len(old)/refillers)
	for from := 0; from < len(old); from += part {
		g.Go(func() {
			for _, e := range old[from : from+part] {
				if e != 0 {
					s.enter(e, s.First(Ref(uint32(e))-1))
				}
			}
		})
	}
	g.Wait()
}

// enter puts an entry that is not in the table into it.
func (s *Store) enter(e, first uint64) {
	i := first & s.mask
	for !atomic.CompareAndSwapUint64(&s.table[i], 0, e) {
		i = (i + 1) & s.mask
	}
}

// rebuild makes the table for the states that the segments hold.
func (s *Store) rebuild() error {
	n := uint64(len(s.table))
	for s.room <= uint64(s.next.Load()) {
		n *= 2
		s.room = roomOf(n)
	}
	table, err := arena.Make[uint64](s.mem, int(n))
	if err != nil {
		return err
	}
	arena.Free(s.mem, s.table)
	s.use(table)
	var g parallel.Group
	for _, b := range s.Spans() {
		g.Go(func() {
			for r := b.From; r < b.Used; r++ {
				if first := s.First(r); first != 0 {
					s.enter(tagOf(first)|uint64(r+1), first)
				}
			}
		})
	}
	g.Wait()
	return nil
}
