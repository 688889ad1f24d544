package explicit

import (
	"errors"
	"slices"
	"sync/atomic"

	"github.com/lemma-mc/lemma/explicit/arena"
	"github.com/lemma-mc/lemma/temporal/liveness"
)

// Steps are kept for liveness as records of package liveness, one for each
// explored state, in chunks outside Go's heap. A worker fills a chunk of its own;
// the state's segment has the place of the record: a number of units from the
// beginning of the first chunk, which no record has, so that zero is none.
const (
	stepUnit      = 4       // bytes to which records are aligned
	stepChunk     = 1 << 20 // bytes
	unitsPerChunk = stepChunk / stepUnit
	maxStepChunks = 1 << 32 / unitsPerChunk
)

// A stepStore is all chunks.
type stepStore struct {
	states *stateStore
	atoms  *liveness.Atoms
	made   uint64 // chunks, from 1; a record larger than a chunk takes several
	chunks [maxStepChunks]atomic.Pointer[stepChunkData]
}

// A stepChunkData is the memory of a chunk.
type stepChunkData struct {
	bytes   []byte
	spilled bool
}

// A stepWriter is a worker's place in the store.
type stepWriter struct {
	chunk uint64 // 0 for none yet
	used  int    // bytes
	size  int    // bytes in the chunk for records
}

// keepSteps has a store without states keep the steps of states, with room for
// atoms.
func (s *stateStore) keepSteps(atoms *liveness.Atoms) {
	s.steps = &stepStore{states: s, atoms: atoms, made: 1}
}

// newPlaces makes the places of the records of a segment's states.
func (s *stateStore) newPlaces(seg *segment) (err error) {
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
func (t *stepStore) put(w *stepWriter, r ref, record []byte) error {
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
func (t *stepStore) open(w *stepWriter, n int) error {
	t.states.alloc.Lock()
	defer t.states.alloc.Unlock()
	if c := t.chunks[w.chunk].Load(); c != nil && c.spilled {
		arena.Cool(c.bytes)
	}
	k := uint64((n + liveness.Slack + stepChunk - 1) / stepChunk)
	if t.made+k > maxStepChunks {
		return errManySteps
	}
	t.states.chooseBulk()
	b, err := bulk[byte](t.states, int(k)*stepChunk)
	if err != nil {
		return err
	}
	t.chunks[t.made].Store(&stepChunkData{b, t.states.spilling})
	*w = stepWriter{chunk: t.made, size: stepChunk - liveness.Slack}
	if k > 1 {
		w.size = 0 // a place beyond the first chunk would be one of another
	}
	t.made += k
	return nil
}

// record is the record of r, with all that follows it in its chunk; nil when r
// was not explored.
func (t *stepStore) record(r ref) []byte {
	at := t.states.segment(r).steps[r%segmentSize]
	if at == 0 {
		return nil
	}
	return t.chunks[at/unitsPerChunk].Load().bytes[at%unitsPerChunk*stepUnit:]
}

// spill moves the chunks to the file, as far as the disk allows. No worker may
// be searching.
func (t *stepStore) spill() {
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

// An arc is a step out of the state that a worker expands.
type arc struct {
	print fingerprint // of the target
	to    ref
}

// forget drops what was noted of a state.
func (w *runner) forget() {
	w.coverage.forget()
	w.arcs = w.arcs[:0]
}

// notesSteps tells whether steps are kept while searching. Those between states
// that stand for several are made when the search has ended.
func (s *search) notesSteps() bool { return s.store.steps != nil && !s.merges() }

// edge notes the step to a state; stuttering goes without saying.
func (w *runner) edge(to ref, print fingerprint) {
	if to != w.parent && w.parent != noRef && w.s.notesSteps() {
		w.arcs = append(w.arcs, arc{print, to})
	}
}

// keepSteps keeps the steps noted of the state that was expanded. Their order is
// that of fingerprints, which does not hang on the workers.
func (w *runner) keepSteps() {
	if !w.s.notesSteps() {
		return
	}
	t := w.s.store.steps
	slices.SortFunc(w.arcs, func(a, b arc) int {
		switch {
		case a.print.less(b.print):
			return -1
		case b.print.less(a.print):
			return 1
		}
		return 0
	})
	w.targets = w.targets[:0]
	for i, a := range w.arcs {
		if i == 0 || a.to != w.arcs[i-1].to {
			w.targets = append(w.targets, a.to)
		}
	}
	w.record = t.atoms.Append(w.record[:0], w.parent, w.targets)
	if err := t.put(&w.steps, w.parent, w.record); err != nil {
		halt("there is no memory for more steps: " + err.Error())
	}
}
