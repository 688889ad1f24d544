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
	if t.noPC && len(t.Processes) == 0 {
		st := steps(t.Body, done)[0]
		t.emit(at(st.span).define("Next", false, t.actor(t.main, nil).action(st)))
		return
	}
	var single, procedures, sets []syntax.Expr
	for _, q := range t.Procedures {
		name := t.called[q.Name.Name].use
		procedures = append(procedures, t.use(at(q.Span), name, len(t.Processes) > 0))
	}
	for i, q := range t.Processes {
		use := t.use(at(q.Span), t.named[i].use, !q.Single)
		if q.Single {
			single = append(single, use)
		} else {
			sets = append(sets, at(q.Span).forSelf(false, q.ID, use))
		}
	}
	for _, st := range steps(t.Body, done) {
		single = append(single, at(st.span).name(t.main.labels[st.label.Name].use))
	}
	if len(t.Processes) > 0 && len(procedures) > 0 {
		procedures = []syntax.Expr{p.forSelf(false, p.name("ProcSet"), p.or(procedures))}
	}
	all := slices.Concat(single, procedures, sets)
	if len(t.Processes) == 0 {
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
	if len(t.Processes) == 0 {
		return p.equal(p.name("pc"), p.str(done))
	}
	return p.forSelf(true, p.name("ProcSet"), p.equal(p.index(p.name("pc"), p.name("self")), p.str(done)))
}

// spec makes Spec with the fairness that is asked for, and Termination.
func (t *translation) spec() {
	p := at(t.Span)
	safety := p.infix(p.name("Init"), "/\\", p.prefix("[]",
		&syntax.ActionBox{Span: p.span(), Action: p.name("Next"), Sub: p.name("vars")}))
	items := append([]syntax.Expr{safety}, t.fairness()...)
	t.emit(p.define("Spec", false, p.and(items)))
	if !t.endless {
		t.emit(p.define("Termination", false, p.prefix("<>", operand(t.terminated()))))
	}
}

// fairness lists the fairness conjuncts of Spec.
func (t *translation) fairness() []syntax.Expr {
	option := t.Options.Fairness
	if option == "nof" {
		return nil
	}
	var out []syntax.Expr
	single := len(t.Processes) == 0
	if t.Fair || option == "wfNext" || single && (option == "wf" || option == "sf") {
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
	self := p.name("self")
	if q.Single {
		self = q.ID
	}
	items := t.fairBody(p, t.process[i], q.Body, f, t.use(p, t.named[i].use, !q.Single), self, func(label string) syntax.Expr {
		return t.use(p, label, !q.Single)
	})
	for _, c := range t.reach(q.Body) {
		use := t.called[c.Name.Name].use
		items = append(items, t.fairBody(p, t.procedure[c.Name.Name], c.Body, f, p.apply(use, self), self, func(label string) syntax.Expr {
			return p.apply(label, self)
		})...)
	}
	if q.Single {
		return p.and(items)
	}
	return p.forSelf(true, q.ID, p.and(items))
}

// fairBody is the fairness of one body with the given action.
func (t *translation) fairBody(p at, s *scope, body []*Stmt, f Fairness, action, self syntax.Expr, use func(string) syntax.Expr) []syntax.Expr {
	var plus []syntax.Expr
	var minus []string
	walk(body, func(st *Stmt) {
		switch l := st.Label; {
		case l == nil:
		case l.Mark == '-':
			minus = append(minus, s.labels[l.Name].use)
		case l.Mark == '+' && f == Weak:
			plus = append(plus, p.fair(Strong, use(s.labels[l.Name].use)))
		}
	})
	pc := p.index(p.name("pc"), self)
	switch len(minus) {
	case 0:
	case 1:
		action = p.infix(operand(p.infix(pc, "/=", p.str(minus[0]))), "/\\", action)
	default:
		set := &syntax.SetEnum{Span: p.span(), Items: p.strs(minus)}
		action = p.infix(operand(p.infix(pc, "\\notin", set)), "/\\", action)
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
