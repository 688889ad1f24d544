package rows

import (
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/rows/intern"
	"github.com/lemma-mc/lemma/internal/parallel"
	"github.com/lemma-mc/lemma/value"
)

// A Frame is what compiled code works on: one per worker. It is the stack frame of
// a machine whose instructions are closures, and all that they use lies where one
// pointer leads.
type Frame struct {
	Cur, Next []int64 // the state and the successor under construction
	set       []bool  // variables of Next that have a value
	Level     int     // of Cur, counted from 1
	Action    int     // of the next-state action, by its disjuncts: the one that makes Next
	Weight    int64   // ways in which the state under construction is made
	Passed    int64   // ways in which states in the middle of A \cdot B were made
	stamps
	registers
	stack    stack // what recursion puts aside
	Host     *Host
	polls    uint         // see poll
	meter    *value.Meter // of operations on values, which end with the search
	size     int          // of the code that it has room for
	auditing bool         // something is computed once more: see audit.go
}

// A Host is the worker that a frame belongs to.
type Host struct {
	Owner   any           // who runs the code, for the continuations that it gave
	Machine *eval.Machine // evaluates what is not compiled
	Ended   func() error  // is asked now and then whether to go on; it may panic to end the run
}

// registers are the memory of compiled code, which hands it out: see registerCounts.
type registers struct {
	loc       []int64            // scalar names, flags and scratch rows
	val       []value.Value      // names of no particular shape
	bags      [][]value.Value    // sets under construction
	rows      [][]int64          // rows under construction, for @
	memos     []*intern.KeyTable // of the ids of literals
	memoSites []memoSite         // of expressions by their slots
	entries   []*memoValue       // remembered values in use
	verdicts  [][]verdict        // of boxed values, by id
	key       []byte             // scratch for keys of known
	result    []int64            // scratch for results of recursion
}

// registerCounts are how many registers of each kind are in use.
type registerCounts struct{ locs, vals, bags, rows, memos, memoSites, entries, verdicts int }

func newRegisters(n registerCounts) registers {
	return registers{
		loc: parallel.Padded[int64](n.locs), val: parallel.Padded[value.Value](n.vals),
		bags: parallel.Padded[[]value.Value](n.bags), rows: parallel.Padded[[]int64](n.rows),
		memos: parallel.Padded[*intern.KeyTable](n.memos), memoSites: parallel.Padded[memoSite](n.memoSites),
		entries: parallel.Padded[*memoValue](n.entries), verdicts: parallel.Padded[[]verdict](n.verdicts),
	}
}

// pollEvery is the number of states, or rounds of a loop, between two looks at
// whether the run has ended; a power of two.
const pollEvery = 64

// Poll ends the run when it is to end.
func (fr *Frame) Poll() {
	if fr.polls++; fr.polls%pollEvery == 0 {
		_ = fr.Host.Ended()
	}
}

// Run runs compiled code; false when it bailed out.
func (fr *Frame) Run(m Action) (ok bool) {
	cur, nxt, level, weight := fr.Cur, fr.Next, fr.Level, fr.Weight
	aside := fr.stack
	defer func() {
		if ok {
			return
		}
		if r := recover(); r != nil {
			if _, mine := r.(bailout); !mine {
				panic(r)
			}
		}
		fr.Cur, fr.Next, fr.Level, fr.Weight = cur, nxt, level, weight
		fr.ForgetStates()
		fr.stack.cut(aside)
		clear(fr.set)
	}()
	m(fr)
	return true
}

// Forward makes the successor the state that compiled formulas look at.
func (fr *Frame) Forward() {
	fr.flip()
	fr.Level++
}

// Back undoes Forward.
func (fr *Frame) Back() {
	fr.flip()
	fr.Level--
}

// ReplaceNext makes row the successor until the result is called.
func (fr *Frame) ReplaceNext(row []int64) (back func()) {
	own, at := fr.Next, fr.nxtAt
	fr.Next = row
	fr.SetNext()
	return func() { fr.Next, fr.nxtAt = own, at }
}

// Assign says of all variables whether they have a value in the successor.
func (fr *Frame) Assign(all bool) {
	for i := range fr.set {
		fr.set[i] = all
	}
}

// complete tells whether every variable of the successor has a value.
func (fr *Frame) complete() bool {
	for _, done := range fr.set {
		if !done {
			return false
		}
	}
	return true
}

// NeedComplete bails out unless every variable of the successor has a value.
func (fr *Frame) NeedComplete() {
	if !fr.complete() {
		bail()
	}
}

// A stamp numbers a state that a frame has worked on; 0 is none.
type stamp = int64

// unkept is a stamp that no state has: it marks a kept value as worth nothing.
const unkept = stamp(-1)

// stamps are those of the states in a frame.
type stamps struct {
	curAt stamp // of Cur, see SetCur
	nxtAt stamp // of Next, once it is complete
	last  stamp // given
}

// SetCur notes that Cur holds another state than before.
func (s *stamps) SetCur() {
	s.last++
	s.curAt = s.last
}

// SetNext notes that the state in Next is complete. It stays as it is until
// OpenNext.
func (s *stamps) SetNext() {
	s.last++
	s.nxtAt = s.last
}

// OpenNext notes that the state in Next may change.
func (s *stamps) OpenNext() { s.nxtAt = 0 }

// ForgetStates drops both stamps.
func (s *stamps) ForgetStates() { s.curAt, s.nxtAt = 0, 0 }

// flip makes the next state the present one, and back.
func (fr *Frame) flip() {
	fr.Cur, fr.Next = fr.Next, fr.Cur
	fr.curAt, fr.nxtAt = fr.nxtAt, fr.curAt
}

// An Action is a compiled action: it makes the action true in every way, as the
// evaluator does (see package eval, which gives the rules), and calls
// its continuation, compiled into it, after each.
type Action func(*Frame)

// A Test is a compiled condition.
type Test = func(*Frame) bool

// A verdict is what is known of one value: whether a constant set has it.
type verdict uint8

// A stack keeps what recursion puts aside.
type stack struct {
	slots   []int64
	vals    []value.Value
	bags    [][]value.Value
	entries []*memoValue
	depth   int
}
