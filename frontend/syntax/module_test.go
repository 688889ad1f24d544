package syntax

import "testing"

// Each row is the units of a module and their shapes. All rows also go through
// the printer and back.
var unitCases = []struct{ text, want string }{
	{`CONSTANT a`, `(Constants (ParamDecl a))`},
	{`CONSTANTS a, F(_), G(_, _), _ (+) _, _ ^+, -. _`,
		`(Constants (ParamDecl a) (ParamDecl F) (ParamDecl G) (ParamDecl (+)) (ParamDecl ^+) (ParamDecl -.))`},
	{`VARIABLE x`, `(Variables x)`},
	{`VARIABLES x, y`, `(Variables x y)`},
	{`RECURSIVE F(_), G(_, _)`, `(Recursive (ParamDecl F) (ParamDecl G))`},
	{`x == 1`, `(OpDef x 1)`},
	{`x ≜ 1`, `(OpDef x 1)`},
	{`F(x, G(_), _ + _) == 1`, `(OpDef F (ParamDecl x) (ParamDecl G) (ParamDecl +) 1)`},
	{`a ## b == a`, `(OpDef ## (ParamDecl a) (ParamDecl b) a)`},
	{`a \leq b == a`, `(OpDef <= (ParamDecl a) (ParamDecl b) a)`},
	{`a ^# == a`, `(OpDef ^# (ParamDecl a) a)`},
	{`-. a == a`, `(OpDef -. (ParamDecl a) a)`},
	{`LOCAL x == 1`, `(OpDef x 1)`},
	{`f[x \in S, <<y, z>> \in T] == x`, `(FuncDef f (Bound x S) (BoundTuple y z T) x)`},
	{`INSTANCE M`, `(Instance M)`},
	{`LOCAL INSTANCE M WITH x <- 1, + <- -`, ``},
	{`LOCAL INSTANCE M WITH x <- 1, + <- *, F <- LAMBDA a : a`,
		`(Instance M (Substitution x 1) (Substitution + *) (Substitution F (Lambda a a)))`},
	{`I == INSTANCE M`, `(ModuleDef I (Instance M))`},
	{`I(x, y) == INSTANCE M WITH a <- x`, `(ModuleDef I (ParamDecl x) (ParamDecl y) (Instance M (Substitution a x)))`},
	{`ASSUME x = 1`, `(Assume (= x 1))`},
	{`ASSUMPTION A == x = 1`, `(Assume A (= x 1))`},
	{`AXIOM x = 1`, `(Assume (= x 1))`},
	{`THEOREM Spec => []Inv`, `(Theorem (=> Spec ([] Inv)))`},
	{`LEMMA L == x`, `(Theorem L x)`},
	{`PROPOSITION x OBVIOUS`, `(Theorem x (Proof))`},
	{`COROLLARY x PROOF OMITTED`, `(Theorem x (Proof))`},
	{`THEOREM x BY a, MODULE M, \cup DEF b, M!c`, `(Theorem x (Proof a MODULE M \cup b (! (Selector M) c)))`},
	{`THEOREM x PROOF BY ONLY a`, `(Theorem x (Proof a))`},
	{`THEOREM x BY DEF + , a`, `(Theorem x (Proof + a))`},
	{`THEOREM ASSUME NEW x \in S, NEW CONSTANT c, NEW ACTION A, STATE s, x = 1, ASSUME a PROVE b, NEW F(_) PROVE x`,
		`(Theorem (AssumeProve (Assumption (ParamDecl x) S) (Assumption (ParamDecl c)) (Assumption (ParamDecl A)) (Assumption (ParamDecl s)) (Assumption (= x 1)) (Assumption (AssumeProve (Assumption a) b)) (Assumption (ParamDecl F)) x))`},
	{`THEOREM ASSUME lab :: ASSUME a PROVE b, c PROVE d`,
		`(Theorem (AssumeProve (Assumption (Labeled lab (AssumeProve (Assumption a) b))) (Assumption c) d))`},
	{`THEOREM []ASSUME a []PROVE b`, `(Theorem (AssumeProve (Assumption a) b))`},
	{"THEOREM x\n<1>1. a\n  BY b\n<1>a2 SUFFICES ASSUME NEW y PROVE z\n<1> QED BY <1>1",
		`(Theorem x (Proof (Step a (Proof b)) (Step (AssumeProve (Assumption (ParamDecl y)) z)) (Step (Proof <1>1))))`},
	{"THEOREM x\n<1>1. a\n  <2>1. b OBVIOUS\n  <2>2. CASE c\n    <3> QED\n  <2>. QED\n<1> QED",
		`(Theorem x (Proof (Step a (Proof (Step b (Proof)) (Step c (Proof (Step))) (Step))) (Step)))`},
	{"THEOREM x\nPROOF\n<*> a\n<+> QED\n<*> QED", `(Theorem x (Proof (Step a (Proof (Step))) (Step)))`},
	{"THEOREM x\n<1> HAVE a\n<1> TAKE y \\in S, z \\in T\n<1> WITNESS 1 \\in S, 2\n<1>4. PICK w \\in S, v \\in T : w = v\n<1> QED",
		`(Theorem x (Proof (Step a) (Step (Bound y S) (Bound z T)) (Step (\in 1 S) 2) (Step (Bound w S) (Bound v T) (= w v)) (Step)))`},
	{"THEOREM x\n<1> DEFINE a == 1\n           F(y) == y\n<1> b == 2\n<1> f[i \\in S] == i\n<1> USE a DEF b\n<1> HIDE DEF a\n<1> INSTANCE M\n<1> QED",
		`(Theorem x (Proof (Step (OpDef a 1) (OpDef F (ParamDecl y) y)) (Step (OpDef b 2)) (Step (FuncDef f (Bound i S) i)) (Step (Proof a b)) (Step (Proof a)) (Step (Instance M)) (Step)))`},
	{`USE a DEF b`, `(UseHide a b)`},
	{`HIDE DEF b`, `(UseHide b)`},
	{`--------`, `(Separator)`},
	{"---- MODULE N ----\nEXTENDS A\ny == 1\n====", `(Nested (Module N A (OpDef y 1)))`},
	{"x == 1 (* c *) \\* d\ny == x", `(OpDef x 1) (OpDef y x)`},
	{"x == a\na ## b == x", `(OpDef x a) (OpDef ## (ParamDecl a) (ParamDecl b) x)`},
	{"x == a\n-. b == x", `(OpDef x a) (OpDef -. (ParamDecl b) x)`},
	{"x == /\\ a\n     /\\ b\ny == /\\ c", `(OpDef x (list/\ a b)) (OpDef y (list/\ c))`},
}

func TestUnits(t *testing.T) {
	for _, c := range unitCases {
		m, errs := parseText("M.tla", "---- MODULE M ----\n"+c.text+"\n====\n")
		if c.want == "" {
			if errs == "" {
				t.Errorf("%s: want an error", c.text)
			}
			continue
		}
		if errs != "" {
			t.Errorf("%s:\n%s", c.text, errs)
			continue
		}
		got := ""
		for i, u := range m.Units {
			if i > 0 {
				got += " "
			}
			got += shape(u)
		}
		if got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
		checkRoundTrip(t, c.text, m)
	}
}

func TestTextAroundTheModule(t *testing.T) {
	m, errs := parseText("M.tla", "Notes: it's \"open\n\n----- MODULE M -----\nEXTENDS A, B\nx == 1\n=====\nnot (* TLA+\n")
	if errs != "" {
		t.Fatal(errs)
	}
	if got, want := shape(m), "(Module M A B (OpDef x 1))"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestFlags(t *testing.T) {
	m, errs := parseText("M.tla", "---- MODULE M ----\nLOCAL a == 1\nLOCAL I == INSTANCE M\nLOCAL f[x \\in S] == 1\nAXIOM a\nASSUME a\n"+
		"THEOREM a BY ONLY b\n====")
	if errs != "" {
		t.Fatal(errs)
	}
	u := m.Units
	if !u[0].(*OpDef).Local || !u[1].(*ModuleDef).Local || !u[2].(*FuncDef).Local {
		t.Error("LOCAL is lost")
	}
	if !u[3].(*Assume).Axiom || u[4].(*Assume).Axiom {
		t.Error("AXIOM and ASSUME are mixed up")
	}
	if pr := u[5].(*Theorem).Proof; !pr.Only || pr.Kind != "BY" {
		t.Errorf("BY ONLY is read as %+v", pr)
	}
}

func TestSlips(t *testing.T) {
	m, errs := parseText("M.tla", "\\and\n---- MODULE M ----\nx == a \\and \"\\\\or\" \\* \\or\ny == \\forall z \\in S : \\not z\n====\n\\or")
	if errs != "" {
		t.Fatal(errs)
	}
	want := []string{`\and /\`, `\forall \A`, `\not ~`}
	if len(m.Slips) != len(want) {
		t.Fatalf("got %v, want %v", m.Slips, want)
	}
	for i, s := range m.Slips {
		if got := s.Wrote + " " + s.Means; got != want[i] {
			t.Errorf("got %s, want %s", got, want[i])
		}
		if int(s.Span.End-s.Span.Start) != len(s.Wrote) {
			t.Errorf("%s has the span %v", s.Wrote, s.Span)
		}
	}
}
