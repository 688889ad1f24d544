package job

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"time"
)

// The causes of a context that a limit ended.
var (
	errTimeout = errors.New("the time limit (--timeout) is reached")
	errMemory  = errors.New("the memory limit (--memory) is reached")
	errHurry   = errors.New("interrupted")
)

// limited is ctx with the time limit of the run, which began with reading.
func (t *Task) limited(ctx context.Context) (context.Context, context.CancelFunc) {
	if t.Job.Timeout <= 0 {
		return ctx, func() {}
	}
	return context.WithDeadlineCause(ctx, t.start.Add(t.Job.Timeout), errTimeout)
}

// MemoryLimit is how many bytes the run may use; 0 where nobody says and the
// machine does not tell its memory.
func (j *Job) MemoryLimit() int64 {
	limit, err := bytesOf(j.Memory)
	if err != nil {
		return 0
	}
	return limit
}

// watchMemory ends the context when more than limit bytes are in use.
func watchMemory(ctx context.Context, inUse func() uint64, limit int64, cancel context.CancelCauseFunc) {
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

// defaultMemoryShare is the part of the machine's memory that a run may use
// when nobody says otherwise.
const defaultMemoryShare = 0.7

// bytesOf reads a SIZE: bytes with a unit (512MB, 4GB, 4GiB), or a part of the
// machine (50%). "" is the default.
func bytesOf(size string) (int64, error) {
	if size == "" {
		return int64(defaultMemoryShare * float64(machineMemory())), nil
	}
	wrong := fmt.Errorf("is a size such as 512MB, 4GB or 50%%, not %q", size)
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
		if err != nil || !(n > 0) || n*u.factor > math.MaxInt64 || u.suffix == "%" && n > 100 {
			break
		}
		return int64(n * u.factor), nil
	}
	return 0, wrong
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
