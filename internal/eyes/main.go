// Command eyes asks whether the tests would see a fault: it puts deliberate ones
// into lemma, one at a time, and expects the differential tests (internal/specgen)
// to fail for each.
//
//	go run ./internal/eyes [-run regexp] [-for duration]
//
// A fault is a snippet of the source and what stands there instead (faults*.go),
// where FAULT is a condition that is true while the fault is on. All of them go
// into one copy of the sources, of which go build -overlay makes one test binary;
// the environment says which fault is on. So one build serves for all, and the
// tree stays as it is. Each fault names the engines that are to notice; the
// binary runs random specs through them until a difference comes up or the time
// is over. With no fault on, the same engines must find nothing.
//
// The exit code is 1 when a fault survives.
package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"time"

	"github.com/olekukonko/tablewriter"
)

func main() {
	only := flag.String("run", "", "run only the faults whose name matches")
	patience := flag.Duration("for", time.Minute, "how long an engine looks for a fault")
	flag.Parse()
	pattern, err := regexp.Compile(*only)
	if err == nil {
		err = run(pattern, *patience)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "eyes:", err)
		os.Exit(1)
	}
}

// run builds the binary, tries all faults and prints what came of each.
func run(only *regexp.Regexp, patience time.Duration) error {
	root, err := moduleRoot()
	if err != nil {
		return err
	}
	bin, err := build(root, faults)
	if err != nil {
		return err
	}
	defer bin.remove()
	if err := bin.sound(only, patience/4); err != nil {
		return err
	}
	table := tablewriter.NewWriter(os.Stdout)
	table.Header("fault", "seen by", "after", "as")
	survivors := 0
	for i, f := range faults {
		if !only.MatchString(f.name) {
			continue
		}
		s := bin.look(i+1, f, patience)
		if s.engine == "" {
			survivors++
			s.engine = "NOBODY"
		}
		fmt.Fprintf(os.Stderr, "%3d %s: %s %s\n", i+1, f.name, s.engine, s.as)
		if err := table.Append(f.name, s.engine, s.after.Round(100*time.Millisecond).String(), s.as); err != nil {
			return err
		}
	}
	if err := table.Render(); err != nil {
		return err
	}
	if survivors > 0 {
		return fmt.Errorf("%d of %d faults survive", survivors, len(faults))
	}
	return nil
}
