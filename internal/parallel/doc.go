// Package parallel runs work side by side: groups of goroutines, a pool of
// workers for many short tasks, tickers, and memory that workers do not share by
// accident.
//
// Nothing here loses a panic: that of a goroutine is a panic, a *Breakdown, of
// the one who waits for it, so that one recover at the top sees every bug.
package parallel
