package rows

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A View is what tells states apart: all variables, or what the config's VIEW
// says.
type View struct {
	l     *Layout
	shown *projection
	value func(*Frame) value.Value // nil where the projection says it all
}

// View compiles a VIEW, nil for none.
func (c *Compiler) View(e ir.Expr) *View {
	v := &View{l: c.Layout, shown: c.all}
	switch vars := map[int]bool{}; {
	case e == nil:
	case variablesOf(e, vars):
		v.shown = c.projectionOf(vars)
	default:
		v.value = c.safeValue(e)
	}
	return v
}

// Fingerprint is the fingerprint of the successor in a frame. It leaves the packed state
// in packed.
func (v *View) Fingerprint(fr *Frame, packed []uint64) fingerprint {
	if v.value == nil {
		return v.l.fingerprintOf(v.shown, fr.Next, packed)
	}
	v.l.Pack(fr.Next, packed)
	fr.Forward()
	x := v.value(fr)
	fr.Back()
	return v.l.ofValue(forced(fr.meter, x))
}

// FingerprintOfImage is the fingerprint of the state that p makes of the successor in a
// frame. It leaves in spare and packed what it likes. Where 64 bits are to do, a
// hashed image of that state is enough.
func (v *View) FingerprintOfImage(fr *Frame, p *Permutation, spare []int64, packed []uint64) fingerprint {
	if v.value == nil && !v.l.Wide {
		extra := p.hashedImage(fr.Next, spare)
		first, _ := v.l.halves(p.shown, spare, packed)
		return v.l.join(first+extra, 0)
	}
	own, at := fr.Next, fr.nxtAt
	p.Permute(fr.Next, spare)
	fr.OpenNext()
	fr.Next = spare
	print := v.Fingerprint(fr, packed)
	fr.Next, fr.nxtAt = own, at
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
