package types_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/frontend/types"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

// system is the system of a module without config.
func system(t *testing.T, body string) (*ir.System, *source.Set) {
	t.Helper()
	files := &source.Set{}
	m, _, err := frontend.LoadExpressions(frontend.Options{Files: files, Spec: "T.tla",
		Inline: map[string]string{"T.tla": "---- MODULE T ----\nEXTENDS Integers, Sequences, FiniteSets, TLC\n" + body + "\n====\n"}})
	if err != nil {
		t.Fatalf("%s\n%v", body, err)
	}
	return m.System, files
}

// TestTypes: what the names of small modules are, by construct.
func TestTypes(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{"VARIABLE x\nInit == x = 1", "x: Int; Init: Bool"},
		{"VARIABLE x\nOp(a) == x = a", "x: a; Op: (a) => Bool"},
		{"Pair(a, b) == <<a, b>>\nP == <<Pair(1, TRUE), Pair(TRUE, \"s\")>>", "Pair: (a, b) => <<a, b>>; P: <<<<Int, Bool>>, <<Bool, Str>>>>"},
		{"VARIABLE q\nPut(v) == q' = Append(q, v)\nInit == q = <<>> /\\ Put(1)", "q: Seq(Int); Put: (Int) => Bool; Init: Bool"},
		{"VARIABLE q\nInit == q = <<>>", "q: Seq(a); Init: Bool"},
		{"VARIABLE f\nInit == f = [i \\in 1..3 |-> \"a\"]\nIs == Len(f) = 3", "f: Seq(Str); Init: Bool; Is: Bool"},
		{"CONSTANT Server, Nil\nVARIABLE vote\nInit == vote = [s \\in Server |-> Nil]\nGrant(s, t) == vote' = [vote EXCEPT ![s] = t]\nType == vote \\in [Server -> Server \\cup {Nil}]",
			"Server: Set(SERVER); Nil: SERVER; vote: SERVER -> SERVER; Init: Bool; Grant: (SERVER, SERVER) => Bool; Type: Bool"},
		{"VARIABLE msgs\nInit == msgs = {}\nA == msgs' = msgs \\cup {[kind |-> \"ask\", n |-> 1]}\nB == msgs' = msgs \\cup {[kind |-> \"tell\", n |-> 2, to |-> \"x\"]}",
			"msgs: Set(ask({n: Int}) | tell({n: Int, to: Str})); Init: Bool; A: Bool; B: Bool"},
		{"VARIABLE msgs\nType == msgs \\subseteq [kind : {\"ask\"}, n : Nat] \\cup [kind : {\"tell\"}, to : STRING]", "msgs: Set(ask({n: Int}) | tell({to: Str})); Type: Bool"},
		{"VARIABLE r\nNext == r' = [r EXCEPT !.n = @ + 1, !.ok = ~@]", "r: {n: Int, ok: Bool}; Next: Bool"},
		{"Get(r) == r.n + 1", "Get: ({n: Int}) => Int"},
		{"Twice(F(_), x) == F(F(x))\nN == Twice(LAMBDA i : i + 1, 2)", "Twice: ((a) => a, a) => a; N: Int"},
		{"RECURSIVE Sum(_)\nSum(s) == IF s = {} THEN 0 ELSE LET x == CHOOSE y \\in s : TRUE IN x + Sum(s \\ {x})", "Sum: (Set(Int)) => Int"},
		{"F[n \\in Nat] == IF n = 0 THEN \"\" ELSE F[n - 1] \\o \"x\"", "F: Int -> Str"},
		{"Id(x) == x\nA == Id(1)\nB == Id({TRUE})", "Id: (a) => a; A: Int; B: Set(Bool)"},
		{"Local == LET id(x) == x IN <<id(1), id(\"s\")>>", "Local: <<Int, Str>>"},
		{"Second(p) == p[2]\nA == Second(<<1, TRUE>>)\nB == Second(<<\"s\", \"t\">>)", "Second: (Int -> a) => a; A: Bool; B: Str"},
		{"M == [a |-> 1] @@ [b |-> TRUE]", "M: {a: Int, b: Bool}"},
		{"S == {<<i, j>> \\in (1..2) \\X BOOLEAN : j}\nD == DOMAIN [<<x, y>> \\in S |-> x]", "S: Set(<<Int, Bool>>); D: Set(<<Int, Bool>>)"},
		{"VARIABLE x\nNext == CASE x = \"a\" -> x' = \"b\" [] OTHER -> UNCHANGED x\nLive == WF_x(Next) /\\ []<><<Next>>_x", "x: Str; Next: Bool; Live: Bool"},
		{"\\* @type: Set(NODE);\nCONSTANT Node\nVARIABLES\n  \\* @type: NODE -> Int;\n  f,\n  (* @type: Bool; *)\n  b\nSame(x) == x = f", "Node: Set(NODE); f: NODE -> Int; b: Bool; Same: (NODE -> Int) => Bool"},
		{"\\* @typeAlias: entry = {term: Int, val: VALUE};\nVARIABLE\n  \\* @type: Seq($entry);\n  log", "log: Seq({term: Int, val: VALUE})"},
	} {
		sys, _ := system(t, c.body)
		found, wrong := types.Infer(sys)
		for _, d := range wrong {
			t.Errorf("%s\n%s: %s", c.body, d.Code, d.Message)
		}
		var got []string
		for _, names := range [][]types.Named{found.Constants, found.Variables, found.Operators} {
			for _, n := range names {
				got = append(got, n.Name+": "+n.Type)
			}
		}
		if text := strings.Join(got, "; "); text != c.want {
			t.Errorf("%s\nis   %s\nwant %s", c.body, text, c.want)
		}
	}
}

// TestMisfits: what does not fit is told with the place, both types, and where
// they come from.
func TestMisfits(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{"VARIABLE x\nInit == x = 1\nBad == x = {\"a\"}", "5:8 T101 compares Int with Set(Str), which are never equal; 4:13 Int from here; 5:12 Set(Str) from here"},
		{"Bad == 1 \\in 2", "3:14 T101 the second argument of \\in is Int; it should be Set(Int); 3:8 Set(Int) from here"},
		{"Bad == {1, \"a\"}", "3:12 T101 a member is Str, and another one Int; 3:9 Int from here"},
		{"Bad == IF 1 THEN 2 ELSE 3", "3:11 T101 this is Int, where a formula, Bool, is expected"},
		{"VARIABLE r\nInit == r = [n |-> 1]\nBad == r.m = 2", "5:8 T102 no record here has a field m: it is {n: Int}; 4:13 a record is made here"},
		{"Bad == {[a |-> 1], [a |-> 1, b |-> 2]}", "3:20 T103 a record with the fields a, b may stand where one with a does; 3:9 the other record is made here"},
		{"\\* @type: Set(Int;\nVARIABLE x", "3:11 T104 ) is expected before the end in the type Set(Int"},
		{"\\* @type: Str;\nVARIABLE x\nInit == x = 1", "5:9 T101 compares Str with Int, which are never equal; 3:11 Str from here; 5:13 Int from here"},
		{"Op(F(_)) == F(1)\nBad == Op(LAMBDA s : s \\cup {})", "4:11 T101 the argument of Op is (Set(a)) => Set(a); it should be (Int) => a; 3:4 (Int) => a from here"},
		{"Bad == LET f == [i \\in 1..2 |-> i] IN f[TRUE]", "3:39 T101 the argument is Bool, and the function takes Int; 3:41 Bool from here; 3:24 Int from here"},
	} {
		sys, files := system(t, c.body)
		_, wrong := types.Infer(sys)
		var got []string
		for _, d := range wrong {
			at, _ := files.Position(d.Span.Start)
			got = append(got, fmt.Sprintf("%d:%d %s %s", at.Line, at.Column, d.Code, d.Message))
			for _, r := range d.Related {
				at, _ := files.Position(r.Span.Start)
				got = append(got, fmt.Sprintf("%d:%d %s", at.Line, at.Column, r.Message))
			}
		}
		if text := strings.Join(got, "; "); text != c.want {
			t.Errorf("%s\nis   %s\nwant %s", c.body, text, c.want)
		}
	}
}

// TestStatesAreOfTheirTypes: wherever the types of a spec fit, the values of its
// variables in the states that it reaches are of their types.
func TestStatesAreOfTheirTypes(t *testing.T) {
	specs, _ := filepath.Glob("../../specs/*/*.tla")
	patterns := []string{"../../specs/*/*/*.tla"}
	if os.Getenv("LEMMA_LONG") != "" {
		patterns = append(patterns, "../../../shared/corpus/examples/*/*.tla")
	}
	for _, pattern := range patterns {
		more, _ := filepath.Glob(pattern)
		specs = append(specs, more...)
	}
	checked := 0
	for _, spec := range specs {
		files := &source.Set{}
		path := frontend.ConfigBeside(source.Disk, spec)
		if path == "" {
			continue
		}
		cfg, err := frontend.ReadConfig(files, path)
		if err != nil {
			continue
		}
		sys, _, err := frontend.Load(frontend.Options{Files: files, Spec: spec, Config: cfg})
		if err != nil || sys.Init == nil {
			continue
		}
		found, wrong := types.Infer(sys)
		if len(wrong) > 0 {
			continue
		}
		checked++
		for _, s := range reached(sys, 60) {
			for i, v := range s {
				if !found.Admits(i, v) {
					t.Errorf("%s: %s is no value of %s, which is %s", spec, v, sys.Variables[i].Name, found.Variables[i].Type)
					return
				}
			}
		}
	}
	if checked < 40 {
		t.Errorf("the types of %d specs fit; more should", checked)
	}
}

// reached are up to most states of sys, the nearest to the initial ones.
func reached(sys *ir.System, most int) (states []eval.State) {
	m := eval.New(sys, eval.Options{})
	_ = m.Init(func(s eval.State) bool {
		states = append(states, s)
		return len(states) < most/3
	})
	for i := 0; i < len(states) && len(states) < most; i++ {
		n := 0
		_ = m.Successors(states[i], func(s eval.Successor) bool {
			states = append(states, s.State)
			n++
			return n < 5 && len(states) < most
		})
	}
	return states
}
