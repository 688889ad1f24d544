package pluscal

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/source"
)

// Whether the algorithm was changed after its translation was written into the
// file is told by comparing that translation with a fresh one. The checksums
// that translators leave only tell which of the two was changed: they also change
// with what means nothing, and are not always there.
//
// Two translations count as the same when definition by definition they are
// the same tree up to what does not change the meaning and has differed
// between versions of the official translator: parentheses, the nesting of
// conjunctions and disjunctions, the order of disjuncts, of variables and of
// definitions, x' = x for UNCHANGED x, conjuncts TRUE, and the line numbers in
// the messages of failed assertions.

// InBlock tells whether u, a unit of f's module, belongs to the translation.
func (r *Region) InBlock(f *source.File, u syntax.Unit) bool {
	if r.Block == nil {
		return false
	}
	at := f.Offset(u.Pos().Start)
	return r.Block.Body <= at && at < r.Block.BodyEnd
}

// Stale is a warning when the translation in the file, whose units are given,
// is not what the algorithm at r means now; else nil.
func Stale(f *source.File, r *Region, a *Algorithm, fresh, written []syntax.Unit) *diag.Diagnostic {
	name, same := sameUnits(fresh, written)
	if same {
		return nil
	}
	why := "is not that of the algorithm"
	if b := r.Block; b.TLA != "" && b.TLA != sumLines(f.Text[b.Body:b.BodyEnd]) {
		why = "was changed by hand, as its checksum tells, and is not that of the algorithm"
	} else if sum, ok := a.Checksum(); ok && b.PCal != "" && b.PCal != sum {
		why = "is that of another algorithm, as its checksum tells"
	}
	return &diag.Diagnostic{Code: diag.CodeStale, Class: diag.Syntax, Span: a.Name.Span,
		Message: fmt.Sprintf("the translation below the algorithm %s: they differ in %s", why, name),
		Hint:    "lemma translate --write renews it"}
}

// sameUnits compares two translations and names the first definition in which
// they differ.
func sameUnits(a, b []syntax.Unit) (name string, same bool) {
	x, y := unitForms(a), unitForms(b)
	var names []string
	for n := range x {
		names = append(names, n)
	}
	for n := range y {
		if _, both := x[n]; !both {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	for _, n := range names {
		if x[n] != y[n] {
			return n, false
		}
	}
	return "", true
}

// unitForms gives the normal form of each definition by its name; all
// declarations of variables count as one.
func unitForms(us []syntax.Unit) map[string]string {
	out := map[string]string{}
	var vars []string
	for _, u := range us {
		switch u := u.(type) {
		case *syntax.Variables:
			for _, n := range u.Names {
				vars = append(vars, n.Name)
			}
		case *syntax.Constants:
			for _, d := range u.Decls {
				out["CONSTANT "+d.Name.Name] = ""
			}
		case *syntax.OpDef:
			if t, ok := u.Body.(*syntax.Tuple); ok && u.Name.Name == "vars" {
				items := forms(t.Items)
				slices.Sort(items)
				out["vars"] = strings.Join(items, " ")
				continue
			}
			out[u.Name.Name] = form(u)
		case *syntax.FuncDef:
			out[u.Name.Name] = form(u)
		case *syntax.Separator:
		default:
			out[fmt.Sprintf("%T", u)] += form(u)
		}
	}
	slices.Sort(vars)
	out["VARIABLES"] = strings.Join(vars, " ")
	return out
}

var assertPlace = regexp.MustCompile(`^Failure of assertion at .*`)

// form is the normal form of a node.
func form(node any) string {
	switch e := node.(type) {
	case *syntax.Paren:
		return form(e.X)
	case *syntax.Junction:
		return junctionForm(e, e.Or)
	case *syntax.Infix:
		switch op := syntax.Canonical(e.Op.Name); op {
		case `/\`, `\/`:
			return junctionForm(e, op == `\/`)
		case "=":
			if same, ok := unchangedName(e); ok {
				return "(same " + same + ")"
			}
		}
	case *syntax.Prefix:
		if e.Op.Name == "UNCHANGED" {
			return junctionForm(e, false)
		}
	case *syntax.String:
		return fmt.Sprintf("%q", assertPlace.ReplaceAllString(e.Value, "assertion"))
	case *syntax.Ident:
		return syntax.Canonical(e.Name)
	case *syntax.Name:
		if len(e.Path) == 0 {
			return e.Name
		}
	case *syntax.Quant:
		return quantForm(e)
	}
	return fieldForm(reflect.ValueOf(node))
}

// quantForm reads \E x, y \in S : P as \E x \in S : \E y \in S : P.
func quantForm(e *syntax.Quant) string {
	var b strings.Builder
	for _, bound := range e.Bounds {
		for _, n := range bound.Names {
			fmt.Fprintf(&b, "(%v %v %v %s %s ", e.All, e.Temporal, bound.Tuple, n.Name, form(bound.Domain))
		}
	}
	return b.String() + form(e.Body) + ")"
}

// unchangedName recognises x' = x.
func unchangedName(e *syntax.Infix) (string, bool) {
	p, ok := e.X.(*syntax.Postfix)
	if !ok || p.Op.Name != "'" {
		return "", false
	}
	x, ok1 := p.X.(*syntax.Name)
	y, ok2 := e.Y.(*syntax.Name)
	if !ok1 || !ok2 || x.Name != y.Name {
		return "", false
	}
	return x.Name, true
}

// junctionForm flattens conjunctions or disjunctions.
func junctionForm(e syntax.Expr, or bool) string {
	var items []string
	collect(e, or, &items)
	if or {
		slices.Sort(items)
	} else {
		// What is unchanged comes last, in any order.
		slices.SortStableFunc(items, func(a, b string) int {
			as, bs := strings.HasPrefix(a, "(same "), strings.HasPrefix(b, "(same ")
			switch {
			case as && bs:
				return strings.Compare(a, b)
			case as:
				return 1
			case bs:
				return -1
			}
			return 0
		})
		items = slices.DeleteFunc(items, func(s string) bool { return s == "TRUE" })
	}
	switch len(items) {
	case 0:
		return "TRUE"
	case 1:
		return items[0]
	}
	return fmt.Sprintf("(%v %s)", or, strings.Join(items, " "))
}

func collect(e syntax.Expr, or bool, items *[]string) {
	switch x := e.(type) {
	case *syntax.Paren:
		collect(x.X, or, items)
		return
	case *syntax.Junction:
		if x.Or == or || len(x.Items) == 1 {
			for _, i := range x.Items {
				collect(i, or, items)
			}
			return
		}
	case *syntax.Infix:
		op := syntax.Canonical(x.Op.Name)
		if op == `\/` && or || op == `/\` && !or {
			collect(x.X, or, items)
			collect(x.Y, or, items)
			return
		}
	case *syntax.Prefix:
		if x.Op.Name == "UNCHANGED" && !or {
			if t, ok := x.X.(*syntax.Tuple); ok {
				for _, i := range t.Items {
					collect(&syntax.Prefix{Op: x.Op, X: i}, or, items)
				}
				return
			}
			if n, ok := x.X.(*syntax.Name); ok {
				*items = append(*items, "(same "+n.Name+")")
				return
			}
			*items = append(*items, fieldForm(reflect.ValueOf(e)))
			return
		}
	}
	*items = append(*items, form(e))
}

func forms(es []syntax.Expr) []string {
	out := make([]string, len(es))
	for i, e := range es {
		out[i] = form(e)
	}
	return out
}

var spanType = reflect.TypeFor[source.Span]()

// fieldForm writes any node with all its fields but the places.
func fieldForm(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return "_"
		}
		if v.Elem().Kind() == reflect.Struct {
			return structForm(v.Elem())
		}
		return form(v.Interface())
	case reflect.Slice:
		var items []string
		for i := range v.Len() {
			items = append(items, form(v.Index(i).Interface()))
		}
		return "[" + strings.Join(items, " ") + "]"
	case reflect.Invalid:
		return "_"
	}
	return fmt.Sprintf("%v", v.Interface())
}

func structForm(v reflect.Value) string {
	var b strings.Builder
	b.WriteString("(" + v.Type().Name())
	for i := range v.NumField() {
		f := v.Field(i)
		if f.Type() == spanType {
			continue
		}
		b.WriteString(" ")
		if isNil(f) {
			b.WriteString("_")
		} else {
			b.WriteString(form(f.Interface()))
		}
	}
	return b.String() + ")"
}

func isNil(v reflect.Value) bool {
	k := v.Kind()
	return (k == reflect.Pointer || k == reflect.Interface) && v.IsNil()
}
