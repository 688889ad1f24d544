package explicit

import (
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/parallel"
	"github.com/lemma-mc/lemma/value"
)

// A frame is what compiled code works on: one per worker. It is the stack frame of
// a machine whose instructions are closures, and all that they use lies where one
// pointer leads.
type frame struct {
	cur, nxt []int64 // the state and the successor under construction
	set      []bool  // variables of nxt that have a value
	level    int     // of cur, counted from 1
	action   int     // of Next that is making the state
	weight   int64   // ways in which the state under construction is made
	passed   int64   // ways in which states in the middle of A \cdot B were made
	stamps
	registers
	stack    stack   // what recursion puts aside
	result   []int64 // scratch for its results
	host     *host
	polls    uint         // see poll
	meter    *value.Meter // of operations on values, which end with the search
	size     int          // of the code that it has room for
	auditing bool         // something is computed once more: see audit.go
}

// A host is the worker that a frame belongs to.
type host struct {
	owner   any           // who runs the code, for the continuations that it gave
	machine *eval.Machine // evaluates what is not compiled
	ended   func() error  // is asked now and then whether to go on; it may panic to end the run
}

// registers are the memory of compiled code, which hands it out: see registerCounts.
type registers struct {
	loc      []int64         // scalar names, flags and scratch rows
	val      []value.Value   // names of no particular shape
	bags     [][]value.Value // sets under construction
	rows     [][]int64       // rows under construction, for @
	memos    []*slotTable    // of the ids of literals
	known    []remembering   // of expressions by their slots
	entries  []*memory       // remembered values in use
	verdicts [][]verdict     // of boxed values, by id
	key      []byte          // scratch for keys of known
}

// registerCounts are how many registers of each kind are in use.
type registerCounts struct{ locs, vals, bags, rows, memos, known, entries, verdicts int }

func newRegisters(n registerCounts) registers {
	return registers{
		loc: parallel.Padded[int64](n.locs), val: parallel.Padded[value.Value](n.vals),
		bags: parallel.Padded[[]value.Value](n.bags), rows: parallel.Padded[[]int64](n.rows),
		memos: parallel.Padded[*slotTable](n.memos), known: parallel.Padded[remembering](n.known),
		entries: parallel.Padded[*memory](n.entries), verdicts: parallel.Padded[[]verdict](n.verdicts),
	}
}

// newFrame makes a frame for the code compiled so far.
func (c *compiler) newFrame(h *host) *frame {
	fr := parallel.Alone(frame{
		cur: parallel.Padded[int64](c.slots), nxt: parallel.Padded[int64](c.slots), set: parallel.Padded[bool](len(c.shapes)),
		level: 1, weight: 1, registers: newRegisters(c.registerCounts), host: h, meter: &value.Meter{Ended: h.ended}, size: c.size,
	})
	for len(c.recalls) < c.known {
		c.recalls = append(c.recalls, &parallel.Padded[recall](1)[0])
	}
	for i := range fr.known {
		fr.known[i].common = c.recalls[i]
	}
	return fr
}

// fits tells whether fr has room for all that is compiled.
func (c *compiler) fits(fr *frame) bool { return fr.size == c.size }

// pollEvery is the number of states, or rounds of a loop, between two looks at
// whether the run has ended; a power of two.
const pollEvery = 64

// poll ends the run when it is to end.
func (fr *frame) poll() {
	if fr.polls++; fr.polls%pollEvery == 0 {
		_ = fr.host.ended()
	}
}

// try runs compiled code; false when it bailed out.
func (fr *frame) try(m maker) (ok bool) {
	cur, nxt, level, weight := fr.cur, fr.nxt, fr.level, fr.weight
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
		fr.cur, fr.nxt, fr.level, fr.weight = cur, nxt, level, weight
		fr.forgetStates()
		fr.stack.cut(aside)
		clear(fr.set)
	}()
	m(fr)
	return true
}

// forward makes the successor the state that compiled formulas look at.
func (fr *frame) forward() {
	fr.flip()
	fr.level++
}

// back undoes forward.
func (fr *frame) back() {
	fr.flip()
	fr.level--
}

// replaceNext makes row the successor until the result is called.
func (fr *frame) replaceNext(row []int64) (back func()) {
	own, at := fr.nxt, fr.nxtAt
	fr.nxt = row
	fr.setNext()
	return func() { fr.nxt, fr.nxtAt = own, at }
}

// assign says of all variables whether they have a value in the successor.
func (fr *frame) assign(all bool) {
	for i := range fr.set {
		fr.set[i] = all
	}
}

// complete tells whether every variable of the successor has a value.
func (fr *frame) complete() bool {
	for _, done := range fr.set {
		if !done {
			return false
		}
	}
	return true
}

// needComplete bails out unless every variable of the successor has a value.
func (fr *frame) needComplete() {
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
	curAt stamp // of cur, see setCur
	nxtAt stamp // of nxt, once it is complete
	last  stamp // given
}

// setCur notes that cur holds another state than before.
func (s *stamps) setCur() {
	s.last++
	s.curAt = s.last
}

// setNext notes that the state in nxt is complete. It stays as it is until
// openNext.
func (s *stamps) setNext() {
	s.last++
	s.nxtAt = s.last
}

// openNext notes that the state in nxt may change.
func (s *stamps) openNext() { s.nxtAt = 0 }

// forgetStates drops both stamps.
func (s *stamps) forgetStates() { s.curAt, s.nxtAt = 0, 0 }

// flip makes the next state the present one, and back.
func (fr *frame) flip() {
	fr.cur, fr.nxt = fr.nxt, fr.cur
	fr.curAt, fr.nxtAt = fr.nxtAt, fr.curAt
}
