package prover

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// A domain is what a variable ranges over: the members of a constant-level
// set, or its subsets.
type domain struct {
	set    ir.Expr
	subset bool
	by     *ir.Formula // that says so
}

// domains finds a domain for each variable; it fails where there is none.
func domains(sys *ir.System, goals []*ir.Formula) ([]domain, error) {
	if missing := Untyped(sys, goals); len(missing) > 0 {
		return nil, NoDomain(missing)
	}
	return typed(sys, goals), nil
}

// NoDomain is the error that nothing says what vars range over.
func NoDomain(vars []*ir.Variable) *diag.Error {
	names := make([]string, len(vars))
	for i, v := range vars {
		names[i] = v.Name
	}
	return &diag.Error{Diagnostics: []*diag.Diagnostic{{
		Code: "U120", Class: diag.Unsupported, Span: vars[0].Span, // a variable of which no invariant says what it may be
		Message: fmt.Sprintf("no invariant says what %s may be", strings.Join(names, ", ")),
		Hint:    "a proof starts from an arbitrary state: add a type invariant with a conjunct x \\in S for each variable",
	}}}
}

// Untyped are the variables of which no formula says what they range over.
func Untyped(sys *ir.System, goals []*ir.Formula) []*ir.Variable {
	var out []*ir.Variable
	for i, d := range typed(sys, goals) {
		if d.set == nil {
			out = append(out, sys.Variables[i])
		}
	}
	return out
}

// typed finds, for each variable, a domain according to one of the formulas:
// x \in S, or x \subseteq S. They are what an arbitrary state is made from, and
// as parts of the formulas they are proved along with them.
func typed(sys *ir.System, goals []*ir.Formula) []domain {
	out := make([]domain, len(sys.Variables))
	for _, g := range goals {
		conjuncts(g.Expr, func(e ir.Expr) {
			app, ok := e.(*ir.App)
			if !ok || app.Op != ir.In && app.Op != ir.Subseteq {
				return
			}
			v, ok := app.Args[0].(*ir.VarRef)
			if !ok || out[v.Var.ID].set != nil || ir.ReadsState(app.Args[1]) {
				return
			}
			out[v.Var.ID] = domain{app.Args[1], app.Op == ir.Subseteq, g}
		})
	}
	return out
}

// ranged is the obstacle that hyps do not say what the variables range over. The
// arbitrary state is in the domains in every condition, which is a hypothesis
// like any other: without a formula that says so nothing follows.
func (p *Prover) ranged(hyps []*ir.Formula) *Obstacle {
	for i, d := range p.typed {
		if !slices.Contains(hyps, d.by) {
			return &Obstacle{Reason: fmt.Sprintf("its proof starts from what %s, which is not proved, says of %s", d.by.Name, p.sys.Variables[i].Name)}
		}
	}
	return nil
}

// Types are the formulas that say what the variables range over.
func (p *Prover) Types() []*ir.Formula {
	var out []*ir.Formula
	for _, d := range p.typed {
		if !slices.Contains(out, d.by) {
			out = append(out, d.by)
		}
	}
	return out
}

// conjuncts visits the conjuncts of e, through definitions without parameters.
func conjuncts(e ir.Expr, visit func(ir.Expr)) {
	switch x := e.(type) {
	case *ir.App:
		if x.Op == ir.And {
			for _, c := range x.Args {
				conjuncts(c, visit)
			}
			return
		}
	case *ir.Call:
		if len(x.Args) == 0 && !x.Def.Recursive && x.Def.Body != nil {
			conjuncts(x.Def.Body, visit)
			return
		}
	case *ir.Label:
		conjuncts(x.Body, visit)
		return
	}
	visit(e)
}

// arbitrary makes the arbitrary state. That it is in the domains is no part of
// the background: where a domain is empty, that would prove anything, also of
// the initial states.
func (p *Prover) arbitrary() error {
	p.arbit = make(encode.State, len(p.sys.Variables))
	in := make([]smt.Term, len(p.arbit))
	for i, v := range p.sys.Variables {
		var err error
		if p.arbit[i], in[i], err = p.enc.Arbitrary(p.typed[i].set, p.typed[i].subset, nil, v.Name); err != nil {
			return err
		}
		p.name(p.arbit[i], v.Name)
	}
	for c, v := range p.enc.Constants {
		p.name(v, c.Name)
	}
	p.within = p.store.And(in...)
	p.last(p.arbit)
	return nil
}

// Plain tells whether no variable is a set without a list of candidates, such as
// messages with numbers in them. Only for plain data is it worth the while to
// look at several steps at once.
func (p *Prover) Plain() bool {
	for _, v := range p.arbit {
		if !plain(v) {
			return false
		}
	}
	return true
}

func plain(v encode.Sym) bool {
	switch v := v.(type) {
	case *encode.Relation, *encode.Seq:
		return false
	case *encode.Func:
		return !slices.ContainsFunc(v.Vals, func(x encode.Sym) bool { return !plain(x) })
	case *encode.Record:
		return !slices.ContainsFunc(v.Vals, func(x encode.Sym) bool { return !plain(x) })
	case *encode.Tuple:
		return !slices.ContainsFunc(v.Elems, func(x encode.Sym) bool { return !plain(x) })
	}
	return true
}
