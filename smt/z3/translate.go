package z3

import (
	"fmt"

	"github.com/aclements/go-z3/z3"
	"github.com/lemma-mc/lemma/smt"
)

// A translation turns terms into values of one Z3 context, each once.
type translation struct {
	store  *smt.Store
	ctx    *z3.Context
	values []z3.Value // by term
	sorts  map[smt.Sort]z3.Sort
	funs   map[smt.Fun]z3.FuncDecl
	handed int          // terms translated
	ended  func() error // asked every few thousand terms whether to go on
}

func newTranslation(store *smt.Store, ctx *z3.Context) translation {
	return translation{
		store: store,
		ctx:   ctx,
		ended: never,
		sorts: map[smt.Sort]z3.Sort{smt.BoolSort: ctx.BoolSort(), smt.IntSort: ctx.IntSort()},
		funs:  map[smt.Fun]z3.FuncDecl{},
	}
}

// value returns t as a Z3 value.
func (tr *translation) value(t smt.Term) z3.Value {
	if n := tr.store.Len(); n > len(tr.values) {
		tr.values = append(tr.values, make([]z3.Value, n-len(tr.values))...)
	}
	return tr.visit(t)
}

func (tr *translation) bool(t smt.Term) z3.Bool { return tr.value(t).(z3.Bool) }

func (tr *translation) visit(t smt.Term) z3.Value {
	if v := tr.values[t]; v != nil {
		return v
	}
	v := tr.node(t)
	tr.values[t] = v
	if tr.handed++; tr.handed%(1<<12) == 0 {
		if err := tr.ended(); err != nil {
			panic(untranslatable{err})
		}
	}
	return v
}

func (tr *translation) node(t smt.Term) z3.Value {
	args := tr.store.Args(t)
	switch op := tr.store.Op(t); op {
	case smt.OpFalse, smt.OpTrue:
		return tr.ctx.FromBool(t == smt.True)
	case smt.OpConst:
		return tr.ctx.Const(smt.Symbol(tr.store.Name(t)), tr.sort(tr.store.Sort(t)))
	case smt.OpInt:
		return tr.literal(t)
	case smt.OpApp:
		return tr.application(t, args)
	case smt.OpNot:
		return tr.visitBool(args[0]).Not()
	case smt.OpAnd:
		return tr.visitBool(args[0]).And(operands[z3.Bool](tr, args[1:])...)
	case smt.OpEq:
		return equal(tr.visit(args[0]), tr.visit(args[1]))
	case smt.OpDistinct:
		return tr.ctx.Distinct(operands[z3.Value](tr, args)...)
	case smt.OpIte:
		return tr.visitBool(args[0]).IfThenElse(tr.visit(args[1]), tr.visit(args[2]))
	case smt.OpAdd:
		return tr.visitInt(args[0]).Add(operands[z3.Int](tr, args[1:])...)
	case smt.OpMul:
		return tr.visitInt(args[0]).Mul(operands[z3.Int](tr, args[1:])...)
	case smt.OpDiv:
		return tr.visitInt(args[0]).Div(tr.visitInt(args[1]))
	case smt.OpMod:
		return tr.visitInt(args[0]).Mod(tr.visitInt(args[1]))
	case smt.OpLe:
		return tr.visitInt(args[0]).LE(tr.visitInt(args[1]))
	case smt.OpForall:
		panic(untranslatable{fmt.Errorf("the linked-in Z3 was given a quantifier: %w", smt.ErrUnsupported)})
	default:
		panic(fmt.Errorf("z3: node kind %d", op))
	}
}

// An untranslatable is what a translation panics with, for Check to return.
type untranslatable struct{ err error }

func (tr *translation) visitBool(t smt.Term) z3.Bool { return tr.visit(t).(z3.Bool) }
func (tr *translation) visitInt(t smt.Term) z3.Int   { return tr.visit(t).(z3.Int) }

func operands[V z3.Value](tr *translation, ts []smt.Term) []V {
	vs := make([]V, len(ts))
	for i, t := range ts {
		vs[i] = tr.visit(t).(V)
	}
	return vs
}

func equal(x, y z3.Value) z3.Bool {
	switch x := x.(type) {
	case z3.Bool:
		return x.Eq(y.(z3.Bool))
	case z3.Int:
		return x.Eq(y.(z3.Int))
	default:
		return x.(z3.Uninterpreted).Eq(y.(z3.Uninterpreted))
	}
}

func (tr *translation) literal(t smt.Term) z3.Value {
	if v, ok := tr.store.Int64Value(t); ok {
		return tr.ctx.FromInt(v, tr.ctx.IntSort())
	}
	v, _ := tr.store.IntValue(t)
	return tr.ctx.FromBigInt(v, tr.ctx.IntSort())
}

func (tr *translation) application(t smt.Term, args []smt.Term) z3.Value {
	f := tr.store.Fun(t)
	decl, ok := tr.funs[f]
	if !ok {
		name, domain, result := tr.store.Signature(f)
		sorts := make([]z3.Sort, len(domain))
		for i, d := range domain {
			sorts[i] = tr.sort(d)
		}
		decl = tr.ctx.FuncDecl(smt.Symbol(name), sorts, tr.sort(result))
		tr.funs[f] = decl
	}
	return decl.Apply(operands[z3.Value](tr, args)...)
}

func (tr *translation) sort(x smt.Sort) z3.Sort {
	sort, ok := tr.sorts[x]
	if !ok {
		sort = tr.ctx.UninterpretedSort(smt.Symbol(tr.store.SortName(x)))
		tr.sorts[x] = sort
	}
	return sort
}
