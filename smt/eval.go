package smt

import (
	"fmt"
	"strings"
)

// An Evaluator computes terms in a model, which it asks only for what terms
// are built from: constants, applications of functions, and divisions by
// zero. It is the meaning of the node kinds in Go, and what models are
// checked against.
type Evaluator struct {
	store *Store
	leaf  func(Term) (Value, error)
	done  map[Term]Value
	calls map[string]Value // application of a function to values
}

// NewEvaluator returns an evaluator over leaf.
func NewEvaluator(s *Store, leaf func(Term) (Value, error)) *Evaluator {
	return &Evaluator{store: s, leaf: leaf, done: map[Term]Value{}, calls: map[string]Value{}}
}

// Eval returns the value of t. It fails when leaf does, when leaf gives a
// function two values for equal arguments, and, with ErrUnsupported, for
// quantifiers.
func (e *Evaluator) Eval(t Term) (Value, error) {
	if v, ok := e.done[t]; ok {
		return v, nil
	}
	if e.store.Op(t) == OpForall {
		return Value{}, fmt.Errorf("evaluation of a quantifier: %w", ErrUnsupported)
	}
	terms := e.store.Args(t)
	args := make([]Value, len(terms))
	for i, x := range terms {
		v, err := e.Eval(x)
		if err != nil {
			return Value{}, err
		}
		args[i] = v
	}
	v, err := e.node(t, args)
	if err != nil {
		return Value{}, err
	}
	e.done[t] = v
	return v, nil
}

// Apply is the operation of t, which is neither a constant nor an application
// of a function, on values.
func (e *Evaluator) Apply(t Term, args []Value) (Value, error) { return e.node(t, args) }

// node applies the operation of t to the values of its operands.
func (e *Evaluator) node(t Term, args []Value) (Value, error) {
	switch e.store.Op(t) {
	case OpFalse, OpTrue:
		return BoolValue(t == True), nil
	case OpInt:
		v, _ := e.store.literalValue(t)
		return integerValue(v), nil
	case OpConst:
		return e.ask(t)
	case OpApp:
		return e.call(t, e.store.Name(t), args)
	case OpNot:
		return BoolValue(!args[0].Bool()), nil
	case OpAnd:
		all := true
		for _, a := range args {
			all = all && a.Bool()
		}
		return BoolValue(all), nil
	case OpEq, OpDistinct:
		return BoolValue(repeats(args) == (e.store.Op(t) == OpEq)), nil
	case OpIte:
		if args[0].Bool() {
			return args[1], nil
		}
		return args[2], nil
	case OpLe:
		return BoolValue(args[0].num.cmp(args[1].num) <= 0), nil
	default:
		return e.arithmetic(t, args)
	}
}

func (e *Evaluator) arithmetic(t Term, args []Value) (Value, error) {
	acc := args[0].num
	switch op := e.store.Op(t); op {
	case OpAdd:
		for _, a := range args[1:] {
			acc = acc.add(a.num)
		}
	case OpMul:
		for _, a := range args[1:] {
			acc = acc.mul(a.num)
		}
	case OpDiv, OpMod:
		if args[1].num.sign() == 0 {
			return e.call(t, operators[op], args[:1])
		}
		quo, rem := acc.divMod(args[1].num)
		if acc = quo; op == OpMod {
			acc = rem
		}
	default:
		panic(fmt.Sprintf("smt: evaluation of node kind %d", op))
	}
	return integerValue(acc), nil
}

func integerValue(v num) Value { return Value{sort: IntSort, num: v} }

// repeats reports whether two of vs are equal.
func repeats(vs []Value) bool {
	for i, v := range vs {
		for _, w := range vs[:i] {
			if v.Equal(w) {
				return true
			}
		}
	}
	return false
}

// ask returns what the model says about t.
func (e *Evaluator) ask(t Term) (Value, error) {
	v, err := e.leaf(t)
	if err == nil && v.sort != e.store.Sort(t) {
		err = fmt.Errorf("the model gives %s, of sort %s, the value %v", e.store.String(t), e.store.SortName(e.store.Sort(t)), v)
	}
	return v, err
}

// call asks for an application and holds the model to it.
func (e *Evaluator) call(t Term, function string, args []Value) (Value, error) {
	v, err := e.ask(t)
	if err != nil {
		return Value{}, err
	}
	var key strings.Builder
	key.WriteString(function)
	for _, a := range args {
		fmt.Fprintf(&key, "\x00%d %s", a.sort, a.num.toBig())
	}
	if before, ok := e.calls[key.String()]; ok && !before.Equal(v) {
		return Value{}, fmt.Errorf("the model gives %s the values %v and %v for the same arguments", function, before, v)
	}
	e.calls[key.String()] = v
	return v, nil
}
