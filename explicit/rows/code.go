package rows

import (
	"math"

	"github.com/lemma-mc/lemma/internal/parallel"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A code is a compiled expression. How to run it depends on its shape: b for
// Bool, n for other shapes of one slot, row for shapes of several slots, and v
// when the shape is nil, for values about which nothing is known.
type code struct {
	shape    *shape
	b        func(*Frame) bool
	n        func(*Frame) int64
	row      func(*Frame) []int64 // read-only, valid until the code runs again
	v        func(*Frame) value.Value
	constant value.Value             // the value, when it is constant
	at       *place                  // where the value stands, when it stands in a row
	idOf     func(*Frame) id         // the value's id, when that is remembered with it
	entry    func(*Frame) *memoValue // likewise
	lit      *literal                // what it is made of, for a record or tuple in the text
	parts    []*code                 // likewise, also where they have no slots: see component.go
	names    []string                // of the parts of a record
	dep      dep
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

// An env says what names mean at one place of the text.
type env struct {
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
	from    env        // of op, and of def
	around  []*routine // of op: the routines in whose bodies its text stands
	routine *routine   // of a recursive function in its own body
	serial  int
}

func (s env) find(n *ir.Name) *binding {
	for b := s.names; b != nil; b = b.parent {
		if b.name == n {
			return b
		}
	}
	return nil
}

func (s env) findDef(d *ir.Def) *binding {
	for b := s.names; b != nil; b = b.parent {
		if b.def == d {
			return b
		}
	}
	return nil
}

// inLoop tells whether a name is bound to one value after another.
func (s env) inLoop() bool {
	for b := s.names; b != nil; b = b.parent {
		if b.code != nil {
			return true
		}
	}
	return false
}

// A Compiler turns expressions into closures over the rows of one layout.
type Compiler struct {
	*Layout
	sys   *ir.System
	acts  *ir.Disjuncts // of Next
	host  *Host         // for folding constants
	audit bool          // see audit.go
	allocated
	surroundings
	compiled
}

// allocated is what a frame has for the code, as far as it was handed out.
type allocated struct {
	registerCounts
	memoTables []*memoTable // of those in frame.known
}

// surroundings are what is around the expression that a recursive descent is at.
type surroundings struct {
	init       bool                // the code makes initial states: variables stand in Frame.Next
	branch     func(Action) Action // what goes on after a branch of Init; may be nil
	stepwise   bool                // the code is for many steps out of one state
	composing  bool                // inside an action A \cdot B
	behind     bool                // behind another conjunct of an action
	found      int                 // where one way is enough: the register that says it was found; else 0
	dep        dep                 // of the expression
	serial     int                 // of bindings
	depth      int                 // of nested calls, to stop runaway inlining
	recursions map[*ir.Func]*recursion
	routines   []*routine // whose bodies are being compiled
	around     []*routine // those of them in whose bodies what is compiled stands
	forming    []*ir.Def  // recursive operators that forms looks into
}

// compiled is what was compiled so far, and how much.
type compiled struct {
	size   int // expressions
	work   int // of them those that loop or make values
	dicts  []*dict
	consts map[*ir.Constant]*code
	eager  map[ir.Expr]bool   // calls whose arguments are evaluated in any case
	states map[stateKey]*code // state functions; nil for what is none
}

func NewCompiler(l *Layout, sys *ir.System, acts *ir.Disjuncts, h *Host, audit bool) *Compiler {
	c := &Compiler{
		Layout: l, sys: sys, acts: acts, host: h, audit: audit,
		allocated:    allocated{registerCounts: registerCounts{locs: 1}},
		surroundings: surroundings{dep: noDep},
		compiled:     compiled{consts: map[*ir.Constant]*code{}, eager: map[ir.Expr]bool{}, states: map[stateKey]*code{}},
	}
	for _, s := range l.shapes {
		c.learn(s)
	}
	return c
}

// Limits of inlining; what is larger is left to the evaluator.
const (
	maxInlineDepth = 60
	maxCodeSize    = 400_000
)

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

func (c *Compiler) newVal() int { c.vals++; return c.vals - 1 }

func (c *Compiler) newBag() int { c.bags++; return c.bags - 1 }

func (c *Compiler) newRow() int { c.rows++; return c.rows - 1 }

// ofState tells whether d depends on the present state and nothing else.
func (d dep) ofState(first int) bool { return d.state && !d.prime && !d.impure && d.outer >= first }

// pure tells whether d depends on no state.
func (d dep) pure() bool { return !d.state && !d.prime && !d.impure }

// ofNames tells whether d depends on names bound outside and nothing else.
func (d dep) ofNames(first int) bool { return d.pure() && d.outer < first }

// A thunk is an argument, or a definition without parameters, that is
// evaluated when it is first used and then at most once, until start runs
// again.
type thunk struct {
	expr   ir.Expr
	from   env
	around []*routine // in whose bodies its text stands
	code   *code      // once compiled
	flag   int        // slot of Frame.loc: whether the value is there; 0 for none
	busy   bool       // under compilation: the definition needs itself
}

// A literal is a record or tuple in the text, with the code of its parts.
// Looking one up in a dict does not build the value: a frame remembers the ids
// of the literals it has met, by the slots of their parts.
type literal struct {
	parts []*code
}

// A recursion is a recursive function whose ways are counted: its body is
// compiled once, and each application keeps the names of the outer ones.
type recursion struct {
	f    *ir.Func
	slot int // of the parameter, an integer
	body count
	from int // slots of Frame.loc that the body uses
	to   int
	vals int // likewise of Frame.val
	last int
}

// NewFrame makes a frame for the code compiled so far.
func (c *Compiler) NewFrame(h *Host) *Frame {
	fr := parallel.Alone(Frame{
		Cur: parallel.Padded[int64](c.Slots), Next: parallel.Padded[int64](c.Slots), set: parallel.Padded[bool](len(c.shapes)),
		Level: 1, Weight: 1, registers: newRegisters(c.registerCounts), Host: h, meter: &value.Meter{Ended: h.Ended}, size: c.size,
	})
	for len(c.memoTables) < c.memoSites {
		c.memoTables = append(c.memoTables, &parallel.Padded[memoTable](1)[0])
	}
	for i := range fr.memoSites {
		fr.memoSites[i].common = c.memoTables[i]
	}
	return fr
}

// Fits tells whether fr has room for all that is compiled.
func (c *Compiler) Fits(fr *Frame) bool { return fr.size == c.size }

// A count is the number of ways in which a condition is true.
type count = func(*Frame) int64
