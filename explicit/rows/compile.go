package rows

import (
	"math"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// compile makes code for e. The shape that the value is wanted in is a hint:
// the code may have another one.
func (c *Compiler) compile(e ir.Expr, sc env, want *shape) *code {
	saved, first, work := c.dep, c.serial, c.work
	c.dep = noDep
	c.size++
	k := c.node(e, sc, want)
	k = c.fold(k, first)
	d := c.dep
	if d.outer >= first {
		d.outer = math.MaxInt
	}
	if k.constant == nil {
		out := *k
		out.dep = d
		k = &out
		if (c.stepwise || sc.inLoop()) && !sc.primed && d.ofState(math.MaxInt) && c.worthKeeping(k, work) {
			k = withParts(c.perState(k), k)
		}
		if sc.inLoop() && d.ofNames(first) && c.work > work {
			k = withParts(c.perArguments(k, e, sc), k)
		}
	} else {
		d = noDep
	}
	c.dep = saved.join(d)
	return k
}

// fold evaluates k now when its value is the same always.
func (c *Compiler) fold(k *code, first int) *code {
	if k.constant != nil || !c.dep.closed(first) {
		return k
	}
	v, ok := c.runNow(k)
	if !ok {
		c.dep.impure = true
		return k
	}
	return c.constant(v)
}

// runNow runs closed code at compile time.
func (c *Compiler) runNow(k *code) (v value.Value, ok bool) {
	defer func() {
		if r := recover(); r != nil {
			if _, mine := r.(bailout); !mine {
				panic(r)
			}
			v, ok = nil, false
		}
	}()
	return c.val(k)(c.NewFrame(c.host)), true
}

// constRef is the value that the config gives a constant, or the definition
// that it substitutes.
func (c *Compiler) constRef(e *ir.ConstRef, want *shape) *code {
	switch {
	case e.Const.Value != nil:
		return c.constant(e.Const.Value)
	case e.Const.Def != nil:
		if k := c.consts[e.Const]; k != nil {
			return k
		}
		k := c.compile(e.Const.Def.Body, env{}, want)
		if k.constant != nil {
			c.consts[e.Const] = k
		}
		return k
	}
	return c.fallback(e, env{})
}

// variable reads a state variable.
func (c *Compiler) variable(v *ir.Variable, sc env) *code {
	p := &place{src: srcCur, off: c.offs[v.ID]}
	if sc.primed {
		c.dep.prime = true
		p.src = srcNext
		p.dyn = func(fr *Frame) int {
			if !fr.set[v.ID] {
				bail()
			}
			return 0
		}
	} else {
		c.dep.state = true
	}
	return fromPlace(p, c.shapes[v.ID])
}

// constant is code for a value known now.
func (c *Compiler) constant(v value.Value) *code {
	switch kindOf(v) {
	case kindBool:
		b := bool(v.(value.Bool))
		return &code{shape: boolShape, b: func(*Frame) bool { return b }, constant: v, dep: noDep}
	case kindInt:
		n := int64(v.(value.Int))
		return &code{shape: intShape, n: func(*Frame) int64 { return n }, constant: v, dep: noDep}
	case kindAtom:
		n := c.intern.Of(v)
		return &code{shape: atomShape, n: func(*Frame) int64 { return n }, constant: v, dep: noDep}
	}
	return &code{v: func(*Frame) value.Value { return v }, constant: v, dep: noDep}
}

// branching is k, which goes on after a branch of Init.
func (c *Compiler) branching(k Action) Action {
	if !c.init || c.branch == nil {
		return k
	}
	return c.branch(k)
}

// dictFor returns a dict of the layout that holds all elems, or a new one.
func (c *Compiler) dictFor(elems []value.Value) *dict {
	for _, d := range c.dicts {
		if d.holds(elems) {
			return d
		}
	}
	k := dictAny
	switch kindOfAll(elems) {
	case kindInt:
		k = dictInts
	case kindAtom:
		k = dictAtoms
	}
	d := newDict(c.intern, k, max(1, (len(elems)+63)/64), elems)
	c.dicts = append(c.dicts, d)
	return d
}

func (d *dict) holds(elems []value.Value) bool {
	for _, v := range elems {
		if d.bit(v) < 0 {
			return false
		}
	}
	return true
}
