package ir

import (
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/value"
)

// Children calls visit for each expression directly below e, in the order of
// the text. The bodies of a Let's definitions are below it; the body of a
// called definition is not. It is the one place that knows every node's shape.
func Children(e Expr, visit func(Expr)) {
	all := func(es []Expr) {
		for _, x := range es {
			visit(x)
		}
	}
	opt := func(x Expr) {
		if x != nil {
			visit(x)
		}
	}
	domains := func(bs []*Bound) {
		for _, b := range bs {
			opt(b.Domain)
		}
	}
	switch e := e.(type) {
	case *Lit, *ConstRef, *VarRef, *NameRef:
	case *App:
		all(e.Args)
	case *Call:
		all(e.Args)
	case *CallName:
		all(e.Args)
	case *CallConst:
		all(e.Args)
	case *OpArg:
		visit(e.Body)
	case *Quant:
		domains(e.Bounds)
		visit(e.Body)
	case *Choose:
		opt(e.Bound.Domain)
		visit(e.Body)
	case *SetFilter:
		opt(e.Bound.Domain)
		visit(e.Pred)
	case *SetMap:
		visit(e.Elem)
		domains(e.Bounds)
	case *Func:
		domains(e.Bounds)
		visit(e.Body)
	case *Index:
		visit(e.Fun)
		visit(e.Arg)
	case *Record:
		all(e.Vals)
	case *RecordSet:
		all(e.Sets)
	case *Except:
		visit(e.Fun)
		all(e.Path)
		visit(e.Value)
	case *If:
		visit(e.Cond)
		visit(e.Then)
		visit(e.Else)
	case *Case:
		for _, a := range e.Arms {
			visit(a.Cond)
			visit(a.Value)
		}
		opt(e.Other)
	case *Let:
		for _, d := range e.Defs {
			opt(d.Body)
		}
		visit(e.Body)
	case *ActionBox:
		visit(e.Action)
		visit(e.Sub)
	case *Fair:
		visit(e.Sub)
		visit(e.Action)
	case *TemporalQuant:
		visit(e.Body)
	case *Label:
		visit(e.Body)
	default:
		panic(fmt.Sprintf("ir.Children: %T", e))
	}
}

// Binders calls visit for each name that e itself binds: of its bounds, its
// parameters, its @ and its own function name. Parameters of a Let's
// definitions are among them.
func Binders(e Expr, visit func(*Name)) {
	names := func(ns []*Name) {
		for _, n := range ns {
			visit(n)
		}
	}
	bounds := func(bs []*Bound) {
		for _, b := range bs {
			names(b.Names)
		}
	}
	switch e := e.(type) {
	case *OpArg:
		names(e.Params)
	case *Quant:
		bounds(e.Bounds)
	case *Choose:
		names(e.Bound.Names)
	case *SetFilter:
		names(e.Bound.Names)
	case *SetMap:
		bounds(e.Bounds)
	case *Func:
		if e.Self != nil {
			visit(e.Self)
		}
		bounds(e.Bounds)
	case *Except:
		if e.At != nil {
			visit(e.At)
		}
	case *Let:
		for _, d := range e.Defs {
			names(d.Params)
		}
	case *TemporalQuant:
		names(e.Names)
	}
}

// Scopes calls visit for each expression directly below e, as Children does,
// with the names that e binds in it and nowhere else: bounds and an @ mean
// nothing in the domains and the path beside them, and the parameters of a
// Let's definition nothing outside of its body.
func Scopes(e Expr, visit func(x Expr, bound []*Name)) {
	if l, ok := e.(*Let); ok {
		for _, d := range l.Defs {
			if d.Body != nil {
				visit(d.Body, d.Params)
			}
		}
		visit(l.Body, nil)
		return
	}
	var names []*Name
	Binders(e, func(n *Name) { names = append(names, n) })
	var below []Expr
	Children(e, func(x Expr) { below = append(below, x) })
	inside := len(below) - 1 // where the names mean something: the last one
	if _, ok := e.(*SetMap); ok {
		inside = 0
	}
	for i, x := range below {
		if i == inside {
			visit(x, names)
		} else {
			visit(x, nil)
		}
	}
}

// IsName tells whether e is the name n.
func IsName(e Expr, n *Name) bool {
	x, ok := e.(*NameRef)
	return ok && x.Name == n
}

// FreeNames lists the names that e uses and does not bind where it uses them,
// in order of use. One node may stand in e twice, once inside of a definition
// and once beside it, so that a name bound in one place may be free in another.
func FreeNames(e Expr) []*Name {
	f := freeing{bound: map[*Name]int{}, seen: map[*Name]bool{}}
	f.expr(e)
	return f.free
}

// Closed tells whether e reads no name that is bound outside it, neither itself
// nor in a definition of a LET around it. A local definition inside e that reads
// a name bound around that is taken for one that may not.
func Closed(e Expr) bool {
	closed := len(FreeNames(e)) == 0
	Reach(e, map[*Def]bool{}, func(x Expr) bool {
		if c, ok := x.(*Call); ok {
			for _, n := range FreeNames(c.Def.Body) {
				closed = closed && slices.Contains(c.Def.Params, n)
			}
		}
		return closed
	})
	return closed
}

// ReadsState tells whether e, or what it calls, reads a variable.
func ReadsState(e Expr) bool {
	found := false
	Reach(e, map[*Def]bool{}, func(x Expr) bool {
		_, ok := x.(*VarRef)
		found = found || ok
		return !found
	})
	return found
}

// A freeing collects free names.
type freeing struct {
	bound map[*Name]int // how many scopes around here bind it
	seen  map[*Name]bool
	free  []*Name
}

func (f *freeing) use(n *Name) {
	if f.bound[n] == 0 && !f.seen[n] {
		f.seen[n] = true
		f.free = append(f.free, n)
	}
}

func (f *freeing) expr(e Expr) {
	switch e := e.(type) {
	case nil:
		return
	case *NameRef:
		f.use(e.Name)
	case *CallName:
		f.use(e.Name)
	}
	Scopes(e, func(x Expr, bound []*Name) {
		for _, n := range bound {
			f.bound[n]++
		}
		f.expr(x)
		for _, n := range bound {
			f.bound[n]--
		}
	})
}

// Walk visits e and everything below it, parents first. It goes below a node
// only when visit returns true for it.
func Walk(e Expr, visit func(Expr) bool) {
	if e == nil || !visit(e) {
		return
	}
	Children(e, func(x Expr) { Walk(x, visit) })
}

// Reach visits e and everything below it as Walk does, and goes on into the
// bodies of the definitions that are called there, or stand for constants, each
// once. The seen map holds the definitions visited so far; pass one map to
// several calls to share it.
func Reach(e Expr, seen map[*Def]bool, visit func(Expr) bool) {
	Walk(e, func(x Expr) bool {
		if !visit(x) {
			return false
		}
		if d := opened(x); d != nil && !seen[d] {
			seen[d] = true
			Reach(d.Body, seen, visit)
		}
		return true
	})
}

// opened is the definition whose body is evaluated in the place of x; nil when
// there is none.
func opened(x Expr) *Def {
	switch x := x.(type) {
	case *Call:
		return x.Def
	case *ConstRef:
		if x.Const.Value == nil {
			return x.Const.Def
		}
	case *CallConst:
		return x.Const.Def
	}
	return nil
}

// StringLit is the string that e is, where it is one in quotes: so the argument of
// an Index names the field of a record.
func StringLit(e Expr) (string, bool) {
	lit, ok := e.(*Lit)
	if !ok {
		return "", false
	}
	s, ok := lit.Value.(value.Str)
	if !ok {
		return "", false
	}
	return s.Text(), true
}
