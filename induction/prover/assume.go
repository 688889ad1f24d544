package prover

import (
	"context"
	"errors"
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
)

// An AssumptionError tells that the assumptions do not hold: then everything
// would be proved, and nothing is said about the spec.
type AssumptionError struct {
	Formula *ir.Formula // the one that is false; nil when only all together are
}

func (a *AssumptionError) Error() string {
	if a.Formula == nil {
		return "no values of the open constants satisfy the ASSUMEs, so that anything would be proved"
	}
	return fmt.Sprintf("assumption %s is false", a.Formula.Name)
}

// openConstants gives each constant that is left arbitrary a symbol.
func (p *Prover) openConstants() error {
	for _, c := range p.sys.Constants {
		if !c.Any {
			continue
		}
		if SetOfAnySize(p.sys, c) {
			p.enc.Constants[c] = p.enc.AnySet(c.Name)
			p.abstract = true
			continue
		}
		v, is, err := p.constant(c)
		if err != nil {
			return err
		}
		p.background = append(p.background, is)
		p.enc.Constants[c] = v
	}
	return nil
}

// assume evaluates the assumptions about constants that have a value. The
// others, and what cannot be evaluated, such as a quantifier over Nat, it puts
// into the background, unless they contradict one another.
func (p *Prover) assume(ctx context.Context) error {
	machine := eval.New(p.sys, eval.Options{Context: ctx})
	for _, a := range p.sys.Assumes {
		if !readsOpen(a.Expr) {
			ok, err := machine.Bool(a.Expr, nil, nil)
			var wrong *diag.Error
			switch {
			case err == nil && !ok:
				return &AssumptionError{a}
			case err == nil:
				continue
			case errors.As(err, &wrong) && !infinite(wrong):
				return answer.InAssumption(err)
			}
		}
		t, err := p.good(a.Expr, nil)
		if err != nil {
			return err
		}
		p.background = append(p.background, t)
	}
	if len(p.background) == 0 {
		return nil
	}
	answer, err := p.ask(ctx, nil, 0, func(*Model) ([]smt.Term, error) { return nil, nil })
	if err == errInstances {
		return nil
	}
	if err == nil && answer == smt.Unsat {
		return &AssumptionError{}
	}
	return err
}

// readsOpen tells whether the value of e depends on a constant left arbitrary.
func readsOpen(e ir.Expr) bool {
	found := false
	ir.Reach(e, map[*ir.Def]bool{}, func(x ir.Expr) bool {
		if ref, ok := x.(*ir.ConstRef); ok && ref.Const.Any {
			found = true
		}
		return !found
	})
	return found
}

// constant makes an arbitrary value for c, within a set that the assumptions
// put it in: ASSUME c \in S.
func (p *Prover) constant(c *ir.Constant) (encode.Sym, smt.Term, error) {
	set, subset := BoundOf(p.sys, c)
	if set == nil {
		return nil, smt.False, &diag.Error{Diagnostics: []*diag.Diagnostic{{
			Code: "U122", Class: diag.Unsupported, Span: c.Span, // an arbitrary constant that nothing bounds
			Message: fmt.Sprintf("nothing says what the arbitrary constant %s may be", c.Name),
			Hint:    fmt.Sprintf("add ASSUME %s \\in S to the spec, or give it a value", c.Name),
		}}}
	}
	return p.enc.Arbitrary(set, subset, nil, c.Name)
}

// BoundOf is the set that the assumptions put c in, or of which they say that it
// is a subset.
func BoundOf(sys *ir.System, c *ir.Constant) (set ir.Expr, subset bool) {
	for _, a := range sys.Assumes {
		conjuncts(a.Expr, func(e ir.Expr) {
			app, ok := e.(*ir.App)
			if !ok || set != nil {
				return
			}
			switch app.Op {
			case ir.In:
				if ref, ok := app.Args[0].(*ir.ConstRef); ok && ref.Const == c {
					set = app.Args[1]
				}
			case ir.Subseteq: // c \subseteq S, or {c, d} \subseteq S
				if ref, ok := app.Args[0].(*ir.ConstRef); ok && ref.Const == c {
					set, subset = app.Args[1], true
				}
				list, ok := app.Args[0].(*ir.App)
				if !ok || list.Op != ir.SetEnum {
					return
				}
				for _, x := range list.Args {
					if ref, ok := x.(*ir.ConstRef); ok && ref.Const == c {
						set = app.Args[1]
					}
				}
			}
		})
	}
	return set, subset
}

// SetOfAnySize tells whether c, which is left arbitrary, is a set of which the
// spec says nothing but what it is used for: its elements may be any.
func SetOfAnySize(sys *ir.System, c *ir.Constant) bool { return c.Any && isSet(sys, c) }

// isSet tells whether sys uses c as a set, and no assumption bounds it.
func isSet(sys *ir.System, c *ir.Constant) bool {
	if set, _ := BoundOf(sys, c); set != nil {
		return false
	}
	is := func(e ir.Expr) bool {
		ref, ok := e.(*ir.ConstRef)
		return ok && ref.Const == c
	}
	found := false
	seen := map[*ir.Def]bool{}
	visit := func(x ir.Expr) bool {
		for _, b := range boundsOf(x) {
			found = found || is(b.Domain)
		}
		if app, ok := x.(*ir.App); ok {
			switch app.Op {
			case ir.In, ir.NotIn, ir.Subseteq:
				found = found || is(app.Args[1])
			case ir.Subset, ir.FuncSet, ir.Cardinality, ir.IsFinite:
				found = found || is(app.Args[0])
			}
		}
		return !found
	}
	for _, e := range sys.Exprs() {
		if e != nil {
			ir.Reach(e, seen, visit)
		}
	}
	return found
}

// boundsOf are the bounds that e binds names in.
func boundsOf(e ir.Expr) []*ir.Bound {
	switch e := e.(type) {
	case *ir.Quant:
		return e.Bounds
	case *ir.Choose:
		return []*ir.Bound{e.Bound}
	case *ir.SetFilter:
		return []*ir.Bound{e.Bound}
	case *ir.SetMap:
		return e.Bounds
	case *ir.Func:
		return e.Bounds
	}
	return nil
}
