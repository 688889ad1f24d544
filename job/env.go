package job

import (
	"io"
	"time"

	"github.com/lemma-mc/lemma/bmc"
	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/explicit/simulate"
	"github.com/lemma-mc/lemma/induction"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/validate"
)

// An Env is what a run finds around it. The zero Env lets a job do nothing but
// compute on what it brings along.
type Env struct {
	Files *source.Set       // receives every text that is read; nil: a new one
	FS    source.FileSystem // where modules and configs are read; nil: nowhere
	Path  []string          // folders of FS to look for modules in, after the job's
	Allow Allow
	Out   io.Writer // receives what Print and PrintT write; nil: nobody
	// Observe is told how the run goes on. It is called by several goroutines,
	// never two at a time, and must return soon. nil: nobody is told.
	Observe func(Event)
	// InUse is how many bytes the process holds; where it is given, the run ends
	// past the job's memory limit. nil: only explicit search counts its own.
	InUse func() uint64
	// Hurry asks, when it is closed, for an answer at once, from what is known.
	Hurry <-chan struct{}
}

// Allow is what a job may reach outside of itself.
type Allow struct {
	Files    bool // of the machine and its environment, by the spec
	Commands bool // solvers that are programs; programs that the spec runs, where the job lets it
	Outputs  bool // files and folders that the job names: traces, checkpoints, queries
}

// An EventKind is what an Event tells of.
type EventKind string

// The kinds of events.
const (
	Started    EventKind = "started"  // an engine, or reading
	Progressed EventKind = "progress" // how far an engine has come
	Noticed    EventKind = "notice"   // something worth a line that stays
	Ended      EventKind = "ended"    // an engine, with its result
)

// An Event is one thing that an observer is told. Of the figures, those of the
// engine are set.
type Event struct {
	Kind    EventKind
	Engine  string        // "" while reading
	Elapsed time.Duration // since the engine started
	Text    string        // for people: "depth 4, 120 states generated, ..."
	Done    float64       // of the engine's work, from 0 to 1; 0 where that cannot be told

	Search     *explicit.Stats
	Simulation *simulate.Stats
	Unrolling  *bmc.Progress
	Proof      *induction.Progress
	Log        *validate.Progress
	Result     *trace.Result // of an engine that ended; not the answer yet
}
