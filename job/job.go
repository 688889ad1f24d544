package job

import (
	"time"

	"github.com/lemma-mc/lemma/frontend/config"
	"github.com/lemma-mc/lemma/source"
)

// A Job says what to check, and how, a field for each setting: it is the one schema
// of flags, JSON and requests, whose names are flat. The zero value of a field means that it is
// not said; Settings tells what holds then. A Job is plain data: it may be
// written as JSON, kept, and run any number of times.
type Job struct {
	// The spec. Root is the path of the root module, or its name, in Modules or
	// in the file system of the run; without it, Model names a bundled spec.
	Model   string
	Root    string
	Modules map[string]string // texts that come before files: "My.tla", "My.cfg"
	Config  string            // the path of a .cfg file
	Path    []string          // folders to look for modules in, after the root's own

	// The instance.
	Constants   []*config.Assignment // values
	Expressions []string             // NAME=EXPR, NAME<-DEFINITION
	Any         []Name               // constants to leave arbitrary
	ConstInit   string               // what is said of them beside the ASSUMEs: a definition or an expression

	// The question.
	Init, Next, Spec               string
	Invariants, Properties, Lemmas []Name // definitions or expressions
	Hints                          []Name // what the search for lemmas may use
	Deadlock                       *bool  // whether it is an error

	// The way to the answer.
	Engine        string // one of Engines
	CrossCheck    bool
	Symmetry      string // SymmetryAuto or SymmetryOff
	Permuted      []Name // constants whose elements may be permuted
	Depth         *int   // steps
	Behaviours    *int   // of a simulation; 0: as many as the time allows
	K             int    // of k-induction
	GivenLemmas   bool   // no lemmas are looked for
	MaxErrors     int    // distinct counterexamples
	Minimal       bool   // of the shortest counterexamples one with the fewest context switches
	Fingerprint   int    // bits
	Seed          uint64 // of whatever draws
	Workers       int
	Split         int // the most parts to divide the job into; 0: it is one
	Timeout       time.Duration
	Memory        string // a size: 4GB, 50%
	Solver        string // auto, z3, cadical, or smtlib:COMMAND
	Explain       bool   // say why a property is violated
	Strict        bool   // warnings are errors
	Exec          bool   // the spec may run programs, where the Env allows commands
	Outputs       Outputs
	Stats         bool   // say what each depth costs
	DumpQueries   string // folder for every query of a solver as SMT-LIB 2
	Proof         string // file for a proof of what the SAT solver refuted
	Checkpoint    string // folder to save the search in
	CheckpointGap time.Duration
	Recover       string // folder with the search to go on from

	given map[string]bool // by the key of a Setting
}

// A Name is a name or an expression, with the place that says it, if any.
type Name = config.Name

// Outputs are the files that a run writes.
type Outputs struct {
	Traces      []string // of the counterexample; the ending is the form
	Certificate string   // of the proof, as a module
	Conditions  string   // folder for those that make it one, in SMT-LIB 2
	Graph       string   // of the states
}

// Engines are the names of Job.Engine. The first holds where none is given.
var Engines = []string{"auto", "explicit", "bmc", "induct", "simulate"}

// The values of Job.Symmetry.
const (
	SymmetryAuto = "auto" // find it where the config has none
	SymmetryOff  = "off"  // leave out the config's
)

// What holds where a Job does not say.
const (
	DefaultDepth         = 10
	DefaultSimulateDepth = 100
	DefaultBehaviours    = 10_000
)

// engine is the one to run.
func (j *Job) engine() string {
	if j.Engine == "" {
		return Engines[0]
	}
	return j.Engine
}

func or[T comparable](x, otherwise T) T {
	var zero T
	if x == zero {
		return otherwise
	}
	return x
}

// orElse is what p points to, or otherwise.
func orElse(p *int, otherwise int) int {
	if p == nil {
		return otherwise
	}
	return *p
}

// Given tells whether the setting with that key has been said.
func (j *Job) Given(key string) bool { return j.given[key] }

// Over is a job that says what j says, and beyond that what base says. Where j
// names anything to check, base's invariants and properties are left out.
func (j *Job) Over(base *Job) *Job {
	out := &Job{given: map[string]bool{}}
	to, from, under := out.Settings(), j.Settings(), base.Settings()
	for i, s := range to {
		switch {
		case from[i].given:
			s.take(from[i])
		case under[i].given && !(s.goal && j.namesGoals()):
			s.take(under[i])
		}
	}
	return out
}

func (j *Job) namesGoals() bool { return len(j.Invariants)+len(j.Properties) > 0 }

// place gives each name that stands nowhere a text of its own, so that errors
// can point into it.
func place(files *source.Set, what string, names []Name) []Name {
	out := make([]Name, len(names))
	for i, n := range names {
		if !n.Span.Valid() {
			f := files.Add("<"+what+">", n.Text)
			n.Span = source.Span{Start: f.Pos(0), End: f.Pos(len(n.Text))}
		}
		out[i] = n
	}
	return out
}
