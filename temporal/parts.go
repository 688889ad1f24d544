package temporal

import (
	"github.com/lemma-mc/lemma/ir"
)

// A Class says what a formula asks of a behaviour.
type Class uint8

const (
	Initial   Class = iota // P, of its first state
	Invariant              // []P, of each state
	Step                   // [][A]_v, of each step
	Liveness               // anything else
)

// A Part is a conjunct of a formula. Expr is P of P and []P, the [A]_v of
// [][A]_v, and the whole of what is neither.
type Part struct {
	Class Class
	Expr  ir.Expr
}

// Parts are the conjuncts of the temporal formula e: what they say together is
// what e says. They are found through definitions, LETs, labels and nested [],
// and behind what does not change from state to state: quantifiers \A over
// constant sets, constant conditions of => and IF. All of that is put around
// each part that stands in it, so that nothing need be evaluated to find them.
func Parts(e ir.Expr) []Part {
	var s splitter
	s.split(e, nil, false)
	return s.parts
}

// Properties are formulas by what they ask of a behaviour, taken apart. Each
// has the name and place of the formula that it is a part of.
type Properties struct{ Initial, Invariants, Steps, Liveness []*ir.Formula }

// Sort takes formulas apart.
func Sort(fs []*ir.Formula) Properties {
	var out Properties
	for _, f := range fs {
		for _, p := range Parts(f.Expr) {
			list := out.list(p.Class)
			*list = append(*list, &ir.Formula{Name: f.Name, Expr: p.Expr, Span: f.Span})
		}
	}
	return out
}

func (p *Properties) list(c Class) *[]*ir.Formula {
	switch c {
	case Initial:
		return &p.Initial
	case Invariant:
		return &p.Invariants
	case Step:
		return &p.Steps
	}
	return &p.Liveness
}

// A splitter collects parts.
type splitter struct {
	parts []Part
	depth int // of definitions that are being opened
}

// maxOpen bounds how deep definitions are opened. What is below is one part.
const maxOpen = 200

// A wrapping puts what stands around a part back around it: the nearest first.
type wrapping struct {
	outer *wrapping
	put   func(ir.Expr) ir.Expr
}

func (w *wrapping) around(e ir.Expr) ir.Expr {
	for ; w != nil; w = w.outer {
		e = w.put(e)
	}
	return e
}

// split adds the conjuncts of e, or of []e when boxed.
func (s *splitter) split(e ir.Expr, in *wrapping, boxed bool) {
	switch level := Level(e); {
	case level == ir.TemporalLevel:
		if !s.opened(e, in, boxed) {
			s.liveness(e, in, boxed)
		}
	case level == ir.ActionLevel && boxed:
		s.add(Step, e, in)
	case level == ir.ActionLevel:
		s.add(Liveness, e, in)
	case boxed:
		s.add(Invariant, e, in)
	default:
		s.add(Initial, e, in)
	}
}

func (s *splitter) add(c Class, e ir.Expr, in *wrapping) {
	s.parts = append(s.parts, Part{c, in.around(e)})
}

func (s *splitter) liveness(e ir.Expr, in *wrapping, boxed bool) {
	if boxed {
		e = &ir.App{Span: e.Pos(), Op: ir.Always, Args: []ir.Expr{e}}
	}
	s.add(Liveness, e, in)
}

// opened tells whether the temporal formula e has parts, and adds them.
func (s *splitter) opened(e ir.Expr, in *wrapping, boxed bool) bool {
	switch e := e.(type) {
	case *ir.App:
		return s.app(e, in, boxed)
	case *ir.Call:
		if e.Def.Body == nil || e.Def.Recursive || s.depth >= maxOpen {
			return false
		}
		s.depth++
		s.split(Unfold(e), in, boxed)
		s.depth--
	case *ir.Label:
		s.split(e.Body, in, boxed)
	case *ir.Let:
		s.split(e.Body, &wrapping{in, func(x ir.Expr) ir.Expr { return &ir.Let{Span: x.Pos(), Defs: e.Defs, Body: x} }}, boxed)
	case *ir.Quant:
		if !e.All || !constantBounds(e.Bounds) {
			return false
		}
		s.split(e.Body, &wrapping{in, func(x ir.Expr) ir.Expr {
			return &ir.Quant{Span: e.Span, All: true, Bounds: e.Bounds, Body: x}
		}}, boxed)
	case *ir.If:
		if Level(e.Cond) > ir.ConstantLevel {
			return false
		}
		s.split(e.Then, when(e.Cond, in), boxed)
		s.split(e.Else, when(negated(e.Cond), in), boxed)
	default:
		return false
	}
	return true
}

func (s *splitter) app(e *ir.App, in *wrapping, boxed bool) bool {
	switch e.Op {
	case ir.And:
		for _, x := range e.Args {
			s.split(x, in, boxed)
		}
		return true
	case ir.Always:
		s.split(e.Args[0], in, true)
		return true
	case ir.Implies:
		if Level(e.Args[0]) == ir.ConstantLevel {
			s.split(e.Args[1], when(e.Args[0], in), boxed)
			return true
		}
	}
	return false
}

// when puts the condition c before a part.
func when(c ir.Expr, in *wrapping) *wrapping {
	return &wrapping{in, func(x ir.Expr) ir.Expr {
		return &ir.App{Span: x.Pos(), Op: ir.Implies, Args: []ir.Expr{c, x}}
	}}
}

func negated(e ir.Expr) ir.Expr { return &ir.App{Span: e.Pos(), Op: ir.Not, Args: []ir.Expr{e}} }

// constantBounds tells whether the sets of bounds are the same in every state.
func constantBounds(bounds []*ir.Bound) bool {
	for _, b := range bounds {
		if b.Domain == nil || Level(b.Domain) > ir.ConstantLevel {
			return false
		}
	}
	return true
}

// Unfold is the body of the definition that e calls, with e's arguments put in.
func Unfold(e *ir.Call) ir.Expr {
	with := make(map[*ir.Name]ir.Expr, len(e.Args))
	for i, p := range e.Def.Params {
		with[p] = e.Args[i]
	}
	return ir.Subst(e.Def.Body, with)
}
