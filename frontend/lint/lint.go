// Package lint warns of what is legal and hardly meant. It looks at a system
// after resolution; each rule is a function with a code, and stands in a file
// with others that look at the same thing.
//
// A rule speaks only where it is sure of what it says; whether the user meant it
// nobody knows, so that nothing here is an error.
package lint

import (
	"fmt"
	"maps"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

// The codes of the rules.
const (
	codeConstantInvariant diag.Code = "W150" // an invariant that speaks of no variable
	codeStateProperty     diag.Code = "W151" // a property that only initial states decide
	codeKeptAndChanged    diag.Code = "W152" // a variable that one conjunction changes and leaves unchanged
	codeFieldName         diag.Code = "W153" // a record field with the name of a definition
	codeAbsentField       diag.Code = "W154" // EXCEPT for a field that the record does not have
)

// rules are all of them, in the order of their warnings.
var rules = []func(*linter){
	(*linter).constantInvariants, (*linter).stateProperties,
	(*linter).keptAndChanged, (*linter).fieldNames, (*linter).absentFields,
}

// Check lists the warnings about sys.
func Check(sys *ir.System) []*diag.Diagnostic {
	l := &linter{sys: sys}
	for _, rule := range rules {
		rule(l)
	}
	return l.diags.All()
}

type linter struct {
	sys   *ir.System
	diags diag.List
}

func (l *linter) warn(code diag.Code, at source.Span, hint, format string, args ...any) {
	l.diags.Add(&diag.Diagnostic{Code: code, Class: diag.Syntax, Span: at, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// each calls f for every expression that the behaviour and the formulas to check
// consist of, also in the definitions that they use, each of which counts once.
func (l *linter) each(f func(ir.Expr)) {
	v := &visitor{f: f, seen: map[*ir.Def]bool{}}
	v.visit(l.sys.Init)
	v.visit(l.sys.Next)
	for _, fs := range [][]*ir.Formula{l.sys.Invariants, l.sys.Properties, l.sys.Constraints, l.sys.ActionConstraints} {
		for _, x := range fs {
			v.visit(x.Expr)
		}
	}
}

// everywhere is each for all definitions, used or not.
func (l *linter) everywhere(f func(ir.Expr)) {
	v := &visitor{f: f, seen: map[*ir.Def]bool{}}
	for _, name := range slices.Sorted(maps.Keys(l.sys.Defs)) {
		v.enter(l.sys.Defs[name])
	}
}

// A visitor goes through expressions and the definitions that they use.
type visitor struct {
	f    func(ir.Expr)
	seen map[*ir.Def]bool
}

func (v *visitor) visit(e ir.Expr) {
	if e == nil {
		return
	}
	ir.Walk(e, func(x ir.Expr) bool {
		v.f(x)
		if c, ok := x.(*ir.Call); ok {
			v.enter(c.Def)
		}
		return true
	})
}

// enter visits a definition of the spec; those of standard modules are not the
// user's.
func (v *visitor) enter(d *ir.Def) {
	if d.Body != nil && d.Key == "" && !v.seen[d] {
		v.seen[d] = true
		v.visit(d.Body)
	}
}
