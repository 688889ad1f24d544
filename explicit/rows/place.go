package rows

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A rowKind tells which row a value stands in.
type rowKind uint8

const (
	srcCur   rowKind = iota // the state
	srcNext                 // the successor under construction
	srcLoc                  // the frame's scratch slots
	srcConst                // a constant row
	srcRow                  // a row under construction
)

// A place is where a value stands: off slots into a row, and dyn more when
// that depends on an index.
type place struct {
	src  rowKind
	off  int
	dyn  func(*Frame) int // nil: 0
	data []int64          // srcConst
	site int              // srcRow
}

// fromPlace is code that reads a value of shape s where it stands.
func fromPlace(p *place, s *shape) *code {
	k := &code{shape: s, at: p, dep: noDep}
	switch {
	case !s.scalar():
		k.row = p.row(s.size)
	case s.kind == kindBool:
		k.b = p.flag()
	default:
		k.n = p.num()
	}
	return k
}

// num reads one slot. The common cases have closures of their own: this is
// where compiled specs spend their time.
func (p *place) num() func(*Frame) int64 {
	off, dyn, data := p.off, p.dyn, p.data
	switch {
	case p.src == srcCur && dyn == nil:
		return func(fr *Frame) int64 { return fr.Cur[off] }
	case p.src == srcCur:
		return func(fr *Frame) int64 { return fr.Cur[off+dyn(fr)] }
	case p.src == srcNext && dyn == nil:
		return func(fr *Frame) int64 { return fr.Next[off] }
	case p.src == srcNext:
		return func(fr *Frame) int64 { d := dyn(fr); return fr.Next[off+d] }
	case p.src == srcLoc && dyn == nil:
		return func(fr *Frame) int64 { return fr.loc[off] }
	case p.src == srcLoc:
		return func(fr *Frame) int64 { d := dyn(fr); return fr.loc[off+d] }
	case p.src == srcRow:
		row := p.row(1)
		return func(fr *Frame) int64 { return row(fr)[0] }
	case dyn == nil:
		n := data[off]
		return func(*Frame) int64 { return n }
	}
	return func(fr *Frame) int64 { return data[off+dyn(fr)] }
}

func (p *place) flag() func(*Frame) bool {
	off, dyn := p.off, p.dyn
	switch {
	case p.src == srcCur && dyn == nil:
		return func(fr *Frame) bool { return fr.Cur[off] != 0 }
	case p.src == srcCur:
		return func(fr *Frame) bool { return fr.Cur[off+dyn(fr)] != 0 }
	}
	n := p.num()
	return func(fr *Frame) bool { return n(fr) != 0 }
}

func (p *place) row(size int) func(*Frame) []int64 {
	off, dyn, data := p.off, p.dyn, p.data
	if dyn == nil {
		dyn = func(*Frame) int { return 0 }
		if p.src == srcCur {
			return func(fr *Frame) []int64 { return fr.Cur[off : off+size] }
		}
	}
	site := p.site
	switch p.src {
	case srcRow:
		return func(fr *Frame) []int64 { i := off + dyn(fr); return fr.rows[site][i : i+size] }
	case srcCur:
		return func(fr *Frame) []int64 { i := off + dyn(fr); return fr.Cur[i : i+size] }
	case srcNext:
		return func(fr *Frame) []int64 { i := off + dyn(fr); return fr.Next[i : i+size] }
	case srcLoc:
		return func(fr *Frame) []int64 { i := off + dyn(fr); return fr.loc[i : i+size] }
	}
	return func(fr *Frame) []int64 { i := off + dyn(fr); return data[i : i+size] }
}

// moved is the place off slots, and dyn more, into p.
func (p *place) moved(off int, dyn func(*Frame) int) *place {
	q := *p
	q.off += off
	switch outer := p.dyn; {
	case dyn == nil:
	case outer == nil:
		q.dyn = dyn
	default:
		q.dyn = func(fr *Frame) int { return outer(fr) + dyn(fr) }
	}
	return &q
}

// local is a new name of shape s (nil: any value) with the code that reads it.
func (c *Compiler) local(s *shape) (slot int, k *code) {
	if s == nil {
		slot = c.newVal()
		return slot, &code{v: func(fr *Frame) value.Value { return fr.val[slot] }, dep: noDep}
	}
	slot = c.newLoc(s.size)
	return slot, fromPlace(&place{src: srcLoc, off: slot}, s)
}

// bind adds a local name to sc.
func (c *Compiler) bind(sc env, n *ir.Name, k *code) env {
	k.dep.outer = c.serial
	sc.names = &binding{parent: sc.names, name: n, code: k, serial: c.serial}
	c.serial++
	return sc
}
