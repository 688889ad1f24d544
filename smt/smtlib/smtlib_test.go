package smtlib

import (
	"bufio"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/smt"
)

// A fake solver is a shell script that answers the greeting and then does as
// it is told. Each line of script answers one exchange; $e is its last line.
func fake(script ...string) []string {
	const answer = `answer() { while read -r line; do case "$line" in "(echo "*) e=${line#*\"}; e=${e%%\"*}; break;; esac; done; }
answer; echo "(:name \"fake\")"; echo $e
answer; echo "(:version \"1\")"; echo $e
`
	return []string{"sh", "-c", answer + strings.Join(script, "\n")}
}

func TestMisbehaviour(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		what, script, want string
	}{
		{"an error besides an answer", `answer; echo '(error "line 1: bad")'; echo sat; echo $e; sleep 9`, "line 1: bad"},
		{"an answer before an error", `answer; echo sat; echo '(error "no")'; echo $e; sleep 9`, "no"},
		{"a crash", `answer; echo segfault >&2; exit 139`, "segfault"},
		{"a crash after an answer", `answer; echo sat; exit 1`, "ended without an answer"},
		{"a crash inside an answer", `answer; echo "(error"; exit 1`, "ended without an answer"},
		{"death before the question", `exit 0`, "ended without an answer"},
		{"nonsense", `answer; echo maybe; echo $e; sleep 9`, "maybe"},
		{"two answers", `answer; echo sat; echo sat; echo $e; sleep 9`, "2 answers"},
		{"no answer", `answer; echo $e; sleep 9`, "0 answers"},
		{"unsupported", `answer; echo unsupported; echo $e; sleep 9`, "does not support"},
		{"a flood", `answer; yes sat`, "does not behave like a solver"},
		{"half an answer", `answer; echo "((("; sleep 1000`, "in the middle of an answer"},
		{"a stray parenthesis", `answer; echo ")"; echo sat; echo $e; sleep 9`, ")"},
	} {
		t.Run(row.what, func(t *testing.T) {
			t.Parallel()
			s, err := New(t.Context(), smt.NewStore(), fake(row.script)...)
			if err != nil {
				t.Fatal(err)
			}
			answer, err := s.Check(t.Context())
			if answer != smt.Unknown || err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("%v, %v; want an error with %q", answer, err, row.want)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// A program that is no solver is refused with the reason, at the start.
func TestNoSolver(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ script, want string }{
		{`sleep 1000`, "does not answer"},
		{`yes unsat`, "does not behave like a solver"},
		{`while read l; do echo "blah ((( 42"; done`, "answer"},
		{`echo no such thing >&2; exit 3`, "no such thing"},
	} {
		t.Run(row.want, func(t *testing.T) {
			t.Parallel()
			if s, err := New(t.Context(), smt.NewStore(), "sh", "-c", row.script); err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("%s: %v, %v; want an error with %q", row.script, s, err, row.want)
			}
		})
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := New(ctx, smt.NewStore(), "sleep", "1000")
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "has not answered yet") {
		t.Errorf("with a context that ends: %v", err)
	}
}

// A solver whose values do not come ends with the context that it was opened in.
func TestSilentValues(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	store := smt.NewStore()
	s, err := New(ctx, store, fake(`answer; echo sat; echo $e; sleep 1000`)...)
	if err != nil {
		t.Fatal(err)
	}
	if answer, err := s.Check(ctx); answer != smt.Sat || err != nil {
		t.Fatalf("%v, %v", answer, err)
	}
	if _, err := s.Values(store.Const("x", smt.IntSort)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

// A core of assumptions that were not made is a lie, not a core.
func TestFalseCore(t *testing.T) {
	store := smt.NewStore()
	s, err := New(t.Context(), store, fake(`answer; echo unsat; echo $e; answer; echo '($a77)'; echo $e`)...)
	if err != nil {
		t.Fatal(err)
	}
	if answer, err := s.Check(t.Context(), store.Const("p", smt.BoolSort)); err == nil {
		t.Errorf("%v without an error", answer)
	}
}

func TestModelOfADeadSolver(t *testing.T) {
	store := smt.NewStore()
	x := store.Const("x", smt.IntSort)
	for _, script := range []string{
		`answer; echo sat; echo $e`,
		`answer; echo sat; echo $e; answer; echo '((x true))'; echo $e`,
		`answer; echo sat; echo $e; answer; echo '()'; echo $e`,
		`answer; echo sat; echo $e; answer; echo '(x)'; echo $e`,
	} {
		s, err := New(t.Context(), store, fake(script)...)
		if err != nil {
			t.Fatal(err)
		}
		if answer, err := s.Check(t.Context()); answer != smt.Sat || err != nil {
			t.Fatalf("%v, %v", answer, err)
		}
		for range 2 {
			if vs, err := s.Values(x); err == nil {
				t.Errorf("%s: values %v", script, vs)
			}
		}
	}
}

// A solver that hangs, and its children with it, ends with the context.
func TestHang(t *testing.T) {
	s, err := New(t.Context(), smt.NewStore(), fake(`answer; sleep 1000`)...)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if answer, err := s.Check(ctx); answer != smt.Unknown || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v, %v", answer, err)
	}
}

func TestUnknown(t *testing.T) {
	s, err := New(t.Context(), smt.NewStore(), fake(`answer; echo unknown; echo $e; answer; echo '(:reason-unknown "too hard")'; echo $e`)...)
	if err != nil {
		t.Fatal(err)
	}
	if answer, err := s.Check(t.Context()); answer != smt.Unknown || err != nil || s.Reason() != "too hard" {
		t.Errorf("%v %q, %v", answer, s.Reason(), err)
	}
}

func TestReadSexp(t *testing.T) {
	for _, row := range []struct{ in, want string }{
		{"sat\n", "sat"},
		{"sat", "sat"},
		{" ; comment\n (a (b |c d|) () \"e \"\"f\"\"\")", `(a (b c d) () e "f")`},
		{"((x (- 7)))", "((x (- 7)))"},
		{"(as @S_0 S)", "(as @S_0 S)"},
		{"a;b", "a"},
	} {
		x, err := readSexp(bufio.NewReader(strings.NewReader(row.in)))
		if err != nil || x.String() != row.want {
			t.Errorf("%q is read as %v, %v; want %s", row.in, x, err, row.want)
		}
	}
	for _, in := range []string{"", "(", "(a", ")", "\"a", "|a", "(a ;", strings.Repeat("(", 100_000)} {
		if x, err := readSexp(bufio.NewReader(strings.NewReader(in))); err == nil {
			t.Errorf("%.10q is read as %v", in, x)
		}
	}
}

// What is printed is read back as itself.
func FuzzReadSexp(f *testing.F) {
	for _, seed := range []string{"sat", "((x 1) (y (- 2)))", "(error \"line 1\")", "(a |b c| ; d\n)"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		x, err := readSexp(bufio.NewReader(strings.NewReader(in)))
		if err != nil || strings.ContainsAny(in, "\"|") {
			t.Skip()
		}
		y, err := readSexp(bufio.NewReader(strings.NewReader(x.String())))
		if err != nil || y.String() != x.String() {
			t.Fatalf("%q is read as %v, printed and read as %v, %v", in, x, y, err)
		}
	})
}
