package explicit

import (
	"time"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/coverage"
	"github.com/lemma-mc/lemma/explicit/rows"
	"github.com/lemma-mc/lemma/explicit/store"
	"github.com/lemma-mc/lemma/internal/parallel"
	"github.com/lemma-mc/lemma/trace"
)

// A worker expands states of a search. What it notes of the state that it expands,
// of the level, and of the whole search lies in it side by side, so that no other
// worker writes near it.
type worker struct {
	s       *search
	number  int // among the workers
	machine *eval.Machine
	fr      *rows.Frame
	prefix  *trace.Behaviour // while it is found again
	keeping
	expanding
	share
	levelNotes
	stepNotes
	coverage.Counts
	unwitnessed
}

// keeping is where a worker puts states.
type keeping struct {
	batch  []successor // of the state that is expanded
	block  block
	blocks []block  // filled on this level
	packed []uint64 // scratch
	spare  []int64  // a row, for canonical states
}

// expanding is what a worker knows of the state that it expands.
type expanding struct {
	asked     int64   // how often it was asked whether to go on
	parent    ref     // the state, noRef for initial states
	before    int64   // generated before it
	admitting bool    // a successor is entered and not all checked
	bad       []int   // invariants that the successor violates
	rest      []block // of the frontier, left when the search halted
}

// A share is a worker's of the initial states.
type share struct {
	branches     []int  // of Init that were passed, by place
	behind       []bool // the places that the present branch is behind
	sharing      bool   // the branch is at the cut of Init, or behind it
	stuckInitial bool   // compiled code could not make them
}

// levelNotes are what a worker found on a level.
type levelNotes struct {
	generated int64
	fresh     int64
	findings  []*finding
	overflows []eval.State
}

// stepNotes are the steps out of the state being expanded, when steps are kept.
type stepNotes struct {
	arcs    []arc
	targets []ref            // of them, without repetition
	record  []byte           // of them
	steps   store.StepWriter // where the records go
}

// hire makes the workers, of which first is one.
func (s *search) hire(k *check, first *worker) {
	for i := range k.opts.Workers {
		w := first
		if i > 0 {
			w = parallel.Alone(worker{s: s, number: i})
			w.machine = k.newMachine(w)
		}
		w.packed, w.spare = parallel.Padded[uint64](s.Words), parallel.Padded[int64](s.Slots)
		w.batch = s.newBatch(s.batchSize())
		w.fr = s.prog.compiler.NewFrame(w.host())
		w.Counts = coverage.New(len(s.prog.actions.List))
		w.unwitnessed = allUnwitnessed(len(k.properties.Conditions))
		s.workers = append(s.workers, w)
	}
}

// explore expands all states of the frontier.
func (s *search) explore() {
	begin := time.Now()
	s.nextBlock.Store(0)
	n := 0
	for _, b := range s.frontier {
		n += int(b.Used - b.From)
	}
	workers := s.workers[:1]
	if s.worthSharing(n) {
		workers = s.workers
		s.frontier = divided(s.frontier, n/(len(workers)*shares))
	}
	if len(workers) == 1 {
		workers[0].work()
	} else {
		s.pool.Do(func(i int) { workers[i].work() })
	}
	s.pace = time.Since(begin) * time.Duration(len(workers)) / time.Duration(max(1, n))
}
