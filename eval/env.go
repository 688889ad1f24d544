package eval

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A statePair is what an expression is evaluated in: a state and perhaps a next
// one. State pairs compare by pointer; each start of an evaluation has its own.
type statePair struct {
	s, next State
	// partial tells that s is still being made; mark is what its variables
	// are called with: "" or "'".
	partial bool
	mark    string
	// nextPartial tells the same of next.
	nextPartial bool
	after       *statePair // the state pair that e' sees, once somebody asked
	derived     derivation // of a state that an ENABLED is making; else nil
	frees       freeing    // the variables of an instance that it binds
}

func newStatePair(s, next State) *statePair { return &statePair{s: s, next: next} }

// prime is the state pair whose state is w's next one, or nil.
func (w *statePair) prime() *statePair {
	if w.next == nil {
		return nil
	}
	if w.after == nil {
		w.after = &statePair{s: w.next, partial: w.nextPartial, mark: "'"}
	}
	return w.after
}

// An env is a list of bindings, innermost first; nil binds nothing. Each node
// binds one name to a value, a thunk or an operator; or none, where a LET
// starts.
type env struct {
	up  *env
	let *frame // the innermost LET here or above

	name  *ir.Name
	val   value.Value
	thunk *thunk
	op    *operator
}

// A delayed is a binding and its thunk, made at once: the evaluator makes more of
// them than of anything else.
type delayed struct {
	env
	of thunk
}

// A frame holds the definitions of a LET.
type frame struct {
	env    env // in which the definitions see each other
	up     *frame
	defs   []*ir.Def
	thunks []thunk // of the definitions; those with parameters have no use for it
	few    [2]thunk
}

// A thunk is an expression to be evaluated when its value is wanted. The value
// is kept for the state pair it was found in. The same thunk may be asked in two
// state pairs: F(x)' means F(x').
type thunk struct {
	expr   ir.Expr
	env    *env
	val    value.Value
	states *statePair
}

// An operator is a LAMBDA, or a named operator as an argument, with the
// bindings of the place where it stands.
type operator struct {
	params []*ir.Name
	body   ir.Expr
	env    *env
}

func (en *env) frame() *frame {
	if en == nil {
		return nil
	}
	return en.let
}

func (en *env) bind(n *ir.Name, v value.Value) *env {
	return &env{up: en, let: en.frame(), name: n, val: v}
}

// An Env says what names mean that an expression leaves free. The zero Env
// binds none.
type Env struct{ in *env }

// Bind is at with v as the value of n.
func (at Env) Bind(n *ir.Name, v value.Value) Env { return Env{at.in.bind(n, v)} }

// bindArg binds a parameter to an argument that stands in the environment at.
func (en *env) bindArg(n *ir.Name, arg ir.Expr, at *env) *env {
	switch a := arg.(type) {
	case *ir.OpArg:
		return &env{up: en, let: en.frame(), name: n, op: &operator{a.Params, a.Body, at}}
	case *ir.Lit:
		return en.bind(n, a.Value)
	case *ir.NameRef:
		if b := at.find(a.Name); b != nil {
			return &env{up: en, let: en.frame(), name: n, val: b.val, thunk: b.thunk, op: b.op}
		}
	}
	node := &delayed{env: env{up: en, let: en.frame(), name: n}, of: thunk{expr: arg, env: at}}
	node.thunk = &node.of
	return &node.env
}

// bindLet opens a LET, whose definitions see each other.
func (en *env) bindLet(defs []*ir.Def) *env {
	f := &frame{up: en.frame(), defs: defs}
	f.env = env{up: en, let: f}
	if f.thunks = f.few[:]; len(defs) > len(f.few) {
		f.thunks = make([]thunk, len(defs))
	}
	for i, d := range defs {
		f.thunks[i] = thunk{expr: d.Body, env: &f.env}
	}
	return &f.env
}

// find is the node that binds n, or nil.
func (en *env) find(n *ir.Name) *env {
	for ; en != nil; en = en.up {
		if en.name == n {
			return en
		}
	}
	return nil
}

// findDef is the environment of the LET that defines d, with the thunk of a d
// without parameters; local is false when d is no LET definition.
func (en *env) findDef(d *ir.Def) (at *env, t *thunk, local bool) {
	for f := en.frame(); f != nil; f = f.up {
		for i, o := range f.defs {
			if o != d {
				continue
			}
			if len(d.Params) == 0 {
				t = &f.thunks[i]
			}
			return &f.env, t, true
		}
	}
	return nil, nil, false
}

// force evaluates t in w, lazily, or remembers.
func (m *Machine) force(t *thunk, w *statePair) (value.Value, error) {
	if t.val != nil && t.states == w {
		return t.val, nil
	}
	reads := m.partialReads
	v, err := m.lazily(t.expr, t.env, w)
	if err != nil {
		return nil, err
	}
	if m.partialReads == reads { // else it may have another value soon
		v = m.spellOut(v)
		t.val, t.states = v, w
	}
	return v, nil
}

// spellOutMost is the size up to which a set that will be used several times
// is listed rather than filtered again each time.
const spellOutMost = 1 << 14

// spellOut lists the members of a small filtered set. A member that cannot be
// decided may never be asked for, so such a set stays as it is.
func (m *Machine) spellOut(v value.Value) value.Value {
	f, ok := v.(*value.Filter)
	if !ok {
		return v
	}
	base := f.Base
	for g, nested := base.(*value.Filter); nested; g, nested = base.(*value.Filter) {
		base = g.Base // the size of a filter is known once it is listed
	}
	n, err := m.meter.Size(base)
	if size, small := n.(value.Int); err != nil || !small || size > spellOutMost {
		return v
	}
	if forced, err := m.meter.Force(f); err == nil {
		return forced
	}
	return v
}
