package module

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
)

// broken holds a module for each rule, with « before the place that breaks it.
// The code is the only diagnostic expected.
var broken = []struct {
	name, body string
	code       diag.Code
	others     []string
}{
	// Names.
	{"unknown name", `X == «y`, "E201", nil},
	{"unknown operator", `X == «F(1)`, "E201", nil},
	{"unknown in a quantifier's domain", `X == \E y \in «S : TRUE`, "E201", nil},
	{"name outside its scope", `X == (\E y \in {1} : TRUE) /\ «y = 1`, "E201", nil},
	{"bound name in its own domain", `X == \E y \in «y : TRUE`, "E201", nil},
	{"unknown infix operator", `X == 1 «\prec 2`, "E201", nil},
	{"unknown in LET", `X == LET a == «b IN a`, "E201", nil},
	{"LET name outside", `X == (LET a == 1 IN a) = «a`, "E201", nil},
	{"unknown instance", `X == «I!Y`, "E201", nil},
	{"unknown in an instance", `I == INSTANCE M WITH C <- 1 X == «I!Z`, "E201", []string{instanced}},
	{"constant through an instance", `I == INSTANCE M WITH C <- 1 X == «I!C`, "E201", []string{instanced}},
	{"local through an instance", `I == INSTANCE L X == «I!Hidden`, "E201", []string{localDef}},
	{"local through EXTENDS", "EXTENDS L\nX == «Hidden", "E201", []string{localDef}},
	{"name of a community module", `X == «SetToSeq({})`, "E201", nil},
	{"used before its definition", "X == «y\ny == 1", "E213", nil},
	{"recursion without RECURSIVE", `X(n) == «X(n)`, "E213", nil},
	{"LET used before its definition", `X == LET a == «b b == 1 IN a`, "E213", nil},
	{"instance as a value", `I == INSTANCE M WITH C <- 1 X == «I`, "E217", []string{instanced}},

	// Definitions twice.
	{"definition twice", "X == 1\n«X == 2", "E203", nil},
	{"constant and variable", "CONSTANT C\nVARIABLE «C", "E203", nil},
	{"constant of another arity", "CONSTANTS C, «C(_)", "E203", nil},
	{"variable and constant", "CONSTANT c\nVARIABLE «c", "E203", nil},
	{"definition of a variable", "VARIABLE v\n«v == 1", "E203", nil},
	{"definition of a standard name", "EXTENDS Naturals\n«Nat == 1", "E203", nil},
	{"operator and function", "F(x) == x\n«F[x \\in {1}] == x", "E203", nil},
	{"parameter shadows a definition", "a == 1\nX(«a) == a", "E203", nil},
	{"bound name shadows a variable", "VARIABLE v\nX == \\E «v \\in {1} : TRUE", "E203", nil},
	{"bound name shadows a bound name", `X == \E y \in {1} : \A «y \in {2} : TRUE`, "E203", nil},
	{"bound name twice", `X == \E y, «y \in {1} : TRUE`, "E203", nil},
	{"parameter twice", `X(a, «a) == a`, "E203", nil},
	{"LET shadows a definition", "a == 1\nX == LET «a == 2 IN a", "E203", nil},
	{"LET twice", `X == LET a == 1 «a == 2 IN a`, "E203", nil},
	{"LAMBDA shadows", "a == 1\nF(G(_)) == G(1)\nX == F(LAMBDA «a : a)", "E203", nil},
	{"instance and definition", "I == 1\n«I == INSTANCE M WITH C <- 1", "E203", []string{instanced}},
	{"theorem and definition", "T == 1\nTHEOREM «T == TRUE", "E203", nil},
	{"two nested modules", "---- MODULE N ----\n====\n---- MODULE «N ----\n====", "E203", nil},
	{"module as a value", "---- MODULE N ----\n====\nX == «N", "E217", nil},

	{"name of the language", `«TRUE == FALSE`, "E203", nil},
	{"symbol of the language", `a «\in b == a`, "E203", nil},
	{"constant of the language", `CONSTANT «BOOLEAN`, "E203", nil},
	{"bound name of the language", `X == \E «FALSE \in {1} : 1`, "E203", nil},

	// Arguments.
	{"too many arguments", "F(x) == x\nX == «F(1, 2)", "E204", nil},
	{"too few arguments", "F(x, y) == x\nX == «F(1)", "E204", nil},
	{"operator as a value", "F(x) == x\nX == {«F}", "E204", nil},
	{"arguments for a definition without", "F == 1\nX == «F(1)", "E205", nil},
	{"arguments for a variable", "VARIABLE v\nX == «v(1)", "E205", nil},
	{"arguments for a bound name", `X == \E y \in {1} : «y(1)`, "E205", nil},
	{"operator constant without arguments", "CONSTANT C(_)\nX == «C", "E204", nil},
	{"operator parameter with two", `X(F(_)) == «F(1, 2)`, "E204", nil},
	{"value for an operator", "F(G(_)) == G(1)\nX == F(«{1})", "E205", nil},
	{"operator of another arity", "F(G(_)) == G(1)\nH(x, y) == x\nX == F(«H)", "E204", nil},
	{"LAMBDA of another arity", "F(G(_)) == G(1)\nX == F(«LAMBDA x, y : x)", "E204", nil},
	{"symbol of another arity", "F(G(_)) == G(1)\nX == F(«\\cup)", "E204", nil},
	{"operator that takes operators as an argument", "F(G(_)) == G(1)\nX == F(«F)", "E205", nil},
	{"function with too many arguments", "f[x \\in {1}, y \\in {2}] == x\nX == «f[1, 2, 3]", "E204", nil},
	{"function with too few arguments", "f[x, y, z \\in {1}] == x\nX == «f[1, 2]", "E204", nil},
	{"instance without its argument", "I(p) == INSTANCE M WITH C <- p\nX == «I!Y", "E204", []string{instanced}},
	{"instance with arguments", "I == INSTANCE M WITH C <- 1\nX == «I(1)!Y", "E204", []string{instanced}},

	// Levels.
	{"double prime", "VARIABLE v\nX == («v')' = 1", "E216", nil},
	{"prime of an action", "VARIABLE v\nA == v' = v\nX == «A'", "E216", nil},
	{"prime of a temporal formula", "VARIABLE v\nX == («[](v = 1))'", "E206", nil},
	{"UNCHANGED of an action", "VARIABLE v\nX == UNCHANGED («v')", "E206", nil},
	{"ENABLED of a temporal formula", "VARIABLE v\nX == ENABLED «[](v = 1)", "E206", nil},
	{"box of an action", "VARIABLE v\nX == [](«v' = v)", "E206", nil},
	{"diamond of an action", "VARIABLE v\nX == <>(«v' = v)", "E206", nil},
	{"diamond of [A]_v", "VARIABLE v\nX == <>«[v' = v]_v", "E206", nil},
	{"action and temporal formula", "VARIABLE v\nX == «v' = v /\\ [](v = 1)", "E206", nil},
	{"action leads to", "VARIABLE v\nX == («v' = v) ~> v = 1", "E206", nil},
	{"subscript with a prime", "VARIABLE v\nX == [][v' = v]_(«v')", "E206", nil},
	{"fairness of a temporal formula", "VARIABLE v\nX == WF_v(«[](v = 1))", "E206", nil},
	{"action in a temporal part of a proof rule", "VARIABLE v\nTHEOREM ASSUME v = 1 PROVE («v' = v) => []v", "E206", nil},
	{"ASSUME about a variable", "VARIABLE v\nASSUME «v = 1", "E206", nil},
	{"temporal value applied", "VARIABLE v\nf[i \\in {1}] == [](v = i)\nX == «f[1]", "E206", nil},
	{"temporal formula in a set", "VARIABLE v\nX == {«[](v = 1)}", "E206", nil},
	{"temporal formula in a filter", "VARIABLE v\nX == {y \\in {1} : «[](v = y)}", "E206", nil},
	{"primed domain of a temporal body", "VARIABLE v\nX == \\A y \\in «v' : [](v = y)", "E206", nil},
	{"argument primed in the definition", "VARIABLE v\nF(x) == x' = 1\nX == F(«v')", "E206", nil},
	{"argument primed two definitions down", "VARIABLE v\nF(x) == x' = 1\nG(y) == F(y)\nX == G(«v')", "E206", nil},
	{"argument primed in a LET", "VARIABLE v\nF(x) == LET a == x' IN a = 1\nX == F(«v')", "E206", nil},
	{"temporal condition", "VARIABLE v\nX == IF «[](v = 1) THEN 1 ELSE 2", "E206", nil},
	{"constant by a variable", "VARIABLE v\nI == INSTANCE V WITH C <- «v, w <- v", "E206", []string{withVariable}},
	{"variable by an action", "VARIABLE v\nI == INSTANCE V WITH C <- 1, w <- «v'", "E206", []string{withVariable}},

	// Modules.
	{"no such module", "EXTENDS «Nowhere", "E202", nil},
	{"error in a module of the same file", "EXTENDS Later\n====\n---- MODULE Later ----\nX == «y", "E201", nil},
	{"no such module in INSTANCE", `I == INSTANCE «Nowhere`, "E202", nil},
	{"module extends itself", "EXTENDS «Test", "E207", []string{"---- MODULE Test ----\n===="}},
	{"parameter not given", `I == «INSTANCE M`, "E208", []string{instanced}},
	{"no such parameter", `I == INSTANCE M WITH C <- 1, «D <- 2`, "E208", []string{instanced}},
	{"parameter given twice", `I == INSTANCE M WITH C <- 1, «C <- 2`, "E208", []string{instanced}},
	{"value for an operator constant", `I == INSTANCE O WITH F <- «1`, "E205", []string{operatorConstant}},
	{"operator of another arity for a constant", "G(x, y) == x\nI == INSTANCE O WITH F <- «G", "E204", []string{operatorConstant}},
	{"unknown name in WITH", `I == INSTANCE M WITH C <- «zz`, "E201", []string{instanced}},

	// RECURSIVE.
	{"no definition follows", `RECURSIVE «F(_)`, "E209", nil},
	{"another arity follows", "RECURSIVE F(_)\n«F(x, y) == x", "E209", nil},
	{"constant before the definition", "RECURSIVE F(_)\n«CONSTANT c\nF(x) == x", "E209", nil},
	{"theorem before the definition", "RECURSIVE F(_)\n«THEOREM TRUE\nF(x) == x", "E209", nil},
	{"module before the definition", "RECURSIVE F(_)\n«---- MODULE N ----\n====\nF(x) == x", "E209", nil},
	{"no definition follows in LET", `X == LET RECURSIVE «F(_) IN 1`, "E209", nil},

	// The rest.
	{"@ outside EXCEPT", `X == «@`, "E210", nil},
	{"field twice", `X == [a |-> 1, «a |-> 2]`, "E214", nil},
	{"field twice in a set", `X == [a : {1}, «a : {2}]`, "E214", nil},
	{"LAMBDA as a value", `X == {«LAMBDA x : x}`, "E110", nil},
	{"LAMBDA for a value parameter", "F(x) == x\nX == F(«LAMBDA y : y)", "E205", nil},
	{"no such conjunct", `P == TRUE /\ FALSE X == «P!3`, "E212", nil},
	{"arm as a value", `P == CASE TRUE -> 1 X == «P!1`, "E212", nil},
	{"no such arm", `P == CASE TRUE -> 1 X == «P!2!1`, "E212", nil},
	{"operator of another arity by its parts", `F(G(_)) == G(1) P(a) == a = 1 X == F(«P!1!@)`, "E212", nil},
	{"no such label", `P == TRUE X == «P!lab`, "E212", nil},
	{"label without its names", `P == \E x \in {1} : lab(x) :: x = 1 X == «P!lab`, "E212", nil},
	{"label with an unknown name", `X == \E x \in {1} : lab(«zz) :: x = 2`, "E201", nil},
	{"label with a definition", "a == 1\nX == lab(«a) :: a", "E212", nil},
	{"part of a variable", "VARIABLE v\nX == «v!1", "E212", nil},
	{"values where no names are bound", `P == 1 X == «P!(2)`, "E212", nil},
}

const (
	instanced        = "---- MODULE M ----\nCONSTANT C\nY == C\n===="
	withVariable     = "---- MODULE V ----\nCONSTANT C\nVARIABLE w\nY == w = C\n===="
	operatorConstant = "---- MODULE O ----\nCONSTANT F(_)\nY == F(1)\n===="
	localDef         = "---- MODULE L ----\nLOCAL Hidden == 1\nSeen == Hidden\n===="
)

func TestErrors(t *testing.T) {
	for _, tt := range broken {
		t.Run(tt.name, func(t *testing.T) {
			body, want := marked(t, tt.body)
			m, files, diags := loadText(t, &Loader{}, body, tt.others...)
			if m != nil {
				t.Fatal("no error")
			}
			all := diags.All()
			if len(all) != 1 {
				for _, d := range all {
					t.Error(diag.Render(files, d))
				}
				t.Fatalf("%d diagnostics", len(all))
			}
			got := diag.Place(files, all[0].Span.Start)
			if all[0].Code != tt.code || got != want {
				t.Errorf("want %s at %s, got\n%s", tt.code, want, diag.Render(files, all[0]))
			}
		})
	}
}

// marked takes the mark out of a body and gives its place in the module.
func marked(t *testing.T, body string) (text, place string) {
	before, after, ok := strings.Cut(body, "«")
	if !ok {
		t.Fatal("no mark")
	}
	line := 2 + strings.Count(before, "\n")
	column := 1 + len(before[strings.LastIndex(before, "\n")+1:])
	return before + after, fmt.Sprintf("Test.tla:%d:%d", line, column)
}

// TestHints checks what a message proposes.
func TestHints(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"near name", "VARIABLE counter\nX == conter = 1", "did you mean counter?"},
		{"community module", `X == SetToSeq({})`, "it is in module SequencesExt: add SequencesExt to EXTENDS"},
		{"near module", "EXTENDS Sequnces", "did you mean Sequences?"},
		{"where it was looked for", "EXTENDS Nowhere", "looked for Nowhere.tla"},
		{"recursion", `X(n) == X(n)`, "write RECURSIVE X(_)"},
		{"function brackets", "f == 1\nX == f(1)", "f[...]"},
		{"missing substitution", "---- MODULE N ----\nCONSTANT C\n====\nI == INSTANCE N", "add WITH C <- ..."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, _, diags := loadText(t, &Loader{}, tt.body)
			for _, d := range diags.Errors() {
				if strings.Contains(d.Hint, tt.want) {
					return
				}
				t.Logf("%s: %s", d.Message, d.Hint)
			}
			t.Errorf("no hint %q", tt.want)
		})
	}
}

// TestSeveralErrors checks that one run shows all errors, and none that only
// follows from another.
func TestSeveralErrors(t *testing.T) {
	_, files, diags := loadText(t, &Loader{}, "A == b\nC == d(1)\nE == A + C\nF == {A, C}'", "")
	var codes []string
	for _, d := range diags.Errors() {
		codes = append(codes, string(d.Code)+" "+diag.Place(files, d.Span.Start))
	}
	if got := strings.Join(codes, ", "); got != "E201 Test.tla:2:6, E201 Test.tla:3:6" {
		t.Error(got)
	}
}
