package syntax

import "github.com/lemma-mc/lemma/source"

// The tree keeps what the user wrote: names are not resolved, operators are
// names, and every node knows its span. frontend/module resolves it and lowers
// it to ir.

// An Ident is a name with its place.
type Ident struct {
	Span source.Span
	Name string
}

// A Module is one module, top-level or nested.
type Module struct {
	Span    source.Span
	Name    *Ident
	Extends []*Ident
	Units   []Unit
	// Slips are spellings that are not TLA+ and were read as what they mean
	// (\and for /\); each is reported as a warning, or an error under --strict.
	Slips []Slip
}

// A Slip is one such spelling.
type Slip struct {
	Span         source.Span
	Wrote, Means string
}

// A Unit is a declaration, definition or statement of a module; unit() closes
// the set of node types.
type Unit interface {
	Pos() source.Span
	unit()
}

// Units.
type (
	// Constants is CONSTANT(S) x, F(_, _), _ (+) _.
	Constants struct {
		Span  source.Span
		Decls []*ParamDecl
	}
	// Variables is VARIABLE(S) x, y.
	Variables struct {
		Span  source.Span
		Names []*Ident
	}
	// Recursive is RECURSIVE F(_), G(_, _).
	Recursive struct {
		Span  source.Span
		Decls []*ParamDecl
	}
	// OpDef is [LOCAL] F(x, G(_)) == e; also infix, prefix and postfix
	// definitions, whose Name is the operator's symbol (prefix minus: "-.").
	OpDef struct {
		Span   source.Span
		Local  bool
		Name   *Ident
		Params []*ParamDecl
		Body   Expr
	}
	// FuncDef is [LOCAL] f[x \in S, <<y, z>> \in T] == e.
	FuncDef struct {
		Span   source.Span
		Local  bool
		Name   *Ident
		Bounds []*Bound
		Body   Expr
	}
	// ModuleDef is [LOCAL] I(x) == INSTANCE M WITH a <- e.
	ModuleDef struct {
		Span     source.Span
		Local    bool
		Name     *Ident
		Params   []*ParamDecl
		Instance *Instance
	}
	// Instance is [LOCAL] INSTANCE M WITH a <- e, as a unit of its own or
	// within a ModuleDef.
	Instance struct {
		Span   source.Span
		Local  bool
		Module *Ident
		With   []*Substitution
	}
	// Assume is ASSUME [name ==] e (also ASSUMPTION, AXIOM).
	Assume struct {
		Span source.Span
		Name *Ident // nil when unnamed
		Body Expr
		// Axiom tells AXIOM, which TLC does not check, from the others.
		Axiom bool
	}
	// Theorem is THEOREM [name ==] e (also LEMMA, PROPOSITION, COROLLARY),
	// with the proof that follows it, if any.
	Theorem struct {
		Span  source.Span
		Kw    string
		Name  *Ident // nil when unnamed
		Body  Expr   // may be an *AssumeProve
		Proof *Proof // nil when there is none
	}
	// UseHide is USE or HIDE with facts and definitions at the module level.
	UseHide struct {
		Span source.Span
		Kw   string
		Proof
	}
	// Nested is a module inside a module.
	Nested struct{ *Module }
	// Separator is a line of four or more dashes.
	Separator struct{ Span source.Span }
)

// A ParamDecl declares a parameter or constant with its arity; Fix tells how
// an operator symbol is written ("" for F(_, _) and plain names, else
// "infix", "prefix", "postfix").
type ParamDecl struct {
	Span  source.Span
	Name  *Ident
	Arity int
	Fix   string
}

// A Substitution is a <- e; e may be an operator name, an operator symbol
// (an *Name with that name) or a LAMBDA.
type Substitution struct {
	Name  *Ident
	Value Expr
}

// A Bound is x, y \in S or <<x, y>> \in S; Domain is nil for an unbounded
// quantifier.
type Bound struct {
	Span   source.Span
	Names  []*Ident
	Tuple  bool
	Domain Expr
}

// An Expr is a TLA+ expression; expr() closes the set of node types.
type Expr interface {
	Pos() source.Span
	expr()
}

// Expressions.
type (
	// Number is an integer or decimal numeral as written: 42, \hFF, 3.14.
	Number struct {
		Span source.Span
		Text string
	}
	// String is a string literal; Value has its escapes resolved.
	String struct {
		Span  source.Span
		Value string
	}
	// Name is a use of an identifier, of TRUE, FALSE, BOOLEAN, STRING, or of
	// an operator symbol in argument position (F(+)). Path holds the
	// instances before it, outermost first: I!J(3)!x has two.
	Name struct {
		Span source.Span
		Path []*Selector
		Name string
	}
	// Apply is Op(args): Op is a *Name (user operators and constants of an
	// arity) or any label path.
	Apply struct {
		Span source.Span
		Op   Expr
		Args []Expr // may hold *Lambda and names of operators
	}
	// Prefix, Infix and Postfix apply an operator symbol. Op is its one ASCII
	// spelling ("/\\", "\\in", "-.", "'"): see Canonical.
	Prefix struct {
		Span source.Span
		Op   *Ident
		X    Expr
	}
	Infix struct {
		Span source.Span
		Op   *Ident
		X, Y Expr
	}
	Postfix struct {
		Span source.Span
		Op   *Ident
		X    Expr
	}
	// Junction is a list of /\ or \/ aligned by column; len(Items) >= 1.
	Junction struct {
		Span  source.Span
		Or    bool
		Items []Expr
	}
	// Quant is \A or \E; a Bound without Domain is unbounded. Temporal marks
	// \AA and \EE.
	Quant struct {
		Span     source.Span
		All      bool
		Temporal bool
		Bounds   []*Bound
		Body     Expr
	}
	// Choose is CHOOSE x \in S : P, or unbounded.
	Choose struct {
		Span  source.Span
		Bound *Bound
		Body  Expr
	}
	// SetEnum is {a, b}.
	SetEnum struct {
		Span  source.Span
		Items []Expr
	}
	// SetFilter is {x \in S : P}, SetMap {e : x \in S, y \in T}.
	SetFilter struct {
		Span  source.Span
		Bound *Bound
		Pred  Expr
	}
	SetMap struct {
		Span   source.Span
		Elem   Expr
		Bounds []*Bound
	}
	// FuncLit is [x \in S |-> e], FuncSet [S -> T], Index f[a, b].
	FuncLit struct {
		Span   source.Span
		Bounds []*Bound
		Body   Expr
	}
	FuncSet struct {
		Span     source.Span
		Dom, Rng Expr
	}
	Index struct {
		Span source.Span
		Fun  Expr
		Args []Expr // several mean a tuple
	}
	// RecordLit is [a |-> e], RecordSet [a : S], Field r.a.
	RecordLit struct {
		Span   source.Span
		Fields []*FieldExpr
	}
	RecordSet struct {
		Span   source.Span
		Fields []*FieldExpr
	}
	Field struct {
		Span source.Span
		X    Expr
		Name *Ident
	}
	// Except is [f EXCEPT ![a].b = e, ...]; At is the @ inside it.
	Except struct {
		Span    source.Span
		Fun     Expr
		Updates []*Update
	}
	At struct{ Span source.Span }
	// Tuple is <<a, b>>.
	Tuple struct {
		Span  source.Span
		Items []Expr
	}
	// Product is S \X T \X U, which is not nested: (S \X T) \X U differs and
	// keeps its Paren.
	Product struct {
		Span  source.Span
		Items []Expr
	}
	If struct {
		Span             source.Span
		Cond, Then, Else Expr
	}
	// Case is CASE p -> e [] OTHER -> e; Other is nil when absent.
	Case struct {
		Span  source.Span
		Arms  []*Arm
		Other Expr
	}
	// Let is LET units IN e; units are OpDef, FuncDef, ModuleDef, Recursive.
	Let struct {
		Span source.Span
		Defs []Unit
		Body Expr
	}
	Lambda struct {
		Span   source.Span
		Params []*Ident
		Body   Expr
	}
	// ActionBox is [A]_v, or <<A>>_v when Angle.
	ActionBox struct {
		Span   source.Span
		Angle  bool
		Action Expr
		Sub    Expr
	}
	// Fair is WF_v(A), or SF_v(A) when Strong.
	Fair struct {
		Span   source.Span
		Strong bool
		Sub    Expr
		Action Expr
	}
	// Labeled is name(params) :: e.
	Labeled struct {
		Span   source.Span
		Name   *Ident
		Params []*Ident
		Body   Expr
	}
	// Subexpr selects a subexpression of a named one: X!1, X!<<, X!>>, X!@,
	// X!:, X!(a, b), X!lab(a). Step is the text after the bang.
	Subexpr struct {
		Span source.Span
		X    Expr
		Step string
		Args []Expr
	}
	// Paren keeps parentheses, which precedence and \X need.
	Paren struct {
		Span source.Span
		X    Expr
	}
	// AssumeProve is ASSUME ... PROVE ... (theorems and proof steps only), or
	// []ASSUME ... []PROVE ... when Boxed.
	AssumeProve struct {
		Span   source.Span
		Boxed  bool
		Assume []*Assumption
		Prove  Expr
	}
)

// A Selector is one step of an instance path: I! or I(3)!.
type Selector struct {
	Name *Ident
	Args []Expr
}

// A FieldExpr is a |-> e or a : S.
type FieldExpr struct {
	Name  *Ident
	Value Expr
}

// An Update is ![a].b = e. Each step is an *Index or *Field whose Fun or X is
// nil.
type Update struct {
	Span  source.Span
	Path  []Expr
	Value Expr
}

// An Arm is p -> e.
type Arm struct{ Cond, Value Expr }

// An Assumption of an ASSUME-PROVE is a formula (Decl nil) or NEW x \in S.
type Assumption struct {
	Span source.Span
	Kind string // "", "CONSTANT", "VARIABLE", "STATE", "ACTION", "TEMPORAL"
	Decl *ParamDecl
	Dom  Expr // of NEW x \in S; nil otherwise
	Expr Expr
}

// A Proof is parsed with its structure and not checked. Kind is OBVIOUS,
// OMITTED, BY, or STEPS.
type Proof struct {
	Span  source.Span
	Kind  string
	Facts []Expr
	Defs  []Expr
	Only  bool
	Steps []*Step
}

// A Step is one step of a structured proof: <1>2a. Body.
type Step struct {
	Span   source.Span
	Level  int
	Label  string // the text after <n>, without dots
	Kw     string // "", SUFFICES, CASE, HAVE, TAKE, WITNESS, PICK, DEFINE, USE, HIDE, INSTANCE, QED
	Exprs  []Expr
	Bounds []*Bound
	Units  []Unit // DEFINE, INSTANCE
	Proof  *Proof
}
