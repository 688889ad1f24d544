package syntax

import (
	"strings"
	"testing"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
)

// A small language around expressions, as another package would write it.
type assignments struct {
	Parts []*assignment `parser:"@@ ( ';' @@ )* ';'?"`
}

type assignment struct {
	Name  string        `parser:"@Ident ':='"`
	Value *stoppingHook `parser:"@@"`
}

type stoppingHook struct{ expr Expr }

func (h *stoppingHook) Parse(lex *lexer.PeekingLexer) (err error) {
	h.expr, err = ParseExprIn(lex, func(t lexer.Token) bool { return t.Value == "||" || t.Value == ":=" })
	return err
}

var assignmentParser = participle.MustBuild[assignments](participle.Lexer(Definition{}))

func TestExpressionsInAnotherGrammar(t *testing.T) {
	var fs source.Set
	fs.Add("other.tla", "some text before, so that positions are not offsets")
	f := fs.Add("M.tla", "\\* not this\n(* a := /\\ x\n        /\\ y;\n   b := (1 || 2) \\and 3; *)")
	comments := Comments(f)
	if len(comments) != 2 || !comments[0].Line || comments[1].Line {
		t.Fatalf("comments: %+v", comments)
	}
	start := f.Offset(comments[1].Span.Start) + 2
	lex := Tokens(f, start, f.Offset(comments[1].Span.End)-2)
	slips := Slips(lex)
	got, err := assignmentParser.ParseFromLexer(lex)
	if err != nil {
		t.Fatal(err)
	}
	if s := shape(got.Parts[0].Value.expr); s != `(list/\ x y)` {
		t.Errorf("a is %s", s)
	}
	if s := shape(got.Parts[1].Value.expr); s != `(/\ [(|| 1 2)] 3)` {
		t.Errorf("b is %s", s)
	}
	if at := diag.Place(&fs, got.Parts[1].Value.expr.Pos().Start); at != "M.tla:4:9" {
		t.Errorf("b's value is at %s", at)
	}
	if len(slips) != 1 || diag.Place(&fs, slips[0].Span.Start) != "M.tla:4:18" {
		t.Errorf("slips: %+v", slips)
	}
}

func TestDiagnoseInAnotherGrammar(t *testing.T) {
	for text, want := range map[string]string{
		"a := 1 2":   "M.tla:1:8: P1: ",
		"a := (1":    "M.tla:1:8: E115: ",
		"a = 1":      "M.tla:1:3: P1: expected :=, found =",
		"a := \"b":   "M.tla:1:6: E103: ",
		"a := \x01":  "M.tla:1:6: E102: ",
		"a := b | ;": "M.tla:1:10: E110: ",
	} {
		var fs source.Set
		f := fs.Add("M.tla", text)
		_, err := assignmentParser.ParseFromLexer(Tokens(f, 0, len(text)))
		if err == nil {
			t.Errorf("%q parses", text)
			continue
		}
		if got := diag.Render(&fs, Diagnose(err, "P1")); !strings.HasPrefix(got, want) {
			t.Errorf("%q: want %s, got %s", text, want, got)
		}
	}
}

func TestParseUnitsIn(t *testing.T) {
	var fs source.Set
	text := "a == 1 F(x) == x } b == 2"
	f := fs.Add("M.tla", text)
	lex := Tokens(f, 0, len(text))
	units, err := ParseUnitsIn(lex, func(t lexer.Token) bool { return t.Value == "}" })
	if err != nil || len(units) != 2 || lex.Peek().Value != "}" {
		t.Errorf("got %d units, error %v, then %s", len(units), err, lex.Peek())
	}
}

func TestTabsAndCharactersInPlaces(t *testing.T) {
	m, errs := parseText("M.tla", "---- MODULE M ----\r\nx == \"é\" \\cup\r\n\t§\r\n====\r\n")
	if m == nil || !strings.HasPrefix(errs, "M.tla:3:2: E102") {
		t.Errorf("got %s", errs)
	}
}
