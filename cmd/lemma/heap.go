package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
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

// inUse is the memory that the process holds: of the Go heap, as the runtime
// counts it, and with that of the linked solver where the system tells.
func inUse() uint64 {
	if text, err := os.ReadFile("/proc/self/statm"); err == nil {
		if fields := strings.Fields(string(text)); len(fields) > 1 {
			if pages, err := strconv.ParseUint(fields[1], 10, 64); err == nil {
				return pages * uint64(os.Getpagesize())
			}
		}
	}
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64() - sample[1].Value.Uint64()
}
