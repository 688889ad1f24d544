package rows

import (
	"github.com/lemma-mc/lemma/ir"
)

// A refinement mapping says what the variables of a more abstract specification
// are: state functions, definitions without parameters over the variables of this
// one. INSTANCE puts them wherever that specification has a variable, so a check of
// its actions mentions them many times on every step. They are compiled once, and
// evaluated once for each state (perstate.go), for the state at hand and for the
// next one.

// stateFunction compiles the mention of a definition without parameters whose
// value costs something and depends on the state alone. All mentions share one
// code. The result is nil for other definitions.
func (c *Compiler) stateFunction(e *ir.Call, sc env, want *shape) *code {
	d := e.Def
	if c.init || len(e.Args) > 0 || d.Body == nil || d.Recursive || d.Level != ir.StateLevel || sc.findDef(d) != nil || c.depth > maxInlineDepth {
		return nil
	}
	key := stateKey{d, want}
	k, seen := c.states[key]
	if !seen {
		k = c.newStateFunction(d, want)
		c.states[key] = k
	}
	if k == nil {
		return nil
	}
	if !sc.primed {
		c.dep = c.dep.join(k.dep)
		return k
	}
	c.depth++
	defer func() { c.depth-- }()
	slow := c.compile(d.Body, env{primed: true}, want)
	return withParts(c.nextState(k, slow), slow)
}

func (c *Compiler) newStateFunction(d *ir.Def, want *shape) *code {
	saved, work := c.dep, c.work
	defer func() { c.dep = saved }()
	defer c.forSteps(false)()
	c.depth++
	defer func() { c.depth-- }()
	k := c.compile(d.Body, env{}, want)
	if !c.worthKeeping(k, work) || !k.dep.ofState(0) {
		return nil
	}
	parts := k
	if u := c.usesOf(d.Body); k.entry == nil && len(u.vars) < len(c.shapes) && (k.shape == nil || c.work-work >= muchWork) {
		k = c.memoized(k, u, nil) // states that agree on what it reads have the same value
	}
	return withParts(c.perState(k), parts)
}

// nextState is k, made by perState, in the next state. While that one is under
// construction slow serves, which reads it where it stands.
func (c *Compiler) nextState(k, slow *code) *code {
	if !equalShapes(k.shape, slow.shape) {
		return slow
	}
	out := &code{shape: k.shape, dep: slow.dep}
	switch {
	case k.shape == nil:
		v := slow.v
		return c.fromMemo(nil, inNext(k.entry, func(fr *Frame) *memoValue { return &memoValue{val: v(fr)} }), slow.dep)
	case !k.shape.scalar():
		out.row = inNext(k.row, slow.row)
	case k.shape.kind == kindBool:
		out.b = inNext(k.b, slow.b)
	default:
		out.n = inNext(k.n, slow.n)
	}
	return out
}

// inNext is kept in the next state, once both states are complete, and slow before.
func inNext[T any](kept, slow func(*Frame) T) func(*Frame) T {
	return func(fr *Frame) T {
		if fr.nxtAt == 0 || fr.curAt == 0 {
			return slow(fr)
		}
		fr.flip()
		x := kept(fr)
		fr.flip()
		return x
	}
}

// forSteps says whether what is compiled until the result is called looks at
// many steps out of one state.
func (c *Compiler) forSteps(many bool) (end func()) {
	before := c.stepwise
	c.stepwise = many
	return func() { c.stepwise = before }
}

// muchWork is how many loops and operations on values make remembering a state
// function by the slots that it reads worth a try.
const muchWork = 6

// A stateKey is a definition, and the shape in which its value is wanted.
type stateKey struct {
	def  *ir.Def
	want *shape
}
