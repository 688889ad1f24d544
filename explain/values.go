package explain

import (
	"slices"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// mostValues is how many values of parts are told of one formula.
const mostValues = 8

// values are those of the parts of e, outermost first: of what is compared, then of
// what that is made of. Literals need none, nor a variable of which a part is told.
func (w *walk) values(e ir.Expr, at eval.Env) []trace.Binding {
	c := &collector{walk: w, at: at, seen: map[string]bool{w.text(e): true}}
	c.below(e)
	return c.out
}

type collector struct {
	*walk
	at   eval.Env
	seen map[string]bool
	out  []trace.Binding
}

// below collects the values of the parts of e.
func (c *collector) below(e ir.Expr) {
	switch e := e.(type) {
	case *ir.Quant, *ir.SetFilter, *ir.SetMap, *ir.Func, *ir.Choose:
		c.domains(e)
		return
	case *ir.Let, *ir.OpArg, *ir.Record, *ir.RecordSet, *ir.Lit:
		return
	case *ir.Index:
		c.add(e.Arg)
		if _, plain := e.Fun.(*ir.VarRef); !plain {
			c.below(e.Fun)
		}
		return
	case *ir.Call, *ir.Except:
		ir.Children(e, func(x ir.Expr) {
			if x.Pos() == e.Pos() { // a parameter of an instance, one of several updates: what stands there is e
				c.below(x)
			} else {
				c.add(x)
			}
		})
		return
	case *ir.App:
		if e.Op == ir.Prime || e.Op == ir.Enabled {
			return
		}
	}
	ir.Children(e, c.add)
}

// domains collects the values of the sets that e goes through.
func (c *collector) domains(e ir.Expr) {
	bounds := func(bs ...*ir.Bound) {
		for _, b := range bs {
			if b.Domain != nil {
				c.add(b.Domain)
			}
		}
	}
	switch e := e.(type) {
	case *ir.Quant:
		bounds(e.Bounds...)
	case *ir.SetFilter:
		bounds(e.Bound)
	case *ir.SetMap:
		bounds(e.Bounds...)
	case *ir.Func:
		bounds(e.Bounds...)
	case *ir.Choose:
		bounds(e.Bound)
	}
}

// bound tells whether e has a value where it stands: the @ of an EXCEPT, and what an
// operator in it binds, have none.
func (c *collector) bound(e ir.Expr) bool {
	return !slices.ContainsFunc(ir.FreeNames(e), func(n *ir.Name) bool { return c.at.Bound(n) == nil })
}

// add tells the value of e and of what it is made of.
func (c *collector) add(e ir.Expr) {
	if len(c.out) >= mostValues {
		return
	}
	switch e := e.(type) {
	case *ir.Lit, *ir.OpArg:
		return
	case *ir.App:
		if e.Op == ir.NatSet || e.Op == ir.IntSet || e.Op == ir.BoolSet || e.Op == ir.StringSet {
			return
		}
	}
	if text := c.text(e); !c.seen[text] && c.bound(e) {
		c.seen[text] = true
		v, err := c.machine.ValueIn(c.at, e, c.s, c.next)
		if err == nil && v.Kind() != value.KindLazy {
			c.out = append(c.out, trace.Binding{Text: text, Value: value.Brief(v)})
		}
	}
	c.below(e)
}
