package symbolic

import (
	"fmt"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/value"
)

func arithmetic(op ir.Op) bool {
	switch op {
	case ir.Add, ir.Sub, ir.Neg, ir.Mul, ir.Quo, ir.Mod, ir.Pow, ir.Lt, ir.Le, ir.Gt, ir.Ge, ir.DotDot:
		return true
	}
	return false
}

// arith applies an operator on integers (E10). Integers that are one of a few
// stay so, and what is computed from them is decided value by value; others
// are terms.
func (e *Builder) arith(op ir.Op, args []Sym, p *Path) Sym {
	pairs := 1
	for i := range args {
		args[i] = e.integers(args[i], p)
		pairs *= len(Alts(args[i]))
		if IsBottom(args[i]) {
			return Bottom{}
		}
	}
	if anyTerm(args) || pairs > unionInts*unionInts {
		for i := range args {
			args[i] = e.intSym(e.IntChain(Alts(args[i])))
		}
	}
	switch op {
	case ir.Lt, ir.Le, ir.Gt, ir.Ge:
		return BoolSym(e.pairs(args[0], args[1], func(x, y Sym) smt.Term { return e.compare(op, x, y) }))
	}
	return e.lift(args, p, func(a []Sym, p *Path) Sym { return e.compute(op, a, p) })
}

// integers drops the alternatives of s that are no integers, on record.
func (e *Builder) integers(s Sym, p *Path) Sym {
	var ints []Alt
	for _, a := range Alts(s) {
		switch {
		case IsInt(a.Val):
			ints = append(ints, a)
		case !IsBottom(a.Val):
			e.Failf(p, a.When, e.At, codeUndefined, "an integer is needed here, and this is %s", Describe(a.Val))
		}
	}
	switch len(ints) {
	case 0:
		return Bottom{}
	case 1:
		return ints[0].Val
	}
	return &Union{ints}
}

func anyTerm(args []Sym) bool {
	for _, s := range args {
		for _, a := range Alts(s) {
			if _, ok := a.Val.(Int); ok {
				return true
			}
		}
	}
	return false
}

func (e *Builder) compare(op ir.Op, x, y Sym) smt.Term {
	a, b := e.Literal(x), e.Literal(y)
	switch op {
	case ir.Lt:
		return e.Store.Lt(a, b)
	case ir.Le:
		return e.Store.Le(a, b)
	case ir.Gt:
		return e.Store.Gt(a, b)
	}
	return e.Store.Ge(a, b)
}

// compute applies op to integers that are concrete or terms.
func (e *Builder) compute(op ir.Op, args []Sym, p *Path) Sym {
	if vs, ok := allKnown(args); ok {
		v, err, _ := concrete(op, vs)
		if err != nil {
			return e.Failf(p, smt.True, e.At, codeUndefined, "%s", err)
		}
		return Known{v}
	}
	s := e.Store
	a := e.Literal(args[0])
	if op == ir.Neg {
		return e.intSym(s.Neg(a))
	}
	b := e.Literal(args[1])
	switch op {
	case ir.Add:
		return e.intSym(s.Add(a, b))
	case ir.Sub:
		return e.intSym(s.Sub(a, b))
	case ir.Mul:
		return e.intSym(s.Mul(a, b))
	case ir.Quo:
		return e.quotient(a, b, p)
	case ir.Mod:
		e.Failf(p, s.Le(b, s.Int(0)), e.At, codeUndefined, "the second operand of %% must be positive")
		return e.intSym(s.Mod(a, b))
	case ir.DotDot:
		return e.Listed(&Interval{a, b})
	case ir.Pow:
		return e.power(a, args[1])
	}
	panic(fmt.Sprintf("symbolic: operator %d is not arithmetic", op))
}

// quotient rounds towards minus infinity, while Div of the solver keeps the
// remainder positive: they agree for a positive divisor.
func (e *Builder) quotient(a, b smt.Term, p *Path) Sym {
	s := e.Store
	zero := s.Int(0)
	e.Failf(p, s.Eq(b, zero), e.At, codeUndefined, "division by zero")
	return e.intSym(s.Ite(s.Gt(b, zero), s.Div(a, b), s.Div(s.Neg(a), s.Neg(b))))
}

// power is a product where the exponent is concrete.
func (e *Builder) power(a smt.Term, exponent Sym) Sym {
	const most = 64
	v, ok := Concrete(exponent)
	n, isInt := v.(value.Int)
	if !ok || !isInt || n < 0 || n > most {
		Unsupported(codeExponent, e.At, "the symbolic engine needs a small constant exponent here")
	}
	p := e.Store.Int(1)
	for range int(n) {
		p = e.Store.Mul(p, a)
	}
	return e.intSym(p)
}
