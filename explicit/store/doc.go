// Package store keeps the states of an explicit search, and the steps between
// them: up to four billion states, outside of Go's heap, shared by workers
// without locks.
//
// # The idea
//
// A state has a number, its Ref, in the order of discovery. Segments, indexed by
// refs, hold what is known of 65,536 states each: fingerprints, parents, packed
// rows, credits, the places of the records of steps. An open-addressing table of
// 64-bit words, each half of a fingerprint and a ref, finds a state.
//
// A slot of the table goes from zero to its final content by one
// compare-and-swap, after the segment's entry was written, so that who sees the
// slot sees the state. A worker fills blocks of refs of its own, so that all but
// the table is written by one at a time. Only growing the table, and moving
// things to the file, stop the others: see Enter.
//
// A state that is found again on the level where it was found first takes the
// parent with the least fingerprint, and the earliest action: nothing that is
// kept depends on who came first, but refs do.
//
// Past half of the memory limit, what is not needed at random goes to a file
// that has no name: package arena.
//
// # Where to start
//
//	store.go      states: numbered, read
//	table.go      the table of fingerprints: states inserted and found
//	expect.go     what is looked up soon
//	grow.go       the table grows
//	credits.go    actions
//	steps.go      steps
//	spill.go      the memory limit and the file
//	memory.go     memory for others under the same limit
//	restore.go    all of it, for a checkpoint
package store
