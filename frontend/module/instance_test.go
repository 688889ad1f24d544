package module

import (
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

const counter = `---- MODULE Counter ----
EXTENDS Naturals
CONSTANT Step
VARIABLE x
Init == x = 0
Next == x' = x + Step
Both == Init /\ Next
====`

// TestModules checks what definitions become across modules: the text of the
// definition named, with its parameters.
func TestModules(t *testing.T) {
	for _, tt := range []struct {
		name, body, def, want string
		others                []string
	}{
		{"extended", "EXTENDS Counter", "Next", "Next == x' = x + Step", []string{counter}},
		{"named instance", `VARIABLE y C == INSTANCE Counter WITH x <- y, Step <- 2`,
			"C!Next", "C!Next == y' = y + 2", []string{counter}},
		{"same names", "CONSTANT Step\nVARIABLE x\nC == INSTANCE Counter", "C!Next", "C!Next == x' = x + Step", []string{counter}},
		{"instance without name", "VARIABLE y\nINSTANCE Counter WITH x <- y, Step <- 1", "Next", "Next == y' = y + 1", []string{counter}},
		{"state function for a variable", `VARIABLE y C == INSTANCE Counter WITH x <- y[1], Step <- 1`,
			"C!Next", "C!Next == y[1]' = y[1] + 1", []string{counter}},
		{"calls stay in the instance", `VARIABLE y C == INSTANCE Counter WITH x <- y, Step <- 1`,
			"C!Both", `C!Both == C!Init /\ C!Next`, []string{counter}},
		{"parameterised", `VARIABLE y C(i) == INSTANCE Counter WITH x <- y[i], Step <- i X == C(3)!Next`,
			"C!Next", "C!Next(i) == y[i]' = y[i] + i", []string{counter}},
		{"use of a parameterised instance", `VARIABLE y C(i) == INSTANCE Counter WITH x <- y[i], Step <- i X == C(3)!Next`,
			"X", "X == C!Next(3)", []string{counter}},
		{"parameter through calls", `VARIABLE y C(i) == INSTANCE Counter WITH x <- y[i], Step <- i`,
			"C!Both", `C!Both(i) == C!Init(i) /\ C!Next(i)`, []string{counter}},
		{"instance of an instance", "VARIABLE z\nD == INSTANCE Outer WITH y <- z", "D!C!Next", "D!C!Next == {z}' = {z} + 5",
			[]string{counter, "---- MODULE Outer ----\nVARIABLE y\nC == INSTANCE Counter WITH x <- {y}, Step <- 5\n===="}},
		{"parameters of both", "D(q) == INSTANCE Pair WITH c <- q X == D(1)!E(2)!Y", "X", "X == D!E!Y(1, 2)",
			[]string{"---- MODULE Pair ----\nCONSTANT c\nE(p) == INSTANCE M WITH C <- <<c, p>>\n====", instanced}},
		{"body with parameters of both", "D(q) == INSTANCE Pair WITH c <- q", "D!E!Y", "D!E!Y(q, p) == <<q, p>>",
			[]string{"---- MODULE Pair ----\nCONSTANT c\nE(p) == INSTANCE M WITH C <- <<c, p>>\n====", instanced}},
		{"operator constant", "G(a) == {a}\nI == INSTANCE O WITH F <- G", "I!Y", "I!Y == LET LAMBDA(_1) == G(_1) IN LAMBDA(1)", []string{operatorConstant}},
		{"operator parameter of an instance", "I(G(_)) == INSTANCE O WITH F <- G", "I!Y", "I!Y(G(_)) == LET LAMBDA(_1) == G(_1) IN LAMBDA(1)", []string{operatorConstant}},
		{"instance in LET", `X == \E k \in {1} : LET I == INSTANCE M WITH C <- k IN I!Y = 1`, "X",
			`X == \E k \in {1} : LET I!Y == k IN I!Y = 1`, []string{instanced}},
		{"module without parameters in LET", `X == LET S == INSTANCE Sequences IN S!Len(<<1>>)`, "X", "X == Len(<<1>>)", nil},
		{"nested module", "a == 1\n---- MODULE N ----\nCONSTANT c\nY == <<a, c>>\n====\nI == INSTANCE N WITH c <- 2", "I!Y", "I!Y == <<a, 2>>", nil},
		{"nested module extends what the outer does", "EXTENDS M\n---- MODULE N ----\nEXTENDS M\nVARIABLE v\nZ == <<C, Y, v>>\n====\nVARIABLE w\nI == INSTANCE N WITH v <- w",
			"I!Z", "I!Z == <<C, Y, w>>", []string{instanced}},
		{"diamond", "EXTENDS A, B\nX == C", "X", "X == C",
			[]string{"---- MODULE A ----\nEXTENDS M\n====", "---- MODULE B ----\nEXTENDS M\n====", instanced}},
		{"local import and another", "EXTENDS A\nX == Len(<<1>>)", "X", "X == Len(<<1>>)",
			[]string{"---- MODULE A ----\nLOCAL INSTANCE Sequences\nINSTANCE Sequences\n===="}},
		{"module after the root in its file", "EXTENDS Later\nX == Y\n====\n---- MODULE Later ----\nY == 1", "X", "X == Y", nil},
		{"temporal body of a function", "VARIABLE v\nX == [i \\in {1} |-> [](v = i)]", "X", `X == [i \in {1} |-> [](v = i)]`, nil},
		{"temporal field", "VARIABLE v\nX == [a |-> [](v = 1)]", "X", "X == [a |-> [](v = 1)]", nil},
		{"label before ASSUME", "THEOREM T == ASSUME lab :: ASSUME NEW x PROVE x = x PROVE TRUE\nX == 1", "X", "X == 1", nil},
		{"temporal argument of an operator parameter", "VARIABLE v\nF(G(_)) == G([](v = 1))\nX == F(LAMBDA p : p)", "X", "X == F(LAMBDA p : p)", nil},
		{"proof rule", "VARIABLE v\nTHEOREM T == ASSUME STATE I, ACTION A, I /\\ A => I', ASSUME I PROVE v' = v\nPROVE I /\\ [][A]_v => []I\nX == 1", "X", "X == 1", nil},
		{"named assumption", "ASSUME A == TRUE\nX == A", "X", "X == A", nil},
		{"standard definition", "EXTENDS TLC\nX == SortSeq(<<2, 1>>, LAMBDA a, b : TRUE)", "X", "X == SortSeq(<<2, 1>>, LAMBDA a, b : TRUE)", nil},
		{"own name over one that comes along", "EXTENDS SequencesExt\nMax(a) == a\nX == Max(1)", "X", "X == Max(1)", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, files, diags := loadText(t, &Loader{}, tt.body, tt.others...)
			if m == nil {
				for _, d := range diags.All() {
					t.Error(diag.Render(files, d))
				}
				return
			}
			for name, d := range m.Defs {
				if err := ir.Check(d); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
			d := m.Defs[tt.def]
			if d == nil {
				t.Fatalf("no definition %s", tt.def)
			}
			if got := d.Text(); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// uses gets Nat from a standard module.
const uses = "---- MODULE Uses ----\nLOCAL INSTANCE Naturals\nU == Nat\n===="

// TestModuleNames: a module and a definition may have one name, and the
// variable that a nested module declares again is the one around.
func TestModuleNames(t *testing.T) {
	m, _, diags := loadText(t, &Loader{}, `VARIABLE v
---- MODULE N ----
CONSTANT C
VARIABLE v
D == v = C
====
N == INSTANCE N WITH C <- 7
X == N!D`)
	if m == nil {
		t.Fatal(diags.Err())
	}
	if d := m.Defs["N!D"]; d == nil || ir.String(d.Body) != "v = 7" || len(m.Variables) != 1 {
		t.Errorf("N!D is %v, %d variables", d, len(m.Variables))
	}
}

// TestOverridesInModule: Nat is replaced where the module Uses uses it, and
// keeps its meaning elsewhere.
func TestOverridesInModule(t *testing.T) {
	over := Overrides{InModule: map[string]map[string]string{"Uses": {"Nat": "D"}}}
	m, _, diags := loadText(t, &Loader{Overrides: over}, "EXTENDS Naturals, Uses\nX == Nat\nD == 0 .. 3", uses)
	if m == nil {
		t.Fatal(diags.Err())
	}
	if u, x := ir.String(m.Defs["U"].Body), ir.String(m.Defs["X"].Body); u != "D" || x != "Nat" {
		t.Errorf("U is %s, X is %s", u, x)
	}
	over = Overrides{InModule: map[string]map[string]string{"Usse": {"Nat": "D"}}}
	_, _, diags = loadText(t, &Loader{Overrides: over}, "EXTENDS Naturals, Uses\nX == Nat\nD == 0 .. 3", uses)
	if errs := diags.Errors(); len(errs) != 1 || errs[0].Hint != "did you mean Uses?" {
		t.Errorf("errors %v", errs)
	}
}

func TestOverrides(t *testing.T) {
	for _, tt := range []struct {
		name, body, want string
		o                Overrides
	}{
		{"value of a definition", "D == 1\nX == D", "5", Overrides{Assign: map[string]value.Value{"D": value.Int(5)}}},
		{"constant by a definition", "CONSTANT C\nX == C\nD == 7", "D", Overrides{Replace: map[string]string{"C": "D"}}},
		{"definition by a definition", "C == 1\nX == C\nD == 7", "D", Overrides{Replace: map[string]string{"C": "D"}}},
		{"operator constant", "CONSTANT C(_)\nX == C(1)\nD(a) == a", "D(1)", Overrides{Replace: map[string]string{"C": "D"}}},
		{"standard set", "EXTENDS Naturals\nX == Nat\nD == 0 .. 3", "D", Overrides{Replace: map[string]string{"Nat": "D"}}},
		{"constant by a constant", "CONSTANTS C, D\nX == C", "D", Overrides{Replace: map[string]string{"C": "D"}}},
		{"operator constant by an operator", "EXTENDS Sequences\nCONSTANT C(_)\nX == C(<<1>>)", "Len(<<1>>)", Overrides{Replace: map[string]string{"C": "Len"}}},
		{"in an extended module", "EXTENDS M\nX == Y", "Y", Overrides{Replace: map[string]string{"C": "X"}}},
		{"in one module", "EXTENDS M\nX == C\nD == 2", "D", Overrides{InModule: map[string]map[string]string{"M": {"C": "D"}}}},
		{"of an instance", "Y == 7\nI == INSTANCE M WITH C <- 1\nX == <<I!Y, Y>>\nD == 2", "<<D, Y>>", Overrides{Replace: map[string]string{"I!Y": "D"}}},
		{"value in one module", "EXTENDS M\nX == C", "3", Overrides{AssignIn: map[string]map[string]value.Value{"M": {"C": value.Int(3)}}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, files, diags := loadText(t, &Loader{Overrides: tt.o}, tt.body, instanced)
			if m == nil {
				for _, d := range diags.All() {
					t.Error(diag.Render(files, d))
				}
				return
			}
			if got := ir.String(m.Defs["X"].Body); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			for _, c := range m.Constants {
				if c.Def == nil {
					continue
				}
				if err := ir.Check(c.Def); err != nil {
					t.Error(err)
				}
			}
		})
	}
	m, _, _ := loadText(t, &Loader{Overrides: Overrides{
		Assign:  map[string]value.Value{"A": value.Int(1)},
		Replace: map[string]string{"B": "D"},
	}}, "CONSTANTS A, B\nD == 2")
	if m.Constants[0].Value != value.Int(1) || m.Constants[1].Def != m.Defs["D"] {
		t.Error("the constants do not hold what the config gives them")
	}
}

// TestOverriddenDefinition checks that the name itself means what the config
// says: INIT C with C <- D starts with D.
func TestOverriddenDefinition(t *testing.T) {
	m, _, diags := loadText(t, &Loader{Overrides: Overrides{
		Assign:  map[string]value.Value{"A": value.Int(5)},
		Replace: map[string]string{"C": "D"},
	}}, "A == 1\nC == 2\nD == 3")
	if m == nil {
		t.Fatal(diags.Err())
	}
	if m.Defs["C"] != m.Defs["D"] || ir.String(m.Defs["A"].Body) != "5" {
		t.Error("the definitions are still the spec's")
	}
}

func TestBadOverrides(t *testing.T) {
	for _, o := range []Overrides{
		{Assign: map[string]value.Value{"F": value.Int(1)}},
		{Replace: map[string]string{"C": "Z"}},
		{Replace: map[string]string{"Z": "C"}},
		{Replace: map[string]string{"C": "F"}},
	} {
		m, _, diags := loadText(t, &Loader{Overrides: o}, "CONSTANT C\nF(x) == x\n")
		if m != nil || len(diags.Errors()) != 1 || diags.Errors()[0].Class != diag.Config {
			t.Errorf("%v: %v", o, diags.Err())
		}
	}
}

// TestUnknownConstant checks that a value for a name that the spec does not have
// is passed over with a warning, as TLC does, and refused when strict.
func TestUnknownConstant(t *testing.T) {
	o := Overrides{Assign: map[string]value.Value{"a": value.NewModel("a")}}
	m, _, diags := loadText(t, &Loader{Overrides: o}, "A == 1")
	if ws := diags.Warnings(); m == nil || len(ws) != 1 || ws[0].Code != "W104" {
		t.Errorf("got %v, %v", ws, diags.Err())
	}
	m, _, diags = loadText(t, &Loader{Overrides: o, Strict: true}, "A == 1")
	if m != nil || len(diags.Errors()) != 1 || diags.Errors()[0].Class != diag.Config {
		t.Errorf("strict: got %v", diags.Err())
	}
}

// TestSharedParameters checks that a constant or variable that two modules
// declare is one.
func TestSharedParameters(t *testing.T) {
	m, _, diags := loadText(t, &Loader{}, "EXTENDS A, B\nX == Y /\\ Z",
		"---- MODULE A ----\nCONSTANT C\nVARIABLE v\nY == v = C\n====", "---- MODULE B ----\nCONSTANT C\nVARIABLE v\nZ == v = C\n====")
	if m == nil {
		t.Fatal(diags.Err())
	}
	if len(m.Constants) != 1 || len(m.Variables) != 1 {
		t.Errorf("%d constants, %d variables", len(m.Constants), len(m.Variables))
	}
}

// TestDeep loads long chains and deep nesting.
func TestDeep(t *testing.T) {
	for _, body := range []string{
		"X == TRUE" + strings.Repeat(" /\\ TRUE", 10000),
		"EXTENDS Naturals\nX == 1" + strings.Repeat(" + 1", 10000),
		"X == " + strings.Repeat("{", 5000) + "1" + strings.Repeat("}", 5000),
		"X == " + strings.Repeat("(", 5000) + "1" + strings.Repeat(")", 5000),
		"X == " + strings.Repeat("~", 5000) + "TRUE",
	} {
		if m, _, diags := loadText(t, &Loader{}, body); m == nil {
			t.Error(diags.Err())
		}
	}
}

// TestWarnings checks what is accepted with a warning, and refused when strict.
func TestWarnings(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		want       string
		others     []string
	}{
		{"slip", `X == TRUE \and FALSE`, `W101 \and is not TLA+; it is read as /\`, nil},
		{"operator without EXTENDS", "X == Cardinality({})", "W102 Cardinality is an operator of module FiniteSets, which is not extended", nil},
		{"symbol without EXTENDS", "X == 1 + 2 + 3", "W102 + is an operator of module Naturals, which is not extended", nil},
		{"two imports of one name", "EXTENDS A, B", "W103 this brings in D, which is defined already; the first definition stays",
			[]string{"---- MODULE A ----\nD == 1\n====", "---- MODULE B ----\nD == 2\n===="}},
		{"definition and standard operator", "INSTANCE A\nINSTANCE Naturals", "W103 this brings in Nat, which is defined already; the first definition stays",
			[]string{"---- MODULE A ----\nNat == {}\n===="}},
		{"constant twice", "CONSTANTS C, D, C", "W107 the constant C is declared again", nil},
		{"variable of an extended module", "EXTENDS V\nVARIABLE v", "W107 the variable v is declared again", []string{"---- MODULE V ----\nVARIABLE v\n===="}},
		{"variable of the module around", "VARIABLE v\n---- MODULE N ----\nVARIABLE v\nD == v\n====\nI == INSTANCE N\nX == I!D",
			"W107 the variable v is declared again", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, _, diags := loadText(t, &Loader{}, tt.body, tt.others...)
			if m == nil {
				t.Fatal(diags.Err())
			}
			ws := diags.Warnings()
			if len(ws) != 1 || string(ws[0].Code)+" "+ws[0].Message != tt.want {
				t.Errorf("got %v", ws)
			}
			m, _, diags = loadText(t, &Loader{Strict: true}, tt.body, tt.others...)
			if m != nil || len(diags.Errors()) != 1 {
				t.Error("not an error when strict")
			}
		})
	}
}

const algorithm = `(* --algorithm A
variables n = 0;
begin
  L: n := n + 1;
end algorithm *)`

// TestPlusCal checks that an algorithm without a translation is translated in
// memory, and that the units stand where the algorithm does.
func TestPlusCal(t *testing.T) {
	m, files, diags := loadText(t, &Loader{}, "EXTENDS Naturals\n"+algorithm+"\nInv == n = 0")
	if m == nil {
		for _, d := range diags.All() {
			t.Error(diag.Render(files, d))
		}
		return
	}
	var vars []string
	for _, v := range m.Variables {
		vars = append(vars, v.Name)
	}
	if got := strings.Join(vars, " "); got != "n pc" {
		t.Errorf("variables %s", got)
	}
	for _, name := range []string{"Init", "L", "Next", "Spec", "Inv"} {
		if m.Defs[name] == nil {
			t.Errorf("no definition %s", name)
		}
	}
}

// TestEmptyTranslation: what is to hold the translation may be empty.
func TestEmptyTranslation(t *testing.T) {
	const block = "\n\\* BEGIN TRANSLATION (chksum(pcal) = \"1\")\n\\* END TRANSLATION\n"
	m, _, diags := loadText(t, &Loader{}, "EXTENDS Naturals\n"+algorithm+block+"Inv == pc = n")
	if m == nil || len(diags.All()) > 0 || m.Defs["Spec"] == nil {
		t.Errorf("%v", diags.All())
	}
}

// TestAlgorithmOfAnotherModule: of two modules in a file, each has the algorithm
// that stands in it.
func TestAlgorithmOfAnotherModule(t *testing.T) {
	const second = "\n====\n\n---- MODULE Second ----\nEXTENDS Naturals\n" + algorithm + "\n====\n"
	for name, text := range map[string]string{
		"translated when read":   "---- MODULE First ----\nEXTENDS Second\nInv == n = 0" + second,
		"none for what it is of": "---- MODULE First ----\nVARIABLES n, pc\nInv == n = 0" + second,
	} {
		diags := &diag.List{}
		m := (&Loader{Files: &source.Set{}}).LoadText("First.tla", text, diags)
		if m == nil || len(m.Variables) != 2 || len(diags.All()) > 0 {
			t.Errorf("%s: %v", name, diags.All())
		}
	}
}

func TestExpr(t *testing.T) {
	m, files, diags := loadText(t, &Loader{}, "EXTENDS Naturals\nVARIABLE v\nD == {v}")
	if m == nil {
		t.Fatal(diags.Err())
	}
	var ok diag.List
	if e := m.Expr(files.Add("<expr>", `D = {1 + 2}`), &ok); e == nil || ir.String(e) != `D = {1 + 2}` {
		t.Error(ok.Err())
	}
	for _, text := range []string{"E = 1", "1 +", "v''"} {
		var bad diag.List
		if m.Expr(files.Add("<expr>", text), &bad) != nil || len(bad.Errors()) != 1 {
			t.Errorf("%s: %v", text, bad.Err())
		}
	}
}

func TestLevels(t *testing.T) {
	m, _, diags := loadText(t, &Loader{}, `VARIABLE v
A == 1
B == v = 1
C == v' = 1
D == [][C]_v
E(x) == x'
RECURSIVE F(_)
F(x) == IF x = 0 THEN C ELSE F(x)
G(x) == x
H == G(v)
I == LET a == v IN a
J == ENABLED C`)
	if m == nil {
		t.Fatal(diags.Err())
	}
	for name, want := range map[string]ir.Level{
		"A": ir.ConstantLevel, "B": ir.StateLevel, "C": ir.ActionLevel, "D": ir.TemporalLevel, "E": ir.ActionLevel,
		"F": ir.ActionLevel, "G": ir.ConstantLevel, "H": ir.StateLevel, "I": ir.StateLevel, "J": ir.StateLevel,
	} {
		if got := m.Defs[name].Level; got != want {
			t.Errorf("%s has level %d, want %d", name, got, want)
		}
	}
}
