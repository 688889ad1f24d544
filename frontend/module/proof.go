package module

import (
	"strings"

	"github.com/lemma-mc/lemma/frontend/syntax"
)

// Proofs are not checked, but the names in them are to be there, as for SANY: those of
// facts, of DEF and of the formulas of steps. What the proof itself introduces counts in
// all of it, wherever it stands: TAKE, PICK, NEW, DEFINE, and bound names.

// proofLibraries begin the names of modules that proofs use. What is bundled of them
// is not all that there is: where one is in use, a name may be one of theirs.
var proofLibraries = []string{"TLAPS", "NaturalsInduction", "WellFoundedInduction"}

const theoremLibrary = "Theorems" // at the end of a module's name

// proofNames reports the names in n, a theorem with its proof or a USE or HIDE, that
// nothing has.
func (c *reader) proofNames(n syntax.Node) {
	if c.usesProofs() {
		return
	}
	own := introduced(n)
	reported := map[string]bool{}
	report := func(id *syntax.Ident) {
		if !isIdentifier(id.Name) || own[id.Name] || reported[id.Name] || inLanguage(id.Name) || c.scope.lookup(id.Name) != nil {
			return
		}
		reported[id.Name] = true
		c.fail(c.unknown(c.scope, id))
	}
	syntax.Inspect(n, func(n syntax.Node) bool {
		if x, ok := n.(*syntax.Name); ok {
			id := &syntax.Ident{Span: x.Span, Name: x.Name}
			if len(x.Path) > 0 {
				id = x.Path[0].Name
			}
			report(id)
		}
		return true
	})
}

// usesProofs tells whether a library of proofs is in use.
func (c *reader) usesProofs() bool {
	for _, u := range c.unit.closure() {
		name := u.tree.Name.Name
		if strings.HasSuffix(name, theoremLibrary) {
			return true
		}
		for _, library := range proofLibraries {
			if name == library {
				return true
			}
		}
	}
	return false
}

// introduced are the names that something below n binds, declares or defines.
func introduced(n syntax.Node) map[string]bool {
	own := map[string]bool{}
	add := func(ids ...*syntax.Ident) {
		for _, id := range ids {
			if id != nil {
				own[id.Name] = true
			}
		}
	}
	syntax.Inspect(n, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.Bound:
			add(n.Names...)
		case *syntax.ParamDecl:
			add(n.Name)
		case *syntax.Lambda:
			add(n.Params...)
		case *syntax.OpDef:
			add(n.Name)
		case *syntax.FuncDef:
			add(n.Name)
		case *syntax.ModuleDef:
			add(n.Name)
		case *syntax.Theorem:
			add(n.Name)
		case *syntax.Labeled:
			add(n.Name)
		}
		return true
	})
	return own
}
