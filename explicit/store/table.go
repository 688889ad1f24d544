package store

import "sync/atomic"

// tagOf is the part of a fingerprint that stands in the table: half of its first
// half. It is not zero.
func tagOf(first uint64) uint64 { return max(first>>32, 1) << 32 }

// Insert adds a packed state with its fingerprint, unless it is there, and
// returns its ref. A state found again on the level on which it was first
// found keeps the parent with the least fingerprint, so that parents do not
// depend on who came first.
//
// b is what the worker, which has entered, fills; when it is full, it becomes
// another one. The error says that there is no memory, or number, for more.
func (s *Store) Insert(b *Block, print Fingerprint, packed []uint64, parent Ref) (r Ref, fresh bool, err error) {
	tag := tagOf(print.First)
	written := false
	for i := print.First & s.mask; ; {
		e := atomic.LoadUint64(&s.table[i])
		if e == 0 {
			if !written {
				if b.Used == b.To {
					if *b, err = s.take(); err != nil {
						return NoRef, false, err
					}
					i = print.First & s.mask
					continue // the table may be another one
				}
				s.write(b.Used, print, packed, parent)
				written = true
			}
			if atomic.CompareAndSwapUint64(&s.table[i], 0, tag|uint64(b.Used+1)) {
				r = b.Used
				b.Used++
				return r, true, nil
			}
			continue
		}
		if e&^(1<<32-1) == tag {
			if r := Ref(uint32(e)) - 1; s.same(r, print) {
				if r >= s.level {
					s.adopt(r, parent)
				}
				if written { // another worker was faster: the entry is free again
					s.segment(b.Used).prints[b.Used%segmentSize] = 0
				}
				return r, false, nil
			}
		}
		i = (i + 1) & s.mask
	}
}

// Has tells whether a state with this fingerprint is there.
func (s *Store) Has(print Fingerprint) bool {
	_, ok := s.Find(print)
	return ok
}

// Find is the state with this fingerprint, when it is there.
func (s *Store) Find(print Fingerprint) (r Ref, ok bool) {
	tag := tagOf(print.First)
	for i := print.First & s.mask; ; i = (i + 1) & s.mask {
		e := atomic.LoadUint64(&s.table[i])
		if e == 0 {
			return 0, false
		}
		if r := Ref(uint32(e)) - 1; e&^(1<<32-1) == tag && s.same(r, print) {
			return r, true
		}
	}
}

func (s *Store) write(r Ref, print Fingerprint, packed []uint64, parent Ref) {
	seg := s.segment(r)
	i := r % segmentSize
	seg.prints[i] = print.First
	if seg.seconds != nil {
		seg.seconds[i] = print.Second
	}
	atomic.StoreUint32(&seg.parents[i], parent)
	copy(seg.rows[int(i)*s.words:], packed)
}

// adopt makes parent the parent of r when its fingerprint is less.
func (s *Store) adopt(r, parent Ref) {
	if parent == NoRef {
		return
	}
	at := &s.segment(r).parents[r%segmentSize]
	for {
		old := atomic.LoadUint32(at)
		if old == NoRef || old == parent || !s.Before(parent, old) {
			return
		}
		if atomic.CompareAndSwapUint32(at, old, parent) {
			return
		}
	}
}
