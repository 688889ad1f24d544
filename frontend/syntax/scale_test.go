package syntax

import (
	"strings"
	"testing"
)

func TestDeepNestingIsAnswered(t *testing.T) {
	const deep = 10_000
	nest := func(open, end string) string { return strings.Repeat(open, deep) + "x" + strings.Repeat(end, deep) }
	junctions := func() string {
		var b strings.Builder
		for i := range 500 {
			b.WriteString("\n" + strings.Repeat(" ", i) + `/\ `)
		}
		return b.String() + "1"
	}
	for name, text := range map[string]string{
		"parentheses": nest("(", ")"),
		"sets":        nest("{", "}"),
		"tuples":      nest("<<", ">>"),
		"functions":   nest("[x \\in S |-> ", "]"),
		"calls":       nest("F(", ")"),
		"negations":   nest("~", ""),
		"minuses":     nest("- ", ""),
		"quantifiers": nest(`\A x \in S : `, ""),
		"ifs":         nest("IF p THEN q ELSE ", ""),
		"lets":        nest("LET x == 1 IN ", ""),
		"sums":        nest("1 + ", ""),
		"indices":     "f" + strings.Repeat("[1]", deep),
		"primes":      "x" + strings.Repeat("'", deep),
		"labels":      nest("a :: ", ""),
		"cases":       nest("CASE p -> ", ""),
		"junctions":   junctions(),
		"subscripts":  nest("[A]_", ""),
	} {
		m, errs := parseText(name, "---- MODULE M ----\nx == "+text+"\n====\n")
		if errs != "" {
			t.Errorf("%s: %.300s", name, errs)
			continue
		}
		checkRoundTrip(t, name, m)
	}
}

func TestTooDeepIsAnError(t *testing.T) {
	for _, open := range []string{"(", "{", "<<", "[", "F(", "~", "- ", `\A x \in S : `, "LET x == ", "1 + ", "a :: ", "CASE ", `\E x \in `, "[A]_", "[a |-> ", "WF_a(", "IF "} {
		_, errs := parseText(open, "---- MODULE M ----\nx == "+strings.Repeat(open, 30_000)+"\ny == 1\n====\n")
		if !strings.Contains(errs, string(TooDeep)) {
			t.Errorf("%s: want %s, got %.200s", open, TooDeep, errs)
		}
	}
}

func BenchmarkParseMegabyte(b *testing.B) {
	for name, unit := range map[string]string{
		"units":       "A==1\n",
		"sums":        "Sum(a, b) == a + b * (a - 1) \\cup {b, f[a].c, \"text\"} \\* comment\n",
		"junctions":   "Inv == /\\ a = b\n       /\\ \\/ c \\in S\n          \\/ d' = [d EXCEPT ![1] = 2]\n",
		"parentheses": "P == " + strings.Repeat("(", 1000) + "1" + strings.Repeat(")", 1000) + "\n",
		"errors":      "Bad == = 1\n",
	} {
		text := "---- MODULE M ----\n" + strings.Repeat(unit, 1_000_000/len(unit)) + "====\n"
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				parseText(name, text)
			}
		})
	}
}
