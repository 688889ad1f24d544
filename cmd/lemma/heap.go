package main

import (
	"runtime"
	"runtime/debug"
	"strings"
)

// The garbage collector waits longer than usual: while a spec is read nearly
// all of the heap lives on, and in a search states are outside it. The ballast
// has it wait also while the heap is small.
const (
	gcPercent = 200
	ballast   = 16 << 20 // bytes; less where memory is short
)

// calmHeap has the garbage collector wait until the result is called. limit is
// what the process may hold, in bytes, or 0.
func calmHeap(limit int64) (end func()) {
	size := ballast
	if limit > 0 {
		size = int(min(ballast, limit>>6))
	}
	var b strings.Builder
	b.Grow(size) // which is not cleared, so that it takes no memory
	before := debug.SetGCPercent(gcPercent)
	return func() {
		debug.SetGCPercent(before)
		runtime.KeepAlive(&b)
	}
}
