package specgen

import (
	"fmt"
	"slices"
	"strings"
)

// A claim is a temporal formula as a tree: a property, or a conjunct of the
// specification. The reference decides it by what the operators mean, and never
// reads what lemma makes of the text.
type claim struct {
	op    claimOp
	parts []*claim
	atom  *atom    // of stateOp, boxOp, angleOp and the two kinds of fairness
	bound variable // of forallOp and existsOp
}

type claimOp uint8

const (
	stateOp  claimOp = iota // the atom, of one state
	boxOp                   // [A]_v, only under alwaysOp
	angleOp                 // <<A>>_v, only under eventuallyOp
	weakOp                  // WF_v(A)
	strongOp                // SF_v(A)
	notOp
	andOp
	orOp
	impliesOp
	iffOp
	alwaysOp
	eventuallyOp
	leadsToOp
	forallOp
	existsOp
)

// An atom is a state predicate, or an action with its subscript. The module
// defines it a second time, as an operator of the names that quantifiers around
// it bind: that is for the reference.
type atom struct {
	id     int
	body   *term
	sub    []variable // nil for a state predicate
	params []variable
}

// claimFormats have a $ for each part and for the atom; * stands for the subscript.
var claimFormats = map[claimOp]string{
	stateOp: "$", boxOp: "[$]_*", angleOp: "<<$>>_*", weakOp: "WF_*($)", strongOp: "SF_*($)",
	notOp: "~($)", andOp: `($ /\ $)`, orOp: `($ \/ $)`, impliesOp: "($ => $)", iffOp: "($ <=> $)",
	alwaysOp: "[]($)", eventuallyOp: "<>($)", leadsToOp: "($ ~> $)",
}

func (c *claim) String() string {
	switch c.op {
	case forallOp, existsOp:
		sign := `\A`
		if c.op == existsOp {
			sign = `\E`
		}
		return fmt.Sprintf(`(%s %s \in %s : %s)`, sign, c.bound.name, c.bound.typ.universe(), c.parts[0])
	}
	format := claimFormats[c.op]
	if c.op == alwaysOp && c.parts[0].op == boxOp || c.op == eventuallyOp && c.parts[0].op == angleOp {
		format = strings.NewReplacer("(", "", ")", "").Replace(format)
	}
	if c.atom != nil {
		return strings.Replace(strings.Replace(format, "*", c.atom.subscript(), 1), "$", c.atom.body.String(), 1)
	}
	for _, p := range c.parts {
		format = strings.Replace(format, "$", p.String(), 1)
	}
	return format
}

func (a *atom) subscript() string {
	names := make([]string, len(a.sub))
	for i, v := range a.sub {
		names[i] = v.name
	}
	if len(names) == 1 {
		return names[0]
	}
	return "<<" + strings.Join(names, ", ") + ">>"
}

// name is what the module calls the atom's body, or its subscript.
func (a *atom) name(prefix string) string { return fmt.Sprint(prefix, a.id) }

// define writes both as operators.
func (a *atom) define() string {
	text := (&definition{name: a.name("Atom"), params: a.params, body: a.body}).String()
	if a.sub != nil {
		text += (&definition{name: a.name("Sub"), params: a.params, body: leaf(nil, a.subscript())}).String()
	}
	return text
}

// atoms are all atoms of c.
func (c *claim) atoms() []*atom {
	var out []*atom
	if c.atom != nil {
		out = append(out, c.atom)
	}
	for _, p := range c.parts {
		out = append(out, p.atoms()...)
	}
	return out
}

func of(op claimOp, parts ...*claim) *claim { return &claim{op: op, parts: parts} }

// simpler are the claims that may stand in c's place and are smaller.
func (c *claim) simpler() []*claim {
	var out []*claim
	for _, p := range c.parts {
		if p.op != boxOp && p.op != angleOp {
			out = append(out, p)
		}
	}
	return out
}

// A property is a claim with a name.
type property struct {
	name      string
	claim     *claim
	invariant bool // [][A]_vars, given as the invariant A
}

// writeProperties writes what is claimed of the spec's behaviours, and what the
// specification promises of them.
func (g *generator) writeProperties() {
	s := g.spec
	if g.IntN(3) == 0 {
		s.props = append(s.props, property{name: "Step", claim: of(alwaysOp, g.boxed(g.stepAction()))})
	}
	if g.careless || g.levelled || g.spec.models > 2 || !g.has(temporal, 2) { // the definition takes too long for three
		return
	}
	for i := range 1 + g.IntN(2) {
		s.props = append(s.props, property{name: fmt.Sprintf("Live%d", i), claim: g.property()})
	}
	for range g.IntN(4) {
		s.promises = append(s.promises, g.promise())
	}
	if g.has(restricted, 5) {
		s.promises = append(s.promises, of(alwaysOp, one(g, g.predicate, func() *claim { return g.boxed(g.stepAction()) })()))
	}
}

// property writes what may hold of some specs and not of others.
func (g *generator) property() *claim {
	p := g.predicate
	switch g.IntN(18) {
	case 0:
		return of(alwaysOp, of(eventuallyOp, p()))
	case 1:
		return of(eventuallyOp, of(alwaysOp, p()))
	case 2, 3:
		return of(leadsToOp, p(), p())
	case 4:
		return of(eventuallyOp, p())
	case 5:
		return of(alwaysOp, p())
	case 6:
		return of(impliesOp, of(alwaysOp, of(eventuallyOp, p())), of(alwaysOp, of(eventuallyOp, p())))
	case 7:
		return p()
	case 8:
		return g.promise()
	case 9:
		return of(eventuallyOp, g.angled())
	case 10:
		return of(alwaysOp, of(eventuallyOp, g.angled()))
	case 11, 12:
		if g.may(prefix) {
			return g.safety()
		}
	case 13, 14:
		return g.quantified(func() *claim { return g.anyClaim(1) })
	case 15: // two things that are to be false from some time on
		return of(orOp, of(alwaysOp, of(eventuallyOp, p())), of(alwaysOp, of(eventuallyOp, p())))
	}
	return g.anyClaim(3)
}

// safety writes a property that a finite behaviour violates, but that is not
// said of every state alone.
func (g *generator) safety() *claim {
	p := g.predicate
	return one(g,
		func() *claim { return of(impliesOp, p(), of(alwaysOp, p())) },
		func() *claim { return of(alwaysOp, of(impliesOp, p(), of(alwaysOp, p()))) },
		func() *claim { return of(orOp, of(alwaysOp, p()), of(alwaysOp, p())) },
		func() *claim { return of(orOp, p(), of(alwaysOp, g.boxed(g.stepAction()))) },
		func() *claim { return of(andOp, p(), of(alwaysOp, p())) },
	)()
}

// anyClaim writes a claim in up to d levels.
func (g *generator) anyClaim(d int) *claim {
	if d == 0 {
		return g.predicate()
	}
	c := func() *claim { return g.anyClaim(d - 1) }
	switch g.IntN(11) {
	case 0:
		return of(notOp, c())
	case 1:
		return of(andOp, c(), c())
	case 2:
		return of(orOp, c(), c())
	case 3:
		return of(one(g, impliesOp, iffOp), c(), c())
	case 4, 5:
		return of(alwaysOp, c())
	case 6, 7:
		return of(eventuallyOp, c())
	case 8:
		return of(leadsToOp, c(), c())
	case 9:
		return of(alwaysOp, of(eventuallyOp, g.angled()))
	}
	return g.promise()
}

// quantified puts a quantifier around what body writes.
func (g *generator) quantified(body func() *claim) *claim {
	op := one(g, forallOp, existsOp)
	return g.bounded(op, one(g, modelType, boolType, numberType), func(string) *claim { return body() })
}

// bounded is a quantifier over all values of t.
func (g *generator) bounded(op claimOp, t *typ, body func(name string) *claim) *claim {
	g.names++
	v := variable{fmt.Sprintf("v%d", g.names), t}
	outer, around := g.scope, g.around
	g.scope, g.around = append(slices.Clone(outer), v, v), append(slices.Clone(around), v)
	defer func() { g.scope, g.around = outer, around }()
	return &claim{op: op, bound: v, parts: []*claim{body(v.name)}}
}

// predicate writes a claim about a state.
func (g *generator) predicate() *claim {
	body := one(g, g.test, g.guard, func() *term { return g.expr(boolType, 2) })
	return &claim{op: stateOp, atom: g.newAtom(body(), nil)}
}

func (g *generator) newAtom(body *term, sub []variable) *atom {
	g.names++
	return &atom{id: g.names, body: body, sub: sub, params: slices.Clone(g.around)}
}

// boxed and angled put an action into brackets, with what must change.
func (g *generator) boxed(action *term) *claim {
	return &claim{op: boxOp, atom: g.newAtom(action, g.subscript())}
}

func (g *generator) angled() *claim {
	return &claim{op: angleOp, atom: g.newAtom(one(g, g.stepAction, g.fairAction)(), g.subscript())}
}

// subscript draws variables: all of them, most often.
func (g *generator) subscript() []variable {
	shown := slices.Clone(g.shown())
	if g.IntN(4) > 0 {
		return shown
	}
	g.Shuffle(len(shown), func(i, j int) { shown[i], shown[j] = shown[j], shown[i] })
	return shown[:1+g.IntN(len(shown))]
}

// promise writes a fairness condition, for some actions one for each argument.
func (g *generator) promise() *claim {
	op := one(g, weakOp, strongOp)
	fair := func(action *term) *claim {
		return &claim{op: op, atom: g.newAtom(action, g.subscript())}
	}
	if len(g.spec.actions) == 0 {
		return fair(leaf(nil, "Next"))
	}
	if d := one(g, g.spec.actions...); len(d.params) == 1 && g.IntN(2) == 0 && slices.Contains([]*typ{modelType, boolType, numberType, wordType}, d.params[0].typ) {
		return g.bounded(forallOp, d.params[0].typ, func(name string) *claim {
			return fair(leaf(nil, d.name+"("+name+")"))
		})
	}
	return fair(g.fairAction())
}

// fairAction writes an action of which it can be told whether it is enabled.
func (g *generator) fairAction() *term {
	if len(g.spec.actions) == 0 {
		return leaf(nil, "Next")
	}
	d := one(g, g.spec.actions...)
	call := leaf(nil, d.name)
	if len(d.params) > 0 {
		call = g.term(nil, d.name+"($)", g.literal(d.params[0].typ))
	}
	switch g.IntN(5) {
	case 0:
		return leaf(nil, "Next")
	case 1:
		return join(nil, inline, g.test(), call)
	case 2:
		outer := g.scope
		g.scope = append(slices.Clone(outer), primed(g.shown())...)
		defer func() { g.scope = outer }()
		return join(nil, inline, call, g.test())
	}
	return call
}

// stepAction writes a condition on steps, often true. As in a refinement, what
// it compares are state functions as much as variables.
func (g *generator) stepAction() *term {
	now := slices.Clone(g.scope)
	for _, d := range g.spec.ops {
		if len(d.params) == 0 {
			now = append(now, variable{d.name, d.body.typ})
		}
	}
	outer := g.scope
	g.scope = append(now, primed(g.visible())...)
	defer func() { g.scope = outer }()
	return join(boolType, either, g.guard(), g.expr(boolType, 3), g.test())
}
