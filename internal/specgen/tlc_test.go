package specgen

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/ir"
	formulas "github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/trace"
)

// A difference is known between lemma and TLC: specs of the kind are not
// compared.
type difference struct {
	of  func(s *Spec) bool
	why string
}

var differences = []difference{
	{func(s *Spec) bool { return s.symmetric && s.claimsMore() },
		"TLC does not check liveness soundly under a symmetry, and says so"},
	{func(s *Spec) bool { return s.symmetric && s.uneven },
		"TLC makes use of a SYMMETRY that is none"},
	{func(s *Spec) bool { return s.hidden != "" && s.claimsMore() },
		"TLC checks liveness on what the view shows"},
}

// Features that TLC does not have, or means otherwise.
var notTLC = []feature{
	folds, registers, // the jar has no community modules (FiniteSetsExt, SequencesExt, Functions), and no TLCGetOrDefault
	unending,    // quantifiers over Nat that go by what their guards name
	subsets,     // which TLC only tests
	possible,    // newer than the jars that are easy to get
	composed,    // TLC evaluates A \cdot B only when it is told to
	past, moves, // which are Apalache's
	restricted, // TLC leaves out []P and a second [][A]_v of the specification
}

// words is put before everything else in each module: TLC orders strings,
// and names of fields, as its parser met them, lemma by the alphabet. CHOOSE takes the same one of both then.
const words = `Words == <<[a |-> 0, ack |-> 0, b |-> 0, green |-> 0, kind |-> 0, red |-> 0, req |-> 0], "green", "red">>`

// refusals are messages by which TLC says that it does not check a spec that
// lemma checks.
var refusals = []string{
	"TLC cannot handle the temporal formula",
	"Temporal formulas containing actions must be of forms",
	"is a tautology",
	"cannot be used as a property",               // a variable
	"is either undefined or not an operator",     // a variable that TLC asks for before there is a state
	"is equal to FALSE",                          // an invariant that no state is needed for
	"argument of BagOfAll should be an operator", // which a LAMBDA without names of the state is not
	"No next state actions",                      // Next is FALSE
	"Level error in applying operator '",         // a LET operator with a prime, in a recursive operator
}

// constantly tells whether a temporal formula of s has an atom that no state is
// needed for: TLC finds []TRUE \/ []FALSE violated.
func (s *Spec) constantly(sys *ir.System) bool {
	return slices.ContainsFunc(s.claims(), func(c *claim) bool {
		return c.temporal() && slices.ContainsFunc(c.atoms(), func(a *atom) bool {
			return formulas.Level(sys.Defs[a.name("Atom")].Body) == ir.ConstantLevel
		})
	})
}

// A tlc is a JVM that runs TLC on one spec after the other.
type tlc struct {
	in  io.WriteCloser
	out *bufio.Scanner
	cmd *exec.Cmd
}

func startTLC(t *testing.T) *tlc {
	t.Helper()
	jar := os.Getenv("TLC_JAR")
	if jar == "" {
		t.Skip("TLC_JAR does not say where tla2tools.jar is: nothing is compared with TLC")
	}
	java, err := exec.LookPath("java")
	if err != nil {
		t.Skip("there is no java: nothing is compared with TLC")
	}
	cmd := exec.Command(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx1g", "-Djava.io.tmpdir="+t.TempDir(), filepath.Join("testdata", "Driver.java"), jar)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	j := &tlc{in, bufio.NewScanner(out), cmd}
	t.Cleanup(j.stop)
	return j
}

func (j *tlc) stop() {
	j.in.Close()
	j.cmd.Wait()
}

// runs is how many specs a JVM checks: TLC leaves some of each behind.
const runs = 100

// An account is what TLC says of a spec.
type account struct {
	exit     int
	text     string
	counts   trace.Counts
	states   int    // of the counterexample
	violated string // the invariant or the property, if it is named
}

var (
	countsLine   = regexp.MustCompile(`(?m)^(\d+) states generated, (\d+) distinct states found, (\d+) states left on queue`)
	depthLine    = regexp.MustCompile(`(?m)^The depth of the complete state graph search is (\d+)`)
	violatedLine = regexp.MustCompile(`(?m)^Error: (?:Invariant|Property|Action property) (\w+) is violated`)
	stateLine    = regexp.MustCompile(`(?m)^State (\d+):`)
)

// run has TLC check s.
func (j *tlc) run(t *testing.T, s *Spec) (*account, error) {
	dir := s.write(t)
	options := ""
	if !s.deadlock {
		options = "-deadlock " // do not check it
	}
	if _, err := fmt.Fprintln(j.in, options+dir); err != nil {
		return nil, err
	}
	if !j.out.Scan() {
		return nil, fmt.Errorf("the JVM has ended: %v", j.out.Err())
	}
	if j.out.Text() == "late" { // and the JVM has ended
		return &account{exit: -1}, nil
	}
	exit, err := strconv.Atoi(strings.TrimPrefix(j.out.Text(), "exit "))
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(filepath.Join(dir, "out"))
	if err != nil {
		return nil, err
	}
	return accountOf(exit, string(text)), nil
}

func accountOf(exit int, text string) *account {
	a := &account{exit: exit, text: text}
	if m := countsLine.FindAllStringSubmatch(text, -1); m != nil {
		last := m[len(m)-1]
		a.counts.Generated, a.counts.Distinct, a.counts.Left = number64(last[1]), number64(last[2]), number64(last[3])
	}
	if m := depthLine.FindStringSubmatch(text); m != nil {
		a.counts.Depth = int(number64(m[1]))
	}
	if strings.Contains(text, "is violated by the initial state") {
		a.states = 1
	}
	if m := violatedLine.FindStringSubmatch(text); m != nil {
		a.violated = m[1]
	}
	for _, m := range stateLine.FindAllStringSubmatch(text, -1) {
		a.states = max(a.states, int(number64(m[1])))
	}
	return a
}

func number64(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}

// against compares lemma's result with TLC's.
func (a *account) against(r *trace.Result) string {
	exit := r.ExitCode()
	switch {
	case a.exit == 13 && exit == 12 && a.violated == "" && strings.HasPrefix(r.Violations[0].Name, "Live"):
		return "" // lemma shows a prefix that is bad already, TLC a loop
	case a.exit != exit:
		return fmt.Sprintf("exit code %d, TLC has %d", exit, a.exit)
	case exit == 0 && !a.counted(*r.Counts):
		return fmt.Sprintf("counts %+v, TLC has %+v", *r.Counts, a.counts)
	case r.Status == trace.Violated && r.Violations[0].Kind != trace.Liveness && r.Violations[0].Step != a.states:
		return fmt.Sprintf("a counterexample of %d states, TLC's has %d", r.Violations[0].Step, a.states)
	}
	return ""
}

// counted tells whether lemma's counts are TLC's. Where there is no state TLC says
// that the depth is 1.
func (a *account) counted(c trace.Counts) bool {
	if c.Distinct == 0 {
		c.Depth = 1
	}
	return a.counts == c
}

// alsoFails tells whether something cannot be evaluated on the first level on which
// anything is wrong.
func alsoFails(s *Spec, sys *ir.System) bool {
	e := search(s, sys, limit{levels: anyDepth, states: maxSearch})
	return slices.ContainsFunc(e.first(), func(f finding) bool { return f.kind == "" })
}

// countsTwice tells whether TLC may have gone through the members of A \cup B one
// side after the other, as it does where one of them is no list.
func (a *account) countsTwice(c trace.Counts, s *Spec) bool {
	more := a.counts.Generated > c.Generated
	c.Generated = a.counts.Generated
	return a.exit == 0 && more && a.counts == c && strings.Contains(s.Module(), `\cup`)
}

// alone is sys with nothing to check but what TLC says is violated: where
// several are in states of one level, it is chance which one an engine names.
func (a *account) alone(sys *ir.System) *ir.System {
	one := *sys
	named := func(f *ir.Formula) bool { return f.Name != a.violated }
	one.Invariants = slices.DeleteFunc(slices.Clone(sys.Invariants), named)
	one.Properties = slices.DeleteFunc(slices.Clone(sys.Properties), named)
	one.CheckDeadlock = sys.CheckDeadlock && a.exit == 11
	return &one
}

// TestTLC compares verdicts, exit codes and counts with TLC, where it is at hand.
func TestTLC(t *testing.T) {
	j := startTLC(t)
	compared, left := 0, map[string]int{}
	for seed := *from; seed < specs(300, *count); seed++ {
		s := New(seed, notTLC...)
		if why := s.differs(); why != "" {
			left[why]++
			continue
		}
		sys, err := s.Load()
		if err != nil {
			t.Errorf("seed %d does not load: %v\n%s", seed, err, s)
			continue
		}
		if s.constantly(sys) {
			left["TLC is wrong about temporal formulas of constants"]++
			continue
		}
		a, err := j.run(t, s)
		if err != nil {
			t.Fatal(err)
		}
		if compared%runs == runs-1 {
			j.stop()
			j = startTLC(t)
		}
		if a.exit < 0 {
			left["TLC takes longer than a minute"]++
			j = startTLC(t)
			continue
		}
		if why := a.refusal(); why != "" {
			left[why]++
			continue
		}
		compared++
		// TypeOK holds always, and TLC cannot enumerate all of its sets.
		sys.Invariants = slices.DeleteFunc(sys.Invariants, func(f *ir.Formula) bool { return f.Name == "TypeOK" })
		r := explicit.Check(context.Background(), sys, explicit.Options{Workers: 1})
		if r.Status == trace.Violated && (a.violated != "" || a.exit == 11) && a.against(r) != "" {
			r = explicit.Check(context.Background(), a.alone(sys), explicit.Options{Workers: 1})
		}
		if r.Status == trace.Verified && a.countsTwice(*r.Counts, s) {
			left["TLC counts what is on both sides of a \\cup twice"]++
			continue
		}
		if r.Status == trace.Violated && a.exit == 75 && alsoFails(s, sys) {
			left["TLC meets the error first, lemma shows the violation of the same level"]++
			continue
		}
		if wrong := a.against(r); wrong != "" {
			t.Errorf("seed %d: %s: %s\n%s\nTLC says:\n%s", seed, shown(r), wrong, s, a.text)
		}
	}
	t.Logf("%d specs compared; left out: %v", compared, left)
}

func (s *Spec) differs() string {
	for _, d := range differences {
		if d.of(s) {
			return d.why
		}
	}
	return ""
}

func (a *account) refusal() string {
	for _, text := range refusals {
		if strings.Contains(a.text, text) {
			return text
		}
	}
	return ""
}

// write puts the spec into a folder.
func (s *Spec) write(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	files := s.modules()
	files["T.cfg"], _, _ = strings.Cut(s.Config(), "CHECK_DEADLOCK") // TLC has known it since 2020
	files["T.cfg"] = strings.Replace(files["T.cfg"], "TypeOK ", "", 1)
	for name, text := range files {
		files[name] = strings.Replace(text, "\nCONSTANTS N, ", "\n"+words+"\nCONSTANTS N, ", 1)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestAccount reads what TLC prints.
func TestAccount(t *testing.T) {
	a := accountOf(12, "State 1: <Initial predicate>\nx = 0\n\nState 2: <Next line 3>\nx = 1\n\n"+
		"7 states generated, 3 distinct states found, 1 states left on queue.\nThe depth of the complete state graph search is 2.\n")
	want := trace.Counts{Generated: 7, Distinct: 3, Left: 1, Depth: 2}
	if a.counts != want || a.states != 2 || a.exit != 12 {
		t.Errorf("%+v", a)
	}
}
