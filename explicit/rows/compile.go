package rows

import (
	"math"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A code is a compiled expression. How to run it depends on its shape: b for
// Bool, n for other shapes of one slot, row for shapes of several slots, and v
// when the shape is nil, for values about which nothing is known.
type code struct {
	shape *shape
	b     func(*Frame) bool
	n     func(*Frame) int64
	row   func(*Frame) []int64 // read-only, valid until the code runs again
	v     func(*Frame) value.Value
	konst value.Value          // the value, when it is constant
	at    *place               // where the value stands, when it stands in a row
	idOf  func(*Frame) id      // the value's id, when that is remembered with it
	entry func(*Frame) *memory // likewise
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

// A Compiler turns expressions into closures over the rows of one layout. It
// hands out a frame's memory, a counter for each kind, and knows what is around
// the expression that it is at: a recursive descent keeps that in one place.
type Compiler struct {
	*Layout
	sys            *ir.System
	host           *Host               // for folding constants
	init           bool                // the code makes initial states: variables stand in Frame.Next
	registerCounts                     // of the registers handed out
	recalls        []*recall           // of those in frame.known
	branch         func(Action) Action // what goes on after a branch of Init; may be nil
	serial         int                 // of bindings
	dep            dep                 // of the expression under compilation
	depth          int                 // of nested calls, to stop runaway inlining
	stepwise       bool                // the code is for many steps out of one state
	size           int                 // expressions compiled
	work           int                 // of them those that loop or make values
	dicts          []*dict
	consts         map[*ir.Constant]*code
	eager          map[ir.Expr]bool        // calls whose arguments are evaluated in any case
	states         map[stateKey]*code      // state functions; nil for what is none
	recursions     map[*ir.Func]*recursion // under compilation
	routines       []*routine              // likewise
	forming        []*ir.Def               // recursive operators that forms looks into
	acts           *ir.Disjuncts           // of Next
	composing      bool                    // inside an action A \cdot B
	behind         bool                    // behind another conjunct of an action
	audit          bool                    // see audit.go
}

// Limits of inlining; what is larger is left to the plain evaluator.
const (
	maxInlineDepth = 60
	maxCodeSize    = 400_000
)

func NewCompiler(l *Layout, sys *ir.System, acts *ir.Disjuncts, h *Host, audit bool) *Compiler {
	c := &Compiler{Layout: l, sys: sys, host: h, dep: noDep, registerCounts: registerCounts{locs: 1}, consts: map[*ir.Constant]*code{}, eager: map[ir.Expr]bool{}, states: map[stateKey]*code{}, acts: acts, audit: audit}
	for _, s := range l.shapes {
		c.learn(s)
	}
	return c
}

// learn collects the dicts of the layout, so that constant sets use them.
func (c *Compiler) learn(s *shape) {
	if s.dict != nil {
		c.dicts = append(c.dicts, s.dict)
	}
	for _, e := range s.elems {
		c.learn(e)
	}
}

func (c *Compiler) newLoc(n int) int { c.locs += n; return c.locs - n }
func (c *Compiler) newVal() int      { c.vals++; return c.vals - 1 }
func (c *Compiler) newBag() int      { c.bags++; return c.bags - 1 }
func (c *Compiler) newRow() int      { c.rows++; return c.rows - 1 }

// compile makes code for e. The shape that the value is wanted in is a hint:
// the code may have another one.
func (c *Compiler) compile(e ir.Expr, sc lexical, want *shape) *code {
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
func (c *Compiler) fold(k *code, first int) *code {
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
func (c *Compiler) runNow(k *code) (v value.Value, ok bool) {
	defer func() {
		if r := recover(); r != nil {
			if _, mine := r.(bailout); !mine {
				panic(r)
			}
			v, ok = nil, false
		}
	}()
	return c.val(k)(c.NewFrame(c.host)), true
}

// node compiles one node; what it does not know goes to the plain evaluator.
func (c *Compiler) node(e ir.Expr, sc lexical, want *shape) *code {
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
func (c *Compiler) constRef(e *ir.ConstRef, want *shape) *code {
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
func (c *Compiler) variable(v *ir.Variable, sc lexical) *code {
	p := &place{src: srcCur, off: c.offs[v.ID]}
	if sc.primed {
		c.dep.prime = true
		p.src = srcNext
		p.dyn = func(fr *Frame) int {
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
func (c *Compiler) constant(v value.Value) *code {
	switch kindOf(v) {
	case Bool:
		b := bool(v.(value.Bool))
		return &code{shape: boolShape, b: func(*Frame) bool { return b }, konst: v, dep: noDep}
	case Int:
		n := int64(v.(value.Int))
		return &code{shape: intShape, n: func(*Frame) int64 { return n }, konst: v, dep: noDep}
	case Atom:
		n := c.intern.of(v)
		return &code{shape: atomShape, n: func(*Frame) int64 { return n }, konst: v, dep: noDep}
	}
	return &code{v: func(*Frame) value.Value { return v }, konst: v, dep: noDep}
}

// branching is k, which goes on after a branch of Init.
func (c *Compiler) branching(k Action) Action {
	if !c.init || c.branch == nil {
		return k
	}
	return c.branch(k)
}

// dictFor returns a dict of the layout that holds all elems, or a new one.
func (c *Compiler) dictFor(elems []value.Value) *dict {
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
