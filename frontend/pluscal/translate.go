package pluscal

import (
	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/source"
)

// defaultInit is the constant that variables without a value start with.
const defaultInit = "defaultInitValue"

// doneLabel is where a process has terminated.
const doneLabel = "Done"

// A translation is the work on one algorithm.
type translation struct {
	*table
	*Algorithm
	diags      *diag.List
	procedures map[string]*Procedure
	entry      map[string]string // first label of each procedure
	order      []string          // the variables but pc, as declared
	noPC       bool              // every process is one step, so pc says nothing
	endless    bool              // some process never terminates
	mainUses   []syntax.Expr     // the actions of the main body
	units      []syntax.Unit
	written    map[syntax.Expr]bool // expressions that users wrote, with primes and subscripts
	together   map[syntax.Expr]int  // how many conjuncts from this on are of one statement
	actionOf   map[*syntax.OpDef]bool
}

// Translate returns the units that stand for a: what the official translator
// puts between BEGIN and END TRANSLATION. Their spans point into the text of
// the algorithm. Errors in a are added to diags, and then the result is nil.
func Translate(a *Algorithm, diags *diag.List) []syntax.Unit {
	var own diag.List
	t := translate(a, &own)
	for _, d := range own.All() {
		diags.Add(d)
	}
	if own.Err() != nil {
		return nil
	}
	a.translation = t
	return t.units
}

// translate stops after the phase that finds errors, so that none follows from
// another.
func translate(a *Algorithm, diags *diag.List) *translation {
	a = prepare(a, diags)
	if diags.Err() != nil {
		return nil
	}
	t := &translation{table: names(a, diags), Algorithm: a, diags: diags, procedures: map[string]*Procedure{}, entry: map[string]string{},
		written: map[syntax.Expr]bool{}, together: map[syntax.Expr]int{}, actionOf: map[*syntax.OpDef]bool{}}
	t.checkGotos()
	if diags.Err() != nil {
		return nil
	}
	for _, p := range a.Procedures {
		t.procedures[p.Name.Name] = p
		t.entry[p.Name.Name] = t.inProcedure[p.Name.Name].labels[p.Body[0].Label.Name].use
	}
	t.noPC, t.endless = t.shape()
	t.warnLost()
	t.all()
	return t
}

// all makes every unit in its order.
func (t *translation) all() {
	t.declarations()
	if t.many() {
		t.processSet()
	}
	t.init()
	for _, p := range t.Procedures {
		sc := t.inProcedure[p.Name.Name]
		t.actions(p.Span, t.called[p.Name.Name].use, t.many(), steps(p.Body, "Error"), t.actor(sc, p))
	}
	for i, p := range t.Processes {
		t.actions(p.Span, t.named[i].use, !p.Single, steps(p.Body, doneLabel), t.processActor(i))
	}
	if !t.many() {
		t.mainActions()
	}
	if !t.noPC || t.many() {
		t.next()
	}
	t.spec()
}

// many tells whether the algorithm has processes.
func (t *translation) many() bool { return len(t.Processes) > 0 }

func (t *translation) emit(u syntax.Unit) { t.units = append(t.units, u) }

// actor translates in the scope of the main body or a procedure.
func (t *translation) actor(s *scope, p *Procedure) *actor {
	return &actor{translation: t, scope: s, inside: p}
}

// processActor translates in the scope of the i-th process.
func (t *translation) processActor(i int) *actor {
	g := t.actor(t.inProcess[i], nil)
	if p := t.Processes[i]; p.Single {
		g.id = p.ID
	}
	return g
}

// actions makes one definition for each step and one for their disjunction.
func (t *translation) actions(span source.Span, name string, self bool, steps []*step, g *actor) {
	if t.noPC {
		t.step(steps[0], name, self, g)
		return
	}
	p := at(span)
	var uses []syntax.Expr
	for _, st := range steps {
		label := g.label(st.label.Name)
		t.step(st, label, self, g)
		uses = append(uses, t.use(at(st.span), label, self))
	}
	t.emit(p.define(name, self, p.or(uses)))
}

// step defines the action of st. The definition is where the step is, its name
// where the label is.
func (t *translation) step(st *step, name string, self bool, g *actor) {
	def := at(st.span).define(name, self, g.action(st))
	def.Name.Span = st.label.Span
	t.actionOf[def] = true
	t.emit(def)
}

// use is name, or name(self).
func (t *translation) use(p at, name string, self bool) syntax.Expr {
	if self {
		return p.apply(name, p.name("self"))
	}
	return p.name(name)
}

// mainActions makes the actions of an algorithm without processes, which are
// disjuncts of Next, or when pc is left out its only action.
func (t *translation) mainActions() {
	g := t.actor(t.main, nil)
	for _, st := range steps(t.Body, doneLabel) {
		if t.noPC {
			t.step(st, "Next", false, g)
			return
		}
		name := g.label(st.label.Name)
		t.step(st, name, false, g)
		t.mainUses = append(t.mainUses, at(st.span).name(name))
	}
}
