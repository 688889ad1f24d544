package validate

import (
	"strings"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A pattern is an action as the log names it: Acquire, or Acquire(n, _).
type pattern struct {
	name string
	args []string // as TLA+; nil where none are given
}

// parsePattern reads Name or Name(arg, _, arg).
func parsePattern(text string) pattern {
	text = strings.TrimSpace(text)
	open := strings.IndexByte(text, '(')
	if open < 0 || !strings.HasSuffix(text, ")") {
		return pattern{name: text}
	}
	p := pattern{name: strings.TrimSpace(text[:open]), args: []string{}}
	depth, from := 0, open+1
	for i := open + 1; i < len(text); i++ {
		switch c := text[i]; {
		case strings.IndexByte("([{", c) >= 0:
			depth++
		case depth > 0 && strings.IndexByte(")]}", c) >= 0:
			depth--
		case c == ',' && depth == 0, i == len(text)-1:
			if arg := strings.TrimSpace(text[from:i]); arg != "" || c == ',' {
				p.args = append(p.args, arg)
			}
			from = i + 1
		}
	}
	return p
}

// restricted is the part of next whose steps go through a definition called name,
// with these arguments, nil for those that are left open; nil where there is no
// such definition. It is next itself with other disjuncts left out and the sets of
// its quantifiers narrowed, so that its steps keep their names.
func restricted(next ir.Expr, name string, args []value.Value) ir.Expr {
	r := &restriction{name: name, args: args, within: map[*ir.Def]bool{}, local: map[*ir.Def]bool{}}
	var parts []ir.Expr
	for _, a := range r.find(next) {
		parts = append(parts, a.guarded())
	}
	switch len(parts) {
	case 0:
		return nil
	case 1:
		return parts[0]
	}
	return &ir.App{Span: next.Pos(), Op: ir.Or, Args: parts}
}

type restriction struct {
	name   string
	args   []value.Value
	within map[*ir.Def]bool // definitions around
	local  map[*ir.Def]bool // definitions of LETs: they have no body outside of these
}

// A way leads to the definition: an action that has no other steps than those of
// it, if the names in needs have their values.
type way struct {
	action ir.Expr
	needs  []need
}

// A need is an expression that is to have a value.
type need struct {
	expr ir.Expr
	val  value.Value
}

// guarded is the action with what it needs as conditions.
func (w way) guarded() ir.Expr {
	out := []ir.Expr{}
	for _, n := range w.needs {
		at := n.expr.Pos()
		out = append(out, &ir.App{Span: at, Op: ir.Eq, Args: []ir.Expr{n.expr, &ir.Lit{Span: at, Value: n.val}}})
	}
	if len(out) == 0 {
		return w.action
	}
	return &ir.App{Span: w.action.Pos(), Op: ir.And, Args: append(out, w.action)}
}

// find are the ways that lead through e.
func (r *restriction) find(e ir.Expr) []way {
	switch e := e.(type) {
	case *ir.App:
		switch e.Op {
		case ir.Or:
			var out []way
			for _, x := range e.Args {
				out = append(out, r.find(x)...)
			}
			return out
		case ir.And:
			return r.conjunct(e)
		}
	case *ir.Quant:
		if !e.All {
			return r.each(e.Body, func(w way) way { return bindIn(e, w) })
		}
	case *ir.Let:
		for _, d := range e.Defs {
			r.local[d] = true
		}
		return r.each(e.Body, func(w way) way {
			return way{&ir.Let{Span: e.Span, Defs: e.Defs, Body: w.guarded()}, nil}
		})
	case *ir.Label:
		return r.each(e.Body, func(w way) way { c := *e; c.Body = w.action; return way{&c, w.needs} })
	case *ir.Call:
		return r.call(e, e.Def, e.Args)
	case *ir.ConstRef:
		if e.Const.Def != nil {
			return r.call(e, e.Const.Def, nil)
		}
	case *ir.CallConst:
		if e.Const.Def != nil {
			return r.call(e, e.Const.Def, e.Args)
		}
	}
	return nil
}

func (r *restriction) each(e ir.Expr, around func(way) way) []way {
	ways := r.find(e)
	for i, w := range ways {
		ways[i] = around(w)
	}
	return ways
}

// conjunct finds ways through one of the conjuncts, beside the others.
func (r *restriction) conjunct(e *ir.App) []way {
	for i, x := range e.Args {
		ways := r.each(x, func(w way) way {
			args := append([]ir.Expr{}, e.Args...)
			args[i] = w.action
			return way{&ir.App{Span: e.Span, Op: ir.And, Args: args}, w.needs}
		})
		if ways != nil {
			return ways
		}
	}
	return nil
}

// bindIn is the way w below e: what it needs of names that e binds narrows their
// sets.
func bindIn(e *ir.Quant, w way) way {
	var outer []need
	bounds := e.Bounds
	inner := way{action: w.action}
	for _, n := range w.needs {
		if ref, ok := n.expr.(*ir.NameRef); ok {
			if narrowed, found := narrow(bounds, ref.Name, n.val); found {
				bounds = narrowed
				continue
			}
		}
		if mentions(n.expr, e) {
			inner.needs = append(inner.needs, n)
			continue
		}
		outer = append(outer, n)
	}
	return way{&ir.Quant{Span: e.Span, Bounds: bounds, Body: inner.guarded()}, outer}
}

// narrow is bounds with the set of n cut down to v.
func narrow(bounds []*ir.Bound, n *ir.Name, v value.Value) ([]*ir.Bound, bool) {
	var out []*ir.Bound
	found := false
	for _, b := range bounds {
		if b.Tuple || b.Domain == nil {
			out = append(out, b)
			continue
		}
		for _, m := range b.Names {
			one := &ir.Bound{Names: []*ir.Name{m}, Domain: b.Domain}
			if m == n {
				at := b.Domain.Pos()
				only := &ir.App{Span: at, Op: ir.SetEnum, Args: []ir.Expr{&ir.Lit{Span: at, Value: v}}}
				one.Domain = &ir.App{Span: at, Op: ir.Cap, Args: []ir.Expr{only, b.Domain}}
				found = true
			}
			out = append(out, one)
		}
	}
	return out, found
}

// mentions tells whether x speaks of a name that e binds.
func mentions(x ir.Expr, e *ir.Quant) bool {
	own := map[*ir.Name]bool{}
	ir.Binders(e, func(n *ir.Name) { own[n] = true })
	found := false
	ir.Walk(x, func(y ir.Expr) bool {
		if ref, ok := y.(*ir.NameRef); ok && own[ref.Name] {
			found = true
		}
		return !found
	})
	return found
}

// call is e, an application of d: the way itself, or the ways through its body.
func (r *restriction) call(e ir.Expr, d *ir.Def, args []ir.Expr) []way {
	if !d.NamesSteps() || r.within[d] {
		return nil
	}
	if d.Name == r.name && len(r.args) <= len(args) {
		w := way{action: e}
		for i, v := range r.args {
			if v != nil {
				w.needs = append(w.needs, need{args[i], v})
			}
		}
		return []way{w}
	}
	if r.local[d] {
		return nil
	}
	r.within[d] = true
	defer delete(r.within, d)
	return r.each(d.Body, func(w way) way {
		c := *d
		c.Body = w.action
		out := way{action: &ir.Call{Span: e.Pos(), Def: &c, Args: args}}
		with := map[*ir.Name]ir.Expr{}
		for i, p := range d.Params {
			with[p] = args[i]
		}
		for _, n := range w.needs {
			out.needs = append(out.needs, need{ir.Subst(n.expr, with), n.val})
		}
		return out
	})
}

// actionNames are the names that restricted finds something for, in the order of
// the text.
func actionNames(next ir.Expr) []string {
	f := &nameFinder{seen: map[*ir.Def]bool{}}
	f.find(next)
	return f.names
}

type nameFinder struct {
	seen  map[*ir.Def]bool
	names []string
}

func (f *nameFinder) find(e ir.Expr) {
	def := func(d *ir.Def) {
		if d.NamesSteps() && !f.seen[d] {
			f.seen[d] = true
			f.names = append(f.names, d.Name)
			f.find(d.Body)
		}
	}
	switch e := e.(type) {
	case *ir.App:
		if e.Op == ir.Or || e.Op == ir.And {
			for _, x := range e.Args {
				f.find(x)
			}
		}
	case *ir.Quant:
		if !e.All {
			f.find(e.Body)
		}
	case *ir.Let:
		f.find(e.Body)
	case *ir.Label:
		f.find(e.Body)
	case *ir.Call:
		def(e.Def)
	case *ir.ConstRef:
		if e.Const.Def != nil {
			def(e.Const.Def)
		}
	case *ir.CallConst:
		if e.Const.Def != nil {
			def(e.Const.Def)
		}
	}
}
