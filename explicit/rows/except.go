package rows

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// except compiles [f EXCEPT ![a]...[b] = e].
func (c *Compiler) except(e *ir.Except, sc env, want *shape) *code {
	s := want
	if s == nil || !s.indexed() {
		saved := c.dep
		s = c.compile(e.Fun, sc, nil).shape
		c.dep = saved
	}
	if s != nil {
		if st := c.exceptStore(e, sc, s); st != nil {
			return c.fromStore(st, s)
		}
	}
	return c.exceptValue(e, sc)
}

// exceptStore copies the function and then overwrites one place in the copy;
// nil when shape s has no such place. The old value @ is read from the copy.
func (c *Compiler) exceptStore(e *ir.Except, sc env, s *shape) putter {
	if !s.indexed() {
		return nil
	}
	site := c.newRow()
	root := fromPlace(&place{src: srcRow, site: site}, s)
	at := root
	for _, p := range e.Path {
		if at.shape.kind == kindElem {
			return nil
		}
		next := c.indexShape(at, c.compile(p, sc, nil))
		if next == nil || next.at == nil {
			return nil
		}
		at = next
	}
	base := c.into(e.Fun, sc, s)
	put := c.update(e, at, sc)
	off, dyn := at.at.off, at.at.dyn
	return func(fr *Frame, dst []int64) {
		base(fr, dst)
		outer := fr.rows[site]
		fr.rows[site] = dst
		i := off
		if dyn != nil {
			i += dyn(fr)
		}
		put(fr, dst[i:])
		fr.rows[site] = outer
	}
}

// update compiles the new value of an EXCEPT for the place at. A value of
// several slots that looks at @ is made aside, as it would overwrite what it
// reads.
func (c *Compiler) update(e *ir.Except, at *code, sc env) putter {
	if e.At == nil {
		return c.into(e.Value, sc, at.shape)
	}
	old := *at
	inner := c.bind(sc, e.At, &old)
	put := c.into(e.Value, inner, at.shape)
	if at.shape.scalar() {
		return put
	}
	size := at.shape.size
	slot := c.newLoc(size)
	return func(fr *Frame, dst []int64) {
		put(fr, fr.loc[slot:slot+size])
		copy(dst, fr.loc[slot:slot+size])
	}
}

// exceptValue compiles an EXCEPT over whole values.
func (c *Compiler) exceptValue(e *ir.Except, sc env) *code {
	fun := c.val(c.compile(e.Fun, sc, nil))
	path := c.valsOf(c.parts(e.Path, sc))
	slot, old := c.local(nil)
	inner := sc
	if e.At != nil {
		inner = c.bind(sc, e.At, old)
	}
	val := c.val(c.compile(e.Value, inner, nil))
	return &code{dep: noDep, v: func(fr *Frame) value.Value {
		v, err := value.Except(fun(fr), runAll(path, fr), func(old value.Value) (value.Value, error) {
			fr.val[slot] = old
			return val(fr), nil
		})
		if err != nil {
			bail()
		}
		return v
	}}
}
