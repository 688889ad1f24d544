package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// A look is what may notice a fault: an engine that random specs go through (see
// sight in package specgen), or a test that compares two ways to an answer, as
// "validate/TestRandomLogs".
type look string

// engines are those that random specs go through.
var engines = []look{"explicit", "live", "view", "symmetry", "each", "bounded", "parts", "depths", "simulate", "induct", "replaced", "pluscal"}

// isTest tells whether l is a test.
func (l look) isTest() bool { return strings.Contains(string(l), "/") }

// dir is the folder of the package with the test.
func (l look) dir() string {
	if l.isTest() {
		return path.Dir(string(l))
	}
	return "internal/specgen"
}

// args are those of the test binary, which looks at so many specs.
func (l look) args(specs int) []string {
	if l.isTest() {
		return []string{"-test.run", "^" + path.Base(string(l)) + "$"}
	}
	return []string{"-test.run", "^TestEyes$", "-eyes", string(l), "-eyes-specs", strconv.Itoa(specs)}
}

// A sighting is how a fault came to light; nothing saw one that survives.
type sighting struct {
	by    look
	after time.Duration
	as    string
}

// sound checks that nothing is found while no fault is on, by what is to notice
// the faults to try.
func (b *binaries) sound(faults []fault, specs int) error {
	looked := map[look]bool{}
	for _, f := range faults {
		for _, l := range f.seenBy {
			if looked[l] {
				continue
			}
			looked[l] = true
			if seen, as := b.run(0, l, specs); seen {
				return fmt.Errorf("%s finds a difference without a fault: %s", l, as)
			}
		}
	}
	return nil
}

// look has what is to notice fault n look for it, one after the other.
func (b *binaries) look(n int, f fault, specs int) sighting {
	begin := time.Now()
	for _, l := range f.seenBy {
		if seen, as := b.run(n, l, specs); seen {
			return sighting{l, time.Since(begin), as}
		}
	}
	return sighting{after: time.Since(begin)}
}

// hangs is for how long a look may go on. Without a fault it takes a small part of
// that, also on a machine that has much else to do.
const hangs = 20 * time.Minute

// run tells whether l notices fault n, and as what. What hangs has noticed, too:
// without a fault it does not.
func (b *binaries) run(n int, l look, specs int) (seen bool, as string) {
	ctx, cancel := context.WithTimeout(context.Background(), hangs)
	defer cancel()
	cmd := exec.CommandContext(ctx, b.built[l.dir()], l.args(specs)...)
	cmd.Dir = filepath.Join(b.root, l.dir())
	cmd.Env = append(os.Environ(), fmt.Sprintf("LEMMA_FAULT=%d", n))
	out, err := cmd.CombinedOutput()
	switch {
	case ctx.Err() != nil:
		return true, "hangs"
	case err == nil:
		return false, ""
	}
	return true, firstFinding(string(out))
}

// firstFinding is the line that tells of a difference.
func firstFinding(out string) string {
	first := ""
	for _, line := range strings.Split(out, "\n") {
		line = strings.TrimSpace(line)
		if _, after, ok := strings.Cut(line, ".go:"); ok && strings.Contains(after, "seed") {
			_, after, _ = strings.Cut(after, " ")
			return shortened(after)
		}
		if first == "" && line != "" && !strings.HasPrefix(line, "---") {
			first = line
		}
	}
	return shortened(first)
}

func shortened(s string) string {
	if r := []rune(s); len(r) > 70 {
		return string(r[:67]) + "..."
	}
	return s
}
