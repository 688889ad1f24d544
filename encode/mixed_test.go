package encode

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

const mixedHeader = `---- MODULE T ----
EXTENDS Integers, Sequences, FiniteSets
VARIABLES v, w, s, t
Values == {0, 1, "a", TRUE, <<0>>, <<"a">>, <<1, "a">>, [a |-> 0], [a |-> "a"], {}, {0}, {"a"}, {0, 1}, {<<0>>}}
Sets == {{}, {0}, {1, 3}, {0, "a"}, {"a", "b"}, {{}}, {{0}, {"a"}}, {<<0>>, <<"a">>}, {<<1>>, 0}, {[a |-> 1]}}
Init == v \in Values /\ w \in {0, "a", <<1>>, {1}} /\ s \in Sets /\ t \in SUBSET {0, 2, "a"}
Next == UNCHANGED <<v, w, s, t>>
`

func (w *writer) mixedValue(d int) string {
	return w.pick(d, []string{"v", "w", "v", "0", `"a"`, "1"},
		w.format("<<%s>>", w.mixedValue), w.format("<<%s, %s>>", w.mixedValue, w.mixedValue), w.format("[a |-> %s]", w.mixedValue),
		w.format(`[x \in {3, 4} |-> %s]`, w.mixedValue), w.mixedSet, w.format("(IF v = v /\\ s = {} THEN %s ELSE %s)", w.mixedValue, w.mixedValue),
	)
}

func (w *writer) mixedSet(d int) string {
	return w.pick(d, []string{"s", "t", "s", "{}", "{v}", "{0, 1}"},
		w.format("{%s}", w.mixedValue), w.format("{%s, %s}", w.mixedValue, w.mixedValue), w.format(`(%s \cup %s)`, w.mixedSet, w.mixedSet),
		w.format(`{<<x>> : x \in {%s, %s}}`, w.mixedValue, w.mixedValue), w.format(`(t \cap %s)`, w.mixedSet), w.format(`(t \ %s)`, w.mixedSet),
	)
}

// holder is a set, which may have no list: such sets are looked into, and not compared
// with others member by member.
func (w *writer) holder(d int) string {
	return w.pick(d, []string{"Nat", "s"},
		w.mixedSet, w.mixedSet, w.format("(SUBSET %s)", w.mixedSet), w.format(`(%s \X {0, "a"})`, w.mixedSet), w.format(`[a : %s]`, w.mixedSet),
		w.format(`Seq(%s)`, w.mixedSet), w.format(`[{3, 4} -> %s]`, w.mixedSet), w.format(`(%s \cup %s)`, w.holder, w.holder),
	)
}

func (w *writer) mixedFormula(d int) string {
	return []func(int) string{
		w.format("%s = %s", w.mixedValue, w.mixedValue), w.format(`%s \in %s`, w.mixedValue, w.holder), w.format(`%s = %s`, w.mixedSet, w.mixedSet),
		w.format(`%s \subseteq %s`, w.mixedSet, w.holder), w.format(`(t \cap %s) = {}`, w.mixedSet), w.format(`(s \ %s) = {}`, w.mixedSet),
	}[w.IntN(6)](d - 1)
}

// mixedState writes an initial state.
func (w *writer) mixedState() string {
	one := func(of ...string) string { return of[w.IntN(len(of))] }
	return fmt.Sprintf("<<%s, %s, %s, %s>>",
		one("0", "1", `"a"`, "TRUE", "<<0>>", `<<"a">>`, `<<1, "a">>`, "[a |-> 0]", `[a |-> "a"]`, "{}", "{0}", `{"a"}`, "{0, 1}", "{<<0>>}"),
		one("0", `"a"`, "<<1>>", "{1}"),
		one("{}", "{0}", "{1, 3}", `{0, "a"}`, `{"a", "b"}`, "{{}}", `{{0}, {"a"}}`, `{<<0>>, <<"a">>}`, "{<<1>>, 0}", "{[a |-> 1]}"),
		one("{}", "{0}", "{2}", `{"a"}`, `{0, 2}`, `{0, "a"}`, `{0, 2, "a"}`))
}

// TestRandomMixtures holds comparisons that have no meaning, also among members of
// sets, to the evaluator: they fail where it does.
func TestRandomMixtures(t *testing.T) {
	for seed := range uint64(6) {
		w := &writer{Rand: rand.New(rand.NewPCG(seed, 11))}
		var text strings.Builder
		text.WriteString(mixedHeader)
		for i := range 40 {
			fmt.Fprintf(&text, "F%d == %s\n", i, w.mixedFormula(3))
		}
		compared(t, seed, text.String()+"====\n", 40, 12, w.mixedState)
	}
}
