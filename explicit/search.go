package explicit

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/plan"
	"github.com/lemma-mc/lemma/explicit/rows"
	"github.com/lemma-mc/lemma/explicit/store"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/internal/parallel"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// Names for what package store numbers states by.
type (
	ref         = store.Ref
	block       = store.Block
	fingerprint = store.Fingerprint
)

const noRef = store.NoRef

// A search is one breadth-first exploration under one layout. It ends with the
// state space explored, with a level on which something was violated, at a
// limit, or with states that do not fit the layout. Its workers share it.
type search struct {
	task
	*rows.Layout
	prog    *program
	store   *store.Store
	sym     *orbits // nil for none
	workers []*worker
	pool    *parallel.Pool // of the workers
	saver   checkpointer   // nil for no checkpoints
	start   time.Time
	levels
	progress
	ending
	lookout
	initials
}

// A task is what is to be searched, and for what.
type task struct {
	ctx        context.Context
	sys        *ir.System
	opts       Options
	properties *plan.Plan
}

// levels are where a search stands, which changes at the end of a level.
type levels struct {
	level      atomic.Int64  // of the states that are explored, from 1
	pace       time.Duration // of one worker, a state, on the last level
	inOrder    bool          // small levels are left to one worker, whatever they take
	firstLevel ref           // the refs of initial states are below it
	frontier   []block       // refs of the states to be explored
	left       int64         // states that are not explored, at the end of a level
	found      []block       // on this level, before the search was recovered
	kept       []*finding    // of the levels before, where the search went on
}

// progress is what changes while a level is explored.
type progress struct {
	generated atomic.Int64
	distinct  atomic.Int64
	explored  atomic.Int64
	nextBlock atomic.Int64
}

// An ending says how a search is to end, and whether it can be saved.
type ending struct {
	stopped atomic.Pointer[string] // why the search ended early
	torn    atomic.Bool            // it must not be saved: see undo and goesOn
	pause   sync.RWMutex           // held for reading while a block is expanded
}

// A lookout says when temporal properties are looked at before the end.
type lookout struct {
	early    early           // when lassos are looked for
	lassos   bool            // that is now
	looked   bool            // it was done on this level
	labelled store.RefSet    // the states that have their atoms from then
	prefixes []*prefixSearch // by safety, once they have begun
}

// initials are how the initial states are made.
type initials struct {
	inits   int64               // how many there are
	helpers *parallel.Group     // of the first worker
	cut     atomic.Pointer[cut] // of Init, once workers share it
}

// A checkpointer saves a search.
type checkpointer interface {
	due() bool           // whether it is time
	save(s *search)      // when it is time, or the search has ended early
	notes(r *answer.Run) // says in the result whether the search can be taken up again
}

// An outcome is how a search ended.
type outcome struct {
	findings  []*finding   // on the level that was last explored
	overflows []eval.State // states that the layout cannot hold
	limit     string       // the limit that was reached, or ""
	counts    trace.Counts
	paused    bool // run goes on where it was
}

// close gives all memory back and ends the workers.
func (s *search) close() {
	s.pool.Close()
	s.store.Close()
}

// saveDue saves the search when it is time.
func (s *search) saveDue() {
	if s.saver != nil && s.saver.due() {
		s.saver.save(s)
	}
}

// counts are those of the search at the end of a level.
func (s *search) counts() trace.Counts {
	distinct := s.distinct.Load()
	return trace.Counts{Generated: max(s.generated.Load(), distinct), Distinct: distinct, Left: s.left, Depth: int(s.level.Load())}
}

// unexplored is what is left of the frontier.
func (s *search) unexplored() []block {
	var left []block
	for _, w := range s.workers {
		left = append(left, w.rest...)
	}
	return append(left, s.frontier[min(int(s.nextBlock.Load()), len(s.frontier)):]...)
}

// bySpec is why a search ends that evaluates TLCSet("exit", TRUE).
const bySpec = "the spec ended the search by TLCSet(\"exit\", TRUE)"

func (s *search) end(why string) { s.stopped.CompareAndSwap(nil, &why) }

// A finding is a violation, or an error, on one level of the search.
type finding struct {
	kind   trace.ViolationKind // "" for an evaluation error
	index  int                 // of the property among those of its kind
	name   string
	parent ref      // the state before, noRef for none
	packed []uint64 // the state that violates it; nil: parent does
	print  fingerprint
	step   bool // it depends on the step from parent, not on the state alone
	err    error
	during string // of an error: "", or the invariant that was evaluated
	level  int    // on which it was found
}

// A cut is where Init is cut: at which place, and from which branch on.
type cut struct{ place, from int }

// early tells when lassos are looked for in a part of the graph: the same for any
// number of workers.
type early struct {
	levels int
	states int64
}

// An arc is a step out of the state that a worker expands.
type arc struct {
	print fingerprint // of the target
	to    ref
}

// unwitnessed are the conditions that a worker has not seen to hold yet, by index.
type unwitnessed []int

// host is the worker for compiled code.
func (w *worker) host() *rows.Host { return &rows.Host{Owner: w, Machine: w.machine, Ended: w.ended} }

// workerOf is the one that a frame belongs to.
func workerOf(fr *rows.Frame) *worker { return fr.Host.Owner.(*worker) }

// merges tells whether several states count as one.
func (s *search) merges() bool { return s.sym != nil || s.sys.View != nil }

func (s *search) refPrint(r ref) fingerprint {
	if r == noRef {
		return fingerprint{}
	}
	return s.store.Print(r)
}
