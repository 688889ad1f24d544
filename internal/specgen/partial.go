package specgen

import "fmt"

// partial writes a function on some of t's domain.
func (g *generator) partial(t *typ, d int) *term {
	value := func() *term { return g.expr(t.elem, d) }
	switch g.IntN(9) {
	case 0:
		return g.term(t, "(($ :> $) @@ $)", g.expr(t.dom, d), value(), g.expr(t, d))
	case 1, 2:
		return g.term(t, "($ @@ ($ :> $))", g.expr(t, d), g.expr(t.dom, d), value())
	case 3:
		return g.term(t, "($ @@ $)", g.expr(t, d), g.expr(t, d))
	case 4:
		from := g.setExpr(t.dom, d)
		return g.bind(t.dom, func(k string) *term { return g.term(t, `[`+k+` \in $ |-> $]`, from, value()) })
	}
	return g.derived(t, d)
}

// derived writes a function made from another by what is in its domain.
func (g *generator) derived(t *typ, d int) *term {
	from, at := g.expr(t, d), g.literal(t.dom)
	g.uneven = g.uneven || t.dom.has(model)
	return g.bind(t, func(f string) *term {
		return g.bind(t.dom, func(k string) *term {
			let := func(body string, parts ...*term) *term {
				return g.term(t, fmt.Sprintf("(LET %[1]s == $ IN "+body+")", f, k), append([]*term{from}, parts...)...)
			}
			switch g.IntN(5) {
			case 0:
				return let(`[%[2]s \in DOMAIN %[1]s |-> $]`, g.expr(t.elem, d))
			case 1:
				return let(`[%[2]sx \in {%[2]s \in DOMAIN %[1]s : $} |-> %[1]s[%[2]sx]]`, g.expr(boolType, d))
			case 2:
				return let(`LET %[2]s == $ IN [%[2]sx \in (DOMAIN %[1]s) \ {%[2]s} |-> %[1]s[%[2]sx]]`, at)
			case 3:
				return let(`LET %[2]s == $ IN IF %[2]s \in DOMAIN %[1]s THEN [%[1]s EXCEPT ![%[2]s] = $] ELSE %[1]s`, at, g.expr(t.elem, d))
			}
			return let(`IF %[1]s = <<>> THEN %[1]s ELSE LET %[2]s == CHOOSE %[2]sx \in DOMAIN %[1]s : TRUE IN (%[2]s :> $)`, g.expr(t.elem, d))
		})
	})
}

// bag writes a bag with up to two copies of each element.
func (g *generator) bag(t *typ, d int) *term {
	b := func() *term { return g.expr(t, d) }
	switch g.IntN(8) {
	case 0, 1:
		return g.term(t, "Clip($ (+) $)", b(), b())
	case 2:
		return g.term(t, "Clip($ (+) SetToBag({$}))", b(), g.expr(t.elem, d))
	case 3:
		return g.term(t, "($ (-) SetToBag({$}))", b(), g.expr(t.elem, d))
	case 4:
		return g.term(t, "($ (-) $)", b(), b())
	case 5:
		return g.term(t, "Clip(BagUnion({$, $}))", b(), b())
	case 6:
		u := g.anyType(1, 20)
		from := g.expr(&typ{kind: bag, elem: u}, d)
		return g.bind(u, func(name string) *term {
			return g.term(t, "Clip(BagOfAll(LAMBDA "+name+" : $, $))", g.expr(t.elem, d), from)
		})
	}
	return g.term(t, "SetToBag($)", g.setExpr(t.elem, d))
}

// counted writes a condition on bags.
func (g *generator) counted(d int) *term {
	u := g.anyType(1, 20)
	b := func() *term { return g.expr(&typ{kind: bag, elem: u}, d) }
	if g.IntN(2) == 0 {
		return g.term(boolType, "BagIn($, $)", g.expr(u, d), b())
	}
	return g.term(boolType, `($ \sqsubseteq $)`, b(), b())
}

// copies writes a number of elements of a bag of us.
func (g *generator) copies(u *typ, d int) *term {
	b := g.expr(&typ{kind: bag, elem: u}, d)
	if g.IntN(3) == 0 {
		return g.term(nil, "BagCardinality($)", b)
	}
	return g.term(nil, "CopiesIn($, $)", g.expr(u, d), b)
}
