package specs

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var long = flag.Bool("long", os.Getenv("LEMMA_LONG") != "", "run what takes minutes, too")

// A want is one line of a spec that says what must come out of it:
//
//	\* want FLAGS: outcome, outcome, ...
//
// FLAGS are those of lemma check, run in the spec's folder. A line that starts
// with want-long takes minutes and is left to -long.
type want struct {
	flags    []string
	outcomes []outcome
	long     bool
}

// An outcome is one thing that a run must come to: check says what is wrong.
type outcome struct {
	text  string
	check func(*run) error
}

var wantLine = regexp.MustCompile(`^\s*\\\*\s*want(\S*)\s+(.*)$`)

// readWants finds the wants of a spec. Whatever looks like one must be one.
func readWants(text string) ([]want, error) {
	var wants []want
	for i, line := range strings.Split(text, "\n") {
		m := wantLine.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		w, err := parseWant(m[1], m[2])
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		wants = append(wants, w)
	}
	return wants, nil
}

func parseWant(kind, rest string) (want, error) {
	if kind != "" && kind != "-long" {
		return want{}, fmt.Errorf("want%s is neither want nor want-long", kind)
	}
	flags, list, found := strings.Cut(rest, ": ")
	if !found {
		return want{}, fmt.Errorf("no \": \" between the flags and the outcomes of %q", rest)
	}
	w := want{flags: strings.Fields(flags), long: kind == "-long"}
	for text := range strings.SplitSeq(list, ",") {
		o, err := parseOutcome(strings.TrimSpace(text))
		if err != nil {
			return want{}, err
		}
		w.outcomes = append(w.outcomes, o)
	}
	return w, nil
}

// form is a way to write an outcome: a pattern with up to one name and one
// number, in this order, and what it asks of a run.
type form struct {
	pattern *regexp.Regexp
	check   func(r *run, name string, n int) error
}

func pattern(text string) *regexp.Regexp {
	text = strings.ReplaceAll(regexp.QuoteMeta(text), "NAME", `(?P<name>\w+)`)
	return regexp.MustCompile("^" + strings.ReplaceAll(text, "NUMBER", `(?P<number>\d+)`) + "$")
}

var forms = []form{
	{pattern("violated NAME in state NUMBER"), func(r *run, name string, n int) error {
		return r.violated("invariant", name, n)
	}},
	{pattern("deadlock in state NUMBER"), func(r *run, _ string, n int) error {
		return r.violated("deadlock", "", n)
	}},
	{pattern("lasso NAME"), func(r *run, name string, _ int) error { return r.lasso(name) }},
	{pattern("verified"), func(r *run, _ string, _ int) error { return r.ended("VERIFIED", 0) }},
	{pattern("clean to NUMBER"), func(r *run, _ string, n int) error { return r.clean(n) }},
	{pattern("proved NAME"), func(r *run, name string, _ int) error { return r.proved(name) }},
	{pattern("open NAME"), func(r *run, name string, _ int) error { return r.open(name) }},
	{pattern("NUMBER generated"), func(r *run, _ string, n int) error {
		return same("generated states", r.result.Generated, n)
	}},
	{pattern("NUMBER distinct"), func(r *run, _ string, n int) error {
		return same("distinct states", r.result.Distinct, n)
	}},
	{pattern("depth NUMBER"), func(r *run, _ string, n int) error { return same("depth", r.result.Depth, n) }},
}

func parseOutcome(text string) (outcome, error) {
	for _, f := range forms {
		m := f.pattern.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		name, number := "", 0
		if i := f.pattern.SubexpIndex("name"); i > 0 {
			name = m[i]
		}
		if i := f.pattern.SubexpIndex("number"); i > 0 {
			number, _ = strconv.Atoi(m[i]) // \d+, and a wrong count fails
		}
		return outcome{text, func(r *run) error { return f.check(r, name, number) }}, nil
	}
	return outcome{}, fmt.Errorf("no outcome is written %q", text)
}

// TestWants runs every module of the bundled specs as its comments say and
// compares.
func TestWants(t *testing.T) {
	for _, file := range modules(t) {
		text, err := FS.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		wants, err := readWants(string(text))
		switch {
		case err != nil:
			t.Errorf("%s: %v", file, err)
		case len(wants) == 0:
			t.Errorf("%s does not say what must come out of it", file)
		}
		for _, w := range wants {
			t.Run(path.Base(file)+" "+strings.Join(w.flags, " "), func(t *testing.T) {
				if w.long && !*long {
					t.Skip("takes minutes: -long or LEMMA_LONG=1")
				}
				r := lemma(t, path.Dir(file), append([]string{"check", path.Base(file)}, w.flags...)...)
				for _, o := range w.outcomes {
					if err := o.check(r); err != nil {
						t.Errorf("want %s: %v\n%s", o.text, err, r.result.summary())
					}
				}
				for _, w := range r.result.Warnings {
					if w.Code == undeclared && !asPrinted[file] {
						t.Errorf("%s: %s: other tools refuse this spec", w.At, w.Message)
					}
				}
			})
		}
	}
}

// undeclared is the warning about an operator of a standard module that the
// spec does not extend.
const undeclared = "W102"

// asPrinted are the specs that keep the slips of the text that they are from.
var asPrinted = map[string]bool{"LeaderElection/LeaderElection.tla": true}

// modules lists the files of all modules in FS.
func modules(t *testing.T) []string {
	var files []string
	err := fs.WalkDir(FS, ".", func(file string, _ fs.DirEntry, err error) error {
		if path.Ext(file) == ".tla" {
			files = append(files, file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestWantsAreRead holds readWants to its own rules.
func TestWantsAreRead(t *testing.T) {
	for _, test := range []struct{ text, err string }{
		{`\* want --bmc: clean to 3`, ""},
		{`  \* want-long --explicit -c A.cfg: verified, 3 distinct, 4 generated, depth 2`, ""},
		{`\* wanted: nothing`, "line 1: wanted: is neither want nor want-long"},
		{"\n\\* want --bmc: clean", `line 2: no outcome is written "clean"`},
		{`\* want --bmc verified`, `line 1: no ": " between the flags and the outcomes of "--bmc verified"`},
		{`\* want --explicit: verified, 3 states`, `line 1: no outcome is written "3 states"`},
	} {
		wants, err := readWants(test.text)
		switch {
		case err == nil && (test.err != "" || len(wants) != 1):
			t.Errorf("%q: %d wants, want the error %q", test.text, len(wants), test.err)
		case err != nil && err.Error() != test.err:
			t.Errorf("%q: %v, want %q", test.text, err, test.err)
		}
	}
}
