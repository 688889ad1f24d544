package pluscal

import (
	"slices"

	"github.com/lemma-mc/lemma/frontend/syntax"
)

// next makes Terminating, Next: single processes, then procedures, then sets
// of processes, and the stuttering of a terminated algorithm, which therefore
// does not deadlock.
func (t *translation) next() {
	p := at(t.Span)
	single := t.mainUses
	var procedures, sets []syntax.Expr
	for _, q := range t.Procedures {
		name := t.called[q.Name.Name].use
		procedures = append(procedures, t.use(at(q.Span), name, len(t.Processes) > 0))
	}
	for i, q := range t.Processes {
		use := t.use(at(q.Span), t.named[i].use, !q.Single)
		if q.Single {
			single = append(single, use)
		} else {
			sets = append(sets, at(q.Span).forSelf(false, fresh(q.ID), use))
		}
	}
	if t.many() && len(procedures) > 0 {
		procedures = []syntax.Expr{p.forSelf(false, p.name("ProcSet"), p.or(procedures))}
	}
	all := slices.Concat(single, procedures, sets)
	if !t.many() {
		all = slices.Concat(procedures, single)
	}
	if !t.endless && !t.Options.NoDone {
		t.emit(p.define("Terminating", false, p.and([]syntax.Expr{t.terminated(), p.prefix("UNCHANGED", p.name("vars"))})))
		all = append(all, p.name("Terminating"))
	}
	t.emit(p.define("Next", false, p.or(all)))
}

// terminated says that every process is at Done.
func (t *translation) terminated() syntax.Expr {
	p := at(t.Span)
	if !t.many() {
		return p.equal(p.name("pc"), p.str(doneLabel))
	}
	return p.forSelf(true, p.name("ProcSet"), p.equal(p.index(p.name("pc"), p.name("self")), p.str(doneLabel)))
}

// spec makes Spec with the fairness that is asked for, and Termination.
func (t *translation) spec() {
	p := at(t.Span)
	safety := p.infix(p.name("Init"), "/\\", p.prefix("[]",
		&syntax.ActionBox{Span: p.span(), Action: p.name("Next"), Sub: p.name("vars")}))
	items := append([]syntax.Expr{safety}, t.fairness()...)
	t.emit(p.define("Spec", false, p.and(items)))
	if !t.endless {
		t.emit(p.define("Termination", false, p.prefix("<>", t.terminated())))
	}
}

// fairness lists the fairness conjuncts of Spec.
func (t *translation) fairness() []syntax.Expr {
	option := t.Options.Fairness
	if option == "nof" && t.many() {
		return nil
	}
	var out []syntax.Expr
	if t.Fair || option == "wfNext" || !t.many() && (option == "wf" || option == "sf") {
		p := at(t.Span)
		out = append(out, p.fair(Weak, p.name("Next")))
	}
	for i, q := range t.Processes {
		f := q.Fairness
		if f == Unfair {
			f = map[string]Fairness{"wf": Weak, "sf": Strong}[option]
		}
		if f != Unfair {
			out = append(out, t.fairProcess(i, f))
		}
	}
	return out
}

func (p at) fair(f Fairness, action syntax.Expr) syntax.Expr {
	return &syntax.Fair{Span: p.span(), Strong: f == Strong, Sub: p.name("vars"), Action: action}
}

// fairProcess is the fairness of the i-th process and of the procedures that
// it calls. Steps whose label has a minus are left out of it; those with a
// plus are strongly fair.
func (t *translation) fairProcess(i int, f Fairness) syntax.Expr {
	q := t.Processes[i]
	p := at(q.Span)
	g := t.processActor(i)
	own := func(name string) syntax.Expr { return t.use(p, name, !q.Single) }
	items := g.fairBody(p, q.Body, f, t.named[i].use, own)
	for _, c := range t.reach(q.Body) {
		in := &actor{translation: t, scope: t.inProcedure[c.Name.Name], id: g.id, inside: c}
		called := func(name string) syntax.Expr { return p.apply(name, in.self(p)) }
		items = append(items, in.fairBody(p, c.Body, f, t.called[c.Name.Name].use, called)...)
	}
	if q.Single {
		return p.and(items)
	}
	return p.forSelf(true, fresh(q.ID), p.and(items))
}

// fairBody is the fairness of one body, whose action is called name; use makes
// the action of a name for this process.
func (g *actor) fairBody(p at, body []*Stmt, f Fairness, name string, use func(string) syntax.Expr) []syntax.Expr {
	var plus []syntax.Expr
	var minus []string
	walk(body, func(st *Stmt) {
		switch l := st.Label; {
		case l == nil:
		case l.Mark == '-':
			minus = append(minus, g.label(l.Name))
		case l.Mark == '+' && f == Weak:
			plus = append(plus, p.fair(Strong, use(g.label(l.Name))))
		}
	})
	action, pc := use(name), g.own(p, "pc")
	switch len(minus) {
	case 0:
	case 1:
		action = p.infix(p.infix(pc, "/=", p.str(minus[0])), "/\\", action)
	default:
		set := &syntax.SetEnum{Span: p.span(), Items: p.strs(minus)}
		action = p.infix(p.infix(pc, "\\notin", set), "/\\", action)
	}
	return append([]syntax.Expr{p.fair(f, action)}, plus...)
}

// reach lists the procedures that body calls, directly or not, each once.
func (t *translation) reach(body []*Stmt) []*Procedure {
	var out []*Procedure
	var visit func([]*Stmt)
	visit = func(body []*Stmt) {
		walk(body, func(s *Stmt) {
			if c, ok := s.Act.(*Call); ok {
				if q := t.procedures[c.Proc.Name]; q != nil && !slices.Contains(out, q) {
					out = append(out, q)
					visit(q.Body)
				}
			}
		})
	}
	visit(body)
	return out
}
