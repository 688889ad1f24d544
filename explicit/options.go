package explicit

import (
	"io"
	"time"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/rows"
)

// Options are the limits and manners of a check: one flat list, as those who call
// fill it in.
type Options struct {
	Workers   int         // 0: all cores
	Memory    int64       // bytes; 0: no limit
	MaxErrors int         // violations to report; 0: 1
	Minimal   bool        // counterexamples have the fewest context switches, and then the fewest changes
	Progress  func(Stats) // called once a second; may be nil
	// FindSymmetry looks for symmetric constants where the config names none.
	FindSymmetry bool
	// Fingerprint is how many bits of a fingerprint tell states apart: 64, or 128
	// at 8 bytes a state more; 0: 64.
	Fingerprint int
	// Announce is told, before the search, how large it may get; may be nil.
	Announce func(string)
	// Ending is told that a counterexample is being made or a checkpoint written,
	// for which the search takes its time even when the context has ended, and by
	// over that this is done; may be nil.
	Ending func() (over func())
	Out    io.Writer // receives what Print and PrintT write; may be nil
	Seed   uint64
	Files  bool // the modules Json, CSV and IOUtils may read and write files
	Exec   bool // IOUtils may run programs

	// Checkpoint is the folder into which the search is saved every
	// CheckpointEvery, and when a limit ends it; "" for none.
	Checkpoint      string
	CheckpointEvery time.Duration // 0: DefaultCheckpointEvery
	// Recover is the folder with the checkpoint to go on from; "" for none.
	Recover string

	// For States: how far a search goes, about.
	effort effort
	// For States: called before a search, for each state that is kept, and for
	// the frontier that follows a level.
	onFound func(*search, []block) []block
	onStart func()
	onState func(func() eval.State)

	// For tests: called after each block of the frontier, and at the end of each
	// level; see Hashing; how much grace there is, if not the usual; see audit.go.
	onBlock func(*search)
	onLevel func(*search)
	dull    uint64
	grace   time.Duration
	early   early // when, first of all, lassos are looked for in a part of the graph
	audit   bool
}

func (o *Options) printer() rows.Hashing {
	return rows.Hashing{Wide: o.Fingerprint == 128, Weak: o.dull}
}
