package specgen

import (
	"fmt"
	"math/rand/v2"
)

// A generator writes one spec.
type generator struct {
	*rand.Rand
	spec     *Spec
	careless bool // write expressions that may fail
	even     bool // treat model values alike, where that is easy
	uneven   bool // model values were not treated alike
	folding  bool // write folds
	noting   bool // write registers
	levelled bool // which states there are depends on their level

	without []feature // what the spec does not have

	able   []*definition // actions that may be asked whether they are enabled
	around []variable    // what quantifiers around a claim bind

	scope []variable // what an expression may read
	names int        // bound so far; all differ
}

// bind makes name of type t readable while body writes.
func (g *generator) bind(t *typ, body func(name string) *term) *term {
	g.names++
	name := fmt.Sprintf("v%d", g.names)
	g.scope = append(g.scope, variable{name, t})
	defer func() { g.scope = g.scope[:len(g.scope)-1] }()
	return body(name)
}

// hidden runs write with nothing in scope but visible.
func (g *generator) hidden(visible []variable, write func()) {
	outer := g.scope
	g.scope = visible
	write()
	g.scope = outer
}

// readable are the expressions of type t that are a name in scope, or one step
// away from one.
func (g *generator) readable(t *typ, d int) []func() *term {
	var found []func() *term
	add := func(write func() *term) { found = append(found, write) }
	for _, v := range g.scope {
		if v.typ.is(t) {
			add(func() *term { return leaf(t, v.name) })
			continue
		}
		switch v.typ.kind {
		case function:
			if v.typ.elem.is(t) {
				add(func() *term { return g.term(t, v.name+"[$]", g.index(v.typ.dom, d)) })
			}
		case partial:
			if v.typ.elem.is(t) {
				add(func() *term { return g.entry(t, v, d) })
			}
		case record:
			for _, f := range v.typ.fields {
				if f.typ.is(t) {
					add(func() *term { return leaf(t, v.name+"."+f.name) })
				}
			}
		case tuple:
			for _, f := range v.typ.fields {
				if f.typ.is(t) {
					add(func() *term { return leaf(t, v.name+"["+f.name+"]") })
				}
			}
		case message:
			for _, f := range v.typ.fields {
				if f.typ.is(t) {
					add(func() *term { return g.payload(t, v.name, f.name) })
				}
			}
		case sequence:
			if v.typ.elem.is(t) {
				add(func() *term { return g.item(t, v.name) })
			}
		}
	}
	return found
}

// index writes an argument for a function, itself without one below the last
// level.
func (g *generator) index(t *typ, d int) *term {
	if d < 0 {
		return g.literal(t)
	}
	return g.expr(t, min(d, 1)-1)
}

// entry reads a partial function, where it has a value.
func (g *generator) entry(t *typ, f variable, d int) *term {
	at := g.index(f.typ.dom, d)
	if g.careless && g.IntN(4) == 0 {
		return g.term(t, f.name+"[$]", at)
	}
	return g.bind(f.typ.dom, func(k string) *term {
		return g.term(t, fmt.Sprintf(`(LET %[1]s == $ IN IF %[1]s \in DOMAIN %[2]s THEN %[2]s[%[1]s] ELSE $)`, k, f.name), at, g.literal(t))
	})
}

// payload reads a field that only one shape of a message has.
func (g *generator) payload(t *typ, name, field string) *term {
	if g.careless && g.IntN(4) == 0 {
		return leaf(t, name+"."+field)
	}
	return g.term(t, fmt.Sprintf(`(IF %s.kind = "%s" THEN %s.%s ELSE $)`, name, field, name, field), g.literal(t))
}

// item reads an item of a sequence that may be empty.
func (g *generator) item(t *typ, name string) *term {
	read := fmt.Sprintf(one(g, "Head(%[1]s)", "%[1]s[1]", "%[1]s[Len(%[1]s)]"), name)
	if g.careless && g.IntN(4) == 0 {
		return leaf(t, read)
	}
	return g.term(t, fmt.Sprintf("(IF %s # <<>> THEN %s ELSE $)", name, read), g.literal(t))
}

func (g *generator) term(t *typ, format string, parts ...*term) *term {
	return &term{typ: t, format: format, parts: parts}
}
