package specgen

import (
	"fmt"
	"slices"
	"strings"
)

// maxStates bounds the product of the sizes of a spec's variables.
const maxStates = 3000

// write writes the whole spec.
func (g *generator) write() {
	s := g.spec
	s.numbers, s.models = 1+g.IntN(3), 2
	if g.has(third, 4) {
		s.models = 3
	}
	s.deadlock = g.IntN(4) == 0
	g.folding = g.has(folds, 4)
	g.noting = !g.careless && g.has(registers, 8)
	g.even = !g.noting && g.has(symmetry, 6)
	room := maxStates
	for i := range 2 + g.IntN(3) {
		t := g.anyType(2, room)
		if g.even && i == 0 {
			t = g.ofEach()
		}
		room /= t.size(s.extent)
		s.vars = append(s.vars, variable{string("wxyz"[i]), t})
	}
	g.hide()
	if !g.careless && g.has(instance, 5) {
		g.instantiate()
	}
	for i := range g.IntN(4) {
		if g.IntN(3) == 0 {
			g.recursion(fmt.Sprintf("R%d", i))
		} else {
			g.operator(fmt.Sprintf("Op%d", i))
		}
	}
	s.init = g.beginning()
	g.scope = g.visible()
	g.writeNext()
	g.scope = g.visible()
	g.mayAsk(s.actions...)
	if g.able != nil {
		g.able = append(g.able, &definition{name: "Next"})
	}
	s.inv = g.invariant()
	g.writeBounds()
	g.writeProperties()
	s.symmetric = g.even && !g.uneven || !g.noting && g.has(asymmetry, 8)
	g.mayBe()
	g.writeFurther()
	s.alias = g.has(alias, 10)
	s.folds, s.registers, s.uneven = g.folding, g.noting, g.uneven
}

// mayAsk lets conditions ask whether these actions are enabled.
func (g *generator) mayAsk(actions ...*definition) {
	if g.careless || !g.may(enabled) {
		return
	}
	for _, d := range actions {
		if !d.recursive && !d.composed && !(g.even && len(d.params) > 0 && d.params[0].typ.has(model)) {
			g.able = append(g.able, d)
		}
	}
}

// ofEach draws the type of a variable that tells model values apart without
// naming one.
func (g *generator) ofEach() *typ {
	return one(g, setOf(modelType),
		&typ{kind: function, dom: modelType, elem: one(g, numberType, boolType, wordType)},
		&typ{kind: partial, dom: modelType, elem: one(g, numberType, boolType)},
		&typ{kind: sequence, elem: modelType})
}

func (g *generator) each(vars []variable, write func(variable) *term) []*term {
	var out []*term
	for _, v := range vars {
		out = append(out, write(v))
	}
	return out
}

// beginning writes the initial predicate. What a variable begins with may depend on
// those before it: a careless spec may not be able to evaluate it, or only for some
// of their values.
func (g *generator) beginning() *term {
	outer := g.spec.ops // they read variables that have no value yet
	g.spec.ops = nil
	defer func() { g.spec.ops = outer }()
	var parts []*term
	g.hidden(nil, func() {
		for _, v := range g.spec.vars {
			parts = append(parts, g.start(v))
			if v.name != g.spec.hidden {
				g.scope = append(g.scope, v)
			}
		}
		if g.has(initial, 10) {
			parts = append(parts, g.guard())
		}
	})
	return join(nil, conjunction, parts...)
}

// start gives a variable its first values.
func (g *generator) start(v variable) *term {
	if len(g.scope) > 0 && (g.careless || g.IntN(4) == 0) && g.has(initial, 2) {
		return g.term(nil, v.name+" = $", g.expr(v.typ, 2))
	}
	if g.IntN(3) == 0 && v.typ.size(g.spec.extent) <= 16 && v.typ.kind != sequence {
		if v.typ.kind == set && g.has(subsets, 2) {
			return leaf(nil, fmt.Sprintf(`%s \subseteq %s`, v.name, v.typ.elem.universe()))
		}
		return leaf(nil, fmt.Sprintf(`%s \in %s`, v.name, v.typ.universe()))
	}
	return g.term(nil, v.name+" = $", g.literal(v.typ))
}

// writeNext writes the actions and Next, which calls them.
func (g *generator) writeNext() {
	var ways []*term
	for i := range 1 + g.IntN(4) {
		d := &definition{name: fmt.Sprintf("A%d", i)}
		if i > 1 && g.has(enabled, 4) {
			g.mayAsk(g.spec.actions...)
		}
		switch g.IntN(9) {
		case 0, 1:
			d.body = g.action()
			ways = append(ways, leaf(nil, d.name))
		case 2, 3:
			t := g.anyType(1, 16)
			from := g.setExpr(t, 1)
			if g.even && g.IntN(3) > 0 {
				t, from = modelType, leaf(setOf(modelType), "Proc")
			}
			called := d.name
			if g.spec.standsFor == "" && g.has(standing, 4) {
				g.spec.standsFor, called = d.name, "Put"
			}
			ways = append(ways, g.term(nil, fmt.Sprintf(`\E self \in $ : %s(self)`, called), from))
			d.params = []variable{{"self" + d.name, t}}
			g.hidden(append(slices.Clone(d.params), g.visible()...), func() { d.body = g.action() })
		case 4:
			ways = append(ways, g.repeated(d))
		case 5:
			if i == 0 || g.careless || !g.has(composed, 3) {
				ways = append(ways, g.unnamed())
				continue
			}
			d.body, d.composed = g.compose(), true
			ways = append(ways, leaf(nil, d.name))
		case 6:
			if g.spec.sub == nil {
				ways = append(ways, g.unnamed())
				continue
			}
			d.body = g.foreignAction()
			ways = append(ways, leaf(nil, d.name))
		default:
			ways = append(ways, g.unnamed())
			continue
		}
		g.spec.actions = append(g.spec.actions, d)
		g.able = nil
	}
	g.able = nil
	g.spec.next = join(nil, disjunction, ways...)
}

// repeated makes d an action that calls itself with a smaller number; the result
// calls it.
func (g *generator) repeated(d *definition) *term {
	call := g.term(nil, d.name+"($)", g.expr(numberType, 1))
	n := variable{"n" + d.name, numberType}
	d.params, d.recursive = []variable{n}, true
	g.hidden(append(slices.Clone(d.params), g.visible()...), func() {
		if g.IntN(2) == 0 {
			d.body = g.term(nil, fmt.Sprintf(`IF %[1]s = 0 THEN ($) ELSE ($ /\ %[2]s(%[1]s - 1))`, n.name, d.name), g.action(), g.guard())
		} else {
			d.body = g.term(nil, fmt.Sprintf(`($) \/ (%[1]s > 0 /\ %[2]s(%[1]s - 1))`, n.name, d.name), g.action())
		}
	})
	return call
}

// unnamed writes an action in Next itself.
func (g *generator) unnamed() *term {
	t := g.anyType(1, 16)
	from := g.setExpr(t, 1)
	return g.bind(t, func(name string) *term {
		return g.term(nil, `\E `+name+` \in $ : $`, from, join(nil, inline, g.guard(), g.assign(g.shuffled(), 1)))
	})
}

// action writes guards, what becomes of every variable, and maybe a condition
// on the new values.
func (g *generator) action() *term {
	parts := make([]*term, 0, 4)
	for range g.IntN(2) {
		parts = append(parts, g.guard())
	}
	vars := g.shuffled()
	cut := g.IntN(len(vars) + 1)
	outer := g.scope
	parts = append(parts, g.assign(vars[:cut], 2))
	known := slices.DeleteFunc(slices.Clone(vars[:cut]), func(v variable) bool { return v.name == g.spec.hidden })
	g.scope = append(slices.Clone(outer), primed(known)...)
	parts = append(parts, g.assign(vars[cut:], 2))
	if g.IntN(6) == 0 {
		parts = append(parts, g.again())
	}
	if g.IntN(3) == 0 {
		if g.has(primes, 2) {
			parts = append(parts, g.primedTest())
		} else {
			g.scope = append(slices.Clone(outer), primed(g.visible())...)
			parts = append(parts, g.guard())
		}
	}
	g.scope = outer
	return join(nil, conjunction, parts...)
}

// again says once more what becomes of a variable.
func (g *generator) again() *term {
	v := one(g, g.shown()...)
	switch g.IntN(3) {
	case 0:
		return g.unchanged([]variable{v})
	case 1:
		return g.term(nil, v.name+`' \in ($ \cup {$})`, g.setExpr(v.typ, 1), leaf(v.typ, v.name+"'"))
	}
	return g.term(nil, "($ => "+v.name+"' = $)", g.test(), g.expr(v.typ, 2))
}

// guard writes a condition that is often true.
func (g *generator) guard() *term {
	if g.IntN(8) == 0 {
		return join(boolType, inline, g.witnessed(), join(boolType, either, g.test(), g.test()))
	}
	switch g.IntN(4) {
	case 0:
		return g.expr(boolType, 2)
	case 1:
		return g.test()
	}
	return join(boolType, either, g.test(), g.test())
}

// witnessed writes a condition with a witness, of which there may be several.
func (g *generator) witnessed() *term {
	t := g.simpleType()
	from := g.setExpr(t, 1)
	return g.bind(t, func(name string) *term { return g.term(boolType, `(\E `+name+` \in $ : $)`, from, g.test()) })
}

func (g *generator) shuffled() []variable {
	vars := slices.Clone(g.spec.vars)
	g.Shuffle(len(vars), func(i, j int) { vars[i], vars[j] = vars[j], vars[i] })
	return vars
}

func primed(vars []variable) []variable {
	out := make([]variable, len(vars))
	for i, v := range vars {
		out[i] = variable{v.name + "'", v.typ}
	}
	return out
}

// assign says what becomes of vars, in up to d levels of IF, CASE, LET,
// disjunction and quantifier.
func (g *generator) assign(vars []variable, d int) *term {
	if len(vars) == 0 {
		return leaf(nil, "TRUE")
	}
	rest := func() *term { return g.assign(vars, d-1) }
	if d <= 0 {
		return join(nil, inline, g.each(vars, g.assignOne)...)
	}
	switch g.IntN(10) {
	case 0:
		return g.term(nil, "(IF $ THEN $ ELSE $)", g.expr(boolType, 2), rest(), rest())
	case 1:
		return g.term(nil, "(CASE $ -> $ [] OTHER -> $)", g.expr(boolType, 2), rest(), rest())
	case 2:
		return join(nil, either, rest(), join(nil, inline, g.guard(), rest()))
	case 3:
		if g.has(unending, 30) {
			return g.unendingChoice(rest)
		}
		t := g.anyType(1, 16)
		from := g.setExpr(t, 2)
		return g.bind(t, func(name string) *term { return g.term(nil, `(\E `+name+` \in $ : $)`, from, rest()) })
	case 4:
		t := g.anyType(2, 64)
		value := g.expr(t, 2)
		return g.bind(t, func(name string) *term { return g.term(nil, "(LET "+name+" == $ IN $)", value, rest()) })
	case 5:
		return g.unchanged(vars)
	}
	return join(nil, inline, g.each(vars, g.assignOne)...)
}

// unchanged keeps several variables.
func (g *generator) unchanged(vars []variable) *term {
	names := make([]string, len(vars))
	for i, v := range vars {
		names[i] = v.name
	}
	return leaf(nil, "UNCHANGED <<"+strings.Join(names, ", ")+">>")
}

// assignOne says what becomes of one variable.
func (g *generator) assignOne(v variable) *term {
	if v.name == g.spec.hidden {
		g.scope = append(g.scope, v)
		defer func() { g.scope = g.scope[:len(g.scope)-1] }()
	}
	switch {
	case g.has(primes, 6):
		return g.becomes(v)
	case g.noting && g.IntN(4) == 0:
		return g.registered(v)
	}
	if g.IntN(3) == 0 {
		if t := g.turned(v); t != nil {
			return t
		}
	}
	switch g.IntN(5) {
	case 0:
		return leaf(nil, "UNCHANGED "+v.name)
	case 1:
		if v.typ.size(g.spec.extent) <= 64 {
			if v.typ.kind == set && g.has(subsets, 2) {
				return g.term(nil, v.name+`' \subseteq $`, g.unread(v, func() *term { return g.expr(v.typ, 2) }))
			}
			return g.term(nil, v.name+`' \in $`, g.choices(v))
		}
	}
	return g.term(nil, v.name+"' = $", g.expr(v.typ, 3))
}

// choices are the values of which v becomes one.
func (g *generator) choices(v variable) *term {
	return g.unread(v, func() *term { return g.setExpr(v.typ, 2) })
}

// unread writes what does not read v where a VIEW hides that: as many steps are to
// lead out of one state as out of another that the VIEW takes for the same.
func (g *generator) unread(v variable, write func() *term) *term {
	if v.name == g.spec.hidden {
		defer func(scope []variable) { g.scope = scope }(g.scope)
		g.scope = slices.DeleteFunc(slices.Clone(g.scope), func(w variable) bool { return w.name == v.name })
	}
	return write()
}

// turned goes to the next value and around, so that states are on cycles; nil
// where values have no next one.
func (g *generator) turned(v variable) *term {
	next := map[kind]string{
		boolean: "%[1]s' = ~%[1]s",
		number:  "%[1]s' = (%[1]s + 1) %% (N + 1)",
		word:    `%[1]s' = (IF %[1]s = "red" THEN "green" ELSE "red")`,
	}[v.typ.kind]
	if next == "" {
		return nil
	}
	return leaf(nil, fmt.Sprintf(next, v.name))
}

// invariant writes one that often needs some steps to be violated.
func (g *generator) invariant() *term {
	if g.IntN(4) == 0 {
		return g.expr(boolType, 3)
	}
	parts := []*term{g.expr(boolType, 2), g.test(), g.test()}
	return g.term(boolType, "~$", join(boolType, inline, parts...))
}
