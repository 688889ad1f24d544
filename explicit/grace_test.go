package explicit

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/explicit/plan"
	"github.com/lemma-mc/lemma/internal/testspec"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// TestFoundInTheEnd checks that what was found is reported when the context ends
// before its counterexample is made, and is named when there is no time at all.
func TestFoundInTheEnd(t *testing.T) {
	for _, tt := range []struct {
		cfg  string
		kind trace.ViolationKind
		name string
	}{
		{"INVARIANT Low", trace.Invariant, "the invariant Low"},
		{"PROPERTY Up", trace.ActionProp, "the property Up"},
		{"INVARIANT Talk", trace.AssertFail, "A failed assertion"},
		{"", trace.Deadlock, "A deadlock"},
	} {
		sys := load(t, testspec.SlowWalk, "INIT Init\nNEXT Next\n"+tt.cfg+"\n")
		res := endWhenFound(t, sys, 0)
		if res.Status != trace.Violated || len(res.Violations) != 1 || res.Violations[0].Kind != tt.kind {
			t.Errorf("%s: %v %s, want a violation", tt.cfg, res.Status, res.Message)
		}
		res = endWhenFound(t, sys, time.Nanosecond)
		if res.Status != trace.LimitReached || !strings.Contains(res.Message, tt.name) || res.ExitCode() == 255 {
			t.Errorf("%s, without grace: %v %s, want %s to be named", tt.cfg, res.Status, res.Message, tt.name)
		}
	}
}

// endWhenFound checks sys with a context that ends when something is found.
func endWhenFound(t *testing.T, sys *ir.System, grace time.Duration) *trace.Result {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	return Check(ctx, sys, Options{Workers: 1, grace: grace, onBlock: func(s *search) {
		if len(s.workers[0].findings) > 0 {
			cancel()
		}
	}})
}

const slowLasso = testspec.SlowWalk + `
	Live == <>(x = 61)
	Spec == Init /\ [][Next]_x /\ WF_x(Next)
	Shown == IF PrintT(x) THEN [x |-> x] ELSE [x |-> 0]`

// TestLassoInTheEnd is the same for a lasso, whose context ends as it is shown
// and before it is confirmed.
func TestLassoInTheEnd(t *testing.T) {
	sys := load(t, slowLasso, "SPECIFICATION Spec\nPROPERTY Live\nALIAS Shown\nCHECK_DEADLOCK FALSE\n")
	for _, tt := range []struct {
		grace  time.Duration
		status trace.Status
	}{{0, trace.Violated}, {time.Nanosecond, trace.LimitReached}} {
		ctx, cancel := context.WithCancel(t.Context())
		res := Check(ctx, sys, Options{Workers: 1, grace: tt.grace, Out: testspec.Writer(func() { cancel(); time.Sleep(time.Millisecond) })})
		if res.Status != tt.status || !strings.Contains(res.Message, "Live") {
			t.Errorf("with %v of grace: %v %s, want %v", tt.grace, res.Status, res.Message, tt.status)
		}
	}
}

// TestLivenessInterrupted checks that there is no verdict, and no error, when the
// context ends while the graph is searched for lassos.
func TestLivenessInterrupted(t *testing.T) {
	sys := load(t, slowLasso, "SPECIFICATION Spec\nPROPERTY Live\nCHECK_DEADLOCK FALSE\n")
	k := newCheck(t.Context(), sys, Options{Workers: 1})
	k.Machine = k.newMachine(nil)
	k.properties = plan.Of(sys)
	k.left = k.properties.ReadTemporal(k.Sys, k.Machine.Constant)
	s, _ := k.explore()
	defer s.close()
	cause := errors.New("the user's limit")
	for _, ctx := range []*context.Context{&k.Ctx, &s.ctx} {
		before := *ctx
		ended, cancel := context.WithCancelCause(before)
		cancel(cause)
		*ctx, k.Ctx = ended, ended
		k.liveness(s)
		if k.Res.Status != trace.LimitReached || k.Res.Message != "" {
			t.Errorf("%v %s, want no verdict", k.Res.Status, k.Res.Message)
		}
		*ctx = before
	}
}

// TestCompilationInterrupted: a constant that takes for ever to evaluate is no
// reason to go on after the time is over.
func TestCompilationInterrupted(t *testing.T) {
	sys := load(t, `VARIABLE x
		Large == {P \in SUBSET (1..60) : \A v \in P : v > 0}
		Init == x = 0
		Next == x' = x
		Inv == Cardinality(Large) > x`, plainConfig+"INVARIANT Inv\n")
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if r := Check(ctx, sys, Options{Workers: 1}); r.Status != trace.LimitReached {
		t.Errorf("%v %s, want no verdict", r.Status, r.Message)
	}
}
