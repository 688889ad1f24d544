package rows

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Compiled code keeps its names and scratch in fixed slots of the frame, so code
// that runs again before it has ended must put them aside. A recursive operator
// or function is compiled once, with its arguments evaluated into slots; each
// application inside its own body saves the slots that the body uses, runs the
// body, and puts them back.
//
// Arguments are evaluated first, where TLA+ asks only for what is used. One that
// has no value, or a recursion that never ends because of that, bails out, and
// the evaluator decides.

// A routine is a recursive operator (def) or function (fn) under compilation,
// or compiled.
type routine struct {
	def    *ir.Def
	fn     *ir.Func
	in     env // where it is defined
	params []param
	result *shape // nil for any value
	body   *code
	domain Test  // of a function: whether the argument is in it; nil to trust
	sites  []int // of Frame.known: values remembered while it runs
	serial int   // of the first name bound in it
	from   mark
	to     mark
	ways   bool // it gives the number of ways in which the body is true
	failed bool // it does what only the evaluator can
	plain  bool // its parameters are neither fixed nor known by id
	amiss  bool // they should not have been
}

// A param is where an argument stands: slot of Frame.loc for one of a shape, of
// Frame.val for any value. An operator has no place. A fixed parameter is passed
// on as it is by every application in the body, so that it is evaluated once. A
// pure one depends on no state: of any value, it is known by its id, and what is
// made of it can be remembered by that.
type param struct {
	name  *ir.Name
	op    bool
	fixed bool
	pure  bool
	shape *shape
	slot  int
	code  *code
}

// A mark is how much of a frame was handed out at one point of a compilation.
type mark struct{ locs, vals, bags, entries int }

func (c *Compiler) mark() mark { return mark{c.locs, c.vals, c.bags, c.entries} }

// maxRecursion bounds the depth of recursion; beyond it the evaluator,
// which watches its own, takes over.
const maxRecursion = 10_000

// recursive compiles the application of a recursive operator; nil when that is
// for the evaluator.
func (c *Compiler) recursive(e *ir.Call, sc env, want *shape) *code {
	in := c.like(c.defScope(e.Def, sc), sc)
	if r := c.inBodyOf(e.Def, in, false); r != nil {
		return c.again(r, e.Args, sc)
	}
	r := &routine{def: e.Def, in: in}
	return c.keeping(c.routine(r, e.Def.Params, e.Args, e.Def.Body, sc, want), e, sc)
}

// inBodyOf is the routine of d in whose body the text under compilation stands;
// nil for none.
func (c *Compiler) inBodyOf(d *ir.Def, in env, ways bool) *routine {
	for _, r := range c.around {
		if r.def == d && r.in == in && r.ways == ways {
			return r
		}
	}
	return nil
}

// standing has what is compiled stand in the bodies of these routines, until the
// function that it returns is called. An argument is compiled where it is first
// used, which may be in the body of a routine that its text does not stand in. What
// it applies is then no step of that recursion: its code is kept, while the routine
// may be compiled again, or left to the evaluator.
func (c *Compiler) standing(around []*routine) (back func()) {
	saved := c.around
	c.around = slices.Clip(around)
	return func() { c.around = saved }
}

// recursiveIndex compiles the application of a recursive function, likewise.
func (c *Compiler) recursiveIndex(e *ir.Index, sc env) *code {
	if n, _ := c.standsFor(e.Fun, sc); c.isRoutine(n, sc) {
		r := sc.find(n.(*ir.NameRef).Name).routine
		return c.again(r, []ir.Expr{e.Arg}, sc)
	}
	f, in, ok := c.applied(e, sc)
	if !ok {
		return nil
	}
	r := &routine{fn: f, in: in}
	return c.keeping(c.routine(r, f.Bounds[0].Names, []ir.Expr{e.Arg}, f.Body, sc, nil), e, sc)
}

// keeping is k, the code of the recursive application e, run once for each
// content of what e reads.
func (c *Compiler) keeping(k *code, e ir.Expr, sc env) *code {
	if k == nil {
		return nil
	}
	_, holes, uses, ok := c.closed(e, sc)
	if !ok || uses.dep.impure {
		return k
	}
	kept := c.memoized(k, uses, holes)
	kept.dep = k.dep
	return kept
}

// maxGuesses bounds how often the shape of a routine's result is guessed.
const maxGuesses = 2

// routine compiles r and its application to args.
func (c *Compiler) routine(r *routine, params []*ir.Name, args []ir.Expr, body ir.Expr, sc env, want *shape) *code {
	if body == nil || c.init || c.depth > maxInlineDepth {
		return nil
	}
	c.depth++
	defer func() { c.depth-- }()
	codes := c.arguments(r, params, args, sc)
	if uses := c.usesOf(body); slices.ContainsFunc(codes, func(k *code) bool { return !uses.byValue(k) }) {
		return nil
	}
	for guess := 0; ; guess++ {
		r.result, r.failed, r.params, r.sites = want, false, nil, nil
		k := c.routineBody(r, params, args, codes, body, sc)
		switch {
		case r.failed:
			return nil
		case r.amiss:
			r.plain, r.amiss = true, false
			codes, guess = c.arguments(r, params, args, sc), guess-1
			continue
		case equalShapes(k.shape, want):
			r.body = k
		case guess < maxGuesses:
			want = k.shape
			if guess == maxGuesses-1 {
				want = nil
			}
			continue
		case want == nil:
			r.body = &code{v: c.val(k), dep: k.dep}
		default:
			return nil
		}
		return c.applicationOf(r, codes)
	}
}

// arguments compiles the arguments of an application; nil for an operator.
func (c *Compiler) arguments(r *routine, params []*ir.Name, args []ir.Expr, sc env) []*code {
	codes := make([]*code, len(args))
	for i, a := range args {
		if params[i].Arity > 0 {
			continue
		}
		k := c.compile(a, sc, nil)
		if k.constant != nil && k.shape == nil {
			if k = c.shapedConst(k); k.shape == nil && k.constant.Kind() == value.KindSet {
				k = c.bitsOf(k, nil)
			}
		}
		if k.shape == nil && k.dep.pure() && !r.plain {
			k = c.as(k, boxedShape)
		}
		codes[i] = k
	}
	return codes
}

// routineBody compiles the body of r with parameters of the shapes of codes.
func (c *Compiler) routineBody(r *routine, params []*ir.Name, args []ir.Expr, codes []*code, body ir.Expr, sc env) *code {
	r.serial = c.serial
	c.serial++ // a body without parameters of its own is no constant either
	fixed := r.fixed(params, body)
	slots := make([]int, len(params))
	places := make([]*code, len(params))
	for i := range params {
		if codes[i] != nil && fixed[i] {
			slots[i], places[i] = c.local(codes[i].shape)
		}
	}
	r.from = c.mark()
	in := r.in
	if r.fn != nil {
		in.names = &binding{parent: in.names, name: r.fn.Self, routine: r, serial: c.serial}
	}
	for i, p := range params {
		if codes[i] == nil {
			op, ok := args[i].(*ir.OpArg)
			if !ok {
				r.failed = true
				return nil
			}
			in.names = &binding{parent: in.names, name: p, op: op, from: sc, around: c.around, serial: c.serial}
			r.params = append(r.params, param{name: p, op: true})
			continue
		}
		if !fixed[i] {
			slots[i], places[i] = c.local(codes[i].shape)
		}
		r.params = append(r.params, param{
			name: p, fixed: fixed[i], pure: codes[i].dep.pure() && codes[i].shape == boxedShape,
			shape: codes[i].shape, slot: slots[i], code: places[i],
		})
		in = c.bind(in, p, places[i])
	}
	if r.fn != nil {
		r.domain = c.memberOf(r.params[0].code, r.fn.Bounds[0].Domain, r.in)
	}
	c.routines = append(c.routines, r)
	back := c.standing(append(slices.Clip(c.around), r))
	k := c.routineCode(r, body, in)
	back()
	c.routines = c.routines[:len(c.routines)-1]
	r.to = c.mark()
	return k
}

func (c *Compiler) routineCode(r *routine, body ir.Expr, in env) *code {
	if r.ways {
		return &code{shape: intShape, n: c.multiplicityOf(body, in), dep: noDep}
	}
	return c.compile(body, in, r.result)
}

// applicationOf is code that applies r from outside of its body.
func (c *Compiler) applicationOf(r *routine, codes []*code) *code {
	var puts []func(*Frame)
	for i, p := range r.params {
		if !p.op {
			puts = append(puts, c.putting(codes[i], p))
		}
	}
	inside, sites := r.domain, r.sites
	begin := func(fr *Frame) {
		for _, put := range puts {
			put(fr)
		}
		if inside != nil && !inside(fr) {
			bail()
		}
	}
	if len(sites) == 0 {
		return c.started(r.body, begin)
	}
	// What is remembered holds for one run, in which outer names stay the same.
	kept := c.memoOf(r.body)
	return c.fromMemo(r.body.shape, func(fr *Frame) *memoValue {
		begin(fr)
		outer := make([]memoSite, len(sites))
		for i, site := range sites {
			outer[i], fr.memoSites[site] = fr.memoSites[site], memoSite{}
		}
		m := kept(fr)
		for i, site := range sites {
			fr.memoSites[site] = outer[i]
		}
		return m
	}, r.body.dep)
}

// putting evaluates an argument to where p stands.
func (c *Compiler) putting(k *code, p param) func(*Frame) {
	slot := p.slot
	if p.shape == nil {
		v := c.val(k)
		return func(fr *Frame) { fr.val[slot] = v(fr) }
	}
	st, size := c.storing(k, p.shape), p.shape.size
	return func(fr *Frame) { st(fr, fr.loc[slot:slot+size]) }
}

// again compiles an application of r in its own body.
func (c *Compiler) again(r *routine, args []ir.Expr, sc env) *code {
	if sc.primed != r.in.primed {
		r.failed = true
	}
	var pushes []func(*Frame)
	var key []*hole
	for i, p := range r.params {
		if p.op {
			r.failed = r.failed || !forwards(args[i], p.name)
			continue
		}
		if p.fixed {
			r.amiss = r.amiss || !ir.IsName(args[i], p.name)
			continue
		}
		k := c.compile(args[i], sc, p.shape)
		r.amiss = r.amiss || p.pure && !k.dep.pure()
		pushes = append(pushes, c.pushing(k, p))
		key = append(key, &hole{code: k, slot: c.keyOf(c.as(k, p.shape))})
	}
	k := c.rerun(r, pushes)
	if r.fn != nil && branches(r.fn) && key[0].code.constant == nil {
		r.sites = append(r.sites, c.memoSites)
		k = c.memoized(k, usage{dep: noDep}, key)
	}
	c.dep = c.dep.join(dep{outer: r.serial})
	return k
}

// fixed tells for each parameter whether every application of r in its body
// passes it on.
func (r *routine) fixed(params []*ir.Name, body ir.Expr) []bool {
	out := make([]bool, len(params))
	if r.def == nil || r.plain {
		return out
	}
	for i := range out {
		out[i] = true
	}
	ir.Walk(body, func(e ir.Expr) bool {
		if call, ok := e.(*ir.Call); ok && call.Def == r.def {
			for i, p := range params {
				out[i] = out[i] && ir.IsName(call.Args[i], p)
			}
		}
		return true
	})
	return out
}

// forwards tells whether an operator argument is the parameter op itself.
func forwards(arg ir.Expr, op *ir.Name) bool {
	a, ok := arg.(*ir.OpArg)
	if !ok {
		return false
	}
	call, ok := a.Body.(*ir.CallName)
	return ok && call.Name == op && slices.EqualFunc(call.Args, a.Params, func(x ir.Expr, p *ir.Name) bool {
		return ir.IsName(x, p)
	})
}

// branches tells whether the body of f may apply f more than once, so that its
// values are worth remembering.
func branches(f *ir.Func) bool {
	uses := 0
	ir.Walk(f.Body, func(e ir.Expr) bool {
		switch e := e.(type) {
		case *ir.NameRef:
			if e.Name == f.Self {
				uses++
			}
		case *ir.Quant, *ir.Choose, *ir.SetFilter, *ir.SetMap, *ir.Func, *ir.Call, *ir.CallName:
			uses += 2 // it may stand in a loop, or in an argument used twice
		}
		return true
	})
	return uses > 1
}

// pushing evaluates an argument to the top of the stack.
func (c *Compiler) pushing(k *code, p param) func(*Frame) {
	if p.shape == nil {
		v := c.val(k)
		return func(fr *Frame) { x := v(fr); fr.stack.vals = append(fr.stack.vals, x) }
	}
	k = c.as(k, p.shape)
	if p.shape.scalar() {
		n := slotOf(k)
		return func(fr *Frame) { x := n(fr); fr.stack.slots = append(fr.stack.slots, x) }
	}
	row := k.row
	return func(fr *Frame) { x := row(fr); fr.stack.slots = append(fr.stack.slots, x...) }
}

// rerun is code that runs the body of r once more, with arguments that pushes
// evaluate.
func (c *Compiler) rerun(r *routine, pushes []func(*Frame)) *code {
	begin := func(fr *Frame) (slots, vals int) {
		s := &fr.stack
		slots, vals = len(s.slots), len(s.vals)
		for _, push := range pushes {
			push(fr)
		}
		if s.depth++; s.depth > maxRecursion {
			bail()
		}
		fr.Poll()
		fr.save(r)
		s.pop(fr, r.params, slots, vals)
		if r.domain != nil && !r.domain(fr) {
			bail()
		}
		return slots, vals
	}
	end := func(fr *Frame, slots, vals int) {
		fr.load(r)
		s := &fr.stack
		s.slots, s.vals = s.slots[:slots], s.vals[:vals]
		s.depth--
	}
	out := &code{shape: r.result, dep: noDep}
	switch s := r.result; {
	case s == nil:
		out.v = func(fr *Frame) value.Value {
			i, j := begin(fr)
			v := r.body.v(fr)
			end(fr, i, j)
			return v
		}
	case !s.scalar():
		slot := c.newLoc(s.size)
		out.row = func(fr *Frame) []int64 {
			i, j := begin(fr)
			kept := append(fr.result[:0], r.body.row(fr)...)
			fr.result = kept
			end(fr, i, j)
			dst := fr.loc[slot : slot+s.size]
			copy(dst, kept)
			return dst
		}
	case s.kind == kindBool:
		out.b = func(fr *Frame) bool {
			i, j := begin(fr)
			b := r.body.b(fr)
			end(fr, i, j)
			return b
		}
	default:
		out.n = func(fr *Frame) int64 {
			i, j := begin(fr)
			n := r.body.n(fr)
			end(fr, i, j)
			return n
		}
	}
	return out
}

// pop copies the arguments on the stack, from slots and vals on, to where the
// parameters stand.
func (s *stack) pop(fr *Frame, params []param, slots, vals int) {
	for _, p := range params {
		switch {
		case p.op || p.fixed:
		case p.shape == nil:
			fr.val[p.slot] = s.vals[vals]
			vals++
		default:
			slots += copy(fr.loc[p.slot:p.slot+p.shape.size], s.slots[slots:])
		}
	}
}

// save puts aside what the body of r may overwrite.
func (fr *Frame) save(r *routine) {
	s := &fr.stack
	s.slots = append(s.slots, fr.loc[r.from.locs:r.to.locs]...)
	s.vals = append(s.vals, fr.val[r.from.vals:r.to.vals]...)
	s.bags = append(s.bags, fr.bags[r.from.bags:r.to.bags]...)
	s.entries = append(s.entries, fr.entries[r.from.entries:r.to.entries]...)
}

// load brings back what save put aside last.
func (fr *Frame) load(r *routine) {
	s := &fr.stack
	s.slots = takeBack(fr.loc[r.from.locs:r.to.locs], s.slots)
	s.vals = takeBack(fr.val[r.from.vals:r.to.vals], s.vals)
	s.bags = takeBack(fr.bags[r.from.bags:r.to.bags], s.bags)
	s.entries = takeBack(fr.entries[r.from.entries:r.to.entries], s.entries)
}

// takeBack moves the end of a stack to dst.
func takeBack[T any](dst, stack []T) []T {
	n := len(stack) - len(dst)
	copy(dst, stack[n:])
	return stack[:n]
}

// cut drops what was put aside since the stack was like before.
func (s *stack) cut(before stack) {
	s.slots, s.vals = s.slots[:len(before.slots)], s.vals[:len(before.vals)]
	s.bags, s.entries = s.bags[:len(before.bags)], s.entries[:len(before.entries)]
	s.depth = before.depth
}
