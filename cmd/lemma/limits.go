package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"time"

	"github.com/lemma-mc/lemma/trace"
)

// errTimeout and errMemory are the causes of a context that a limit ended.
var (
	errTimeout = errors.New("the time limit (--timeout) is reached")
	errMemory  = errors.New("the memory limit (--memory) is reached")
)

// timed is ctx with the time limit of the run.
func (c *check) timed(ctx context.Context) (context.Context, context.CancelFunc) {
	if c.timeout == 0 {
		return ctx, func() {}
	}
	return context.WithTimeoutCause(ctx, c.timeout, errTimeout)
}

// within runs one engine under the memory limit, which ends that engine and
// not the run: another one may need less. A result that a limit cut short says
// which.
func (c *check) within(ctx context.Context, engine func(context.Context) *trace.Result) *trace.Result {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	limit, err := memoryLimit(c.memory)
	if err == nil && limit > 0 {
		debug.SetMemoryLimit(limit / 10 * 9) // collect harder before giving up
		go watchMemory(ctx, limit, cancel)
	}
	r := engine(ctx)
	if r.Status == trace.LimitReached && ctx.Err() != nil {
		r.Reason, r.Message = fmt.Sprint(context.Cause(ctx)), ""
	}
	return r
}

// watchMemory ends the context when the process holds more than limit bytes.
func watchMemory(ctx context.Context, limit int64, cancel context.CancelCauseFunc) {
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if inUse() > uint64(limit) {
				cancel(errMemory)
				return
			}
		}
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

// defaultMemoryShare is the part of the machine's memory that a run may use
// when nobody says otherwise.
const defaultMemoryShare = 0.7

// memoryLimit reads a SIZE: bytes with a unit (512MB, 4GB, 4GiB), or a part of
// the machine (50%). 0 means that the machine does not tell its memory.
func memoryLimit(size string) (int64, error) {
	if size == "" {
		return int64(defaultMemoryShare * float64(machineMemory())), nil
	}
	upper := strings.ToUpper(strings.TrimSpace(size))
	for _, u := range []struct {
		suffix string
		factor float64
	}{
		{"%", float64(machineMemory()) / 100},
		{"KIB", 1 << 10}, {"MIB", 1 << 20}, {"GIB", 1 << 30}, {"TIB", 1 << 40},
		{"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12},
		{"K", 1 << 10}, {"M", 1 << 20}, {"G", 1 << 30}, {"T", 1 << 40}, {"B", 1}, {"", 1},
	} {
		number, ok := strings.CutSuffix(upper, u.suffix)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
		if err != nil || n <= 0 || n*u.factor > math.MaxInt64 {
			break
		}
		return int64(n * u.factor), nil
	}
	return 0, usage("--memory takes a size such as 512MB, 4GB or 50%%, not %q", size)
}

// machineMemory is the memory of the machine in bytes, or of the container
// where that has less; 0 when neither is told.
func machineMemory() int64 {
	var total int64
	if text, err := os.ReadFile("/proc/meminfo"); err == nil {
		var kib int64
		if _, err := fmt.Sscanf(string(text), "MemTotal: %d kB", &kib); err == nil {
			total = kib << 10
		}
	}
	if text, err := os.ReadFile("/sys/fs/cgroup/memory.max"); err == nil {
		if n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64); err == nil && (total == 0 || n < total) {
			total = n
		}
	}
	return total
}
