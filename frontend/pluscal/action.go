package pluscal

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/source"
)

// An actor turns the steps of one process, procedure or main body into
// actions.
//
// A body becomes a list of conjuncts. On the way through it the actor keeps
// the set of variables that the step has assigned: later expressions refer to
// those with a prime. Where paths join, each gets UNCHANGED for what another
// one assigned, so that after an if or either all paths have assigned the same
// variables; at the end of the step the rest is unchanged.
type actor struct {
	*translation
	scope  *scope
	id     syntax.Expr // of a single process; nil when the process is self, or there are no processes
	inside *Procedure  // nil outside procedures
	bound  []string    // names bound by the with statements around
}

// changes is a set of variables of the translation.
type changes map[string]bool

func (c changes) with(d changes) changes {
	out := maps.Clone(c)
	maps.Copy(out, d)
	return out
}

// action is the whole body of st's action.
func (g *actor) action(st *step) syntax.Expr {
	p := at(st.span)
	var items []syntax.Expr
	if !g.noPC {
		items = append(items, p.equal(g.own(p, "pc"), p.str(g.label(st.label.Name))))
	}
	body, done := g.seq(p, st.body, changes{})
	items = append(items, body...)
	if rest := g.missing(g.order, done); len(rest) > 0 {
		items = append(items, p.unchanged(rest))
	}
	return p.and(items)
}

// missing lists the variables of all that are not in done, in the order of
// their declaration.
func (g *actor) missing(all []string, done changes) []string {
	var out []string
	for _, v := range all {
		if !done[v] {
			out = append(out, v)
		}
	}
	return out
}

// seq translates statements in order, given what was assigned before them.
func (g *actor) seq(p at, body []*Stmt, done changes) ([]syntax.Expr, changes) {
	var out []syntax.Expr
	for _, s := range body {
		var items []syntax.Expr
		here := p
		if s.Span.Valid() {
			here = at(s.Span)
		}
		items, done = g.stmt(here, s, done)
		out = append(out, items...)
	}
	return out, done
}

func (g *actor) stmt(p at, s *Stmt, done changes) ([]syntax.Expr, changes) {
	one := func(e syntax.Expr) ([]syntax.Expr, changes) { return []syntax.Expr{e}, done }
	switch a := s.Act.(type) {
	case *Skip:
		return one(p.name("TRUE"))
	case *When:
		return one(g.expr(a.Cond, done))
	case *Assert:
		return one(p.apply("Assert", g.expr(a.Cond, done), p.str("Failure of assertion at "+g.place(g.behindLabel(s))+".")))
	case *Print:
		return one(p.apply("PrintT", g.expr(a.Value, done)))
	case *jump:
		if g.noPC {
			return nil, done
		}
		return one(g.set(p, "pc", p.str(g.label(a.to))))
	case *If:
		return g.branches(p, [][]*Stmt{a.Then, a.Else}, done, func(b []syntax.Expr) syntax.Expr {
			return &syntax.If{Span: p.span(), Cond: g.expr(a.Cond, done), Then: b[0], Else: b[1]}
		})
	case *Either:
		return g.branches(p, a.Branches, done, p.or)
	case *With:
		return g.with(p, a, done)
	case *Assign:
		return g.assign(p, a, done)
	case *invoke:
		return g.call(p, a, done)
	case *Return:
		return g.leave(p, done)
	}
	panic(fmt.Sprintf("pluscal: a step has a %T", s.Act))
}

// branches translates alternatives and joins them to one conjunct.
func (g *actor) branches(p at, alts [][]*Stmt, done changes, join func([]syntax.Expr) syntax.Expr) ([]syntax.Expr, changes) {
	items := make([][]syntax.Expr, len(alts))
	after := make([]changes, len(alts))
	all := done
	for i, alt := range alts {
		items[i], after[i] = g.seq(p, alt, done)
		all = all.with(after[i])
	}
	out := make([]syntax.Expr, len(alts))
	for i := range alts {
		if len(items[i]) == 0 {
			items[i] = []syntax.Expr{p.name("TRUE")}
		}
		if rest := g.missing(g.among(all), after[i]); len(rest) > 0 {
			items[i] = append(items[i], p.unchanged(rest))
		}
		out[i] = placeOf(alts[i], p).and(items[i])
	}
	return []syntax.Expr{join(out)}, all
}

// placeOf is where the statements of a branch stand; p where they stand nowhere.
func placeOf(branch []*Stmt, p at) at {
	var span source.Span
	for _, s := range branch {
		switch {
		case !s.Span.Valid():
		case !span.Valid():
			span = s.Span
		default:
			span = span.To(s.Span)
		}
	}
	if !span.Valid() {
		return p
	}
	return at(span)
}

// among lists c in the order of declaration.
func (g *actor) among(c changes) []string {
	var out []string
	for _, v := range g.order {
		if c[v] {
			out = append(out, v)
		}
	}
	return out
}

func (g *actor) with(p at, a *With, done changes) ([]syntax.Expr, changes) {
	value := g.expr(a.Value, done)
	g.bound = append(g.bound, a.Name.Name)
	items, after := g.seq(p, a.Body, done)
	g.bound = g.bound[:len(g.bound)-1]
	if len(items) == 0 {
		items = []syntax.Expr{p.name("TRUE")}
	}
	if a.In {
		b := &syntax.Bound{Span: a.Name.Span.To(a.Value.Pos()), Names: []*syntax.Ident{a.Name}, Domain: value}
		return []syntax.Expr{&syntax.Quant{Span: p.span(), Bounds: []*syntax.Bound{b}, Body: p.and(items)}}, after
	}
	def := &syntax.OpDef{Span: a.Name.Span.To(a.Value.Pos()), Name: a.Name, Body: value}
	return []syntax.Expr{&syntax.Let{Span: p.span(), Defs: []syntax.Unit{def}, Body: p.and(items)}}, after
}

// assign translates x := e || y[i] := d. All expressions see the values before.
// As in the official translation, the variables are in alphabetical order.
func (g *actor) assign(p at, a *Assign, done changes) ([]syntax.Expr, changes) {
	var order []*symbol
	parts := map[*symbol][]*Assignment{}
	now := changes{}
	for _, part := range a.Parts {
		v := g.variable(part)
		if v == nil {
			continue
		}
		if parts[v] == nil {
			order = append(order, v)
		}
		parts[v] = append(parts[v], part)
		now[v.use] = true
	}
	slices.SortFunc(order, func(a, b *symbol) int { return strings.Compare(a.use, b.use) })
	var out []syntax.Expr
	for _, v := range order {
		out = append(out, g.change(p, v, parts[v], done))
	}
	g.joined(out)
	return out, done.with(now)
}

// joined notes that the conjuncts are of one statement.
func (g *actor) joined(conjuncts []syntax.Expr) {
	if len(conjuncts) > 1 {
		g.together[conjuncts[0]] = len(conjuncts)
	}
}

// variable finds what part assigns to, or reports why it cannot.
func (g *actor) variable(part *Assignment) *symbol {
	name := part.Var.Name
	v := g.find(g.scope, name)
	if v != nil && !slices.Contains(g.bound, name) && name != "pc" && name != "stack" {
		return v
	}
	message := fmt.Sprintf("%s is not a variable of the algorithm, so it cannot be assigned to", name)
	hint := "declare it under variables"
	switch {
	case slices.Contains(g.bound, name):
		message, hint = fmt.Sprintf("%s is bound by a with statement, so it cannot be assigned to", name), "assign to a variable"
	case v != nil:
		message, hint = fmt.Sprintf("%s is a variable of the translation and cannot be assigned to", name), "use goto, call and return"
	}
	report(g.diags, codeTarget, part.Var.Span, message, hint)
	return nil
}

// change is v' = e for the parts that assign to v.
func (g *actor) change(p at, v *symbol, parts []*Assignment, done changes) syntax.Expr {
	whole := func(a *Assignment) bool { return len(a.Path) == 0 }
	if i := slices.IndexFunc(parts, whole); i >= 0 {
		if len(parts) > 1 {
			report(g.diags, codeAgain, parts[i].Span, fmt.Sprintf("%s is assigned as a whole and once more in one statement", parts[i].Var.Name),
				"parts of one statement may change different elements of a variable: x[1] := a || x[2] := b")
		}
		return g.become(p, v, g.expr(parts[i].Value, done))
	}
	e := &syntax.Except{Span: p.span(), Fun: at(parts[0].Var.Span).name(v.use)}
	for _, part := range parts {
		var path []syntax.Expr
		if v.perProcess {
			path = append(path, p.index(nil, g.self(p)))
		}
		for _, step := range part.Path {
			path = append(path, g.expr(step, done))
		}
		e.Updates = append(e.Updates, &syntax.Update{Span: part.Span, Path: path, Value: g.expr(part.Value, done)})
	}
	return p.equal(p.prime(p.name(v.use)), e)
}

// become is v' = value, for this process when v is a function of the process.
func (g *actor) become(p at, v *symbol, value syntax.Expr) syntax.Expr {
	if v.perProcess {
		return g.put(p, v.use, value)
	}
	return p.equal(p.prime(p.name(v.use)), value)
}

// put is v' = [v EXCEPT ![self] = value].
func (g *actor) put(p at, v string, value syntax.Expr) syntax.Expr {
	u := &syntax.Update{Span: p.span(), Path: []syntax.Expr{p.index(nil, g.self(p))}, Value: value}
	return p.equal(p.prime(p.name(v)), &syntax.Except{Span: p.span(), Fun: p.name(v), Updates: []*syntax.Update{u}})
}

// set is put for pc and stack, which are functions whenever there are processes.
func (g *actor) set(p at, v string, value syntax.Expr) syntax.Expr {
	if g.many() {
		return g.put(p, v, value)
	}
	return p.equal(p.prime(p.name(v)), value)
}

// own is pc or stack of this process.
func (g *actor) own(p at, v string) syntax.Expr {
	if g.many() {
		return p.index(p.name(v), g.self(p))
	}
	return p.name(v)
}

// self is the process that takes the step.
func (g *actor) self(p at) syntax.Expr {
	if g.id != nil {
		return fresh(g.id)
	}
	return p.name("self")
}

// label is the name that a label of this scope has in the translation.
func (g *actor) label(name string) string {
	if s := g.scope.labels[name]; s != nil {
		return s.use
	}
	return name
}

// expr translates an expression of the algorithm: variables get the subscript
// of the process, and a prime when this step has assigned them.
func (g *actor) expr(e syntax.Expr, done changes) syntax.Expr {
	r := &rewriter{bound: slices.Clone(g.bound), marks: g.marks, makes: true, replace: func(n *syntax.Name) syntax.Expr {
		return g.replace(n, done)
	}}
	out := r.expr(e)
	g.written[out] = true
	return out
}

func (g *actor) replace(n *syntax.Name, done changes) syntax.Expr {
	p := at(n.Span)
	v := g.find(g.scope, n.Name)
	if v == nil {
		if n.Name == "self" && g.id != nil {
			return g.self(p)
		}
		return nil
	}
	e := p.name(v.use)
	if done[v.use] {
		e = p.prime(e)
	}
	if v.perProcess {
		e = p.index(e, g.self(p))
	}
	return e
}

// behindLabel is where s begins behind its label.
func (a *Algorithm) behindLabel(s *Stmt) source.Pos {
	ts := a.between(s.Span)
	for i, t := range ts {
		switch {
		case i == 1 && t.text != ":":
			return ts[0].at // it has none
		case i > 1 && t.text != "+" && t.text != "-":
			return t.at
		}
	}
	return s.Span.Start
}

// place writes a position as the messages of failed assertions do.
func (g *actor) place(pos source.Pos) string {
	at, ok := g.files.Position(pos)
	if !ok {
		return "an unknown place"
	}
	return fmt.Sprintf("line %d, column %d", at.Line, at.Column)
}
