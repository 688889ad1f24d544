package explicit

import "github.com/lemma-mc/lemma/ir"

// recursionOf is the recursive definition that e applies, with the arguments; nil
// for none.
func recursionOf(e ir.Expr) (*ir.Def, []ir.Expr) {
	var d *ir.Def
	var args []ir.Expr
	switch e := e.(type) {
	case *ir.Call:
		d, args = e.Def, e.Args
	case *ir.CallConst:
		d, args = e.Const.Def, e.Args
	}
	if d == nil || d.Body == nil || !d.Recursive || len(d.Params) != len(args) {
		return nil, nil
	}
	return d, args
}

// waysOfRecursion counts the ways of a recursive operator by a routine that
// gives their number.
func (c *compiler) waysOfRecursion(d *ir.Def, args []ir.Expr, sc lexical) count {
	in := c.like(c.defScope(d, sc), sc)
	for _, r := range c.routines {
		if r.def == d && r.in == in && r.ways {
			return slotOf(c.again(r, args, sc))
		}
	}
	k := c.routine(&routine{def: d, in: in, ways: true}, d.Params, args, d.Body, sc, intShape)
	if k == nil {
		return func(*frame) int64 { bail(); return 0 }
	}
	return slotOf(k)
}
