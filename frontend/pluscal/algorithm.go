package pluscal

import (
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/source"
)

// An Algorithm is a PlusCal algorithm as written, whichever of the two
// syntaxes it is written in. It has either Processes or a Body.
type Algorithm struct {
	Span       source.Span
	Name       *syntax.Ident
	Fair       bool // --fair algorithm
	Options    Options
	Vars       []*VarDecl
	Define     []syntax.Unit
	Macros     []*Macro
	Procedures []*Procedure
	Processes  []*Process
	Body       []*Stmt
	// Slips are the spellings inside the algorithm that are not TLA+ and were
	// read as what they mean. They belong to the module's slips.
	Slips []syntax.Slip

	files *source.Set  // for the places that failed assertions tell
	file  *source.File // that it is in
	marks marks        // of the expressions, once macros are expanded

	translation *translation // once it is translated
}

// A VarDecl declares a variable or a parameter: x, x = e, or x \in S when In.
// Init is nil for a variable without an initial value.
type VarDecl struct {
	Span source.Span
	Name *syntax.Ident
	In   bool
	Init syntax.Expr
}

// A Macro is replaced by its body, parameters substituted, wherever it is used.
type Macro struct {
	Span   source.Span
	Name   *syntax.Ident
	Params []*syntax.Ident
	Body   []*Stmt
}

// A Procedure is run by call statements; the values of its parameters and
// variables are kept on the stack of the calling process.
type Procedure struct {
	Span   source.Span
	Name   *syntax.Ident
	Params []*VarDecl
	Vars   []*VarDecl
	Body   []*Stmt
}

// Fairness is what a process promises about its steps.
type Fairness uint8

// The fairness of a process: none, fair, fair+.
const (
	Unfair Fairness = iota
	Weak
	Strong
)

// A Process is a set of processes, one for each element of ID, or when Single
// the one process that ID names.
type Process struct {
	Span     source.Span
	Fairness Fairness
	Name     *syntax.Ident
	Single   bool
	ID       syntax.Expr
	Vars     []*VarDecl
	Body     []*Stmt
}

// A Stmt is a statement with the label before it, if any.
type Stmt struct {
	Span  source.Span
	Label *Label // nil when unlabelled
	Act   Act
}

// A Label names the step that begins at its statement. Mark is '+' or '-' when
// the label changes the fairness of that step, else 0.
type Label struct {
	Span source.Span
	Name string
	Mark byte
}

// An Act is what a statement does; act() closes the set of node types.
type Act interface{ act() }

// Statements.
type (
	// Assign is x := e || y[i].f := e: all expressions are evaluated before
	// any variable changes.
	Assign struct{ Parts []*Assignment }
	// If is if/then/else; elsif is an If alone in Else.
	If struct {
		Cond       syntax.Expr
		Then, Else []*Stmt
	}
	// Either executes one of its branches that is enabled.
	Either struct{ Branches [][]*Stmt }
	// While is a loop; its test is made at its label.
	While struct {
		Cond syntax.Expr
		Body []*Stmt
	}
	// With binds Name to an element of Value when In, else to Value itself.
	// A with statement of several names is nested Withs.
	With struct {
		Name  *syntax.Ident
		In    bool
		Value syntax.Expr
		Body  []*Stmt
	}
	// When is await or when.
	When struct{ Cond syntax.Expr }
	// Assert fails the check when Cond is false.
	Assert struct{ Cond syntax.Expr }
	// Print prints Value.
	Print struct{ Value syntax.Expr }
	// Skip does nothing.
	Skip struct{}
	// Goto ends the step; the next one begins at Label.
	Goto struct{ Label *syntax.Ident }
	// Call runs a procedure. Then is what follows the call without a label
	// and so belongs to it: nil, a *Return or a *Goto.
	Call struct {
		Proc *syntax.Ident
		Args []syntax.Expr
		Then Act
	}
	// Return ends the run of a procedure.
	Return struct{}
	// Use stands for the body of a macro.
	Use struct {
		Macro *syntax.Ident
		Args  []syntax.Expr
	}
)

func (*Assign) act() {}
func (*If) act()     {}
func (*Either) act() {}
func (*While) act()  {}
func (*With) act()   {}
func (*When) act()   {}
func (*Assert) act() {}
func (*Print) act()  {}
func (*Skip) act()   {}
func (*Goto) act()   {}
func (*Call) act()   {}
func (*Return) act() {}
func (*Use) act()    {}

// An Assignment is x[i].f := Value. Path holds *syntax.Index and *syntax.Field
// whose Fun or X is nil, as in a syntax.Update.
type Assignment struct {
	Span  source.Span
	Var   *syntax.Ident
	Path  []syntax.Expr
	Value syntax.Expr
}

// bodies returns the statement sequences inside a.
func bodies(a Act) [][]*Stmt {
	switch a := a.(type) {
	case *If:
		return [][]*Stmt{a.Then, a.Else}
	case *Either:
		return a.Branches
	case *While:
		return [][]*Stmt{a.Body}
	case *With:
		return [][]*Stmt{a.Body}
	}
	return nil
}

// walk calls f for every statement of body, outer ones first.
func walk(body []*Stmt, f func(*Stmt)) {
	for _, s := range body {
		f(s)
		for _, inner := range bodies(s.Act) {
			walk(inner, f)
		}
	}
}
