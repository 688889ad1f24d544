package encode

import (
	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/encode/symbolic"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// facts are what the value of an expression depends on.
type facts struct {
	names     []*ir.Name // bound outside it
	variables []*ir.Variable
	constants []*ir.Constant
	action    bool // mentions the next state
	closed    bool // calls nothing but definitions of the module, and is pure
}

// factsOf returns the facts of x, computed once for each node.
func (e *Encoder) factsOf(x ir.Expr) *facts {
	if f, ok := e.facts[x]; ok {
		return f
	}
	g := gathering{facts: facts{closed: true}, bound: map[any]bool{}, seen: map[any]bool{}, local: e.local}
	g.expr(x)
	e.facts[x] = &g.facts
	return &g.facts
}

// Reads are the variables on which the value of x in a state depends; false where it
// may depend on something else.
func (e *Encoder) Reads(x ir.Expr) (vars []*ir.Variable, ok bool) {
	f := e.factsOf(x)
	return f.variables, f.closed && !f.action && len(f.names) == 0
}

// A gathering collects facts over an expression and the definitions that it
// calls.
type gathering struct {
	facts
	bound map[any]bool // names and LET definitions
	local map[*ir.Def]bool
	seen  map[any]bool
}

// unforeseen is what must not be evaluated once for all: everything impure but
// reading files, which is done once, and nothing is written meanwhile.
const unforeseen = ir.Impure &^ ir.ReadsFiles

func (g *gathering) expr(x ir.Expr) {
	ir.Binders(x, func(n *ir.Name) { g.bound[n] = true })
	switch x := x.(type) {
	case *ir.NameRef:
		g.name(x.Name)
	case *ir.CallName:
		g.closed = g.closed && g.bound[x.Name]
	case *ir.VarRef:
		if g.first(x.Var) {
			g.variables = append(g.variables, x.Var)
		}
	case *ir.ConstRef:
		g.constant(x.Const)
	case *ir.CallConst:
		g.constant(x.Const)
	case *ir.Call:
		g.def(x.Def)
	case *ir.Let:
		for _, d := range x.Defs {
			g.bound[d] = true
		}
	case *ir.ActionBox:
		g.action = true
	case *ir.App:
		switch x.Op {
		case ir.Prime, ir.Unchanged, ir.Cdot:
			g.action = true
		}
	}
	g.closed = g.closed && !eval.EffectsOfNode(x).Any(unforeseen)
	ir.Children(x, g.expr)
}

func (g *gathering) first(x any) bool {
	if g.seen[x] {
		return false
	}
	g.seen[x] = true
	return true
}

func (g *gathering) name(n *ir.Name) {
	if !g.bound[n] && g.first(n) {
		g.names = append(g.names, n)
	}
}

func (g *gathering) constant(k *ir.Constant) {
	if g.first(k) {
		g.constants = append(g.constants, k)
		if k.Def != nil {
			g.def(k.Def)
		}
	}
}

// def adds what the body of a definition depends on. Its names are its own,
// even where a recursive call has them in its arguments.
func (g *gathering) def(d *ir.Def) {
	if g.bound[d] || !g.first(d) {
		return
	}
	if g.local[d] { // its names mean nothing outside its LET
		g.closed = false
	}
	if d.Body == nil {
		return
	}
	body := gathering{facts: g.facts, bound: map[any]bool{}, seen: g.seen, local: g.local}
	for _, p := range d.Params {
		body.bound[p] = true
	}
	body.expr(d.Body)
	g.variables, g.constants = body.variables, body.constants
	g.action, g.closed = body.action, body.closed
}

// foldable tells for which nodes asking the evaluator is worth while: those
// that bind names or call definitions. The others fold by their operands.
func foldable(x ir.Expr) bool {
	switch x.(type) {
	case *ir.Quant, *ir.Choose, *ir.SetFilter, *ir.SetMap, *ir.Func, *ir.CallConst, *ir.Case:
		return true
	case *ir.Call, *ir.Let, *ir.ConstRef:
		return !lazyForm(x)
	}
	return false
}

// lazyForm tells whether x denotes a set that the evaluator would spell out
// although there are better things to do with it, such as choosing a member.
func lazyForm(x ir.Expr) bool {
	switch x := x.(type) {
	case *ir.RecordSet, *ir.SetFilter:
		return true
	case *ir.App:
		switch x.Op {
		case ir.Subset, ir.FuncSet, ir.Product, ir.Seq, ir.DotDot:
			return true
		case ir.Cup, ir.Cap, ir.Diff:
			return lazyForm(x.Args[0]) || lazyForm(x.Args[1])
		}
	case *ir.Call:
		return x.Def.Body != nil && !x.Def.Recursive && lazyForm(x.Def.Body)
	case *ir.ConstRef:
		return x.Const.Value == nil && x.Const.Def != nil && lazyForm(x.Const.Def.Body)
	case *ir.Let:
		return lazyForm(x.Body)
	case *ir.Label:
		return lazyForm(x.Body)
	}
	return false
}

// fold leaves x to the evaluator when nothing that it depends on is symbolic
// (E1). Its errors are failures like any other.
func (e *Encoder) fold(x ir.Expr, c evalContext) (folded Sym, failure error, ok bool) {
	if !foldable(x) {
		return nil, nil, false
	}
	if x, ok := x.(*ir.SetFilter); ok && !e.smallDomain(x, c) {
		return nil, nil, false
	}
	f := e.factsOf(x)
	if !f.closed || f.action || c.primed && len(f.variables) > 0 {
		return nil, nil, false
	}
	for _, k := range f.constants {
		if e.Constants[k] != nil {
			return nil, nil, false
		}
	}
	var state eval.State
	if len(f.variables) > 0 {
		state = make(eval.State, len(c.cur))
		for _, v := range f.variables {
			val, ok := symbolic.Concrete(c.cur[v.ID])
			if !ok {
				return nil, nil, false
			}
			state[v.ID] = val
		}
	}
	call := &ir.Call{Def: &ir.Def{Body: x, Level: ir.StateLevel}}
	for _, n := range f.names {
		val, ok := e.concreteName(n, c)
		if !ok {
			return nil, nil, false
		}
		call.Def.Params = append(call.Def.Params, n)
		call.Args = append(call.Args, &ir.Lit{Value: val})
	}
	expr := x
	if len(f.names) > 0 {
		expr = call
	}
	v, err := e.Machine.Value(expr, state, nil)
	if err != nil {
		if d, ok := err.(*diag.Error); ok && d.Diagnostics[0].Code == eval.CodeInfinite {
			return nil, nil, false // a solver may know better
		}
		return nil, err, true
	}
	switch v.(type) {
	case *value.Filter, *value.LazyFunc:
		return nil, nil, false // their rules say nothing of symbolic values; ours do
	}
	return Known{V: v}, nil, true
}

// smallDomain tells whether a set comprehension is better spelled out than
// kept as a condition on its members.
func (e *Encoder) smallDomain(x *ir.SetFilter, c evalContext) bool {
	const most = 256
	dom, ok := symbolic.Concrete(e.eval(x.Bound.Domain, c))
	if !ok {
		return false
	}
	n, err := value.Size(dom)
	size, ok := n.(value.Int)
	return err == nil && ok && size <= most
}

// concreteName is the concrete value of a name in c, if it has one.
func (e *Encoder) concreteName(n *ir.Name, c evalContext) (value.Value, bool) {
	for b := c.env; b != nil; b = b.up {
		if b.name != n {
			continue
		}
		switch {
		case b.op != nil:
			return nil, false
		case b.arg != nil:
			return e.concreteArg(b.arg, c)
		}
		return symbolic.Concrete(b.val)
	}
	return nil, false
}

// concreteArg is the concrete value of an argument. One that fails has none:
// perhaps nobody will ever look at it.
func (e *Encoder) concreteArg(t *thunk, c evalContext) (v value.Value, ok bool) {
	fails := e.Collect(func() {
		if try(func() { v, ok = symbolic.Concrete(e.force(t, c)) }) != nil {
			ok = false
		}
	})
	return v, ok && len(fails) == 0
}
