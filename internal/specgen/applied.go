package specgen

import "fmt"

// applied writes a function that is applied where it is defined, perhaps by way of a
// name, an operator, IF, CASE or EXCEPT. It has a value at the argument; a careless
// spec may have none at others, and that is to go unnoticed.
func (g *generator) applied(t *typ, d int) *term {
	switch g.IntN(4) {
	case 0:
		return g.recursiveAt(t, d)
	case 1:
		return g.curried(t, d)
	}
	dom := one(g, numberType, wordType, modelType)
	f, at := g.defined(dom, t, d), g.expr(dom, d)
	g.names++
	name := fmt.Sprintf("g%d", g.names)
	switch g.IntN(6) {
	case 0:
		return g.term(t, "$[$]", f, at)
	case 1:
		return g.term(t, fmt.Sprintf("Apply(LAMBDA %[1]s : %[1]s[$], $)", name), at, f)
	case 2:
		return g.term(t, fmt.Sprintf("(LET %[1]s == IF $ THEN $ ELSE $ IN %[1]s[$])", name), g.expr(boolType, d), f, g.defined(dom, t, d), at)
	case 3:
		return g.term(t, fmt.Sprintf("(LET %[1]s == [$ EXCEPT ![$] = $] IN %[1]s[$])", name), f, g.expr(dom, d), g.expr(t, d), at)
	case 4:
		return g.term(t, fmt.Sprintf(`(LET %[1]s == $ IN IF $ \in DOMAIN %[1]s THEN %[1]s[$] ELSE $)`, name), f, g.expr(dom, d), at, g.literal(t))
	}
	return g.term(t, fmt.Sprintf("(LET %[1]s == $ IN %[1]s[$])", name), f, at)
}

// defined writes [x \in S |-> e] for all of dom; in a careless spec, for some of it.
func (g *generator) defined(dom, t *typ, d int) *term {
	if g.careless && g.IntN(3) == 0 {
		some := g.setExpr(dom, d)
		return g.bind(dom, func(x string) *term {
			return g.term(nil, fmt.Sprintf(`[%s \in $ |-> $]`, x), some, g.expr(t, d))
		})
	}
	return g.bind(dom, func(x string) *term {
		return g.term(nil, fmt.Sprintf(`[%s \in %s |-> $]`, x, dom.universe()), g.expr(t, d))
	})
}

// curried applies a function whose values are functions.
func (g *generator) curried(t *typ, d int) *term {
	u, v := one(g, numberType, wordType), one(g, wordType, modelType, boolType)
	f := g.bind(u, func(x string) *term {
		return g.term(nil, fmt.Sprintf(`[%s \in %s |-> $]`, x, u.universe()), g.defined(v, t, d))
	})
	g.names++
	return g.term(t, fmt.Sprintf("(LET h%[1]d == $ IN h%[1]d[$][$])", g.names), f, g.expr(u, d), g.expr(v, d))
}

// recursiveAt applies a function that is defined by itself to one argument.
func (g *generator) recursiveAt(t *typ, d int) *term {
	g.names++
	f := fmt.Sprintf("r%d", g.names)
	at, base := g.expr(numberType, d), g.expr(t, d)
	return g.bind(numberType, func(n string) *term {
		return g.bind(t, func(before string) *term {
			format := fmt.Sprintf(`(LET %[1]s[%[2]s \in 0..N] == IF %[2]s = 0 THEN $ ELSE LET %[3]s == %[1]s[%[2]s - 1] IN $ IN %[1]s[$])`, f, n, before)
			return g.term(t, format, base, g.expr(t, d), at)
		})
	})
}
