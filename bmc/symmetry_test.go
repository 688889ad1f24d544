package bmc

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/frontend/config"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/show"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/z3"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// A peerWriter writes small systems of processes that are model values, most of
// which tell them apart nowhere, or only one of them, the constant Boss.
type peerWriter struct{ *rand.Rand }

func (w *peerWriter) among(of ...string) string { return of[w.IntN(len(of))] }

func (w *peerWriter) guard() string {
	return w.among("TRUE", "p \\in m", "p \\notin m", "f[p] = 0", "f[p] > 0", "f[p] >= f[r]", "who = p", "who = Nobody", "(who # Nobody /\\ f[who] < 2)", "p # r",
		"Cardinality(m) < 2", "n > 0", "p # Boss", "Len(q) < 2", "(\\A x \\in P : f[x] <= f[p])", "q # <<>> /\\ Head(q) = p", "<<p, r>> \\in e")
}

// action writes an action of one process or two.
func (w *peerWriter) action(name string) string {
	parts := []string{w.guard(), w.guard()}
	for _, row := range [][]string{
		{"f", "[f EXCEPT ![p] = (@ + 1) % 3]", "[f EXCEPT ![p] = f[r]]", "[x \\in P |-> IF x = p THEN 0 ELSE f[x]]"},
		{"m", "m \\cup {p}", "m \\ {p}", "{x \\in P : f[x] > 0}", "P \\ m"},
		{"who", "p", "Nobody", "IF who = p THEN r ELSE who"},
		{"q", "<<p>>", "IF q = <<>> THEN <<r>> ELSE Tail(q)", "IF Len(q) < 2 THEN Append(q, p) ELSE q"},
		{"e", "e \\cup {<<p, r>>}", "e \\ {<<p, r>>}", "{x \\in e : x[1] # p}"},
		{"n", "(n + 1) % 3", "Cardinality(m)"},
	} {
		if w.IntN(5) < 2 {
			parts = append(parts, row[0]+"' = ("+w.among(row[1:]...)+")")
		} else {
			parts = append(parts, "UNCHANGED "+row[0])
		}
	}
	return fmt.Sprintf("%s(p, r) == /\\ %s\n", name, strings.Join(parts, " /\\ "))
}

func (w *peerWriter) system() string {
	var text strings.Builder
	text.WriteString("---- MODULE T ----\nEXTENDS Integers, Sequences, FiniteSets\nCONSTANTS P, Nobody, Boss\nVARIABLES f, m, who, q, e, n\n")
	fmt.Fprintf(&text, "Init == /\\ f %s /\\ m %s /\\ who %s /\\ q = <<>> /\\ e = {} /\\ n = 0\n",
		w.among("= [x \\in P |-> 0]", "= [x \\in P |-> 0]", "\\in [P -> {0, 1}]", "= [x \\in P |-> IF x = Boss THEN 1 ELSE 0]"),
		w.among("= {}", "= P", "\\in SUBSET P", "= {Boss}"), w.among("= Nobody", "\\in P", "= Boss"))
	for _, name := range []string{"A", "B", "C", "D", "E"} {
		text.WriteString(w.action(name))
	}
	fmt.Fprintf(&text, `Next == \/ \E p, r \in P : A(p, r) \/ B(p, r)
        \/ %s
        \/ \E x \in e : D(x[1], x[2])
        \/ \E S \in SUBSET P : S # {} /\ m' = S /\ n' = Cardinality(S) /\ n = 2 /\ UNCHANGED <<f, who, q, e>>
Inv == %s
====
`, w.among("\\E p \\in P : C(p, Boss)", "\\E p \\in P, r \\in P \\ m : p # r /\\ C(p, r)", "\\E p \\in P : \\E r \\in P \\ {p} : C(p, r) \\/ E(r, p)"),
		w.among("Cardinality(m) < 3 \\/ n = 0", "\\E x \\in P : f[x] = 0", "Cardinality(e) < 2", "\\A x, y \\in P : f[x] + f[y] < 3", "Len(q) < 2 \\/ q[1] = q[2]", "who \\in m \\/ n # 1",
			"who # Boss \\/ f[Boss] = 0"))
	return text.String()
}

// peers loads a module over three or four processes.
func peers(t *testing.T, text string, n int) *ir.System {
	t.Helper()
	files, diags := new(source.Set), new(diag.List)
	names := "p1, p2, p3, p4"[:4*n-2]
	c := config.Parse(files.Add("T.cfg", "CONSTANTS P = {"+names+"}\n Nobody = none\n Boss = p2\nINIT Init\nNEXT Next\nINVARIANT Inv\n"), diags)
	sys, _, err := frontend.Load(frontend.Options{Files: files, Spec: "T.tla", Inline: map[string]string{"T.tla": text}, Config: c})
	if err != nil {
		t.Fatal(show.RenderError(files, err) + "\n" + text)
	}
	return sys
}

// With symmetries broken, a violation is found where there is one, and after as few
// steps; and something is excluded.
func TestSymmetry(t *testing.T) {
	n := uint64(60)
	if os.Getenv("LEMMA_LONG") != "" {
		n = 2000
	}
	compared, violated := 0, 0
	for seed := range n {
		const limit = 400
		w := &peerWriter{rand.New(rand.NewPCG(seed, 21))}
		text, size := w.system(), 3+w.IntN(2)
		sys := peers(t, text, size)
		want, err := bfs(sys, 4, limit)
		if err != nil { // too many states, or an error of the spec
			continue
		}
		compared++
		step, kind := firstViolation(t, sys, want)
		r := Check(t.Context(), peers(t, text, size), Options{Depth: len(want) - 1})
		switch {
		case kind == "" && r.Status != trace.Clean && r.Status != trace.Verified:
			t.Errorf("seed %d: %v, %v, want none\n%s", seed, r.Status, r.Err, text)
		case kind != "" && (r.Status != trace.Violated || r.Violations[0].Step != step):
			t.Errorf("seed %d: %v, %v, want %s in state %d\n%s", seed, r.Status, r.Err, kind, step, text)
		case kind != "":
			violated++
		}
	}
	if compared < int(n)/3 || violated < compared/5 || violated == compared {
		t.Errorf("of %d systems %d were compared, of which %d have a violation", n, compared, violated)
	}
}

// Of the behaviours that are images of one another, few are left.
func TestSymmetryExcludes(t *testing.T) {
	for _, row := range []struct {
		init, next string
		want       int // sequences of processes in three steps
	}{
		{"who = Nobody /\\ m = {}", "\\E p \\in P : m' = m \\cup {p}", 5}, // 111 112 121 122 123
		{"who = Nobody /\\ m = {}", "\\E p \\in P \\ {Boss} : m' = m \\cup {p}", 4},
		{"who = Nobody /\\ m = {Boss}", "\\E p \\in P : m' = m \\cup {p}", 14},                  // two may be exchanged
		{"who \\in P /\\ m = {}", "\\E p \\in P : m' = m \\cup {p}", 5},                         // whatever who is
		{"who = Nobody /\\ m = {}", "\\E p \\in P : m' = m \\cup {CHOOSE x \\in P : TRUE}", 14}, // the two that are not chosen
		{"who = Nobody /\\ m = {}", "\\E p \\in P : m' = {CHOOSE x \\in m \\cup {p} : TRUE}", 27},
	} {
		text := "---- MODULE T ----\nCONSTANTS P, Nobody, Boss\nVARIABLES m, who\nInit == " + row.init +
			"\nNext == (" + row.next + ") /\\ UNCHANGED who\nInv == TRUE\n====\n"
		if got := sequences(t, peers(t, text, 3), 3); got != row.want {
			t.Errorf("%s, %s: %d, want %d", row.init, row.next, got, row.want)
		}
	}
}

// sequences counts the sequences of branches that are left of so many steps.
func sequences(t *testing.T, sys *ir.System, steps int) (count int) {
	store := smt.NewStore()
	solver := z3.New(store)
	defer solver.Close()
	s, err := newSearch(t.Context(), sys, store, solver, eval.New(sys, eval.Options{}), &trace.Result{})
	if err != nil {
		t.Fatal(err)
	}
	take := func(x ir.Expr, from encode.State) *encode.Step {
		step, err := s.enc.Step(x, from, fmt.Sprint("@", len(s.states)))
		if err != nil {
			t.Fatal(err)
		}
		s.extend(step)
		return step
	}
	take(sys.Init, nil)
	s.findSymmetries()
	var choices []smt.Term
	for range steps {
		step := take(sys.Next, s.states[len(s.states)-1])
		s.breakSymmetries(step)
		choices = append(choices, step.Choice...)
	}
	var assume []smt.Term
	if s.least != smt.True {
		assume = append(assume, s.least)
	}
	for {
		if a, err := solver.Check(t.Context(), assume...); a != smt.Sat {
			if err != nil {
				t.Fatal(err)
			}
			return count
		}
		count++
		vs, err := solver.Values(choices...)
		if err != nil {
			t.Fatal(err)
		}
		var other []smt.Term
		for i, v := range vs {
			other = append(other, store.Not(store.Eq(choices[i], store.Bool(v.Equal(smt.BoolValue(true))))))
		}
		solver.Assert(store.Or(other...))
	}
}
