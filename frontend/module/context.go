package module

import (
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/ir"
)

// An instanceContext gives the declared parameters of its modules their meaning: see the
// package comment.
type instanceContext struct {
	// path stands in front of the names of definitions: "I!J!".
	path string
	// params are what the parameters stand for; nil where they are declared.
	params map[string]*substitute
	// frees are the variables of the instance that an ENABLED in it binds; nil
	// when each stands for a variable of its own, so that it makes no difference.
	frees []*ir.Variable
	// prefix are the parameters of the named instances around.
	prefix []*instParam
	// frame and let belong to an instance within an expression.
	frame  *frame
	let    *letDefs
	inside *definition // the definition that has the expression
	// host is the unit around, when the instance context belongs to a nested module: what
	// that extends is shared and not elaborated anew.
	host *unit
	// silent instance contexts report nothing: their modules are analysed elsewhere.
	silent bool

	units     map[*syntax.Module]*unit
	constants []*ir.Constant
	variables []*ir.Variable
}

func newContext() *instanceContext { return &instanceContext{units: map[*syntax.Module]*unit{}} }

// A unit is a module in an instance context.
type unit struct {
	tree      *syntax.Module
	std       bool
	context   *instanceContext
	scope     *scope
	exported  *scope // what instances give on, once asked for
	extends   []*unit
	declaring bool
	assumes   []*definition
	theorems  []*definition
}

// closure lists u and all units that it extends, those first.
func (u *unit) closure() []*unit {
	var out []*unit
	seen := map[*unit]bool{}
	var visit func(*unit)
	visit = func(u *unit) {
		if seen[u] {
			return
		}
		seen[u] = true
		for _, e := range u.extends {
			visit(e)
		}
		out = append(out, u)
	}
	visit(u)
	return out
}

// extended finds a module among those that u, or a unit around it, extends; nil
// when it is not there. u may be nil.
func (u *unit) extended(tree *syntax.Module) *unit {
	for ; u != nil; u = u.context.host {
		for _, e := range u.closure() {
			if e.tree == tree {
				return e
			}
		}
	}
	return nil
}

// passOn is the symbol that a module importing u gets for u's symbol sym.
func (u *unit) passOn(sym *symbol) *symbol {
	weak := u.std && !coreModules[u.tree.Name.Name] && sym.home != u.tree.Name.Name
	return &symbol{name: sym.name, span: sym.span, home: sym.home, ent: sym.ent, weak: weak || sym.weak}
}

// A frame says what the parameters of instances are while a definition's body
// is lowered: names of the definition, or, for a selected subexpression, the
// arguments that the user gave.
type frame struct {
	outer *frame
	args  map[*instParam]entity // *bound or *substitute
}

func (f *frame) find(p *instParam) entity {
	for ; f != nil; f = f.outer {
		if e, ok := f.args[p]; ok {
			return e
		}
	}
	return nil
}

// A letDefs collects the definitions of a LET, with those of the instances in
// it as they are used.
type letDefs struct{ defs []*ir.Def }
