// Command eyes asks whether the tests would see a fault: it puts deliberate ones
// into lemma, one at a time, and expects the differential tests (internal/specgen)
// to fail for each.
//
//	go run ./internal/eyes [-run regexp] [-specs n]
//
// A fault is a snippet of the source and what stands there instead (faults*.go),
// where FAULT is a condition that is true while the fault is on. All of them go
// into one copy of the sources, of which go test -c -overlay makes test binaries;
// the environment says which fault is on. So one build serves for all, and the
// tree stays as it is. Each fault names the engines that are to notice; random
// specs, always the same ones, go through them until a difference comes up. How
// fast the machine is has no part in it. Where random specs do not reach, a fault
// names a test that holds its package to something else. With no fault on, the same
// engines and tests must find nothing.
//
// The exit code is 1 when a fault survives.
package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"time"

	"github.com/olekukonko/tablewriter"
)

func main() {
	only := flag.String("run", "", "run only the faults whose name matches")
	specs := flag.Int("specs", 3000, "how many random specs an engine looks at")
	flag.Parse()
	pattern, err := regexp.Compile(*only)
	if err == nil {
		err = run(pattern, *specs)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "eyes:", err)
		os.Exit(1)
	}
}

// run builds the binaries, tries all faults and prints what came of each.
func run(only *regexp.Regexp, specs int) error {
	root, err := moduleRoot()
	if err != nil {
		return err
	}
	bins, err := build(root, faults)
	if err != nil {
		return err
	}
	defer bins.remove()
	chosen := slices.DeleteFunc(slices.Clone(faults), func(f fault) bool { return !only.MatchString(f.name) })
	if err := bins.sound(chosen, specs/4); err != nil {
		return err
	}
	table := tablewriter.NewWriter(os.Stdout)
	table.Header("fault", "seen by", "after", "as")
	survivors := 0
	for i, f := range faults {
		if !only.MatchString(f.name) {
			continue
		}
		s := bins.look(i+1, f, specs)
		if s.by == "" {
			survivors++
			s.by = "NOBODY"
		}
		fmt.Fprintf(os.Stderr, "%3d %s: %s %s\n", i+1, f.name, s.by, s.as)
		if err := table.Append(f.name, string(s.by), s.after.Round(100*time.Millisecond).String(), s.as); err != nil {
			return err
		}
	}
	if err := table.Render(); err != nil {
		return err
	}
	if survivors > 0 {
		return fmt.Errorf("%d of %d faults survive", survivors, len(chosen))
	}
	return nil
}
