package syntax

import (
	"reflect"
	"testing"
)

// allNodes is one of each node type, filled so that every field that can hold
// a node does.
var allNodes = []Node{
	&Ident{}, &Module{}, &ParamDecl{}, &Bound{}, &Substitution{}, &Selector{}, &FieldExpr{}, &Update{}, &Arm{},
	&Assumption{}, &Proof{}, &Step{},
	&Constants{}, &Variables{}, &Recursive{}, &OpDef{}, &FuncDef{}, &ModuleDef{}, &Instance{}, &Assume{},
	&Theorem{}, &UseHide{}, &Nested{}, &Separator{},
	&Number{}, &String{}, &Name{}, &Apply{}, &Prefix{}, &Infix{}, &Postfix{}, &Junction{}, &Quant{}, &Choose{},
	&SetEnum{}, &SetFilter{}, &SetMap{}, &FuncLit{}, &FuncSet{}, &Index{}, &RecordLit{}, &RecordSet{}, &Field{},
	&Except{}, &At{}, &Tuple{}, &Product{}, &If{}, &Case{}, &Let{}, &Lambda{}, &ActionBox{}, &Fair{}, &Labeled{},
	&Subexpr{}, &Paren{}, &AssumeProve{},
}

var nodeType = reflect.TypeFor[Node]()

// fill puts a new node into every field of v that can hold one and returns
// how many it made.
func fill(v reflect.Value) int {
	made := 0
	for i := range v.NumField() {
		field := v.Field(i)
		switch typ := field.Type(); {
		case typ == reflect.TypeFor[Expr]():
			field.Set(reflect.ValueOf(&At{}))
			made++
		case typ.Kind() == reflect.Pointer && typ.Implements(nodeType):
			field.Set(reflect.New(typ.Elem()))
			made++
		case typ.Kind() == reflect.Slice && typ.Elem().Implements(nodeType):
			made += 2
			for range 2 {
				field.Set(reflect.Append(field, someNode(typ.Elem())))
			}
		case v.Field(i).Kind() == reflect.Struct && typ == reflect.TypeFor[Proof]():
			made += fill(field)
		}
	}
	return made
}

func someNode(typ reflect.Type) reflect.Value {
	switch typ {
	case reflect.TypeFor[Expr]():
		return reflect.ValueOf(&At{})
	case reflect.TypeFor[Unit]():
		return reflect.ValueOf(&Separator{})
	}
	return reflect.New(typ.Elem())
}

func TestChildrenKnowsEveryField(t *testing.T) {
	for _, n := range allNodes {
		want := fill(reflect.ValueOf(n).Elem())
		if m, ok := n.(*Module); ok {
			m.Slips = nil
		}
		if got := len(Children(n)); got != want {
			t.Errorf("%T has %d nodes, Children returns %d", n, want, got)
		}
	}
}

func TestChildrenComeInOrderOfText(t *testing.T) {
	for path, text := range corpusFiles(t) {
		m, _ := parseText(path, text)
		Inspect(m, func(n Node) bool {
			last := n.Pos().Start
			for _, c := range Children(n) {
				at := c.Pos()
				if _, def := n.(*OpDef); !def && at.Start < last || at.Start < n.Pos().Start || at.End > n.Pos().End {
					t.Errorf("%s: %T at %v within %T at %v", path, c, at, n, n.Pos())
					return false
				}
				last = c.Pos().Start
			}
			return true
		})
	}
}
