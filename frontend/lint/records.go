package lint

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
)

// fieldNames: the field of [Key |-> 3] is "Key", whatever the definition Key is.
// Where that is a string itself, the user may have meant it.
func (l *linter) fieldNames() {
	l.everywhere(func(e ir.Expr) {
		r, ok := e.(*ir.Record)
		if !ok {
			return
		}
		for _, name := range r.Names {
			d := l.sys.Defs[name]
			if d == nil || len(d.Params) > 0 || d.Body == nil {
				continue
			}
			if text, ok := ir.StringLit(d.Body); ok && text != name {
				l.warn(codeFieldName, r.Span, "for a field with that name, write "+name+" :> ... (module TLC)",
					"the field is called %q, and not what the definition %s says, %q", name, name, text)
			}
		}
	})
}

// absentFields: [r EXCEPT !.f = e] is r where r has no field f.
func (l *linter) absentFields() {
	fields := l.recordVariables()
	l.each(func(e ir.Expr) {
		x, ok := e.(*ir.Except)
		if !ok || len(x.Path) == 0 {
			return
		}
		v := updated(x)
		if v == nil || fields[v] == nil {
			return
		}
		if f, ok := ir.StringLit(x.Path[0]); ok && !slices.Contains(fields[v], f) {
			l.warn(codeAbsentField, x.Span, "", "%s has no field %s, so that this changes nothing", v.Name, f)
		}
	})
}

// updated is the variable of which x is an update, maybe after others; else nil.
func updated(x *ir.Except) *ir.Variable {
	switch of := x.Fun.(type) {
	case *ir.VarRef:
		return of.Var
	case *ir.Except:
		return updated(of)
	}
	return nil
}

// recordVariables are the variables that are records, with their fields, as far
// as that is plain: the initial predicate and all actions write them so.
func (l *linter) recordVariables() map[*ir.Variable][]string {
	fields := map[*ir.Variable][]string{}
	unsure := map[*ir.Variable]bool{}
	note := func(v *ir.Variable, names []string) {
		if names == nil || fields[v] != nil && !slices.Equal(fields[v], names) {
			unsure[v] = true
		}
		fields[v] = names
	}
	l.each(func(e ir.Expr) {
		x, ok := e.(*ir.App)
		if !ok || x.Op != ir.Eq && x.Op != ir.In {
			return
		}
		left := x.Args[0]
		if p, ok := left.(*ir.App); ok && p.Op == ir.Prime {
			left = p.Args[0]
		}
		v, ok := left.(*ir.VarRef)
		if !ok {
			return
		}
		switch r := x.Args[1].(type) {
		case *ir.Record:
			note(v.Var, r.Names)
		case *ir.RecordSet:
			note(v.Var, r.Names)
		case *ir.Except:
			unsure[v.Var] = unsure[v.Var] || updated(r) != v.Var
		case *ir.VarRef:
			unsure[v.Var] = unsure[v.Var] || r.Var != v.Var
		default:
			unsure[v.Var] = true
		}
	})
	for v := range unsure {
		if unsure[v] {
			delete(fields, v)
		}
	}
	return fields
}
