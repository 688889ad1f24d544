package store

import (
	"errors"
	"sync/atomic"

	"github.com/lemma-mc/lemma/explicit/store/arena"
)

// Steps are kept as records that the user of the store makes, one for each
// explored state, in chunks outside Go's heap. A worker fills a chunk of its own;
// the state's segment has the place of the record: a number of units from the
// beginning of the first chunk, which no record has, so that zero is none.
const (
	stepUnit      = 4       // bytes to which records are aligned
	stepChunk     = 1 << 20 // bytes
	unitsPerChunk = stepChunk / stepUnit
	maxStepChunks = 1 << 32 / unitsPerChunk
)

// steps are the chunks of all records.
type steps struct {
	states *Store
	slack  int    // bytes that must follow a record
	made   uint64 // chunks, from 1; a record larger than a chunk takes several
	chunks [maxStepChunks]atomic.Pointer[stepChunkData]
}

// A stepChunkData is the memory of a chunk.
type stepChunkData struct {
	bytes   []byte
	spilled bool
}

// A StepWriter is a worker's place in the store.
type StepWriter struct {
	chunk uint64 // 0 for none yet
	used  int    // bytes
	size  int    // bytes in the chunk for records
}

// KeepSteps has a store without states keep the steps of states, in records after
// which slack bytes lie in memory.
func (s *Store) KeepSteps(slack int) { s.steps = &steps{states: s, slack: slack, made: 1} }

// KeepsSteps tells whether it does.
func (s *Store) KeepsSteps() bool { return s.steps != nil }

// PutSteps keeps the record of r, by way of w.
func (s *Store) PutSteps(w *StepWriter, r Ref, record []byte) error { return s.steps.put(w, r, record) }

// Steps is the record of r, with all that follows it in memory; nil when r has
// none. What it says may be changed, its length not.
func (s *Store) Steps(r Ref) []byte { return s.steps.record(r) }

// DropSteps has r be a state without a record. The memory of that is lost.
func (s *Store) DropSteps(r Ref) { s.segment(r).steps[r%segmentSize] = 0 }

// newPlaces makes the places of the records of a segment's states.
func (s *Store) newPlaces(seg *segment) (err error) {
	if s.steps == nil {
		return nil
	}
	if seg.spilled {
		seg.steps, err = arena.Spill[uint32](s.mem, segmentSize)
	} else {
		seg.steps, err = arena.Make[uint32](s.mem, segmentSize)
	}
	clear(seg.steps)
	return err
}

// errManySteps says that there are no numbers for more steps.
var errManySteps = errors.New("there are more steps than the search can keep")

// put keeps the record of r, by way of w.
func (t *steps) put(w *StepWriter, r Ref, record []byte) error {
	if w.size-w.used < len(record) {
		if err := t.open(w, len(record)); err != nil {
			return err
		}
	}
	copy(t.chunks[w.chunk].Load().bytes[w.used:], record)
	t.states.segment(r).steps[r%segmentSize] = uint32(w.chunk*unitsPerChunk) + uint32(w.used/stepUnit)
	w.used = (w.used + len(record) + stepUnit - 1) &^ (stepUnit - 1)
	return nil
}

// open gives w a new chunk with room for n bytes.
func (t *steps) open(w *StepWriter, n int) error {
	t.states.alloc.Lock()
	defer t.states.alloc.Unlock()
	if c := t.chunks[w.chunk].Load(); c != nil && c.spilled {
		arena.Cool(c.bytes)
	}
	k := uint64((n + t.slack + stepChunk - 1) / stepChunk)
	if t.made+k > maxStepChunks {
		return errManySteps
	}
	t.states.chooseBulk()
	b, err := bulk[byte](t.states, int(k)*stepChunk)
	if err != nil {
		return err
	}
	t.chunks[t.made].Store(&stepChunkData{b, t.states.spilling})
	*w = StepWriter{chunk: t.made, size: stepChunk - t.slack}
	if k > 1 {
		w.size = 0 // a place beyond the first chunk would be one of another
	}
	t.made += k
	return nil
}

// record is the record of r, with all that follows it in its chunk; nil when r
// was not explored.
func (t *steps) record(r Ref) []byte {
	at := t.states.segment(r).steps[r%segmentSize]
	if at == 0 {
		return nil
	}
	return t.chunks[at/unitsPerChunk].Load().bytes[at%unitsPerChunk*stepUnit:]
}

// spill moves the chunks to the file, as far as the disk allows. No worker may
// be searching.
func (t *steps) spill() {
	if t == nil {
		return
	}
	for i := range t.made {
		c := t.chunks[i].Load()
		if c == nil || c.spilled {
			continue
		}
		b, ok := movedOut(t.states, c.bytes)
		if !ok {
			return
		}
		arena.Free(t.states.mem, c.bytes)
		arena.Cool(b)
		t.chunks[i].Store(&stepChunkData{b, true})
	}
}
