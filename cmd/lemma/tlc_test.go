package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/lemma-mc/lemma/internal/tlatools"
)

// A tlcRow is a command line of TLC, and what is said and how it ends.
type tlcRow struct {
	args    string
	ends    string // exit code and numbers of messages
	differs string // why TLC 2.15 says otherwise; "" where it does not
}

const tlcRows = "testdata/tlc.txtar"

// readTLCRows reads the table and puts its specs into a folder.
func readTLCRows(t *testing.T) (ar *txtar.Archive, rows []*tlcRow, dir string) {
	t.Helper()
	ar, err := txtar.ParseFile(tlcRows)
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	for _, f := range ar.Files {
		if f.Name != "rows" {
			if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		for _, line := range strings.Split(strings.TrimSpace(string(f.Data)), "\n") {
			switch {
			case strings.HasPrefix(line, "= "):
				rows[len(rows)-1].ends = line[2:]
			case strings.HasPrefix(line, "! "):
				rows[len(rows)-1].differs = line[2:]
			default:
				rows = append(rows, &tlcRow{args: line})
			}
		}
	}
	return ar, rows, dir
}

var toolMessage = regexp.MustCompile(`@!@!@STARTMSG (\d+):(\d+)`)

// besides are the messages that tell of progress, coverage and the like, and
// warnings: each program has its own.
var besides = []string{"1000:3", "2103:1", "2147:1", "2192:0", "2194:0", "2199:0", "2200:0", "2201:0", "2202:0", "2209:0", "2210:0",
	"2212:0", "2221:0", "2267:0", "2268:0", "2269:0", "2401:3", "2772:0", "2773:0", "2774:0"}

// ending is how a run ended and what it said, in the form of the table.
func ending(exit int, out string) string {
	said := []string{fmt.Sprint(exit)}
	for _, m := range toolMessage.FindAllStringSubmatch(out, -1) {
		if code := m[1] + ":" + m[2]; !slices.Contains(besides, code) {
			said = append(said, code)
		}
	}
	return strings.Join(said, " ")
}

// TestTLCMessages holds lemma tlc against the table.
func TestTLCMessages(t *testing.T) {
	ar, rows, dir := readTLCRows(t)
	var written strings.Builder
	for _, r := range rows {
		cmd := exec.Command(os.Args[0], append([]string{"tlc", "-tool"}, strings.Fields(r.args)...)...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), asLemma+"=1")
		out, _ := cmd.Output()
		got := ending(cmd.ProcessState.ExitCode(), string(out))
		if got != r.ends && !*update {
			t.Errorf("%s: %s\nwant %s", r.args, got, r.ends)
		}
		fmt.Fprintf(&written, "%s\n= %s\n", r.args, got)
		if r.differs != "" {
			fmt.Fprintf(&written, "! %s\n", r.differs)
		}
	}
	if *update {
		ar.Files[len(ar.Files)-1].Data = []byte(written.String())
		if err := os.WriteFile(tlcRows, txtar.Format(ar), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTLCTool holds the table against TLC, where it is at hand.
func TestTLCTool(t *testing.T) {
	j := tlatools.Start(t)
	_, rows, dir := readTLCRows(t)
	for i, r := range rows {
		args := append([]string{"-tool", "-metadir", filepath.Join(dir, fmt.Sprint("meta", i))}, strings.Fields(r.args)...)
		args[len(args)-1] = filepath.Join(dir, args[len(args)-1])
		exit, out := j.Run(t, "tlc2.TLC", args...)
		switch same := ending(exit, out) == r.ends; {
		case same && r.differs != "":
			t.Errorf("%s: as TLC, though: %s", r.args, r.differs)
		case !same && r.differs == "":
			t.Errorf("%s: TLC says %s\nwant %s", r.args, ending(exit, out), r.ends)
		}
	}
}
