package rows

import (
	"testing"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
)

// TestMembersOfAnotherKind asks whether a value is in a set of values that it cannot
// be compared with: there is no answer, which the code leaves to the evaluator.
func TestMembersOfAnotherKind(t *testing.T) {
	sys := load(t, `VARIABLES s, r, n, b
		Init == s = {} /\ r = {} /\ n = 1 /\ b = FALSE
		Next == \/ s' \in SUBSET {"a", "b"} /\ UNCHANGED <<r, n, b>>
		        \/ r' \in SUBSET ({1, 2} \X {1}) /\ UNCHANGED <<s, n, b>>
		NumberInStrings == n \in s
		NumberInPairs == n \in r
		BoolInStrings == b \in s
		BoolInPairs == b \in r
		SetInStrings == r \in s
		StringInPairs == "a" \in r
		ShortInStrings == <<n>> \in s
		StringInStrings == "c" \in s
		PairInPairs == <<1, n>> \in r
		OtherPairs == <<"a", 1>> \in r
		MixedPair == <<n, "a">> \in r
		Mixed == n \in s \cup {2, "a"}
		MixedKnown == LET m == s \cup {2} IN n \in m
		RecordInPairs == [a |-> n] \in r
		Triple == <<n, n, "a">> \in r`, plainConfig)
	states := reachable(t, sys, 100)
	g := NewGuesses(sys)
	for _, st := range states {
		g.Observe(st)
	}
	l := g.Layout(Hashing{})
	m := eval.New(sys, eval.Options{})
	for _, name := range []string{
		"NumberInStrings", "NumberInPairs", "BoolInStrings", "BoolInPairs", "SetInStrings",
		"StringInPairs", "ShortInStrings", "StringInStrings", "PairInPairs", "OtherPairs",
		"MixedPair", "Mixed", "MixedKnown", "RecordInPairs", "Triple",
	} {
		host, body := &Host{Machine: m, Ended: func() error { return nil }}, sys.Defs[name].Body
		c := NewCompiler(l, sys, ir.DisjunctsOf(sys.Next), host, true)
		test := c.asBool(c.compile(body, env{}, boolShape))
		fr := c.NewFrame(host)
		for _, st := range states {
			l.encodeState(st, fr.Cur)
			fr.SetCur()
			want, err := m.Bool(body, st, nil)
			got, left := false, false
			func() {
				defer func() { left = recover() != nil }()
				got = test(fr)
			}()
			if !left && (err != nil || got != want) || left && (name == "StringInStrings" || name == "PairInPairs") {
				t.Errorf("%s in %s: %v, left to the evaluator %v; want %v, %v", name, textOf(st), got, left, want, err)
			}
		}
	}
}
