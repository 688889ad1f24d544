package encode

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/show"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/z3"
	"github.com/lemma-mc/lemma/source"
)

// module loads a module text; Init and Next are its behaviour when it has them.
func module(t testing.TB, text string) *ir.System {
	t.Helper()
	o := frontend.Options{Files: new(source.Set), Spec: "T.tla", Inline: map[string]string{"T.tla": text}, Init: "Init", Next: "Next", FreeConstants: true}
	sys, _, err := frontend.Load(o)
	if err != nil {
		t.Fatal(show.RenderError(o.Files, err) + "\n" + text)
	}
	return sys
}

// A writer writes random expressions over the variables of header, with the
// bound names that are in evalContext.
type writer struct {
	*rand.Rand
	ints int // bound names i0, i1, ... in evalContext
}

const header = `---- MODULE T ----
EXTENDS Integers, Sequences, FiniteSets
VARIABLES x, y, s, f, q, r, c
Init == /\ x \in 0..3 /\ y \in Int /\ s \in SUBSET (0..3) /\ f \in [1..3 -> 0..3]
        /\ q \in {<<>>, <<1>>, <<2, 0>>, <<3, 3, 1>>} /\ r \in [a : 0..2, b : SUBSET {1, 2}]
        /\ c \in {"red", "green", "blue"}
Next == UNCHANGED <<x, y, s, f, q, r, c>>
`

func (w *writer) format(format string, args ...func(int) string) func(int) string {
	return func(d int) string {
		parts := make([]any, len(args))
		for i, a := range args {
			parts[i] = a(d - 1)
		}
		return fmt.Sprintf(format, parts...)
	}
}

func (w *writer) pick(d int, leaves []string, inner ...func(int) string) string {
	if d <= 0 || w.IntN(6) == 0 {
		return leaves[w.IntN(len(leaves))]
	}
	return inner[w.IntN(len(inner))](d)
}

// withInt writes a part that may use a new bound name, which replaces the
// first %s of format.
func (w *writer) withInt(format string, dom, body func(int) string) func(int) string {
	return func(d int) string {
		set := dom(d - 1)
		name := fmt.Sprintf("i%d", w.ints)
		w.ints++
		defer func() { w.ints-- }()
		return fmt.Sprintf(format, name, set, body(d-1))
	}
}

func (w *writer) num(d int) string {
	leaves := []string{"x", "y", "0", "1", "2", "r.a", "Len(q)"}
	for i := range w.ints {
		leaves = append(leaves, fmt.Sprintf("i%d", i))
	}
	return w.pick(d, leaves,
		w.format("(%s + %s)", w.num, w.num), w.format("(%s - %s)", w.num, w.num), w.format("(%s * 2)", w.num),
		w.format(`(%s \div %s)`, w.num, w.num), w.format("(%s %% %s)", w.num, w.num),
		w.format("f[%s]", w.num), w.format("Cardinality(%s)", w.set), w.format("Head(%s)", w.seq),
		w.format("q[%s]", w.num), w.format("(IF %s THEN %s ELSE %s)", w.formula, w.num, w.num),
		w.format("[f EXCEPT ![%s] = @ + %s][%s]", w.num, w.num, w.num),
		w.format("(CASE %s -> %s [] %s -> %s)", w.formula, w.num, w.formula, w.num),
		w.format(`(LET z == %s IN z + z)`, w.num),
		w.withInt(`(CHOOSE %s \in %s : %s)`, w.set, w.formula),
		w.chosen,
		w.withInt(`[%s \in %s |-> %s][x]`, w.set, w.num),
	)
}

// chosen writes a number made of a member that CHOOSE takes of values that are
// no numbers, several of which may satisfy its condition.
func (w *writer) chosen(d int) string {
	e := fmt.Sprintf("e%d", d) // what is inside is less deep
	n := func() string { return w.num(d - 2) }
	switch w.IntN(7) {
	case 0:
		return fmt.Sprintf(`(CHOOSE %[1]s \in {<<%[2]s, %[3]s>>, <<%[4]s, %[5]s>>} : %[1]s[1] # %[1]s[2] \/ x < 2)[2]`, e, n(), n(), n(), n())
	case 1:
		return fmt.Sprintf(`(CHOOSE %s \in {[a |-> %s, b |-> %s], [a |-> %s, b |-> %s]} : TRUE).b`, e, n(), n(), n(), n())
	case 2:
		return fmt.Sprintf(`Cardinality(CHOOSE %s \in {%s, %s, %s} : TRUE)`, e, w.set(d-2), w.set(d-2), w.set(d-2))
	case 3:
		return fmt.Sprintf(`Cardinality({0} \cap CHOOSE %[1]s \in SUBSET %[2]s : Cardinality(%[1]s) = 1)`, e, w.set(d-2))
	case 4:
		return fmt.Sprintf(`(CHOOSE %[1]s \in {[k%[1]s \in {2, 3} |-> %[2]s + k%[1]s], [k%[1]s \in 1..2 |-> %[3]s], <<%[4]s, 3>>} : TRUE)[2]`, e, n(), n(), n())
	case 5:
		return fmt.Sprintf(`(CHOOSE %[1]s \in {[k%[1]s \in %[2]s |-> k%[1]s], [k%[1]s \in %[3]s \cup {1} |-> 2]} : 1 \in DOMAIN %[1]s)[1]`, e, w.set(d-2), w.set(d-2))
	default:
		return fmt.Sprintf(`(IF (CHOOSE %s \in {%s = 1, %s} : TRUE) THEN 1 ELSE 2)`, e, n(), w.formula(d-2))
	}
}

func (w *writer) set(d int) string {
	return w.pick(d, []string{"s", "r.b", "{}", "{1, 2}", "0..2", "{x}", "DOMAIN q", "{r.a, x}"},
		w.format(`(%s \cup %s)`, w.set, w.set), w.format(`(%s \cap %s)`, w.set, w.set), w.format(`(%s \ %s)`, w.set, w.set),
		w.format("{%s, %s}", w.num, w.num), w.format("(%s..2)", w.num),
		w.format("(IF %s THEN %s ELSE %s)", w.formula, w.set, w.set),
		w.format("UNION {%s, %s}", w.set, w.set),
		w.withInt(`{%s \in %s : %s}`, w.set, w.formula),
		func(d int) string {
			set := w.set(d - 1)
			w.ints++
			defer func() { w.ints-- }()
			return fmt.Sprintf(`{%s : i%d \in %s}`, w.num(d-1), w.ints-1, set)
		},
		func(d int) string { return fmt.Sprintf(`UNION {t \in SUBSET %s : Cardinality(t) = 1}`, w.set(d-1)) },
	)
}

func (w *writer) seq(d int) string {
	return w.pick(d, []string{"q", "<<>>", "<<x>>"},
		w.format("Append(%s, %s)", w.seq, w.num), w.format("Tail(%s)", w.seq), w.format(`(%s \o %s)`, w.seq, w.seq),
		w.format("SubSeq(q, %s, %s)", w.num, w.num), w.format("(IF %s THEN %s ELSE %s)", w.formula, w.seq, w.seq),
		w.format("[k \\in 1..Len(q) |-> %s]", w.num),
	)
}

func (w *writer) formula(d int) string {
	return w.pick(d, []string{`c = "red"`, "x = y", `x \in s`, "TRUE", "q = <<>>", `c \in {"red", "blue"}`},
		w.format(`(%s /\ %s)`, w.formula, w.formula), w.format(`(%s \/ %s)`, w.formula, w.formula),
		w.format("(%s => %s)", w.formula, w.formula), w.format("~%s", w.formula), w.format("(%s <=> %s)", w.formula, w.formula),
		w.format("%s < %s", w.num, w.num), w.format("%s = %s", w.num, w.num), w.format(`%s \in %s`, w.num, w.set),
		w.format("%s = %s", w.set, w.set), w.format(`%s \subseteq %s`, w.set, w.set), w.format("%s = %s", w.seq, w.seq),
		w.format(`%s \in SUBSET %s`, w.set, w.set), w.format(`f \in [1..3 -> %s]`, w.set), w.format("%s >= %s", w.num, w.num),
		w.format("[f EXCEPT ![%s] = %s] = f", w.num, w.num), w.format("[r EXCEPT !.a = %s].a = %s", w.num, w.num),
		w.format(`[a |-> %s, b |-> %s] = r`, w.num, w.set), w.format(`r \in [a : %s, b : SUBSET {1, 2}]`, w.set),
		w.withInt(`(\A %s \in %s : %s)`, w.set, w.formula), w.withInt(`(\E %s \in %s : %s)`, w.set, w.formula), w.guarded,
	)
}

// guarded is a quantifier over a set without a list, with a guard.
func (w *writer) guarded(d int) string {
	name := fmt.Sprintf("i%d", w.ints)
	dom := []string{"Nat", "Int", `(IF c = "red" THEN Int ELSE Nat)`, `(Nat \ s)`, "(Nat \\cup {x - 2})", `{k \in Int : k > x}`, `(IF x \in s THEN Nat ELSE s)`}[w.IntN(7)]
	w.ints++
	defer func() { w.ints-- }()
	set, body := w.set(d-1), w.formula(d-1)
	guard := fmt.Sprintf([]string{
		`%s \in SET`, `%s \in SET`, `<<x, %s>> \in {<<_, _>> : _ \in SET}`, `<<%s, 1>> \in (SET \X {1, x})`, `[a |-> %s] \in {[a |-> f[1]], [b |-> 2], [a |-> x]}`,
		`%s = x + 1`, `x - 1 = %s`, `%s < x + 2`, `3 >= %s`, `~(%s > Cardinality(SET))`, `<<<<%s>>>> \in {<<q>>, <<Tail(<<1, x>>)>>}`,
	}[w.IntN(11)], name)
	guard = strings.ReplaceAll(guard, "SET", "("+set+")")
	format := []string{
		`(\A %s \in %s : %s => %s)`, `(\E %s \in %s : %s /\ %s)`, `(\A %s \in %s : ~(%s) \/ %s)`, `(\E %s \in %s : \E ~_ \in 1..2 : %s /\ %s)`,
	}[w.IntN(4)]
	return strings.NewReplacer("~_", "by"+name, "_", "of"+name).Replace(fmt.Sprintf(format, name, dom, guard, body))
}

// TestRandomExpressions holds the encoding to the evaluator (E1 to E11): in
// every state a formula has the evaluator's value where that has one, and some
// failure is met where it has none.
func TestRandomExpressions(t *testing.T) {
	rounds := 12
	if testing.Short() {
		rounds = 3
	}
	for seed := range rounds {
		randomExpressions(t, uint64(seed), 30, 6, (*writer).formula)
	}
}

// TestRandomGuards does so for quantifiers over sets without a list, which are
// encoded where the evaluator has a value (but for Int below a bound, and numbers without one).
func TestRandomGuards(t *testing.T) {
	rounds := 10
	if testing.Short() {
		rounds = 3
	}
	valued, left := 0, 0
	for seed := range rounds {
		v, l := randomExpressions(t, uint64(seed), 30, 6, (*writer).guarded)
		valued, left = valued+v, left+l
	}
	if valued < 100*rounds || left*10 > valued {
		t.Errorf("%d of %d values are of formulas that cannot be encoded", left, valued)
	}
}

func FuzzExpressions(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) { randomExpressions(t, seed, 10, 4, (*writer).formula) })
}

// randomExpressions compares formulas in states. The results are how many of them the
// evaluator has a value for in each state, and how many of these cannot be encoded.
func randomExpressions(t *testing.T, seed uint64, formulas, states int, write func(*writer, int) string) (valued, left int) {
	w := &writer{Rand: rand.New(rand.NewPCG(seed, 7))}
	var text strings.Builder
	text.WriteString(header)
	for i := range formulas {
		fmt.Fprintf(&text, "F%d == %s\n", i, write(w, 4))
	}
	return compared(t, seed, text.String()+"====\n", formulas, states, w.state)
}

// compared is randomExpressions for the formulas F0, F1 and so on of a module, in states
// that state writes.
func compared(t *testing.T, seed uint64, text string, formulas, states int, write func() string) (valued, left int) {
	sys := module(t, text)
	store := smt.NewStore()
	e := New(context.Background(), store, sys)
	init, err := e.Step(sys.Init, nil, "@0")
	if err != nil {
		t.Fatal(err)
	}
	solver := z3.New(store)
	defer solver.Close()
	for _, c := range init.Taken {
		solver.Assert(c)
	}
	m := eval.New(sys, eval.Options{})
	type encoded struct {
		value, fails smt.Term
		unsupported  bool
	}
	terms := make([]encoded, formulas)
	for i := range terms {
		v, fails, err := e.Truth(sys.Defs[fmt.Sprintf("F%d", i)].Body, init.Next)
		if err != nil {
			terms[i].unsupported = true
			continue
		}
		var or []smt.Term
		for _, f := range fails {
			or = append(or, f.When)
		}
		terms[i] = encoded{v, store.Or(or...), false}
	}
	for range states {
		state := write()
		vals, err := m.Value(exprOf(t, state), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		concrete := eval.State(elems(vals))
		same, err := e.SameState(init.Next, KnownState(concrete))
		if err != nil {
			t.Fatal(err)
		}
		a, err := solver.Check(context.Background(), same)
		if err != nil || a != smt.Sat {
			t.Fatalf("seed %d: the state %v is not initial: %v %v", seed, concrete, a, err)
		}
		for i, term := range terms {
			d := sys.Defs[fmt.Sprintf("F%d", i)]
			want, evalErr := m.Bool(d.Body, concrete, nil)
			if evalErr == nil {
				valued++
			}
			if term.unsupported {
				if evalErr == nil {
					left++
				}
				continue
			}
			got, err := solver.Values(term.value, term.fails)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case evalErr != nil && diag.Of(evalErr)[0].Code == eval.CodeInfinite: // that need not stop a solver
			case evalErr != nil && !got[1].Bool():
				t.Errorf("seed %d: %s\nin %s\nno failure; want %v", seed, ir.String(d.Body), state, evalErr)
			case evalErr == nil && got[1].Bool():
				t.Errorf("seed %d: %s\nin %s\nfails; want %v", seed, ir.String(d.Body), state, want)
			case evalErr == nil && got[0].Bool() != want:
				t.Errorf("seed %d: %s\nin %s\ngot %v, want %v", seed, ir.String(d.Body), state, got[0], want)
			}
		}
	}
	return valued, left
}

// state writes an initial state as a tuple.
func (w *writer) state() string {
	bits := func(of ...string) string {
		var in []string
		for _, s := range of {
			if w.IntN(2) == 0 {
				in = append(in, s)
			}
		}
		return "{" + strings.Join(in, ", ") + "}"
	}
	return fmt.Sprintf(`<<%d, %d, %s, <<%d, %d, %d>>, %s, [a |-> %d, b |-> %s], %s>>`,
		w.IntN(4), w.IntN(7)-3, bits("0", "1", "2", "3"), w.IntN(4), w.IntN(4), w.IntN(4),
		[]string{"<<>>", "<<1>>", "<<2, 0>>", "<<3, 3, 1>>"}[w.IntN(4)], w.IntN(3), bits("1", "2"),
		[]string{`"red"`, `"green"`, `"blue"`}[w.IntN(3)])
}
