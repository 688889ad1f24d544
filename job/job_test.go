package job

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/lemma-mc/lemma/bmc"
	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/show"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

const counter = `---- MODULE Counter ----
EXTENDS Naturals, Sizes
CONSTANT N
VARIABLE n
Init == n = 0
Next == n' = (n + 1) % N
Low == n < Limit
Back == []<>(n = 0)
Spec == Init /\ [][Next]_n /\ WF_n(Next)
====
`

var disk = fstest.MapFS{
	"Counter.tla": {Data: []byte(counter)},
	"Counter.cfg": {Data: []byte("CONSTANT N = 5\nSPECIFICATION Spec\nINVARIANT Low\nPROPERTY Back")},
	"Sizes.tla":   {Data: []byte("---- MODULE Sizes ----\nLimit == 5\n====\n")},
}

// run runs a job in JSON.
func run(t *testing.T, ctx context.Context, text string, env Env) (*Task, *trace.Result) {
	t.Helper()
	if env.Files == nil {
		env.Files = &source.Set{}
	}
	var diags diag.List
	j := Parse(env.Files.Add("job.json", text), &diags)
	if err := diags.Err(); err != nil {
		t.Fatal(err)
	}
	task := Load(ctx, j, env)
	return task, task.Run(ctx)
}

// TestFileSystems: a spec, its config and its modules come from any file system,
// or from the job.
func TestFileSystems(t *testing.T) {
	ctx := context.Background()
	own := fmt.Sprintf(`"modules": {"Counter.tla": %q, "Sizes.tla": %q}`, counter, disk["Sizes.tla"].Data)
	for _, c := range []struct {
		name, job string
		fs        source.FileSystem
		distinct  int64
	}{
		{"file system", `{"root_module": "Counter.tla"}`, disk, 5},
		{"by name", `{"root_module": "Counter"}`, disk, 5},
		{"another value", `{"root_module": "Counter", "constants": {"N": 3}}`, disk, 3},
		{"own modules", `{` + own + `, "root_module": "Counter", "constants": {"N": 4}, "invariants": ["Low"]}`, nil, 4},
		{"own config", `{` + own[:len(own)-1] + `, "My.cfg": "CONSTANT N = 2"}, "config": "My.cfg", "root_module": "Counter"}`, nil, 2},
	} {
		_, r := run(t, ctx, c.job, Env{FS: c.fs})
		if r.Status != trace.Verified || r.Counts.Distinct != c.distinct {
			t.Errorf("%s: %s, %+v, want %d distinct states", c.name, r.Headline(), r.Counts, c.distinct)
		}
	}
}

// TestBundled: a job may name a spec that comes with the program.
func TestBundled(t *testing.T) {
	_, r := run(t, context.Background(), `{"model_name": "LeaderElection", "engine": "explicit"}`, Env{})
	if r.Status != trace.Violated || r.Violations[0].Name != "AtMostOneLeader" {
		t.Error(r.Headline())
	}
	if _, r = run(t, context.Background(), `{"model_name": "LockServer", "engine": "explicit"}`, Env{}); r.Status != trace.Verified {
		t.Errorf("a protocol: %v %v", r.Status, r.Err)
	}
	if _, r = run(t, context.Background(), `{"model_name": "Nothing"}`, Env{}); r.Status != trace.Failed {
		t.Error(r.Headline())
	}
}

// TestForbidden: what the environment does not allow is refused, before anything
// of it happens.
func TestForbidden(t *testing.T) {
	ctx := context.Background()
	_, r := run(t, ctx, `{"root_module": "Counter", "engine": "bmc", "solver": "smtlib:touch here"}`, Env{FS: disk})
	if r.ExitCode() != 151 {
		t.Errorf("a command: exit code %d, %s", r.ExitCode(), r.Headline())
	}
	j := &Job{Root: "Counter"}
	for _, s := range j.Settings() {
		if s.Flag == "checkpoint" {
			if err := s.Set(t.TempDir()); err != nil {
				t.Fatal(err)
			}
		}
	}
	if task := Load(ctx, j, Env{FS: disk}); task.Run(ctx).ExitCode() != 151 {
		t.Errorf("a folder: %v", task.Err)
	}
	text := "---- MODULE Env ----\\nEXTENDS IOUtils, Json\\nASSUME IOEnv = <<>>\\nASSUME JsonSerialize(\\\"x.json\\\", 1)\\n===="
	_, r = run(t, ctx, `{"root_module": "Env", "modules": {"Env.tla": "`+text+`"}}`, Env{})
	if r.Status != trace.Failed {
		t.Errorf("a spec wrote a file: %s", r.Headline())
	}
}

// TestEvents: an observer is told of the engines that start and end, with figures.
func TestEvents(t *testing.T) {
	var kinds []EventKind
	_, r := run(t, context.Background(), `{"root_module": "Counter", "engine": "bmc", "depth": 3}`,
		Env{FS: disk, Observe: func(e Event) {
			kinds = append(kinds, e.Kind)
			if e.Kind == Progressed && e.Unrolling == nil || e.Kind == Ended && e.Result == nil || e.Text == "" {
				t.Errorf("an event without figures: %+v", e)
			}
		}})
	if got := fmt.Sprint(kinds); got != "[started started progress progress progress ended]" {
		t.Errorf("events %s", got)
	}
	if r.Engine != "bmc" {
		t.Error(r.Headline())
	}
}

// TestCancel: a run ends with its context, and gives the cause as the reason.
func TestCancel(t *testing.T) {
	const endless = `{"root_module": "Up", "modules": {"Up.tla": "---- MODULE Up ----\nEXTENDS Naturals\nVARIABLE x, y\nInit == x = 0 /\\ y = 0\nNext == x' = x + 1 /\\ y' \\in {y, y + 1}\n===="}, "engine": "explicit"}`
	ctx, cancel := context.WithCancelCause(context.Background())
	_, r := run(t, ctx, endless, Env{Observe: func(e Event) {
		if e.Kind == Progressed {
			cancel(errors.New("nobody wants to know"))
		}
	}})
	if r.Status != trace.LimitReached || r.Reason != "nobody wants to know" || r.Counts == nil {
		t.Errorf("%v, %q, %+v", r.Status, r.Reason, r.Counts)
	}
	if _, r = run(t, ctx, endless, Env{}); r.Status != trace.LimitReached {
		t.Errorf("of a context that has ended: %v, %s", r.Status, r.Headline())
	}
}

// jobs for TestSideBySide: every engine, with verdicts of every kind.
var jobs = []string{
	`{"root_module": "Counter"}`,
	`{"root_module": "Counter", "invariants": ["n < 3"]}`,
	`{"root_module": "Counter", "engine": "bmc", "depth": 4}`,
	`{"root_module": "Counter", "engine": "bmc", "invariants": ["n # 4"]}`,
	`{"root_module": "Counter", "engine": "induct", "constants": {"N": 3}, "invariants": ["n < 3"]}`,
	`{"root_module": "Counter", "engine": "simulate", "behaviours": 20, "invariants": ["n # 2"]}`,
	`{"root_module": "Counter", "cross_check": true, "invariants": ["n # 2"]}`,
	`{"model_name": "LeaderElection", "engine": "explicit"}`,
	`{"model_name": "RaftElection", "engine": "induct", "any": ["MaxTerm"]}`,
	`{"model_name": "LeaseManager", "engine": "bmc", "depth": 3}`,
}

// TestSideBySide: jobs that run at the same time in one process say what each
// says alone, several times the same one and all of them together.
func TestSideBySide(t *testing.T) {
	ctx := context.Background()
	answer := func(text string) string {
		task, r := run(t, ctx, text, Env{FS: disk})
		r.Duration = 0
		out, err := (&show.Report{Result: r, Files: task.Files}).JSON()
		if err != nil {
			t.Error(err)
		}
		return string(out)
	}
	alone := make([]string, len(jobs))
	for i, text := range jobs {
		alone[i] = answer(text)
	}
	var all sync.WaitGroup
	for i, text := range jobs {
		for range 2 {
			all.Go(func() {
				if got := answer(text); got != alone[i] {
					t.Errorf("%s, beside others:\n%s\nalone:\n%s", text, got, alone[i])
				}
			})
		}
	}
	all.Wait()
}

// TestSymmetryAndAny: what only a job says reaches the system.
func TestSymmetryAndAny(t *testing.T) {
	const spec = `"modules": {"Pick.tla": "---- MODULE Pick ----\nEXTENDS Naturals\nCONSTANTS S, N\nASSUME N \\in Nat\nVARIABLE x\nInit == x \\in S\nNext == UNCHANGED x\nIn == x \\in S /\\ N >= 0\n===="}, "root_module": "Pick"`
	for _, c := range []struct {
		settings string
		exit     int
		distinct int64
	}{
		{`"constants": {"S": ["a", "b", "c"], "N": 1}, "symmetry": ["S"]`, 0, 1},
		{`"constants": {"S": ["a", "b", "c"], "N": 1}, "symmetry": "off"`, 0, 3},
		{`"constants": {"S": ["a", "b", "c"], "N": 1}, "symmetry": ["T"]`, 151, 0},
		{`"constants": {"S": ["a", "b", "c"]}, "engine": "induct", "any": ["N"], "invariants": ["In"]`, 0, 0},
		{`"constants": {"S": ["a", "b", "c"], "N": 1}, "any": ["N"], "invariants": ["In"]`, 0, 0}, // within a bound
		{`"constants": {"S": ["a", "b", "c"]}, "engine": "induct", "any": ["M"], "invariants": ["In"]`, 151, 0},
	} {
		_, r := run(t, context.Background(), "{"+spec+", "+c.settings+"}", Env{})
		if r.ExitCode() != c.exit || c.distinct > 0 && r.Counts.Distinct != c.distinct {
			t.Errorf("%s: exit code %d, %s, %+v", c.settings, r.ExitCode(), r.Headline(), r.Counts)
		}
	}
}

// TestOneSystem: several runs, of one engine and of several, share a system that
// none of them writes to.
func TestOneSystem(t *testing.T) {
	ctx := context.Background()
	for _, text := range []string{
		`{"root_module": "Counter", "invariants": ["n < 4"]}`,
		`{"model_name": "RaftElection", "constants": {"MaxTerm": 1}, "depth": 3}`,
	} {
		files := &source.Set{}
		var diags diag.List
		loaded := Load(ctx, Parse(files.Add("job.json", text), &diags), Env{Files: files, FS: disk})
		if err := errors.Join(diags.Err(), loaded.Err); err != nil {
			t.Fatal(err)
		}
		few := 20
		loaded.Job.Behaviours = &few
		engines := []func(*Task, context.Context) *trace.Result{(*Task).explicit, (*Task).bmc, (*Task).induct, (*Task).simulate}
		answer := func(e func(*Task, context.Context) *trace.Result) string {
			r := e(loaded, ctx)
			r.Duration = 0
			out, err := (&show.Report{Result: r, Files: files}).JSON()
			if err != nil {
				t.Error(err)
			}
			return string(out)
		}
		alone := make([]string, len(engines))
		for i, e := range engines {
			alone[i] = answer(e)
		}
		var all sync.WaitGroup
		for i, e := range engines {
			for range 2 {
				all.Go(func() {
					if got := answer(e); got != alone[i] {
						t.Errorf("%s, beside others:\n%s\nalone:\n%s", text, got, alone[i])
					}
				})
			}
		}
		all.Wait()
	}
}

// TestLeftBehind: an engine that does not hear that its context has ended is left
// behind with its last report, and nobody is told of it any more.
func TestLeftBehind(t *testing.T) {
	ctx, cancel := context.WithCancelCause(context.Background())
	after := 0
	task, _ := run(t, ctx, `{"root_module": "Counter"}`, Env{FS: disk})
	task.Env.Observe = func(e Event) {
		if e.Text == "too late" {
			after++
		}
	}
	stuck, told := make(chan struct{}), make(chan struct{})
	r := task.attempt(ctx, "bmc", "unrolling", func(_ context.Context, a *attempt) *trace.Result {
		a.tell(Event{Kind: Progressed, Text: "depth 3", Unrolling: &bmc.Progress{Depth: 3}})
		cancel(errors.New("enough"))
		<-stuck
		a.tell(Event{Kind: Progressed, Text: "too late"})
		close(told)
		return nil
	})
	close(stuck)
	<-told
	if r.Status != trace.LimitReached || r.Reason != "enough" || r.Bound != 3 || after != 0 {
		t.Errorf("%v, %q, bound %d, %d events afterwards", r.Status, r.Reason, r.Bound, after)
	}
}
