package eval

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A world is what an expression is evaluated in: a state and perhaps a next
// one. Worlds compare by pointer; each start of an evaluation has its own.
type world struct {
	s, next State
	// partial tells that s is still being made; mark is what its variables
	// are called with: "" or "'".
	partial bool
	mark    string
	// nextPartial tells the same of next.
	nextPartial bool
	after       *world // the world that e' sees, once somebody asked
}

func newWorld(s, next State) *world { return &world{s: s, next: next} }

// prime is the world whose state is w's next one, or nil.
func (w *world) prime() *world {
	if w.next == nil {
		return nil
	}
	if w.after == nil {
		w.after = &world{s: w.next, partial: w.nextPartial, mark: "'"}
	}
	return w.after
}

// An env is a list of bindings, innermost first; nil binds nothing. Each node
// binds one name to a value, a thunk or an operator, or is the frame of a LET.
type env struct {
	up  *env
	let *env // the innermost LET frame here or above

	name  *ir.Name
	val   value.Value
	thunk *thunk
	op    *operator

	defs   []*ir.Def // of a LET frame
	thunks []*thunk  // of those without parameters, else nil
}

// A thunk is an expression to be evaluated when its value is wanted. The value
// is kept for the world it was found in. The same thunk may be asked in two
// worlds: F(x)' means F(x').
type thunk struct {
	expr  ir.Expr
	env   *env
	val   value.Value
	world *world
}

// An operator is a LAMBDA, or a named operator as an argument, with the
// bindings of the place where it stands.
type operator struct {
	params []*ir.Name
	body   ir.Expr
	env    *env
}

func (en *env) outerLet() *env {
	if en == nil {
		return nil
	}
	return en.let
}

func (en *env) bind(n *ir.Name, v value.Value) *env {
	return &env{up: en, let: en.outerLet(), name: n, val: v}
}

// bindArg binds a parameter to an argument that stands in the environment at.
func (en *env) bindArg(n *ir.Name, arg ir.Expr, at *env) *env {
	node := &env{up: en, let: en.outerLet(), name: n}
	switch a := arg.(type) {
	case *ir.OpArg:
		node.op = &operator{a.Params, a.Body, at}
	case *ir.Lit:
		node.val = a.Value
	case *ir.NameRef:
		if b := at.find(a.Name); b != nil {
			node.val, node.thunk, node.op = b.val, b.thunk, b.op
			break
		}
		node.thunk = &thunk{expr: arg, env: at}
	default:
		node.thunk = &thunk{expr: arg, env: at}
	}
	return node
}

// bindLet opens a LET frame, in which the definitions see each other.
func (en *env) bindLet(defs []*ir.Def) *env {
	frame := &env{up: en, defs: defs, thunks: make([]*thunk, len(defs))}
	frame.let = frame
	for i, d := range defs {
		if len(d.Params) == 0 {
			frame.thunks[i] = &thunk{expr: d.Body, env: frame}
		}
	}
	return frame
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

// findDef is the LET frame that holds d, with d's place there; nil when d is
// no LET definition.
func (en *env) findDef(d *ir.Def) (frame *env, i int) {
	for frame := en.outerLet(); frame != nil; frame = frame.up.outerLet() {
		for i, o := range frame.defs {
			if o == d {
				return frame, i
			}
		}
	}
	return nil, 0
}

// force evaluates t in w, or remembers.
func (m *Machine) force(t *thunk, w *world) (value.Value, error) {
	if t.val != nil && t.world == w {
		return t.val, nil
	}
	reads := m.partialReads
	v, err := m.eval(t.expr, t.env, w)
	if err != nil {
		return nil, err
	}
	if m.partialReads == reads { // else it may have another value soon
		v = spellOut(v)
		t.val, t.world = v, w
	}
	return v, nil
}

// spellOutMost is the size up to which a set that will be used several times
// is listed rather than filtered again each time.
const spellOutMost = 1 << 14

// spellOut lists the members of a small filtered set. A member that cannot be
// decided may never be asked for, so such a set stays as it is.
func spellOut(v value.Value) value.Value {
	f, ok := v.(*value.Filter)
	if !ok {
		return v
	}
	n, err := value.Size(f.Base)
	if size, small := n.(value.Int); err != nil || !small || size > spellOutMost {
		return v
	}
	if forced, err := value.Force(f); err == nil {
		return forced
	}
	return v
}
