package types

import (
	"maps"
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// expr is the type of e.
func (c *checker) expr(e ir.Expr) *Type {
	switch e := e.(type) {
	case *ir.Lit:
		return c.value(e.Value, e.Span)
	case *ir.ConstRef:
		return c.constant(e.Const, e.Span)
	case *ir.VarRef:
		return c.variables[e.Var]
	case *ir.NameRef:
		return c.name(e.Name)
	case *ir.App:
		return c.app(e)
	case *ir.Call:
		return c.apply(e.Span, c.def(e.Def), e.Args, e.Def.Name)
	case *ir.CallName:
		return c.apply(e.Span, c.name(e.Name), e.Args, e.Name.Ident)
	case *ir.CallConst:
		return c.apply(e.Span, c.constant(e.Const, e.Span), e.Args, e.Const.Name)
	case *ir.OpArg:
		return c.lambda(e)
	case *ir.Quant:
		c.bounds(e.Bounds)
		c.formula(e.Body)
		return c.boolean(e.Span)
	case *ir.Choose:
		of := c.bound(e.Bound)
		c.formula(e.Body)
		return of[0]
	case *ir.SetFilter:
		of := c.bound(e.Bound)
		c.formula(e.Pred)
		return newType(set, e.Span, of[0])
	case *ir.SetMap:
		c.bounds(e.Bounds)
		return newType(set, e.Span, c.expr(e.Elem))
	case *ir.Func:
		return c.function(e)
	case *ir.Index:
		return c.index(e.Span, c.expr(e.Fun), e.Arg)
	case *ir.Record:
		return c.record(e)
	case *ir.RecordSet:
		return c.recordSet(e)
	case *ir.Except:
		return c.except(e)
	case *ir.If:
		c.formula(e.Cond)
		t := c.expr(e.Then)
		c.equal(e.Else.Pos(), c.expr(e.Else), t, "ELSE is %s, and THEN is %s")
		return t
	case *ir.Case:
		return c.cases(e)
	case *ir.Let:
		for _, d := range e.Defs {
			if c.schemes[d] == nil {
				c.infer(d)
			}
		}
		return c.expr(e.Body)
	case *ir.ActionBox:
		c.formula(e.Action)
		c.expr(e.Sub)
		return c.boolean(e.Span)
	case *ir.Fair:
		c.formula(e.Action)
		c.expr(e.Sub)
		return c.boolean(e.Span)
	case *ir.TemporalQuant:
		for _, n := range e.Names {
			c.names[n] = c.fresh(n.Span)
		}
		c.formula(e.Body)
		return c.boolean(e.Span)
	case *ir.Label:
		return c.expr(e.Body)
	}
	return c.fresh(e.Pos())
}

func (c *checker) boolean(at source.Span) *Type { return newType(boolean, at) }

// formula holds e to be one.
func (c *checker) formula(e ir.Expr) {
	c.equal(e.Pos(), c.expr(e), c.boolean(e.Pos()), "this is %s, where a formula, %s, is expected")
}

func (c *checker) name(n *ir.Name) *Type {
	if c.names[n] == nil {
		c.parameter(n)
	}
	return c.names[n]
}

// bounds types what bs bind: a type for each name, or for each tuple of names.
func (c *checker) bounds(bs []*ir.Bound) (keys []*Type) {
	for _, b := range bs {
		keys = append(keys, c.bound(b)...)
	}
	return keys
}

func (c *checker) bound(b *ir.Bound) (keys []*Type) {
	at := b.Names[0].Span
	member := c.fresh(at)
	if b.Domain != nil {
		member = c.member(b.Domain)
	}
	if !b.Tuple {
		for _, n := range b.Names {
			c.names[n] = member
			keys = append(keys, member)
		}
		return keys
	}
	parts := make([]*Type, len(b.Names))
	for i, n := range b.Names {
		parts[i] = c.fresh(n.Span)
		c.names[n] = parts[i]
	}
	t := newType(tuple, at, parts...)
	c.equal(b.Domain.Pos(), member, t, "the members of the set are %s, and the names stand for %s")
	return []*Type{t}
}

// member is the type of the members of s.
func (c *checker) member(s ir.Expr) *Type {
	of := c.fresh(s.Pos())
	c.equal(s.Pos(), c.expr(s), newType(set, s.Pos(), of), "this is %s, where a set, %s, is expected")
	return of
}

func (c *checker) app(e *ir.App) *Type {
	switch e.Op {
	case ir.And, ir.Or:
		for _, x := range e.Args {
			c.formula(x)
		}
		return c.boolean(e.Span)
	case ir.Eq, ir.Neq:
		a, b := c.expr(e.Args[0]), c.expr(e.Args[1])
		c.equal(e.Span, a, b, "compares %s with %s, which are never equal")
		return c.boolean(e.Span)
	case ir.SetEnum:
		of := c.fresh(e.Span)
		for _, x := range e.Args {
			c.equal(x.Pos(), c.expr(x), of, "a member is %s, and another one %s")
		}
		return newType(set, e.Span, of)
	case ir.Tuple:
		if len(e.Args) == 0 {
			t := c.fresh(e.Span)
			t.listed = true
			return t
		}
		return newType(tuple, e.Span, c.all(e.Args)...)
	case ir.Product:
		parts := make([]*Type, len(e.Args))
		for i, x := range e.Args {
			parts[i] = c.member(x)
		}
		return newType(set, e.Span, newType(tuple, e.Span, parts...))
	case ir.Domain:
		return c.domain(e)
	case ir.AtAt:
		return c.join(e)
	case ir.Concat:
		return c.concat(e)
	case ir.Len:
		if t := c.expr(e.Args[0]); t.find().kind == str {
			return newType(integer, e.Span)
		}
	}
	return c.apply(e.Span, c.operator(e), e.Args, e.Op.String())
}

func (c *checker) all(es []ir.Expr) []*Type {
	out := make([]*Type, len(es))
	for i, e := range es {
		out[i] = c.expr(e)
	}
	return out
}

// operator is the type of a built-in operator.
func (c *checker) operator(e *ir.App) *Type {
	t, err := c.read(operators[e.Op], nil, e.Span)
	if err != nil {
		return c.fresh(e.Span)
	}
	return t
}

// join is f @@ g. Of two records it is one with the fields of both.
func (c *checker) join(e *ir.App) *Type {
	a, b := c.expr(e.Args[0]).find(), c.expr(e.Args[1]).find()
	if a.kind != record || b.kind != record {
		c.equal(e.Span, a, b, "joins %s with %s")
		return a
	}
	of, tags := maps.Clone(b.rows.fields), map[string][]string{}
	for name, t := range a.rows.fields {
		of[name] = t
	}
	names := slices.Sorted(maps.Keys(of))
	types := make([]*Type, len(names))
	for i, name := range names {
		types[i] = of[name]
	}
	return c.newRecord(e.Span, names, types, tags)
}

// concat is s \o t, of sequences or of strings.
func (c *checker) concat(e *ir.App) *Type {
	a, b := c.expr(e.Args[0]), c.expr(e.Args[1])
	either := a.find()
	if either.kind == unknown {
		either = b.find()
	}
	if either.kind == unknown { // a string or a sequence: what follows tells
		either.listed = true
	}
	if either.kind != str && either.kind != unknown {
		some := newType(seq, e.Span, c.fresh(e.Span))
		c.argument(e.Args[0].Pos(), a, some, e.Op.String(), 0, 2)
		c.argument(e.Args[1].Pos(), b, some, e.Op.String(), 1, 2)
		return some
	}
	c.equal(e.Span, a, b, "joins %s with %s")
	return a
}

// domain is what f may be applied to.
func (c *checker) domain(e *ir.App) *Type {
	key := c.fresh(e.Span)
	c.later(&application{fun: c.expr(e.Args[0]), arg: key, res: c.fresh(e.Span), at: e.Span})
	return newType(set, e.Span, key)
}

// apply is what an operator of type t gives for args.
func (c *checker) apply(at source.Span, t *Type, args []ir.Expr, name string) *Type {
	if len(args) == 0 {
		return t
	}
	t = t.find()
	if t.kind != operator || len(t.parts) != len(args)+1 {
		got := append(c.all(args), c.fresh(at))
		c.equal(at, t, newType(operator, at, got...), name+" is %s, and is used as %s")
		return got[len(args)]
	}
	for i, x := range args {
		c.argument(x.Pos(), c.expr(x), t.parts[i], name, i, len(args))
	}
	return t.parts[len(args)]
}

func (c *checker) lambda(e *ir.OpArg) *Type {
	parts := make([]*Type, 0, len(e.Params)+1)
	for _, p := range e.Params {
		parts = append(parts, c.parameter(p))
	}
	return newType(operator, e.Span, append(parts, c.expr(e.Body))...)
}

func (c *checker) function(e *ir.Func) *Type {
	keys := c.bounds(e.Bounds)
	key := keys[0]
	if len(keys) > 1 {
		key = newType(tuple, e.Span, keys...)
	}
	t := newType(function, e.Span, key, c.fresh(e.Span))
	if e.Self != nil {
		c.names[e.Self] = t
	}
	c.equal(e.Body.Pos(), c.expr(e.Body), t.parts[1], "the value is %s, and the function gives %s")
	return t
}

// index is f[arg].
func (c *checker) index(at source.Span, f *Type, arg ir.Expr) *Type {
	a := &application{fun: f, res: c.fresh(at), at: at}
	a.field, _ = ir.StringLit(arg)
	if lit, ok := arg.(*ir.Lit); ok {
		if n, ok := lit.Value.(value.Int); ok {
			a.index = int(n)
		}
	}
	a.arg = c.expr(arg)
	c.later(a)
	return a.res
}

// except is [f EXCEPT ![p] = v]: of the type of f.
func (c *checker) except(e *ir.Except) *Type {
	t := c.expr(e.Fun)
	old := t
	for _, p := range e.Path {
		old = c.index(p.Pos(), old, p)
	}
	if e.At != nil {
		c.names[e.At] = old
	}
	c.equal(e.Value.Pos(), c.expr(e.Value), old, "the new value is %s, and the old one %s")
	return t
}

func (c *checker) cases(e *ir.Case) *Type {
	t := c.fresh(e.Span)
	for _, a := range e.Arms {
		c.formula(a.Cond)
		c.equal(a.Value.Pos(), c.expr(a.Value), t, "this case is %s, and an earlier one %s")
	}
	if e.Other != nil {
		c.equal(e.Other.Pos(), c.expr(e.Other), t, "OTHER is %s, and an earlier case %s")
	}
	return t
}

func (c *checker) record(e *ir.Record) *Type {
	tags := map[string][]string{}
	for i, v := range e.Vals {
		if tag, ok := tagOf(v); ok {
			tags[e.Names[i]] = []string{tag}
		}
	}
	return c.newRecord(e.Span, e.Names, c.all(e.Vals), tags)
}

func (c *checker) recordSet(e *ir.RecordSet) *Type {
	tags, of := map[string][]string{}, make([]*Type, len(e.Sets))
	for i, s := range e.Sets {
		of[i] = c.member(s)
		if values := tagsOf(s); len(values) > 0 {
			tags[e.Names[i]] = values
		}
	}
	return newType(set, e.Span, c.newRecord(e.Span, e.Names, of, tags))
}

// tagOf is the text of a string, or the name of a model value.
func tagOf(e ir.Expr) (string, bool) {
	switch e := e.(type) {
	case *ir.Lit:
		if s, ok := e.Value.(value.Str); ok {
			return s.String(), true
		}
	case *ir.ConstRef:
		return e.Const.Name, true
	case *ir.Call:
		if len(e.Def.Params) == 0 && e.Def.Body != nil && !e.Def.Recursive {
			return tagOf(e.Def.Body)
		}
	}
	return "", false
}

// tagsOf are the tags that s lists.
func tagsOf(s ir.Expr) (out []string) {
	list, ok := s.(*ir.App)
	if !ok || list.Op != ir.SetEnum {
		return nil
	}
	for _, x := range list.Args {
		tag, ok := tagOf(x)
		if !ok {
			return nil
		}
		out = append(out, tag)
	}
	return out
}
