package specgen

import (
	"fmt"
	"slices"
)

// operator adds an operator that expressions may call: most often it reads the
// state.
func (g *generator) operator(name string) {
	d := &definition{name: name}
	for i := range one(g, 0, 0, 1, 1, 2) {
		d.params = append(d.params, variable{fmt.Sprintf("a%d%s", i, name), g.anyType(1, 64)})
	}
	g.hidden(append(slices.Clone(d.params), g.visible()...), func() { d.body = g.expr(g.wanted(), 2) })
	g.spec.ops = append(g.spec.ops, d)
}

// wanted draws a type of which expressions are asked for.
func (g *generator) wanted() *typ {
	if g.IntN(2) == 0 {
		return one(g, g.shown()...).typ
	}
	return g.anyType(2, 300)
}

// recursion adds an operator that calls itself until a number is zero or a set
// empty, and reads the state on the way.
func (g *generator) recursion(name string) {
	t, u := g.wanted(), g.anyType(1, 64)
	if g.IntN(2) == 0 {
		g.countdown(name, t, u)
	} else {
		g.collecting(name, t, g.simpleType())
	}
}

// countdown adds name(n, a), which gives a t for a number and a u.
func (g *generator) countdown(name string, t, u *typ) {
	n, a := variable{"n" + name, numberType}, variable{"a" + name, u}
	d := &definition{name: name, params: []variable{n, a}, recursive: true}
	g.hidden(append(slices.Clone(d.params), g.visible()...), func() {
		base, step := g.expr(t, 1), g.expr(u, 1)
		d.body = g.bind(t, func(r string) *term {
			format := fmt.Sprintf("IF %s = 0 THEN $ ELSE LET %s == %s(%s - 1, $) IN $", n.name, r, name, n.name)
			return g.term(t, format, base, step, g.expr(t, 2))
		})
	})
	g.spec.ops = append(g.spec.ops, d)
}

// collecting adds name(S, a), which gives a t for a set of us and a t.
func (g *generator) collecting(name string, t, u *typ) {
	g.uneven = g.uneven || u.has(model)
	from, a := variable{"S" + name, setOf(u)}, variable{"a" + name, t}
	d := &definition{name: name, params: []variable{from, a}, recursive: true}
	g.hidden(append(slices.Clone(d.params), g.visible()...), func() {
		d.body = g.bind(u, func(x string) *term {
			format := fmt.Sprintf(`IF %[1]s = {} THEN %[2]s ELSE LET %[3]s == CHOOSE %[3]sx \in %[1]s : TRUE IN %[4]s(%[1]s \ {%[3]s}, $)`, from.name, a.name, x, name)
			return g.term(t, format, g.expr(t, 2))
		})
	})
	g.spec.ops = append(g.spec.ops, d)
}

// call calls an operator of the spec, if one gives a t.
func (g *generator) call(t *typ, d int) *term {
	var fit []*definition
	for _, op := range g.spec.ops {
		if op.body.typ.is(t) {
			fit = append(fit, op)
		}
	}
	if len(fit) == 0 {
		return g.branch(t, d)
	}
	op := one(g, fit...)
	format, sep := op.name, "("
	var args []*term
	for _, p := range op.params {
		format += sep + "$"
		sep = ", "
		args = append(args, g.expr(p.typ, d))
	}
	if len(args) > 0 {
		format += ")"
	}
	return g.term(t, format, args...)
}

// letOperator defines an operator of one argument within an expression.
func (g *generator) letOperator(t *typ, d int) *term {
	g.names++
	op := &definition{name: fmt.Sprintf("O%d", g.names)}
	u := g.anyType(1, 64)
	g.bind(u, func(name string) *term {
		op.params = []variable{{name, u}}
		op.body = g.expr(one(g, t, t, g.wanted()), d)
		return nil
	})
	outer := g.spec.ops
	g.spec.ops = append(slices.Clone(outer), op)
	defer func() { g.spec.ops = outer }()
	rest := g.call
	if g.IntN(2) == 0 {
		rest = g.expr
	}
	return g.term(t, fmt.Sprintf("(LET %s(%s) == $ IN $)", op.name, op.params[0].name), op.body, rest(t, d))
}

// visible is what a definition may read by name: the variables, and operators
// that are a function of the state, unless they may fail.
func (g *generator) visible() []variable {
	if g.careless {
		return g.shown()
	}
	seen := slices.Clone(g.shown())
	for _, op := range g.spec.ops {
		if len(op.params) == 0 {
			seen = append(seen, variable{op.name, op.body.typ})
		}
	}
	return seen
}
