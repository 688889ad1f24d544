package explicit

import (
	"math"

	"github.com/lemma-mc/lemma/internal/parallel"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A frame is what compiled code works on: one per worker. It is the stack frame of
// a machine whose instructions are closures: each kind of memory that they use
// is a field, and lies where one pointer leads.
type frame struct {
	cur, nxt []int64         // the state and the successor under construction
	curAt    stamp           // of cur, see setCur
	nxtAt    stamp           // of nxt, once it is complete
	stamps   stamp           // the last one given
	set      []bool          // variables of nxt that have a value
	loc      []int64         // scalar names, flags and scratch rows
	val      []value.Value   // names of no particular shape
	bags     [][]value.Value // sets under construction
	rows     [][]int64       // rows under construction, for @
	memos    []*slotTable    // of the ids of literals
	known    []remembering   // of expressions by their slots
	key      []byte          // scratch for their keys
	entries  []*memory       // remembered values in use
	verdicts [][]verdict     // of boxed values, by id
	level    int             // of cur, counted from 1
	action   int             // of Next that is making the state
	weight   int64           // ways in which the state under construction is made
	stack    stack           // what recursion puts aside
	result   []int64         // scratch for its results
	run      *runner
	size     int          // of the code that it has room for
	meter    *value.Meter // of operations on values, which end with the search
	auditing bool         // something is computed once more: see audit.go
}

// A code is a compiled expression. How to run it depends on its shape: b for
// Bool, n for other shapes of one slot, row for shapes of several slots, and v
// when the shape is nil, for values about which nothing is known.
type code struct {
	shape *shape
	b     func(*frame) bool
	n     func(*frame) int64
	row   func(*frame) []int64 // read-only, valid until the code runs again
	v     func(*frame) value.Value
	konst value.Value          // the value, when it is constant
	at    *place               // where the value stands, when it stands in a row
	idOf  func(*frame) id      // the value's id, when that is remembered with it
	entry func(*frame) *memory // likewise
	lit   *literal             // what it is made of, for a record or tuple in the text
	parts []*code              // likewise, also where they have no slots: see component.go
	names []string             // of the parts of a record
	dep   dep
}

// A dep says what the value of an expression depends on.
type dep struct {
	state  bool // unprimed variables
	prime  bool // variables of the state under construction
	impure bool // what may differ between two evaluations
	outer  int  // least serial of a bound name used
}

var noDep = dep{outer: math.MaxInt}

func (d dep) join(o dep) dep {
	return dep{d.state || o.state, d.prime || o.prime, d.impure || o.impure, min(d.outer, o.outer)}
}

// closed tells whether the value is the same always; inner names have serials
// from first on.
func (d dep) closed(first int) bool {
	return !d.state && !d.prime && !d.impure && d.outer >= first
}

// A lexical scope says what names mean at one place of the text.
type lexical struct {
	names  *binding
	primed bool // variables are those of the state under construction
}

// A binding gives one bound name, or local definition, a meaning.
type binding struct {
	parent  *binding
	name    *ir.Name
	def     *ir.Def
	let     *ir.Let // that holds def
	code    *code   // of a name that holds a value
	thunk   *thunk  // of a parameter or definition that is evaluated when used
	op      *ir.OpArg
	from    lexical  // of op, and of def
	routine *routine // of a recursive function in its own body
	serial  int
}

func (s lexical) find(n *ir.Name) *binding {
	for b := s.names; b != nil; b = b.parent {
		if b.name == n {
			return b
		}
	}
	return nil
}

func (s lexical) findDef(d *ir.Def) *binding {
	for b := s.names; b != nil; b = b.parent {
		if b.def == d {
			return b
		}
	}
	return nil
}

// inLoop tells whether a name is bound to one value after another.
func (s lexical) inLoop() bool {
	for b := s.names; b != nil; b = b.parent {
		if b.code != nil {
			return true
		}
	}
	return false
}

// A compiler turns expressions into closures over the rows of one layout. It
// hands out a frame's memory, a counter for each kind, and knows what is around
// the expression that it is at: a recursive descent keeps that in one place.
type compiler struct {
	*layout
	sys        *ir.System
	run        *runner   // for folding constants
	init       bool      // the code makes initial states: variables stand in frame.nxt
	locs       int       // slots of frame.loc handed out
	vals       int       // of frame.val
	bags       int       // of frame.bags
	rows       int       // of frame.rows
	memos      int       // of frame.memos
	calls      int       // of frame.known
	recalls    []*recall // of these
	entries    int       // of frame.entries
	verdicts   int       // of frame.verdicts
	branches   int       // of Init
	serial     int       // of bindings
	dep        dep       // of the expression under compilation
	depth      int       // of nested calls, to stop runaway inlining
	stepwise   bool      // the code is for many steps out of one state
	size       int       // expressions compiled
	work       int       // of them those that loop or make values
	dicts      []*dict
	consts     map[*ir.Constant]*code
	states     map[stateKey]*code      // state functions; nil for what is none
	recursions map[*ir.Func]*recursion // under compilation
	routines   []*routine              // likewise
	forming    []*ir.Def               // recursive operators that forms looks into
	acts       *ir.Disjuncts           // of Next
	composing  bool                    // inside an action A \cdot B
	behind     bool                    // behind another conjunct of an action
	audit      bool                    // see audit.go
}

// Limits of inlining; what is larger is left to the plain evaluator.
const (
	maxInlineDepth = 60
	maxCodeSize    = 400_000
)

func newCompiler(l *layout, sys *ir.System, run *runner) *compiler {
	c := &compiler{layout: l, sys: sys, run: run, dep: noDep, locs: 1, consts: map[*ir.Constant]*code{}, states: map[stateKey]*code{}, acts: ir.DisjunctsOf(sys.Next), audit: run.s != nil && run.s.opts.audit}
	for _, s := range l.shapes {
		c.learn(s)
	}
	return c
}

// learn collects the dicts of the layout, so that constant sets use them.
func (c *compiler) learn(s *shape) {
	if s.dict != nil {
		c.dicts = append(c.dicts, s.dict)
	}
	for _, e := range s.elems {
		c.learn(e)
	}
}

// newFrame makes a frame for the code compiled so far.
func (c *compiler) newFrame(r *runner) *frame {
	fr := parallel.Alone(frame{
		cur: parallel.Padded[int64](c.slots), nxt: parallel.Padded[int64](c.slots), set: parallel.Padded[bool](len(c.shapes)),
		loc: parallel.Padded[int64](c.locs), val: parallel.Padded[value.Value](c.vals), level: 1, weight: 1, run: r, size: c.size, meter: &value.Meter{Ended: r.ended},
		bags: parallel.Padded[[]value.Value](c.bags), rows: parallel.Padded[[]int64](c.rows),
		memos: parallel.Padded[*slotTable](c.memos), known: parallel.Padded[remembering](c.calls), entries: parallel.Padded[*memory](c.entries), verdicts: parallel.Padded[[]verdict](c.verdicts),
	})
	for len(c.recalls) < c.calls {
		c.recalls = append(c.recalls, &parallel.Padded[recall](1)[0])
	}
	for i := range fr.known {
		fr.known[i].common = c.recalls[i]
	}
	return fr
}

func (c *compiler) newLoc(n int) int { c.locs += n; return c.locs - n }
func (c *compiler) newVal() int      { c.vals++; return c.vals - 1 }
func (c *compiler) newBag() int      { c.bags++; return c.bags - 1 }
func (c *compiler) newRow() int      { c.rows++; return c.rows - 1 }

// compile makes code for e. The shape that the value is wanted in is a hint:
// the code may have another one.
func (c *compiler) compile(e ir.Expr, sc lexical, want *shape) *code {
	saved, first, work := c.dep, c.serial, c.work
	c.dep = noDep
	c.size++
	k := c.node(e, sc, want)
	k = c.fold(k, first)
	d := c.dep
	if d.outer >= first {
		d.outer = math.MaxInt
	}
	if k.konst == nil {
		out := *k
		out.dep = d
		k = &out
		if (c.stepwise || sc.inLoop()) && !sc.primed && d.ofState(math.MaxInt) && c.worthKeeping(k, work) {
			k = withParts(c.perState(k), k)
		}
		if sc.inLoop() && d.ofNames(first) && c.work > work {
			k = withParts(c.perArguments(k, e, sc), k)
		}
	} else {
		d = noDep
	}
	c.dep = saved.join(d)
	return k
}

// fold evaluates k now when its value is the same always.
func (c *compiler) fold(k *code, first int) *code {
	if k.konst != nil || !c.dep.closed(first) {
		return k
	}
	v, ok := c.runNow(k)
	if !ok {
		c.dep.impure = true
		return k
	}
	return c.constant(v)
}

// runNow runs closed code at compile time.
func (c *compiler) runNow(k *code) (v value.Value, ok bool) {
	defer func() {
		if r := recover(); r != nil {
			if _, mine := r.(bailout); !mine {
				panic(r)
			}
			v, ok = nil, false
		}
	}()
	return c.val(k)(c.newFrame(c.run)), true
}

// node compiles one node; what it does not know goes to the plain evaluator.
func (c *compiler) node(e ir.Expr, sc lexical, want *shape) *code {
	if c.size > maxCodeSize {
		return c.fallback(e, sc)
	}
	switch e := e.(type) {
	case *ir.Lit:
		return c.constant(e.Value)
	case *ir.ConstRef:
		return c.constRef(e, want)
	case *ir.VarRef:
		return c.variable(e.Var, sc)
	case *ir.NameRef:
		return c.name(e, sc, want)
	case *ir.App:
		return c.app(e, sc, want)
	case *ir.Call:
		return c.call(e, sc, want)
	case *ir.CallName:
		return c.callName(e, sc, want)
	case *ir.CallConst:
		return c.callConst(e, sc, want)
	case *ir.Quant:
		return c.quant(e, sc)
	case *ir.Choose:
		return c.choose(e, sc)
	case *ir.SetFilter:
		return c.filter(e, sc, want)
	case *ir.SetMap:
		return c.setMap(e, sc, want)
	case *ir.Func:
		return c.function(e, sc, want)
	case *ir.Index:
		return c.index(e, sc)
	case *ir.Record:
		return c.record(e, sc, want)
	case *ir.RecordSet:
		return c.recordSet(e, sc)
	case *ir.Except:
		return c.except(e, sc, want)
	case *ir.If:
		return c.ifThen(e, sc, want)
	case *ir.Case:
		return c.cases(e, sc, want)
	case *ir.Let:
		return c.let(e, sc, want)
	case *ir.Label:
		return c.compile(e.Body, sc, want)
	case *ir.ActionBox:
		return c.actionBox(e, sc)
	}
	return c.fallback(e, sc)
}

// constRef is the value that the config gives a constant, or the definition
// that it substitutes.
func (c *compiler) constRef(e *ir.ConstRef, want *shape) *code {
	switch {
	case e.Const.Value != nil:
		return c.constant(e.Const.Value)
	case e.Const.Def != nil:
		if k := c.consts[e.Const]; k != nil {
			return k
		}
		k := c.compile(e.Const.Def.Body, lexical{}, want)
		if k.konst != nil {
			c.consts[e.Const] = k
		}
		return k
	}
	return c.fallback(e, lexical{})
}

// variable reads a state variable.
func (c *compiler) variable(v *ir.Variable, sc lexical) *code {
	p := &place{src: srcCur, off: c.offs[v.ID]}
	if sc.primed {
		c.dep.prime = true
		p.src = srcNext
		p.dyn = func(fr *frame) int {
			if !fr.set[v.ID] {
				bail()
			}
			return 0
		}
	} else {
		c.dep.state = true
	}
	return fromPlace(p, c.shapes[v.ID])
}

// constant is code for a value known now.
func (c *compiler) constant(v value.Value) *code {
	switch kindOf(v) {
	case Bool:
		b := bool(v.(value.Bool))
		return &code{shape: boolShape, b: func(*frame) bool { return b }, konst: v, dep: noDep}
	case Int:
		n := int64(v.(value.Int))
		return &code{shape: intShape, n: func(*frame) int64 { return n }, konst: v, dep: noDep}
	case Atom:
		n := c.intern.of(v)
		return &code{shape: atomShape, n: func(*frame) int64 { return n }, konst: v, dep: noDep}
	}
	return &code{v: func(*frame) value.Value { return v }, konst: v, dep: noDep}
}

// dictFor returns a dict of the layout that holds all elems, or a new one.
func (c *compiler) dictFor(elems []value.Value) *dict {
	for _, d := range c.dicts {
		if d.holds(elems) {
			return d
		}
	}
	k := dictAny
	switch kindOfAll(elems) {
	case Int:
		k = dictInts
	case Atom:
		k = dictAtoms
	}
	d := newDict(c.intern, k, max(1, (len(elems)+63)/64), elems)
	c.dicts = append(c.dicts, d)
	return d
}

func (d *dict) holds(elems []value.Value) bool {
	for _, v := range elems {
		if d.bit(v) < 0 {
			return false
		}
	}
	return true
}
