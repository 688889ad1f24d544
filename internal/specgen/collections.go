package specgen

import "fmt"

// set writes a set of t's elements.
func (g *generator) set(t *typ, d int) *term {
	s := func() *term { return g.expr(t, d) }
	switch g.IntN(11) {
	case 0:
		return join(t, elements, g.expr(t.elem, d), g.expr(t.elem, d))
	case 1, 2:
		return g.term(t, one(g, `($ \cup $)`, `($ \cap $)`, `($ \ $)`), s(), s())
	case 3, 4:
		from := s()
		return g.bind(t.elem, func(name string) *term {
			return g.term(t, `{`+name+` \in $ : $}`, from, g.expr(boolType, d))
		})
	case 5:
		return g.image(t, d)
	case 6:
		return g.term(t, "(UNION {$, $})", s(), s())
	case 7:
		if t.elem.size(g.spec.extent) <= 16 && t.elem.kind != sequence {
			return leaf(t, t.elem.universe())
		}
		return s()
	case 8:
		return g.union(t, d)
	case 9:
		return g.keys(t, d)
	}
	return g.product(t, d)
}

// union writes UNION {S : x \in T}.
func (g *generator) union(t *typ, d int) *term {
	u := g.anyType(1, 30)
	from := g.setExpr(u, d)
	return g.bind(u, func(name string) *term {
		return g.term(t, `(UNION {$ : `+name+` \in $})`, g.expr(t, d), from)
	})
}

// keys writes the domain of a function that varies.
func (g *generator) keys(t *typ, d int) *term {
	if g.IntN(2) == 0 {
		return g.term(t, "BagToSet($)", g.expr(&typ{kind: bag, elem: t.elem}, d))
	}
	return g.term(t, "(DOMAIN $)", g.expr(&typ{kind: partial, dom: t.elem, elem: g.simpleType()}, d))
}

// image writes {e : x \in S}, with one name or two.
func (g *generator) image(t *typ, d int) *term {
	u, w := g.anyType(1, 30), g.simpleType()
	from, other := g.setExpr(u, d), g.inner(w, d)
	return g.bind(u, func(x string) *term {
		if g.IntN(2) == 0 {
			return g.term(t, `{$ : `+x+` \in $}`, g.expr(t.elem, d), from)
		}
		return g.bind(w, func(y string) *term {
			if g.IntN(3) == 0 {
				return g.term(t, fmt.Sprintf(`{$ : <<%s, %s>> \in ($ \X $)}`, x, y), g.expr(t.elem, d), from, other)
			}
			return g.term(t, fmt.Sprintf(`{$ : %s \in $, %s \in $}`, x, y), g.expr(t.elem, d), from, other)
		})
	})
}

// product writes the set of all that can be made of given parts, where t's
// elements have parts.
func (g *generator) product(t *typ, d int) *term {
	e := t.elem
	switch {
	case e.size(g.spec.extent) > 300:
	case e.kind == set:
		return g.term(t, "(SUBSET $)", g.expr(e, d))
	case e.kind == function:
		return g.term(t, "["+e.dom.universe()+" -> $]", g.setExpr(e.elem, d))
	case e.kind == record:
		return g.term(t, "[a : $, b : $]", g.setExpr(e.fields[0].typ, d), g.setExpr(e.fields[1].typ, d))
	case e.kind == tuple:
		return g.term(t, `($ \X $)`, g.setExpr(e.fields[0].typ, d), g.setExpr(e.fields[1].typ, d))
	case e.kind == number:
		return g.term(t, "($..$)", g.expr(e, d), g.expr(e, d))
	}
	f := &typ{kind: function, dom: modelType, elem: e}
	value := g.expr(f, d)
	return g.bind(f, func(name string) *term {
		return g.term(t, fmt.Sprintf(`(LET %[1]s == $ IN {%[1]s[i] : i \in DOMAIN %[1]s})`, name), value)
	})
}

func (g *generator) function(t *typ, d int) *term {
	switch g.IntN(5) {
	case 0:
		return g.term(t, "[$ EXCEPT ![$] = $]", g.expr(t, d), g.expr(t.dom, d), g.expr(t.elem, d))
	case 1:
		return g.term(t, "[$ EXCEPT ![$] = $, ![$] = $]", g.expr(t, d), g.expr(t.dom, d), g.expr(t.elem, d), g.expr(t.dom, d), g.expr(t.elem, d))
	case 2:
		return g.within(t, d)
	case 3:
		return g.term(t, "(($ :> $) @@ $)", g.expr(t.dom, d), g.expr(t.elem, d), g.expr(t, d))
	}
	return g.bind(t.dom, func(name string) *term {
		return g.term(t, fmt.Sprintf(`[%s \in %s |-> $]`, name, t.dom.universe()), g.expr(t.elem, d))
	})
}

// within changes a part of a part, or by @.
func (g *generator) within(t *typ, d int) *term {
	f, at := g.expr(t, d), g.expr(t.dom, d)
	switch t.elem.kind {
	case record:
		field := one(g, t.elem.fields...)
		return g.term(t, "[$ EXCEPT ![$]."+field.name+" = $]", f, at, g.expr(field.typ, d))
	case tuple:
		field := one(g, t.elem.fields...)
		return g.term(t, "[$ EXCEPT ![$]["+field.name+"] = $]", f, at, g.expr(field.typ, d))
	case function:
		return g.term(t, "[$ EXCEPT ![$][$] = $]", f, at, g.expr(t.elem.dom, d), g.expr(t.elem.elem, d))
	case set:
		return g.term(t, `[$ EXCEPT ![$] = @ \cup $]`, f, at, g.expr(t.elem, d))
	case number:
		return g.term(t, "[$ EXCEPT ![$] = (@ + $) % (N + 1)]", f, at, g.arithmetic(d))
	}
	return g.term(t, "[$ EXCEPT ![$] = IF $ THEN @ ELSE $]", f, at, g.expr(boolType, d), g.expr(t.elem, d))
}

func (g *generator) record(t *typ, d int) *term {
	if f := one(g, t.fields...); g.IntN(2) == 0 {
		return g.term(t, "[$ EXCEPT !."+f.name+" = $]", g.expr(t, d), g.expr(f.typ, d))
	}
	return g.term(t, "[a |-> $, b |-> $]", g.expr(t.fields[0].typ, d), g.expr(t.fields[1].typ, d))
}

func (g *generator) message(t *typ, d int) *term {
	f := one(g, t.fields...)
	return g.term(t, fmt.Sprintf(`[kind |-> "%s", %s |-> $]`, f.name, f.name), g.expr(f.typ, d))
}

func (g *generator) tuple(t *typ, d int) *term {
	if f := one(g, t.fields...); g.IntN(3) == 0 {
		return g.term(t, "[$ EXCEPT !["+f.name+"] = $]", g.expr(t, d), g.expr(f.typ, d))
	}
	return g.term(t, "<<$, $>>", g.expr(t.fields[0].typ, d), g.expr(t.fields[1].typ, d))
}

// sequence writes a sequence of up to two items.
func (g *generator) sequence(t *typ, d int) *term {
	if g.IntN(7) == 0 {
		return g.term(t, "<<$>>", g.expr(t.elem, d))
	}
	q := g.expr(t, d)
	if g.careless && g.IntN(4) == 0 {
		return g.term(t, "Tail($)", q)
	}
	return g.bind(t, func(name string) *term {
		let := func(body string, parts ...*term) *term {
			return g.term(t, fmt.Sprintf("(LET %[1]s == $ IN "+body+")", name), append([]*term{q}, parts...)...)
		}
		switch g.IntN(7) {
		case 0, 1:
			return let("IF Len(%[1]s) < 2 THEN Append(%[1]s, $) ELSE %[1]s", g.expr(t.elem, d))
		case 2:
			return let("IF %[1]s = <<>> THEN %[1]s ELSE Tail(%[1]s)")
		case 3:
			return let("[i \\in 1..Len(%[1]s) |-> %[1]s[Len(%[1]s) + 1 - i]]")
		case 4:
			return let("SubSeq(%[1]s \\o $, 1, IF Len(%[1]s) = 0 THEN 0 ELSE 1)", g.expr(t, d))
		case 5:
			return let("IF %[1]s = <<>> THEN %[1]s ELSE [%[1]s EXCEPT !["+one(g, "1", "Len(%[1]s)")+"] = $]", g.expr(t.elem, d))
		}
		return g.bind(t.elem, func(item string) *term {
			return let("SelectSeq(%[1]s, LAMBDA "+item+" : $)", g.expr(boolType, d))
		})
	})
}
