package job

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/show"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// walks is a spec with much to violate: at different depths, at the same one, in
// states, in steps, for ever, and by errors.
const walks = `---- MODULE Walks ----
EXTENDS Integers, Sequences
VARIABLES x, y
vars == <<x, y>>
Init == x = 0 /\ y = 0
Right == x < 6 /\ x' = x + 1 /\ UNCHANGED y
Up == y < x /\ y' = y + 1 /\ UNCHANGED x
Back == x = 6 /\ y = 6 /\ x' = 0 /\ y' = 0
Next == Right \/ Up \/ Back
Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
In == x \in 0..6 /\ y \in 0..6
Low == y <= x
Early == x < 3
Late == y < 5
AsLate == x + y < 5
Broken == y < 3 \/ x \in y
Steps == [][x' - x < 2]_vars
Jumps == [][x' >= x]_vars
Comes == <>(x = 6)
Goes == []<>(x = 0)
Never == <>[](y > 0)
Again == x = 5 ~> x = 4
RECURSIVE Endless(_)
Endless(n) == []<>(x = n) \/ Endless(n + 1)
Unread == Endless(0)
Short(h) == Len(h) < 6 \/ h[3].y = 0
Forward == x' >= x
====`

func walk(settings string) string {
	return fmt.Sprintf(`{"root_module": "Walks", "modules": {"Walks.tla": %q}, "spec": "Spec", %s}`, walks, settings)
}

// endless is a spec without bounds: of two invariants one is violated, and the
// search for the other has no end.
const endless = `"root_module": "Up", "modules": {"Up.tla": "---- MODULE Up ----\nEXTENDS Naturals\nVARIABLE x, y\nInit == x = 0 /\\ y = 0\nNext == x' = x + 1 /\\ y' \\in {y, y + 1}\nFew == x < 9\nMany == y <= x\n===="}`

var divisible = []string{
	walk(`"engine": "explicit", "invariants": ["In", "Low", "Early", "Late", "AsLate"]`),
	walk(`"engine": "explicit", "invariants": ["AsLate", "Late"], "properties": ["Steps", "Jumps", "Comes", "Goes"]`),
	walk(`"engine": "explicit", "invariants": ["In", "Low"], "properties": ["Comes", "Never", "Again", "Goes"]`),
	walk(`"engine": "explicit", "invariants": ["In", "Low"], "properties": ["Comes", "Goes"]`),
	walk(`"engine": "explicit", "invariants": ["In", "Broken", "Late"]`),
	walk(`"engine": "explicit", "invariants": ["Broken", "In"], "properties": ["Comes", "Jumps"]`),
	walk(`"engine": "explicit", "invariants": ["In"], "properties": ["Unread", "Comes", "Never"]`),
	walk(`"engine": "explicit", "invariants": ["In"], "properties": ["Comes", "Unread"]`),
	strings.Replace(walk(`"engine": "explicit", "invariants": ["Low", "In"], "next": "Right"`), `"spec": "Spec"`, `"init": "Init"`, 1),
	walk(`"engine": "bmc", "depth": 9, "invariants": ["In", "Low"]`),
	walk(`"engine": "bmc", "depth": 9, "invariants": ["In", "Late", "AsLate"]`),
	walk(`"engine": "bmc", "depth": 14, "invariants": ["In"], "properties": ["Comes", "Never"]`),
	walk(`"engine": "bmc", "depth": 3, "properties": ["Jumps", "Comes"]`),
	walk(`"engine": "bmc", "depth": 7, "invariants": ["In", "Short"]`),
	walk(`"depth": 7, "invariants": ["In", "Short"]`),
	walk(`"engine": "bmc", "depth": 14, "invariants": ["In", "Forward"]`),
	walk(`"engine": "explicit", "invariants": ["In", "Forward"]`),
	walk(`"engine": "simulate", "behaviours": 50, "depth": 30, "invariants": ["In", "Low"]`),
	walk(`"engine": "simulate", "behaviours": 50, "depth": 9, "invariants": ["In", "x + y # 9 \\/ x # 5"]`),
	walk(`"engine": "simulate", "behaviours": 3, "depth": 9, "invariants": ["Broken"]`),
	walk(`"engine": "induct", "invariants": ["In", "Low"]`),
	walk(`"engine": "induct", "invariants": ["In", "Late"]`),
	walk(`"invariants": ["In", "Low", "Late"]`),
	walk(`"invariants": ["In", "Low"], "properties": ["Comes"]`),
	`{` + endless + `, "engine": "bmc", "depth": 5, "invariants": ["Few", "Many"]}`,
	`{` + endless + `, "engine": "explicit", "invariants": ["Few", "Many"]}`,
	`{"model_name": "LeaderElection", "engine": "bmc"}`,
	`{"model_name": "MinorityElection", "engine": "bmc"}`,
	`{"model_name": "RaftElection", "engine": "simulate", "behaviours": 30}`,
}

// told is what a result says, but for times and parts, and for the order of what it
// warns of and notes; of the behaviours that a
// bounded search shows, the length alone.
func told(t *testing.T, files *source.Set, r *trace.Result) string {
	t.Helper()
	copy := *r
	copy.Duration, copy.Parts, copy.Solver = 0, nil, ""
	copy.Notes, copy.Warnings = slices.Sorted(slices.Values(r.Notes)), slices.Clone(r.Warnings)
	slices.SortFunc(copy.Warnings, func(a, b *diag.Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message), cmp.Compare(a.Span.Start, b.Span.Start))
	})
	text, err := (&show.Report{Result: &copy, Files: files}).JSON()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(r.Engine, "bmc") {
		return string(text)
	}
	var all map[string]any
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	steps, _ := all["error_trace"].([]any)
	all["error_trace"] = len(steps)
	text, _ = json.Marshal(all)
	return string(text)
}

// difference is the first line in which two texts differ; "" for none.
func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d: %s, in one run %s", i+1, g[i], w[i])
		}
	}
	if len(g) != len(w) {
		return fmt.Sprintf("%d lines, in one run %d", len(g), len(w))
	}
	return ""
}

// apart says in what the answer got of a job in parts is another one than want, of
// one run; "" for nothing. Of the engines of auto any may have decided.
func apart(t *testing.T, a *Task, got *trace.Result, b *Task, want *trace.Result) string {
	t.Helper()
	if b.Job.engine() != "auto" {
		return difference(told(t, a.Files, got), told(t, b.Files, want))
	}
	verdict := func(r *trace.Result) string {
		text := fmt.Sprint(r.Status, r.ExitCode())
		for _, v := range r.Violations {
			text += fmt.Sprint(" ", v.Kind, v.Step)
		}
		return text
	}
	return difference(verdict(got), verdict(want))
}

// question is a job without its modules, for messages.
func question(job string) string { return job[max(0, strings.LastIndex(job, "====")):] }

// TestSplit: a job that is divided has the answer that it has in one run.
func TestSplit(t *testing.T) {
	ctx := context.Background()
	for _, text := range divisible {
		task, want := run(t, ctx, text, Env{})
		parts := []int{2, 3, 7}
		if strings.Contains(text, endless) {
			parts = []int{2} // one part waits for another to report, once a second
		}
		for _, n := range parts {
			split, got := run(t, ctx, fmt.Sprintf(`{"split": %d, %s`, n, text[1:]), Env{})
			if d := apart(t, split, got, task, want); d != "" {
				t.Errorf("%s in %d parts: %s", question(text), n, d)
			}
			if len(got.Parts) < 2 || len(got.Parts) > n {
				t.Errorf("%s in %d parts: %v %v", question(text), n, got.Parts, got.Notes)
			}
		}
	}
}

// TestJoin: in whatever order the results of the shares come in, and by way of
// their exact form, they make the same answer, no later than with the last one.
func TestJoin(t *testing.T) { joins(t, divisible, finite) }

// TestJoinToTheEnd is TestJoin for jobs of which each part comes to its end, so that
// the speed of the machine has no part in it.
func TestJoinToTheEnd(t *testing.T) {
	var texts []string
	for _, text := range divisible {
		if strings.Contains(text, `"Unread"`) || strings.Contains(text, `"Short"`) {
			texts = append(texts, text)
		}
	}
	joins(t, texts, func(ctx context.Context, t *Task, s *Share) *trace.Result { return t.RunShare(ctx, s) })
}

// joins joins the results that do gives of the shares of each job.
func joins(t *testing.T, texts []string, do func(context.Context, *Task, *Share) *trace.Result) {
	ctx := context.Background()
	random := rand.New(rand.NewPCG(1, 2))
	for _, text := range texts {
		task, want := run(t, ctx, text, Env{})
		plan, why := task.Plan(4)
		if plan == nil {
			t.Errorf("%s: %s", text, why)
			continue
		}
		all := make([]Standing, len(plan.Shares()))
		for i, s := range plan.Shares() {
			all[i] = Standing{exactly(t, do(ctx, task, s)), fmt.Sprint("worker ", i)}
		}
		for range 10 {
			of := make([]Standing, len(all))
			var got *trace.Result
			order := random.Perm(len(all))
			for _, i := range order {
				of[i] = all[i]
				if got, _ = task.Join(ctx, plan, of); got != nil {
					break
				}
			}
			if got == nil {
				t.Errorf("%s: all results in the order %v are no answer", text, order)
				continue
			}
			if d := apart(t, task, got, task, want); d != "" {
				t.Errorf("%s, results in the order %v: %s", question(text), order, d)
			}
		}
	}
}

// finite does a share, for a short time at most.
func finite(ctx context.Context, t *Task, s *Share) *trace.Result {
	ctx, cancel := context.WithTimeout(ctx, time.Second/3)
	defer cancel()
	return t.RunShare(ctx, s)
}

func exactly(t *testing.T, r *trace.Result) *trace.Result {
	t.Helper()
	text, err := r.Exact()
	if err != nil {
		t.Fatal(err)
	}
	if r, err = trace.ParseExact(text); err != nil {
		t.Fatal(err)
	}
	return r
}

// TestPlan: the shares of a plan are all of the job, each part of it once.
func TestPlan(t *testing.T) {
	for depth := range 30 {
		for most := range 12 {
			next := 0
			shares := byDepth(depth, most).Shares()
			for _, s := range shares {
				if s.From != next || s.To < s.From {
					t.Errorf("depth %d in %d: %+v after %d", depth, most, s, next)
				}
				next = s.To + 1
			}
			if next != depth+1 || len(shares) != max(1, min(most, depth+1)) {
				t.Errorf("depth %d in %d: %d shares, up to %d", depth, most, len(shares), next)
			}
			next = 0
			for _, s := range byBehaviours(depth+1, most).Shares() {
				if s.From != next || s.To <= s.From {
					t.Errorf("%d behaviours in %d: %+v after %d", depth+1, most, s, next)
				}
				next = s.To
			}
			if next != depth+1 {
				t.Errorf("%d behaviours in %d: %d", depth+1, most, next)
			}
		}
	}
}

// TestGoalsOfPlan: each goal is one share's.
func TestGoalsOfPlan(t *testing.T) {
	task, _ := run(t, context.Background(), divisible[1], Env{})
	for n := 2; n < 9; n++ {
		plan, why := task.Plan(n)
		if plan == nil {
			t.Fatal(why)
		}
		var invariants, properties []int
		deadlocks := 0
		for _, s := range plan.Shares() {
			invariants, properties = append(invariants, s.Goals.Invariants...), append(properties, s.Goals.Properties...)
			if s.Goals.Deadlock {
				deadlocks++
			}
		}
		slices.Sort(invariants)
		slices.Sort(properties)
		if fmt.Sprint(invariants, properties, deadlocks) != "[0 1] [0 1 2 3] 1" {
			t.Errorf("in %d: %v %v %d", n, invariants, properties, deadlocks)
		}
	}
}

// TestIndivisible: what would have another answer in parts is one run, and says so.
func TestIndivisible(t *testing.T) {
	for _, c := range []struct{ job, why string }{
		{walk(`"engine": "explicit", "invariants": ["In"], "deadlock_detection": false`), "one part"},
		{walk(`"engine": "explicit", "invariants": ["In", "Low"], "max_errors": 2`), "several counterexamples"},
		{walk(`"engine": "explicit", "invariants": ["In", "Low"], "symmetry": "auto"`), "one part"},
		{walk(`"engine": "simulate", "invariants": ["In", "Short"]`), "sequence of states"},
		{walk(`"engine": "explicit", "invariants": ["In", "Short"]`), "sequence of states"},
	} {
		_, r := run(t, context.Background(), `{"split": 3, `+c.job[1:], Env{})
		if len(r.Parts) > 0 || !slices.ContainsFunc(r.Notes, func(n string) bool { return strings.Contains(n, c.why) }) {
			t.Errorf("%s: %v %v", c.job, r.Parts, r.Notes)
		}
	}
}
