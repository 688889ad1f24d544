package module

import (
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/ir"
)

// TestStandardModules lowers every definition of every bundled module.
func TestStandardModules(t *testing.T) {
	ops := map[string]bool{}
	for _, name := range Standard() {
		t.Run(name, func(t *testing.T) {
			m, files, diags := loadText(t, &Loader{Strict: true}, "EXTENDS "+name)
			if m == nil {
				t.Fatal(diags.Err())
			}
			r := m.run
			r.diags = &diag.List{}
			for _, u := range m.unit.closure() {
				for _, sym := range u.scope.order {
					if d, ok := sym.ent.(*definition); ok {
						r.need(d)
					}
				}
			}
			r.drain()
			for _, d := range r.diags.All() {
				t.Error(diag.Render(files, d))
			}
			for _, d := range r.defs {
				if err := ir.Check(d.def); err != nil {
					t.Error(err)
				}
				if def, ok := d.syntax.(*syntax.OpDef); ok && d.def.Body == nil && len(def.Params) != len(d.def.Params) {
					t.Errorf("%s: native with wrong parameters", d.def.Key)
				}
			}
			for _, u := range m.unit.closure() {
				for _, sym := range u.scope.order {
					if _, ok := sym.ent.(*operator); ok {
						ops[sym.home+"!"+sym.name] = true
					}
				}
			}
		})
	}
	for key, op := range opTable {
		if !ops[key] {
			t.Errorf("no module defines %s", key)
		}
		if n := op.Arity(); n < 0 {
			t.Errorf("%s has no fixed arity", key)
		}
	}
}

// TestOperatorArity checks that the texts and ir agree on arities.
func TestOperatorArity(t *testing.T) {
	for _, name := range Standard() {
		m, _, diags := loadText(t, &Loader{}, "EXTENDS "+name)
		if m == nil {
			t.Fatal(diags.Err())
		}
		for _, sym := range m.unit.scope.order {
			if o, ok := sym.ent.(*operator); ok && o.arity != o.op.Arity() {
				t.Errorf("%s!%s takes %d arguments, and ir's operator %d", sym.home, sym.name, o.arity, o.op.Arity())
			}
		}
	}
}

// TestCoreModulesStay checks which modules a file of the same name replaces.
func TestCoreModulesStay(t *testing.T) {
	own := []string{"---- MODULE Naturals ----\nNat == 1\n====", "---- MODULE SequencesExt ----\nMine == 1\n===="}
	m, _, diags := loadText(t, &Loader{}, "EXTENDS Naturals, SequencesExt\nX == <<Nat, Mine>>", own...)
	if m == nil {
		t.Fatal(diags.Err())
	}
	if got := ir.String(m.Defs["X"].Body); got != "<<Nat, Mine>>" {
		t.Error(got)
	}
	if m.Defs["Mine"] == nil || m.Defs["Mine"].Key != "" {
		t.Error("the module beside the spec does not count")
	}
}
