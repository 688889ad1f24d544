package explicit

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A view is what tells states apart: all variables, or what the config's VIEW
// says.
type view struct {
	l     *layout
	shown *facet
	value func(*frame) value.Value // nil where the facet says it all
}

// viewOf compiles a VIEW, nil for none.
func (c *compiler) viewOf(e ir.Expr) *view {
	v := &view{l: c.layout, shown: c.all}
	switch vars := map[int]bool{}; {
	case e == nil:
	case variablesOf(e, vars):
		v.shown = c.facetOf(vars)
	default:
		v.value = c.safeValue(e)
	}
	return v
}

// print is the fingerprint of the successor in a frame. It leaves the packed state
// in packed.
func (v *view) print(fr *frame, packed []uint64) fingerprint {
	if v.value == nil {
		return v.l.fingerprint(v.shown, fr.nxt, packed)
	}
	v.l.packRow(fr.nxt, packed)
	fr.forward()
	x := v.value(fr)
	fr.back()
	return v.l.ofValue(forced(fr.meter, x))
}

// printOfImage is the fingerprint of the state that p makes of the successor in a
// frame. It leaves in spare and packed what it likes. Where 64 bits are to do, a
// shadow of that state is enough.
func (v *view) printOfImage(fr *frame, p *permutation, spare []int64, packed []uint64) fingerprint {
	if v.value == nil && !v.l.wide {
		extra := p.shadow(fr.nxt, spare)
		first, _ := v.l.halves(p.shown, spare, packed)
		return v.l.join(first+extra, 0)
	}
	own, at := fr.nxt, fr.nxtAt
	p.permute(fr.nxt, spare)
	fr.openNext()
	fr.nxt = spare
	print := v.print(fr, packed)
	fr.nxt, fr.nxtAt = own, at
	return print
}

// variablesOf adds to vars the variables of which e is a tuple, nested or not;
// false when e is anything else.
func variablesOf(e ir.Expr, vars map[int]bool) bool {
	switch e := e.(type) {
	case *ir.VarRef:
		vars[e.Var.ID] = true
		return true
	case *ir.Label:
		return variablesOf(e.Body, vars)
	case *ir.Call:
		return e.Def.Body != nil && len(e.Args) == 0 && !e.Def.Recursive && variablesOf(e.Def.Body, vars)
	case *ir.App:
		if e.Op != ir.Tuple {
			return false
		}
		for _, a := range e.Args {
			if !variablesOf(a, vars) {
				return false
			}
		}
		return true
	}
	return false
}
