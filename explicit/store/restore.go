package store

import "fmt"

// A Span is the fingerprints and parents of some states, from the ref on: what
// is kept of every state. Its slices may be filled in while a store is restored.
type Span struct {
	Block
	Firsts  []uint64
	Seconds []uint64 // nil where fingerprints have 64 bits
	Parents []Ref
}

// Spans are all refs that were handed out, in order.
func (s *Store) Spans() []Span {
	var out []Span
	next := uint64(s.next.Load())
	for from := uint64(0); from < next; from += segmentSize {
		seg := s.segment(Ref(from))
		if seg == nil {
			break
		}
		out = append(out, seg.span(Ref(from), Ref(min(from+segmentSize, next))))
	}
	return out
}

func (seg *segment) span(from, to Ref) Span {
	n := to - from
	x := Span{Block: Block{from, to, to}, Firsts: seg.prints[:n], Parents: seg.parents[:n]}
	if seg.seconds != nil {
		x.Seconds = seg.seconds[:n]
	}
	return x
}

// A Place is where a store stands between two blocks: the first ref of the level
// under construction, the size of blocks, and the end of the last span.
type Place struct{ Level, Block, Next Ref }

// Place is where s stands.
func (s *Store) Place() Place {
	p := Place{Level: s.level, Block: s.block}
	if all := s.Spans(); len(all) > 0 {
		p.Next = all[len(all)-1].Used
	}
	return p
}

// Restore brings an empty store to a place. It calls fill for each of the spans,
// in order, and makes the table. Rows and steps are to be filled in afterwards.
func (s *Store) Restore(p Place, fill func(Span) error) error {
	s.level, s.block = p.Level, p.Block
	for s.next.Store(0); s.next.Load() < p.Next; {
		from := s.next.Load()
		seg, err := s.newSegment()
		if err != nil {
			return fmt.Errorf("there is no memory for its states: %w", err)
		}
		s.segments[from>>segmentBits].Store(seg)
		to := from + min(segmentSize, p.Next-from)
		if err := fill(seg.span(from, to)); err != nil {
			return err
		}
		s.next.Store(to)
		s.coolBefore(from)
	}
	return s.rebuild()
}
