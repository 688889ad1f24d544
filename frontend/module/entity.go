package module

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"

	"github.com/lemma-mc/lemma/frontend/syntax"
)

// An entity is what a name stands for; entity() closes the set.
type entity interface{ entity() }

type (
	// A constant or variable is declared in the root's instance context.
	constant struct{ *ir.Constant }
	variable struct{ *ir.Variable }
	// A bound is a name bound in an expression, or a parameter of a
	// definition; used tells whether anything refers to it.
	bound struct {
		name *ir.Name
		used bool
	}
	// An operator is a standard module's operator that ir has a node for.
	operator struct {
		op    ir.Op
		arity int
	}
	// An instParam is a parameter p of I(p) == INSTANCE M.
	instParam struct {
		decl *syntax.ParamDecl
	}
	// A substitute is a piece of syntax that stands for a parameter of an
	// instance, or of the operator whose subexpression is selected. It is
	// lowered wherever the parameter is used: in the frame given, or, when
	// that is nil, in the frame of the use.
	substitute struct {
		expr  syntax.Expr
		arity int
		scope *scope
		frame *frame
		of    *ir.Variable // the variable of the instance, where an ENABLED may free it
	}
	// An instance is a named instance, I == INSTANCE M.
	instance struct {
		params []*instParam
		unit   *unit
	}
	// A nested is a module inside the module of host, with the place where it
	// stands; scope and host are nil for a module of its own.
	nested struct {
		tree  *syntax.Module
		scope *scope
		host  *unit
	}
)

// A definition is an operator, a function, or a named assumption or theorem.
type definition struct {
	def     *ir.Def
	syntax  syntax.Unit
	params  []*syntax.ParamDecl
	scope   *scope // where its body is read
	home    *unit
	context *instanceContext
	// arity is the number of arguments that the user gives.
	arity int
	// state tells how far lowering has come.
	state progress
	// silent definitions report nothing: copies in instances.
	silent bool
}

// A progress is the state of a definition's lowering.
type progress uint8

const (
	untouched progress = iota
	queued
	lowered
)

func (constant) entity()    {}
func (variable) entity()    {}
func (*bound) entity()      {}
func (*operator) entity()   {}
func (*instParam) entity()  {}
func (*substitute) entity() {}
func (*instance) entity()   {}
func (*nested) entity()     {}
func (*definition) entity() {}

// A symbol is a name in a scope.
type symbol struct {
	name  string
	span  source.Span
	local bool
	// weak symbols come along with a community module that extends others. In
	// older releases they did not, so they give way to any other of the name.
	weak bool
	// home is the module that the name was declared or defined in.
	home string
	// seq orders the symbols of a scope: a place sees those before it.
	seq int
	ent entity
}

// kind is what a symbol is called in messages.
func (s *symbol) kind() string {
	switch e := s.ent.(type) {
	case constant:
		return "constant"
	case variable:
		return "variable"
	case *bound, *instParam:
		return "bound name"
	case *operator:
		return "operator"
	case *substitute:
		return "parameter"
	case *instance:
		return "instance"
	case *nested:
		return "module"
	case *definition:
		switch e.syntax.(type) {
		case *syntax.Assume:
			return "assumption"
		case *syntax.Theorem:
			return "theorem"
		case *syntax.FuncDef:
			return "function"
		}
		return "definition"
	}
	panic("module: unknown entity")
}

// arity is the number of arguments a symbol takes when it is used.
func (s *symbol) arity() int {
	switch e := s.ent.(type) {
	case constant:
		return e.Arity
	case *bound:
		return e.name.Arity
	case *operator:
		return e.arity
	case *instParam:
		return e.decl.Arity
	case *definition:
		return e.arity
	case *substitute:
		return e.arity
	}
	return 0
}
