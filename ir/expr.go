package ir

import (
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// An Expr is a resolved TLA+ expression; expr() closes the set of nodes.
type Expr interface {
	Pos() source.Span
	expr()
}

type (
	// Lit is a literal value.
	Lit struct {
		Span  source.Span
		Value value.Value
	}
	// ConstRef is a declared constant (arity 0), VarRef a state variable,
	// NameRef a bound name of arity 0.
	ConstRef struct {
		Span  source.Span
		Const *Constant
	}
	VarRef struct {
		Span source.Span
		Var  *Variable
	}
	NameRef struct {
		Span source.Span
		Name *Name
	}
	// App applies a built-in operator; len(Args) is op's arity (n-ary ones:
	// any number).
	App struct {
		Span source.Span
		Op   Op
		Args []Expr
	}
	// Call applies a definition: len(Args) == len(Def.Params). An argument
	// for a parameter of arity > 0 is an OpArg.
	Call struct {
		Span source.Span
		Def  *Def
		Args []Expr
	}
	// CallName applies an operator parameter, CallConst an operator constant.
	CallName struct {
		Span source.Span
		Name *Name
		Args []Expr
	}
	CallConst struct {
		Span  source.Span
		Const *Constant
		Args  []Expr
	}
	// OpArg is an operator in argument position: a LAMBDA, or any operator
	// wrapped as one. It has no value of its own.
	OpArg struct {
		Span   source.Span
		Params []*Name
		Body   Expr
	}
	// Quant is \A or \E over Bounds.
	Quant struct {
		Span   source.Span
		All    bool
		Bounds []*Bound
		Body   Expr
	}
	// Choose is CHOOSE; Bound.Domain is nil when unbounded.
	Choose struct {
		Span  source.Span
		Bound *Bound
		Body  Expr
	}
	// SetFilter is {x \in S : P}, SetMap {e : x \in S, ...}.
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
	// Func is [x \in S |-> e]. With several bounds, or a tuple bound, its
	// domain is the product. Self, when not nil, is the function itself in
	// its own Body: f[x \in S] == ... f[x-1] ...
	Func struct {
		Span   source.Span
		Self   *Name
		Bounds []*Bound
		Body   Expr
	}
	// Index is f[e]; f[a, b] has a tuple as Arg.
	Index struct {
		Span source.Span
		Fun  Expr
		Arg  Expr
	}
	// Record is [a |-> e], RecordSet [a : S]; names in string order.
	Record struct {
		Span  source.Span
		Names []string
		Vals  []Expr
	}
	RecordSet struct {
		Span  source.Span
		Names []string
		Sets  []Expr
	}
	// Except is [f EXCEPT ![p1]...[pn] = e]: one update. Several updates nest.
	// At is bound to the old value in Value; nil when @ is not used.
	Except struct {
		Span  source.Span
		Fun   Expr
		Path  []Expr // field names are string literals
		At    *Name
		Value Expr
	}
	If struct {
		Span             source.Span
		Cond, Then, Else Expr
	}
	// Case is CASE; Other is nil when absent.
	Case struct {
		Span  source.Span
		Arms  []Arm
		Other Expr
	}
	// Let is LET Defs IN Body. The Defs may refer to names bound outside.
	Let struct {
		Span source.Span
		Defs []*Def
		Body Expr
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
	// TemporalQuant is \AA or \EE over variables (no engine evaluates it).
	TemporalQuant struct {
		Span  source.Span
		All   bool
		Names []*Name
		Body  Expr
	}
	// Label is name(params) :: e; it means e.
	//
	// A Label without a name tells of substitution in an instance whose
	// variables do not stand for variables one by one: with Of, that Body was
	// put in the place of that variable; with Frees, that Body is the action of
	// an ENABLED in the instance, where primed occurrences of these variables
	// are free and Body's Of does not count (Specifying Systems, 17.8). With
	// Shut, Body comes from outside of the instance, where nothing is freed.
	Label struct {
		Span  source.Span
		Name  string
		Body  Expr
		Of    *Variable
		Frees []*Variable
		Shut  bool
	}
)

// A Bound is x, y \in S (len(Names) names over one domain), or, when Tuple,
// <<x, y>> \in S.
type Bound struct {
	Names  []*Name
	Tuple  bool
	Domain Expr // nil: unbounded (Quant and Choose only)
}

// An Arm is one p -> e of a Case.
type Arm struct{ Cond, Value Expr }

func (x *Lit) Pos() source.Span           { return x.Span }
func (x *ConstRef) Pos() source.Span      { return x.Span }
func (x *VarRef) Pos() source.Span        { return x.Span }
func (x *NameRef) Pos() source.Span       { return x.Span }
func (x *App) Pos() source.Span           { return x.Span }
func (x *Call) Pos() source.Span          { return x.Span }
func (x *CallName) Pos() source.Span      { return x.Span }
func (x *CallConst) Pos() source.Span     { return x.Span }
func (x *OpArg) Pos() source.Span         { return x.Span }
func (x *Quant) Pos() source.Span         { return x.Span }
func (x *Choose) Pos() source.Span        { return x.Span }
func (x *SetFilter) Pos() source.Span     { return x.Span }
func (x *SetMap) Pos() source.Span        { return x.Span }
func (x *Func) Pos() source.Span          { return x.Span }
func (x *Index) Pos() source.Span         { return x.Span }
func (x *Record) Pos() source.Span        { return x.Span }
func (x *RecordSet) Pos() source.Span     { return x.Span }
func (x *Except) Pos() source.Span        { return x.Span }
func (x *If) Pos() source.Span            { return x.Span }
func (x *Case) Pos() source.Span          { return x.Span }
func (x *Let) Pos() source.Span           { return x.Span }
func (x *ActionBox) Pos() source.Span     { return x.Span }
func (x *Fair) Pos() source.Span          { return x.Span }
func (x *TemporalQuant) Pos() source.Span { return x.Span }
func (x *Label) Pos() source.Span         { return x.Span }

func (*Lit) expr()           {}
func (*ConstRef) expr()      {}
func (*VarRef) expr()        {}
func (*NameRef) expr()       {}
func (*App) expr()           {}
func (*Call) expr()          {}
func (*CallName) expr()      {}
func (*CallConst) expr()     {}
func (*OpArg) expr()         {}
func (*Quant) expr()         {}
func (*Choose) expr()        {}
func (*SetFilter) expr()     {}
func (*SetMap) expr()        {}
func (*Func) expr()          {}
func (*Index) expr()         {}
func (*Record) expr()        {}
func (*RecordSet) expr()     {}
func (*Except) expr()        {}
func (*If) expr()            {}
func (*Case) expr()          {}
func (*Let) expr()           {}
func (*ActionBox) expr()     {}
func (*Fair) expr()          {}
func (*TemporalQuant) expr() {}
func (*Label) expr()         {}
