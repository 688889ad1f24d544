// Package child runs one job in a process of its own, so that whatever a spec
// does to memory, time or the program itself ends that job alone.
//
// The two ends speak lines of JSON: the parent writes an Order to the child's
// stdin and keeps it open; the child writes Lines to its stdout, the last of which
// holds the answer. Stdin that ends tells the child that the parent is gone: it
// ends itself then, with all that it started. The parent holds the limits: it
// watches the child's memory and time, and kills its process group past them. The
// child has limits of its own, below those, at which it still can say how far it
// came.
package child

import (
	"time"

	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/job"
)

// An Order is what the child is to do: a job, and where that was divided, one share
// of it, or to join what came of them.
type Order struct {
	ID      string        `json:"id"`
	Request string        `json:"request"` // the job in JSON
	Used    time.Duration `json:"used"`    // of the job's time, in nanoseconds
	Plan    *job.Plan     `json:"plan,omitempty"`
	Share   int           `json:"share"` // of the plan, by number; Join for none
	Parts   []Part        `json:"parts,omitempty"`
	Limits  Limits        `json:"limits"`
	Folder  string        `json:"folder"` // the child's own, to be removed should the parent be gone
}

// Join is the Share of an order to join the results of the shares.
const Join = -1

// A Part is what is known of a share.
type Part struct {
	Worker string `json:"worker"`
	Exact  string `json:"exact"` // of its Answer
	Ended  bool   `json:"ended"`
}

// Limits are what a job may have. What a job asks for is cut down to them.
type Limits struct {
	Memory  int64         `json:"memory"`  // bytes
	Time    time.Duration `json:"time"`    // nanoseconds in JSON
	Workers int           `json:"workers"` // worker threads
	Solvers []string      `json:"solvers"` // commands that smtlib:CMD may name
	Split   int           `json:"split"`   // parts of a job that does not say; 0: it is one
}

// A Line is what the child writes: an event, or the end.
type Line struct {
	Event *Event `json:"event,omitempty"`
	End   *End   `json:"end,omitempty"`
}

// An End is what came of an order: one of these.
type End struct {
	Answer *Answer   `json:"answer,omitempty"`
	Plan   *job.Plan `json:"plan,omitempty"` // the job is to be divided
	Wait   *Wait     `json:"wait,omitempty"` // the parts do not make an answer yet
}

// A Wait tells that other parts have to end first.
type Wait struct {
	// Beyond is how many states those need to generate which have not ended, to have
	// no part in the answer; 0 where they have to end.
	Beyond int64 `json:"beyond"`
}

// An Answer is the end of a job.
type Answer struct {
	Status string            `json:"status"`
	Result string            `json:"result"` // the result object in JSON
	Exit   int               `json:"exit"`   // the exit code of lemma check for it
	Shown  map[string]string `json:"shown"`  // the result by format: text, junit, ...
	Exact  string            `json:"exact"`  // the result for a child that joins it with others
}

// An Event tells how a job goes on, as clients see it.
type Event struct {
	Kind           string  `json:"kind" enum:"started,progress,notice,ended" doc:"what the event tells of"`
	Engine         string  `json:"engine,omitempty" doc:"the engine that runs"`
	Message        string  `json:"message" doc:"one line for people"`
	ElapsedMS      int64   `json:"elapsed_ms" doc:"since the engine started"`
	StatesExplored *int64  `json:"states_explored,omitempty"`
	DistinctStates *int64  `json:"distinct_states,omitempty"`
	StatesLeft     *int64  `json:"states_left,omitempty"`
	Depth          *int    `json:"depth,omitempty"`
	Done           float64 `json:"done,omitempty" minimum:"0" maximum:"1" doc:"how much of the engine's work is done, where that can be told"`
}

func eventOf(e job.Event) *Event {
	out := &Event{Kind: string(e.Kind), Engine: e.Engine, Message: e.Text, ElapsedMS: e.Elapsed.Milliseconds(), Done: e.Done}
	if s := e.Search; s != nil {
		out.count(s)
	}
	if s := e.Simulation; s != nil {
		out.StatesExplored = &s.Generated
	}
	if u := e.Unrolling; u != nil {
		out.Depth = &u.Depth
	}
	return out
}

func (e *Event) count(s *explicit.Stats) {
	e.StatesExplored, e.DistinctStates, e.StatesLeft, e.Depth = &s.Generated, &s.Distinct, &s.Queue, &s.Depth
}
