package explicit

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/explicit/checkpoint"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/frontend/config"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// bags moves items between sets, sequences and records whose members come up
// only during the search, so that ids and bits get handed out late.
const bags = `---- MODULE Bags ----
EXTENDS Integers, Sequences, FiniteSets
CONSTANT N
VARIABLES n, bag, queue, last
Init == n = 0 /\ bag = {} /\ queue = <<>> /\ last = [kind |-> "none", n |-> 0]
Put == n < N /\ n' = n + 1 /\ bag' = bag \cup {<<n, n % 3>>} /\ UNCHANGED <<queue, last>>
Send(b) == Len(queue) < 3 /\ bag' = bag \ {b} /\ queue' = Append(queue, [kind |-> "item", n |-> b[1]]) /\ UNCHANGED <<n, last>>
Take == queue # <<>> /\ last' = Head(queue) /\ queue' = Tail(queue) /\ UNCHANGED <<n, bag>>
Drop == last.kind = "item" /\ last' = [kind |-> "none", n |-> 0] /\ UNCHANGED <<n, bag, queue>>
Reset == n = N /\ bag = {} /\ queue = <<>> /\ n' = 0 /\ UNCHANGED <<bag, queue, last>>
Next == Put \/ (\E b \in bag : Send(b)) \/ Take \/ Drop \/ Reset
Spec == Init /\ [][Next]_<<n, bag, queue, last>> /\ WF_n(Put) /\ WF_<<n, bag, queue, last>>(Take)
Small == last.n < N - 1 \/ Len(queue) < 2 \/ queue[1].n # 0
Emptied == []<>(queue = <<>>)
Alternates == []<>(last.kind = "none")
====
`

// model loads a module with a config.
func model(t testing.TB, text, cfg string) *ir.System {
	t.Helper()
	dir := t.TempDir()
	name := strings.Fields(text)[2]
	for file, s := range map[string]string{name + ".tla": text, name + ".cfg": cfg} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(s), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	files := &source.Set{}
	var c *config.Config
	c, err := frontend.ReadConfig(files, filepath.Join(dir, name+".cfg"))
	if err != nil {
		t.Fatal(explain(err, files))
	}
	sys, _, err := frontend.Load(frontend.Options{Files: files, Spec: filepath.Join(dir, name+".tla"), Config: c})
	if err != nil {
		t.Fatal(explain(err, files))
	}
	return sys
}

var recoverable = []struct{ name, cfg string }{
	{"verified", "SPECIFICATION Spec\nCONSTANT N = 6\n"},
	{"violated", "SPECIFICATION Spec\nCONSTANT N = 6\nINVARIANT Small\n"},
	{"live", "SPECIFICATION Spec\nCONSTANT N = 5\nPROPERTY Emptied\n"},
	{"lasso", "SPECIFICATION Spec\nCONSTANT N = 5\nPROPERTY Alternates\n"},
}

// story is what must be the same however often a search was interrupted.
func story(r *trace.Result) string {
	var b strings.Builder
	fmt.Fprintln(&b, r.Status, r.Message, r.Err)
	if r.Counts != nil {
		fmt.Fprintf(&b, "%+v\n", *r.Counts)
	}
	for _, c := range r.Coverage {
		fmt.Fprintln(&b, c.Action, c.Generated, c.Distinct)
	}
	if r.OutDegree != nil {
		fmt.Fprintf(&b, "%+v\n", *r.OutDegree)
	}
	for _, v := range r.Violations {
		for _, s := range v.Behaviour.Steps {
			fmt.Fprintln(&b, s.Action, s.State)
		}
		fmt.Fprintln(&b, v.Kind, v.Name, v.Behaviour.LoopStart, v.Behaviour.Stuttering)
	}
	return b.String()
}

// interruptAt is a check that is cancelled after some blocks; where, it tells
// whether that came to pass. Some searches are cancelled at the edge of a
// block, others within one.
func interruptAt(sys *ir.System, o Options, blocks int, within bool) (r *trace.Result, cut bool) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	o.onBlock = oneByOne(func(s *search) {
		if blocks--; blocks == 0 {
			cut = true
			if !within {
				s.end(answer.OutOfTime)
			}
			cancel()
		}
	})
	return Check(ctx, sys, o), cut
}

// oneByOne is f for several workers.
func oneByOne(f func(*search)) func(*search) {
	var mu sync.Mutex
	return func(s *search) {
		mu.Lock()
		defer mu.Unlock()
		f(s)
	}
}

func TestRecover(t *testing.T) {
	for _, m := range recoverable {
		t.Run(m.name, func(t *testing.T) {
			sys := model(t, bags, m.cfg)
			blocks := 0
			r := Check(t.Context(), sys, Options{Workers: 1, onBlock: func(*search) { blocks++ }})
			want := story(r)
			rnd := rand.New(rand.NewPCG(7, 7))
			for range 8 {
				dir := t.TempDir()
				at := 1 + rnd.IntN(blocks)
				r, cut := interruptAt(sys, Options{Workers: 1, Checkpoint: dir}, at, false)
				for n := 0; cut && r.Status == trace.LimitReached && n < 3; n++ { // again and again
					r, cut = interruptAt(sys, Options{Workers: 1 + n%2, Recover: dir}, 1+rnd.IntN(blocks), false)
				}
				if r.Status == trace.LimitReached {
					r, cut = Check(t.Context(), sys, Options{Workers: 2, Recover: dir}), false
				}
				if cut && r.Status == trace.Violated {
					continue // found before the interrupt, which kept it from finding the least
				}
				if got := story(r); got != want {
					t.Fatalf("interrupted after %d of %d blocks:\n%swant\n%s", at, blocks, got, want)
				}
			}
		})
	}
}

// TestRecoverLevel stops searches between two levels: they are saved like any.
func TestRecoverLevel(t *testing.T) {
	for _, m := range recoverable {
		sys := model(t, bags, m.cfg)
		want := story(Check(t.Context(), sys, Options{}))
		for level := 2; level < 10; level++ {
			dir := t.TempDir()
			r := Check(t.Context(), sys, Options{Checkpoint: dir, onLevel: func(s *search) {
				if int(s.level.Load()) == level {
					s.end(answer.OutOfTime)
				}
			}})
			if m.name == "lasso" && r.Status == trace.Violated {
				continue // in the part that was searched
			}
			if r.Status != trace.LimitReached || !noted(r, "can be taken up again") {
				t.Errorf("%s, level %d: %v, %q", m.name, level, r.Status, r.Notes)
			}
			if got := story(Check(t.Context(), sys, Options{Recover: dir})); got != want {
				t.Errorf("%s, level %d:\n%swant\n%s", m.name, level, got, want)
			}
		}
	}
}

// TestRecoverOlder recovers from checkpoints that were written in passing, not
// at the end: as after a crash.
func TestRecoverOlder(t *testing.T) {
	for _, m := range recoverable {
		sys := model(t, bags, m.cfg)
		dir, kept := t.TempDir(), []string{}
		n := 0
		r := Check(t.Context(), sys, Options{Workers: 2, Checkpoint: dir, onBlock: oneByOne(func(s *search) {
			if n++; n%31 != 0 {
				return
			}
			s.saver.(*saver).when.Store(0)
			s.saveDue()
			old := t.TempDir()
			if os.Link(filepath.Join(dir, checkpoint.Name), filepath.Join(old, checkpoint.Name)) == nil {
				kept = append(kept, old)
			}
		})})
		want := story(r)
		if len(kept) < 3 {
			t.Fatalf("%s: only %d checkpoints", m.name, len(kept))
		}
		for i, old := range kept {
			if i%max(1, len(kept)/6) != 0 {
				continue
			}
			if got := story(Check(t.Context(), sys, Options{Workers: 2, Recover: old})); got != want {
				t.Errorf("%s: checkpoint %d of %d:\n%swant\n%s", m.name, i, len(kept), got, want)
			}
		}
	}
}

// TestDamagedCheckpoint cuts and changes a checkpoint.
func TestDamagedCheckpoint(t *testing.T) {
	sys := model(t, bags, recoverable[0].cfg)
	dir := t.TempDir()
	interruptAt(sys, Options{Workers: 1, Checkpoint: dir}, 100, false)
	path := filepath.Join(dir, checkpoint.Name)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(1, 1))
	for i := range 60 {
		b := append([]byte{}, whole...)
		if i%2 == 0 {
			b = b[:rnd.IntN(len(b))]
		} else {
			b[rnd.IntN(len(b))] ^= 1 << rnd.IntN(8)
		}
		if err := os.WriteFile(path, b, 0o666); err != nil {
			t.Fatal(err)
		}
		r := Check(t.Context(), sys, Options{Workers: 1, Recover: dir})
		if r.Status != trace.Failed || !strings.Contains(r.Message, string(checkpoint.CodeBad)) {
			t.Errorf("change %d: %v %s", i, r.Status, r.Message)
		}
	}
}

func TestRecoverOtherSpec(t *testing.T) {
	dir := t.TempDir()
	interruptAt(model(t, bags, recoverable[0].cfg), Options{Checkpoint: dir}, 20, false)
	for _, cfg := range []string{recoverable[1].cfg, "SPECIFICATION Spec\nCONSTANT N = 7\n"} {
		r := Check(t.Context(), model(t, bags, cfg), Options{Recover: dir})
		if r.Status != trace.Failed || !strings.Contains(r.Message, string(checkpoint.CodeOtherSpec)) {
			t.Errorf("%v %s", r.Status, r.Message)
		}
	}
	r := Check(t.Context(), model(t, bags, recoverable[0].cfg), Options{Recover: t.TempDir()})
	if r.Status != trace.Failed || !strings.Contains(r.Message, string(checkpoint.CodeBad)) {
		t.Errorf("without a checkpoint: %v %s", r.Status, r.Message)
	}
}

// TestHalt interrupts searches at any time, within a state above all.
func TestHalt(t *testing.T) {
	sys := model(t, bags, recoverable[0].cfg)
	want := story(Check(t.Context(), sys, Options{}))
	for i := range 6 {
		dir := t.TempDir()
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(10+5*i)*time.Millisecond)
		r := Check(ctx, sys, Options{Workers: 2, Checkpoint: dir})
		cancel()
		if _, err := os.Stat(filepath.Join(dir, checkpoint.Name)); err == nil && r.Status == trace.LimitReached {
			r = Check(t.Context(), sys, Options{Workers: 2, Recover: dir})
		}
		if r.Status != trace.LimitReached && story(r) != want {
			t.Errorf("%d: %swant\n%s", i, story(r), want)
		}
	}
}
