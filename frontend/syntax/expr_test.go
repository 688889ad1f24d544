package syntax

import (
	"reflect"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
)

// parseExprText parses a text as an expression and renders its diagnostics.
func parseExprText(text string) (Expr, string) {
	var fs source.Set
	var diags diag.List
	e := ParseExpr(&fs, fs.Add("<expr>", text), &diags)
	out := ""
	for _, d := range diags.All() {
		out += diag.Render(&fs, d)
	}
	return e, out
}

// shape writes the structure of a tree: (operator operand...) for operators,
// else (Kind child...).
func shape(n Node) string {
	switch n := n.(type) {
	case *Ident:
		return n.Name
	case *Number:
		return n.Text
	case *String:
		return `"` + n.Value + `"`
	case *At:
		return "@"
	case *Name:
		if len(n.Path) == 0 {
			return n.Name
		}
		return list1("!", n, n.Name)
	case *Prefix:
		return "(" + n.Op.Name + " " + shape(n.X) + ")"
	case *Infix:
		return "(" + n.Op.Name + " " + shape(n.X) + " " + shape(n.Y) + ")"
	case *Postfix:
		return "(" + shape(n.X) + " " + n.Op.Name + ")"
	case *Paren:
		return "[" + shape(n.X) + "]"
	case *Junction:
		return list1("list"+bulletOf(n), n, "")
	case *Quant:
		return list1(quantWord(n), n, "")
	case *Subexpr:
		return list1("Subexpr "+n.Step, n, "")
	case *Bound:
		if n.Tuple {
			return list1("BoundTuple", n, "")
		}
	case *ActionBox:
		if n.Angle {
			return list1("AngleBox", n, "")
		}
	case *Fair:
		if n.Strong {
			return list1("Strong", n, "")
		}
	}
	return list1(reflect.TypeOf(n).Elem().Name(), n, "")
}

func list1(kind string, n Node, last string) string {
	parts := []string{kind}
	for _, c := range Children(n) {
		parts = append(parts, shape(c))
	}
	if last != "" {
		parts = append(parts, last)
	}
	return "(" + strings.Join(parts, " ") + ")"
}

// Each row is an expression and its shape, or "" where operators need
// parentheses. All rows also go through the
// printer and back.
var exprCases = []struct{ text, want string }{
	// Atoms.
	{`42`, `42`},
	{`3.14`, `3.14`},
	{`\b101`, `\b101`},
	{`\O17 + \hFf`, `(+ \O17 \hFf)`},
	{`"a \"b\" \\ \n"`, "\"a \"b\" \\ \n\""},
	{`TRUE`, `TRUE`},
	{`1x`, `1x`},
	{`_x1`, `_x1`},
	{`WFx + SF1`, `(+ WFx SF1)`},
	{`WF`, `WF`},
	{`ℕ`, `Nat`},

	// Precedence and associativity.
	{`a + b * c`, `(+ a (* b c))`},
	{`a * b + c`, `(+ (* a b) c)`},
	{`a - b - c`, `(- (- a b) c)`},
	{`a - b + c`, `(+ (- a b) c)`},
	{`a + b - c`, `(+ a (- b c))`},
	{`a /\ b /\ c`, `(/\ (/\ a b) c)`},
	{`a => b /\ c`, `(=> a (/\ b c))`},
	{`~a /\ b`, `(/\ (~ a) b)`},
	{`~ a = b`, `(~ (= a b))`},
	{`~~a`, `(~ (~ a))`},
	{`-x + y`, `(+ (-. x) y)`},
	{`- x * y`, `(-. (* x y))`},
	{`a - -b`, `(- a (-. b))`},
	{`a + -b`, `(+ a (-. b))`},
	{`a * -b`, `(* a (-. b))`},
	{`a ^ -b`, `(^ a (-. b))`},
	{`a * -b + c`, `(+ (* a (-. b)) c)`},
	{`a * -b * c`, `(* a (-. (* b c)))`},
	{`a \in S \cup T`, `(\in a (\cup S T))`},
	{`UNION A \cup UNION B`, `(\cup (UNION A) (UNION B))`},
	{`SUBSET S \ {x}`, `(\ (SUBSET S) (SetEnum x))`},
	{`DOMAIN f \cup S`, `(\cup (DOMAIN f) S)`},
	{`x \in 1..N + 1`, `(\in x (.. 1 (+ N 1)))`},
	{`[]P => <>Q`, `(=> ([] P) (<> Q))`},
	{`[]<>P /\ Q ~> R`, `(~> (/\ ([] (<> P)) Q) R)`},
	{`x' = y`, `(= (x ') y)`},
	{`f[x]' = 1`, `(= ((Index f x) ') 1)`},
	{`f'[x] + r.a.b'`, `(+ (Index (f ') x) ((Field (Field r a) b) '))`},
	{`UNCHANGED <<x, y>>`, `(UNCHANGED (Tuple x y))`},
	{`UNCHANGED x /\ ENABLED A`, `(/\ (UNCHANGED x) (ENABLED A))`},
	{`a :> b @@ c :> d`, `(@@ (:> a b) (:> c d))`},
	{`A \cdot B \cdot C`, `(\cdot (\cdot A B) C)`},
	{`a ^ b`, `(^ a b)`},
	{`R^+ \cup R^* \cup R^#`, `(\cup (\cup (R ^+) (R ^*)) (R ^#))`},
	{`a -+-> b`, `(-+-> a b)`},
	{`s \o t \o u`, `(\o (\o s t) u)`},
	{`a (+) b (-) c`, `((+) a ((-) b c))`},
	{`a ## b $$ c`, ``},
	{`a |- b`, `(|- a b)`},
	{`a ::= b`, `(::= a b)`},
	{`x := 1`, `(:= x 1)`},
	{`a && b || c`, `(|| (&& a b) c)`},
	{`a !! b ?? c`, ``},
	{`A \X B \X C`, `(Product A B C)`},
	{`(A \X B) \X C`, `(Product [(Product A B)] C)`},
	{`A \X (B \X C)`, `(Product A [(Product B C)])`},
	{`A \times B`, `(Product A B)`},
	{`x \in A \X B`, `(\in x (Product A B))`},
	{`1..3`, `(.. 1 3)`},
	{`1...3`, `(... 1 3)`},
	{`a <=> b`, `(<=> a b)`},
	{`3 <4`, `(< 3 4)`},

	// One spelling for synonyms, also Unicode.
	{`a =< b`, `(<= a b)`},
	{`a \leq b`, `(<= a b)`},
	{`a # b`, `(/= a b)`},
	{`\neg a \land b`, `(/\ (~ a) b)`},
	{`a \equiv b`, `(<=> a b)`},
	{`a \union b \intersect c`, ``},
	{`a \oplus b`, `((+) a b)`},
	{`a \circ b`, `(\o a b)`},
	{`∀ x ∈ S : x ≠ 1 ∧ ¬y`, `(\A (Bound x S) (/\ (/= x 1) (~ y)))`},
	{`⟨a, b⟩ ∉ A × B`, `(\notin (Tuple a b) (Product A B))`},
	{`[x ∈ S ↦ x]`, `(FuncLit (Bound x S) x)`},
	{`[S → T]`, `(FuncSet S T)`},
	{`□⟨A⟩_v ⇒ ◇P`, `(=> ([] (AngleBox A v)) (<> P))`},
	{`□[A]_v ⇒ ◇P`, `(=> ([] (ActionBox A v)) (<> P))`},

	// Spellings that are no TLA+.
	{`a \and b`, `(/\ a b)`},
	{`\forall x \in S : \not x`, `(\A (Bound x S) (~ x))`},
	{`\exists x \in S : x \or y`, `(\E (Bound x S) (\/ x y))`},

	// Names and paths.
	{`F(a, b)`, `(Apply F a b)`},
	{`I!x`, `(! (Selector I) x)`},
	{`I!J(3)!F(x)`, `(Apply (! (Selector I) (Selector J 3) F) x)`},
	{`I!+(a, b)`, `(Apply (! (Selector I) +) a b)`},
	{`F(+, LAMBDA x, y : x)`, `(Apply F + (Lambda x y x))`},
	{`Fold( + , 0, s)`, `(Apply Fold + 0 s)`},
	{`F(-, \cup)`, `(Apply F - \cup)`},
	{`Map(SUBSET, S)`, `(Apply Map SUBSET S)`},
	{`X!1!2`, `(Subexpr 2 (Subexpr 1 X))`},
	{`X!<<!>>`, `(Subexpr >> (Subexpr << X))`},
	{`X!@`, `(Subexpr @ X)`},
	{`X!:!++(3, 4)`, `(Subexpr ++ (Subexpr : X) 3 4)`},
	{`X!@!\oplus`, `(Subexpr (+) (Subexpr @ X))`},
	{`X!:`, `(Subexpr : X)`},
	{`X!(a, b)!1`, `(Subexpr 1 (Subexpr  X a b))`},
	{`X(3)!1!lab(4)`, `(Subexpr lab (Subexpr 1 (Apply X 3)) 4)`},
	{`lab :: x + 1`, `(Labeled lab (+ x 1))`},
	{`lab(a, b) :: a = b`, `(Labeled lab a b (= a b))`},

	// Quantifiers and CHOOSE.
	{`\A x : P`, `(\A (Bound x) P)`},
	{`\E x, y : P`, `(\E (Bound x y) P)`},
	{`\A x, y \in S, z \in T : P`, `(\A (Bound x y S) (Bound z T) P)`},
	{`\E <<x, y>> \in S : P => Q`, `(\E (BoundTuple x y S) (=> P Q))`},
	{`\A x \in S, <<y, z>> \in T : P`, `(\A (Bound x S) (BoundTuple y z T) P)`},
	{`\EE x : P`, `(\EE (Bound x) P)`},
	{`\AA x : P`, `(\AA (Bound x) P)`},
	{`CHOOSE x : P`, `(Choose (Bound x) P)`},
	{`CHOOSE <<x, y>> \in S : P`, `(Choose (BoundTuple x y S) P)`},
	{`a /\ \A x : b /\ c`, `(/\ a (\A (Bound x) (/\ b c)))`},

	// Sets, functions, records.
	{`{}`, `(SetEnum)`},
	{`{a, b}`, `(SetEnum a b)`},
	{`{x \in S}`, `(SetEnum (\in x S))`},
	{`{x \in S, y}`, `(SetEnum (\in x S) y)`},
	{`{x \in S : P}`, `(SetFilter (Bound x S) P)`},
	{`{<<x, y>> \in S : P}`, `(SetFilter (BoundTuple x y S) P)`},
	{`{x : x \in S}`, `(SetMap x (Bound x S))`},
	{`{x + y : x, y \in S, z \in T}`, `(SetMap (+ x y) (Bound x y S) (Bound z T))`},
	{`{(x \in S) : x \in T}`, `(SetMap [(\in x S)] (Bound x T))`},
	{`[x \in S |-> x]`, `(FuncLit (Bound x S) x)`},
	{`[x, y \in S, <<a, b>> \in T |-> x]`, `(FuncLit (Bound x y S) (BoundTuple a b T) x)`},
	{`[S -> [T -> U]]`, `(FuncSet S (FuncSet T U))`},
	{`[a |-> 1]`, `(RecordLit (FieldExpr a 1))`},
	{`[a |-> 1, b |-> 2].a`, `(Field (RecordLit (FieldExpr a 1) (FieldExpr b 2)) a)`},
	{`r.IF.WF_ + [r EXCEPT !.NEW = 1]`, `(+ (Field (Field r IF) WF_) (Except r (Update (Field NEW) 1)))`},
	{`[a : S, b : T]`, `(RecordSet (FieldExpr a S) (FieldExpr b T))`},
	{`[f EXCEPT ![1] = 2]`, `(Except f (Update (Index 1) 2))`},
	{`[f EXCEPT ![1, 2].a["x"] = @ + 1, !.b = @]`, `(Except f (Update (Index 1 2) (Field a) (Index "x") (+ @ 1)) (Update (Field b) @))`},
	{`f[a, b][c]`, `(Index (Index f a b) c)`},
	{`<<>>`, `(Tuple)`},
	{`<<<<a>>, <<b>>>>`, `(Tuple (Tuple a) (Tuple b))`},
	{`<<1, 2>>[1]`, `(Index (Tuple 1 2) 1)`},

	// Actions and fairness.
	{`[A]_v`, `(ActionBox A v)`},
	{`[A \/ B]_<<x, y>>`, `(ActionBox (\/ A B) (Tuple x y))`},
	{`[x \in S]_x`, `(ActionBox (\in x S) x)`},
	{`<<A>>_I!v`, `(AngleBox A (! (Selector I) v))`},
	{`[][Next]_vars /\ WF_vars(Next)`, `(/\ ([] (ActionBox Next vars)) (Fair vars Next))`},
	{`SF_<<x, y>>(A /\ B)`, `(Strong (Tuple x y) (/\ A B))`},
	{`WF_I(3)!v(A)`, `(Fair (! (Selector I 3) v) A)`},
	{`WF_(x)(A)`, `(Fair [x] A)`},
	{`WF_F(x)(A)`, `(Fair (Apply F x) A)`},

	// Symbols before their operands.
	{`\o (s, t)`, `[(\o [s] [t])]`},
	{`a + *(b, c)`, `(+ a [(* [b] [c])])`},
	{`\X(A \X B, C)`, `[(Product [(Product A B)] [C])]`},
	{`\in (a \/ b, S)`, `[(\in [(\/ a b)] [S])]`},
	{`^+(r)`, `[([r] ^+)]`},
	{`-(a, b)`, `[(- [a] [b])]`},
	{`- -(a, b)`, `(-. [(- [a] [b])])`},
	{`-(a)`, `(-. [a])`},

	// Words.
	{`IF a THEN b ELSE c + d`, `(If a b (+ c d))`},
	{`1 + IF a THEN b ELSE c`, `(+ 1 (If a b c))`},
	{`CASE a -> b [] c -> d [] OTHER -> e`, `(Case (Arm a b) (Arm c d) e)`},
	{`CASE a -> []b [] c -> d`, `(Case (Arm a ([] b)) (Arm c d))`},
	{`LET x == 1 F(y) == y a (+) b == a -. c == 0 IN F(x)`,
		`(Let (OpDef x 1) (OpDef F (ParamDecl y) y) (OpDef (+) (ParamDecl a) (ParamDecl b) a) (OpDef -. (ParamDecl c) 0) (Apply F x))`},
	{"LET x == 1\n    f[i \\in S] == i\n    RECURSIVE G(_)\n    G(n) == n\n    I == INSTANCE M WITH a <- b, c <- +\nIN x",
		`(Let (OpDef x 1) (FuncDef f (Bound i S) i) (Recursive (ParamDecl G)) (OpDef G (ParamDecl n) n) (ModuleDef I (Instance M (Substitution a b) (Substitution c +))) x)`},

	// Junction lists.
	{"/\\ a\n/\\ b", `(list/\ a b)`},
	{"\\/ a\n\\/ b", `(list\/ a b)`},
	{"/\\ a /\\ b", `(list/\ (/\ a b))`},
	{"/\\ a\n  /\\ b", `(list/\ (/\ a b))`},
	{"  /\\ a\n  /\\ b\n/\\ c", `(/\ (list/\ a b) c)`},
	{"/\\ a\n/\\ \\/ b\n   \\/ c\n/\\ d", `(list/\ a (list\/ b c) d)`},
	{"/\\ a\n/\\ b\n\\/ c", `(\/ (list/\ a b) c)`},
	{"/\\ a\n/\\ b\n=> c", `(=> (list/\ a b) c)`},
	{"/\\ a => b\n/\\ c", `(list/\ (=> a b) c)`},
	{"/\\ IF a\n   THEN b\n   ELSE /\\ c\n        /\\ d\n/\\ e", `(list/\ (If a b (list/\ c d)) e)`},
	{"(/\\ a\n /\\ b) => c", `(=> [(list/\ a b)] c)`},
	{"x = /\\ a\n    /\\ b", `(= x (list/\ a b))`},
	{"/\\ x' = [f EXCEPT\n            ![1] = 2]\n/\\ y", `(list/\ (= (x ') (Except f (Update (Index 1) 2))) y)`},
	{"\t/\\ a\n        /\\ b", `(list/\ a b)`},
	{"/\\ a\r\n/\\ b\r\n", `(list/\ a b)`},
	{"∧ ∧ x\n  ∧ y\n∧ z", `(list/\ (list/\ x y) z)`},
	{"/\\ \"∀∀∀\" /\\ /\\ a\n            /\\ b", `(list/\ (/\ "∀∀∀" (list/\ a b)))`},
	{"/\\ \\A x \\in S : /\\ a\n                /\\ b\n/\\ c", `(list/\ (\A (Bound x S) (list/\ a b)) c)`},
	{"/\\ LET x == /\\ a\n            /\\ b\n   IN x\n/\\ c", `(list/\ (Let (OpDef x (list/\ a b)) x) c)`},

	// Comments and blanks.
	{"a (* b (* c *) d *) + \\* e\n f", `(+ a f)`},
	{"a (* \"*) + b", `(+ a b)`},
	{"S\\T", `(\ S T)`},
	{"x \\inS", `(\in x S)`},
}

func TestExpressions(t *testing.T) {
	for _, c := range exprCases {
		e, errs := parseExprText(c.text)
		if c.want == "" {
			if errs == "" {
				t.Errorf("%s: want an error, got %s", c.text, shape(e))
			}
			continue
		}
		if errs != "" {
			t.Errorf("%s:\n%s", c.text, errs)
			continue
		}
		if got := shape(e); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
		once := PrintExpr(e)
		again, errs := parseExprText(once)
		if errs != "" {
			t.Errorf("%s prints as\n%s\nwhich does not parse:\n%s", c.text, once, errs)
		} else if dump(again) != dump(e) {
			t.Errorf("%s prints as\n%s\nwhich is %s", c.text, once, shape(again))
		} else if twice := PrintExpr(again); twice != once {
			t.Errorf("%s prints as\n%s\nand then as\n%s", c.text, once, twice)
		}
	}
}
