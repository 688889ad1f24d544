package explain

import (
	"strings"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// A Blocker is a part of an action that cannot be taken from a state, with the
// first of its guards that is false.
type Blocker struct {
	Action string // Acquire(Node1)
	Guard  *trace.Reason
	Passed int // guards before it that are true
}

// mostBlockers bounds the parts of an action that are looked at.
const mostBlockers = 1000

// Blocked tells, for each part of the action that a false guard keeps from being
// taken in s, which one. Parts that no guard of s blocks are left out.
func (x *Explainer) Blocked(action ir.Expr, s eval.State) []Blocker {
	b := blocked{Explainer: x, s: s}
	b.find(action, eval.Env{}, "", 0, 0, nil)
	return b.found
}

type blocked struct {
	*Explainer
	s     eval.State
	found []Blocker
}

// find looks for the guard that blocks e; name is that of the action around it.
func (b *blocked) find(e ir.Expr, at eval.Env, name string, passed, depth int, bound []trace.Binding) {
	if depth > deepest || len(b.found) >= mostBlockers {
		return
	}
	if temporal.Level(e) <= ir.StateLevel {
		b.test(e, at, name, passed, depth, bound)
		return
	}
	switch e := e.(type) {
	case *ir.App:
		switch e.Op {
		case ir.Or:
			for _, p := range e.Args {
				b.find(p, at, name, passed, depth+1, bound)
			}
			return
		case ir.And:
			b.conjuncts(e.Args, at, name, passed, depth, bound)
			return
		}
	case *ir.Quant:
		if !e.All {
			b.members(e, at, name, passed, depth, bound)
			return
		}
	case *ir.If:
		branch := e.Else
		if ok, err := b.machine.BoolIn(at, e.Cond, b.s, nil); err != nil {
			return
		} else if ok {
			branch = e.Then
		}
		b.find(branch, at, name, passed, depth+1, bound)
		return
	case *ir.Call:
		if e.Def.NamesSteps() {
			name = b.named(e, at)
		}
	}
	if body, inner, ok := b.machine.Open(e, at); ok {
		b.find(body, inner, name, passed, depth+1, bound)
	}
}

// conjuncts looks for the first that is false; those that are actions are gone
// into only where all of the others are true, and where they cannot be taken alone.
// Where each could be, it is the first that cannot together with those before it.
func (b *blocked) conjuncts(es []ir.Expr, at eval.Env, name string, passed, depth int, bound []trace.Binding) {
	for _, p := range es {
		if temporal.Level(p) > ir.StateLevel {
			continue
		}
		if ok, err := b.machine.BoolIn(at, p, b.s, nil); err != nil || !ok {
			b.find(p, at, name, passed, depth+1, bound)
			return
		}
		passed++
	}
	before := len(b.found)
	for _, p := range es {
		if temporal.Level(p) > ir.StateLevel && !b.enabled(at, p) {
			b.find(p, at, name, passed, depth+1, bound)
		}
	}
	for k := 1; k <= len(es) && len(b.found) == before; k++ {
		if !b.enabled(at, es[:k]...) {
			r := &trace.Reason{Text: b.text(es[k-1]), Span: es[k-1].Pos(), Bound: bound}
			b.found = append(b.found, Blocker{name, r, passed + k})
		}
	}
}

// enabled tells whether there is a step from the state that satisfies all of es.
func (b *blocked) enabled(at eval.Env, es ...ir.Expr) bool {
	all := &ir.App{Span: es[0].Pos(), Op: ir.And, Args: es}
	ok, err := b.machine.BoolIn(at, &ir.App{Span: all.Span, Op: ir.Enabled, Args: []ir.Expr{all}}, b.s, nil)
	return err == nil && ok
}

func (b *blocked) members(e *ir.Quant, at eval.Env, name string, passed, depth int, outer []trace.Binding) {
	any := false
	for inner, err := range b.machine.Bindings(e.Bounds, at, b.s, nil) {
		if err != nil {
			return
		}
		any = true
		b.find(e.Body, inner, name, passed, depth+1, append(outer[:len(outer):len(outer)], bound(e, inner)...))
	}
	if !any {
		r := &trace.Reason{Text: b.text(e), Span: e.Span}
		w := &walk{Explainer: b.Explainer, s: b.s, left: 1}
		r.Values = w.values(e, at)
		b.found = append(b.found, Blocker{name, r, passed})
	}
}

// test is a guard of the state alone.
func (b *blocked) test(e ir.Expr, at eval.Env, name string, passed, depth int, bound []trace.Binding) {
	w := &walk{Explainer: b.Explainer, s: b.s, left: mostReasons}
	if r := w.why(e, at, depth); r.Error != "" || !r.Holds {
		r.Bound = bound
		b.found = append(b.found, Blocker{name, r, passed})
	}
}

// named is what steps of the application are called.
func (b *blocked) named(e *ir.Call, at eval.Env) string {
	if len(e.Args) == 0 {
		return e.Def.Name
	}
	args := make([]string, len(e.Args))
	for i, a := range e.Args {
		args[i] = "_"
		if v, err := b.machine.ValueIn(at, a, b.s, nil); err == nil {
			args[i] = value.Brief(v)
		}
	}
	return e.Def.Name + "(" + strings.Join(args, ", ") + ")"
}
