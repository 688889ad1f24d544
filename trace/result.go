package trace

import (
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
)

// A Status is the verdict of a run. The zero Status is Unknown, so that a
// forgotten assignment claims nothing.
type Status uint8

// The statuses, as the contract names them.
const (
	Unknown      Status = iota // UNKNOWN
	Verified                   // VERIFIED
	Clean                      // NO_VIOLATION_WITHIN_BOUND
	Violated                   // VIOLATION_FOUND
	LimitReached               // LIMIT_REACHED
	Failed                     // ERROR
)

// A ViolationKind says what sort of property failed.
type ViolationKind string

// The kinds, as the contract names them.
const (
	Invariant  ViolationKind = "invariant"
	ActionProp ViolationKind = "action"
	Deadlock   ViolationKind = "deadlock"
	Liveness   ViolationKind = "liveness"
	AssertFail ViolationKind = "assert"
	Assumption ViolationKind = "assumption"
	Log        ViolationKind = "log" // a log that no behaviour explains
)

// A Violation is a failed property with the behaviour that shows it.
type Violation struct {
	Kind      ViolationKind
	Name      string
	Step      int    // the state that violates it, counted from 1; 0 for assumptions
	Message   string // more than the standard sentence, such as Assert's text
	Behaviour *Behaviour
	// Explanation says why, where that was asked for.
	Explanation *Explanation
}

// A Proof is an invariant shown for every reachable state, without bound.
type Proof struct {
	Name        string
	K           int      // of the k-induction
	ForAny      []string // constants that were left arbitrary
	Lemmas      []string // what was proved along
	Needs       []Need   // what its induction step rests on
	Certificate string   // path of the written certificate, or ""
}

// A Need is that some step of an action preserves a formula because another one
// holds before it.
type Need struct {
	Formula string // the other one
	Action  string // "" for every action: the formula says what variables range over
}

// A Lemma is an auxiliary invariant that was found and proved along; or, in a
// result without a proof, one that would do its part.
type Lemma struct {
	Name string
	Text string // as TLA+
	Says string // the same in words
	// Supports names the formulas that some step needs it for, Actions whose steps
	// those are.
	Supports []string
	Actions  []string
	Needs    []Need // what its own induction step rests on
	Open     bool   // it is not proved
	For      string // of an open one: the formula for whose sake it was found
}

// A CTI is a counterexample to induction: a real step of the spec from a state
// that satisfies what is known to one that violates Goal. Its first state need
// not be reachable.
type CTI struct {
	Goal      string
	Behaviour *Behaviour
}

// Action is the action whose step breaks the goal, with its arguments; "" where the
// last state has a step that cannot be evaluated, or there is but one state.
func (c *CTI) Action() string {
	if n := len(c.Behaviour.Steps); n > 1 {
		return c.Behaviour.Steps[n-1].Action
	}
	return ""
}

// Counts are what an explicit search counts, all as TLC counts them.
type Counts struct {
	Generated int64 // states generated, initial ones included
	Distinct  int64
	Left      int64 // on the queue when the search ended
	Depth     int   // of the state graph: 1 for initial states alone
}

// A Goal is something that a run was to check.
type Goal struct {
	Name string      // of an invariant or property; "deadlock"
	Span source.Span // of its definition
}

// A Result is everything that a run has to say: one flat list, as each field is a
// part of the JSON and of what is shown, and any may be absent.
type Result struct {
	JobID      string
	Spec       string
	Status     Status
	Engine     string // "explicit", "bmc", "induct", "simulate"
	Goals      []Goal // what was to be checked, in the order of the config
	Violations []*Violation
	Counts     *Counts // nil for engines that count nothing
	OutDegree  *OutDegree
	Simulated  *Simulated // of a simulation
	Coverage   []Coverage // of the actions, in the order of the text
	Bound      int        // steps, for Clean; -1 when it does not apply
	Proofs     []*Proof
	Lemmas     []*Lemma // found for the proofs
	CTIs       []*CTI
	Effort     *Effort // of an attempt to prove; nil for none
	Warnings   []*diag.Diagnostic
	// Notes say what the verdict rests on: constants, symmetry, constraints,
	// fairness, fingerprint collision probability. One sentence each.
	Notes   []string
	Message string // one sentence for people
	Reason  string // for Unknown and LimitReached: what stands in the way
	// Unshown names a violation that was found where there was no time to make
	// its counterexample; "" for none. Such a run has found something.
	Unshown string
	// Witness is a behaviour that shows what was asked for: one that explains a log.
	Witness *Behaviour
	Err     error // for Failed: a *diag.Error, or a system error
	// ErrBehaviour leads to the state in which Err came up; nil where there is none.
	ErrBehaviour *Behaviour
	Duration     time.Duration
	Solver       string // "Z3 4.8.12"
	Parts        []Part // of a job that was divided
}

// An Effort is what an attempt to prove has taken.
type Effort struct {
	Queries int `json:"queries"`                  // that solvers were asked
	CTIs    int `json:"ctis,omitempty"`           // counterexamples to induction that lemmas were looked for against
	Sampled int `json:"sampled_states,omitempty"` // states that lemmas were held against
}

// Add counts the effort of another attempt, too. The larger sample counts: one is
// mostly a part of the other.
func (e *Effort) Add(more Effort) {
	e.Queries += more.Queries
	e.CTIs += more.CTIs
	e.Sampled = max(e.Sampled, more.Sampled)
}

// A Part is what became of one part of a job that was divided.
type Part struct {
	Name     string // what was to be done: "bmc, depths 0 to 7"
	Worker   string // who did it; "" for the process that answers
	Status   string // of the part's own result; "" where it was not needed any more
	Message  string // what it found, or what kept it from an end; may be empty
	Duration time.Duration
}

// BoundApplies tells whether Bound limits what the verdict says.
func (r *Result) BoundApplies() bool {
	switch r.Status {
	case Clean:
		return r.Bound >= 0
	case LimitReached, Unknown:
		return r.Bound > 0
	}
	return false
}
