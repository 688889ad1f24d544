package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// engines are all that the binary can look with: see sight in package specgen.
var engines = []string{"explicit", "live", "view", "symmetry", "each", "bounded", "simulate", "induct", "replaced", "pluscal"}

// A sighting is how a fault came to light; no engine saw one that survives.
type sighting struct {
	engine string
	after  time.Duration
	as     string
}

// sound checks that nothing is found while no fault is on, by the engines that
// the faults to try name.
func (b *binary) sound(only *regexp.Regexp, patience time.Duration) error {
	named := map[string]bool{}
	for _, f := range faults {
		for _, e := range f.seenBy {
			named[e] = named[e] || only.MatchString(f.name)
		}
	}
	for _, e := range engines {
		if !named[e] {
			continue
		}
		if seen, as := b.run(0, e, patience); seen {
			return fmt.Errorf("%s finds a difference without a fault: %s", e, as)
		}
	}
	return nil
}

// look has the engines of a fault look for it, one after the other.
func (b *binary) look(n int, f fault, patience time.Duration) sighting {
	begin := time.Now()
	for _, e := range f.seenBy {
		if seen, as := b.run(n, e, patience); seen {
			return sighting{e, time.Since(begin), as}
		}
	}
	return sighting{after: time.Since(begin)}
}

// run tells whether an engine notices fault n, and as what. A binary that hangs
// has noticed, too: without a fault it does not.
func (b *binary) run(n int, engine string, patience time.Duration) (seen bool, as string) {
	ctx, cancel := context.WithTimeout(context.Background(), patience+3*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, b.path, "-test.run", "^TestEyes$", "-eyes", engine, "-eyes-for", patience.String())
	cmd.Dir = filepath.Join(b.root, "internal", "specgen")
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
