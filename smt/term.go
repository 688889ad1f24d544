package smt

import (
	"fmt"
	"math/big"
)

// A Term names a node of one Store. Equal terms have equal numbers: ==
// compares structure, and a slice indexed by Term serves as a map. The
// operands of a term have smaller numbers than the term.
type Term uint32

// The terms that every store begins with.
const (
	False Term = iota
	True
	zero // the literal 0
)

// A Sort names a sort of one Store. BoolSort and IntSort exist in all of them.
type Sort uint32

// The interpreted sorts.
const (
	BoolSort Sort = iota
	IntSort
	firstDeclaredSort
)

// A Fun names an uninterpreted function of one Store.
type Fun uint32

// An Op says how a term is made from its operands.
type Op uint8

// The node kinds. Args of each are given in brackets.
const (
	OpFalse    Op = iota // []
	OpTrue               // []
	OpConst              // [] a free constant, or a variable that a Forall binds
	OpInt                // [] an integer literal
	OpApp                // [args...] of a declared function
	OpNot                // [x]
	OpAnd                // [x, y, ...] sorted, two or more
	OpEq                 // [x, y] sorted, of any one sort
	OpDistinct           // [x, y, z, ...] sorted, three or more
	OpIte                // [cond, then, else]
	OpAdd                // [constant?, summands...]
	OpMul                // [constant, x] or [x, y, ...] sorted, no constant
	OpDiv                // [x, y] Euclidean, as in SMT-LIB
	OpMod                // [x, y]
	OpLe                 // [x, y]
	OpForall             // [vars..., patterns..., body]; see Quantifier
	opBig                // an OpInt beyond int64
)

// A node is one term; 20 bytes, see TestNodeSize.
type node struct {
	op   Op
	sort Sort
	off  uint32 // operands are args[off:off+n]; low half of a small integer
	n    uint32
	aux  uint32 // per op: symbol, function, index of big integer, high half of a small integer, variables of a Forall
}

// A Store makes and owns terms, sorts and functions. The zero Store is not
// usable; call NewStore.
type Store struct {
	nodes []node
	args  []Term
	table []uint64 // open addressing: hash in the high half, term in the low; 0 is free
	count int      // used places of table

	scratch []monomial // see sum

	bigs     []*big.Int
	bigIndex map[string]uint32

	sorts   []string
	symbols []symbol
	named   map[string]uint32 // into symbols
	fresh   map[string]int    // next number to try, by prefix
}

// A symbol is a named constant or function.
type symbol struct {
	name   string
	args   []Sort // nil for a constant
	result Sort
	term   Term // of a constant
}

// NewStore returns a store that holds False, True and 0.
func NewStore() *Store {
	s := &Store{
		nodes:    []node{{op: OpFalse}, {op: OpTrue}},
		table:    make([]uint64, 1<<10),
		bigIndex: map[string]uint32{},
		sorts:    []string{"Bool", "Int"},
		named:    map[string]uint32{},
		fresh:    map[string]int{},
	}
	s.internInt(0)
	return s
}

// Len returns the number of terms made so far; every Term is below it.
func (s *Store) Len() int { return len(s.nodes) }

// Bytes returns the memory that the terms take.
func (s *Store) Bytes() int { return 20*cap(s.nodes) + 4*cap(s.args) + 8*cap(s.table) }

// Op returns the kind of t.
func (s *Store) Op(t Term) Op {
	if op := s.nodes[t].op; op != opBig {
		return op
	}
	return OpInt
}

// Sort returns the sort of t.
func (s *Store) Sort(t Term) Sort { return s.nodes[t].sort }

// Args returns the operands of t. The slice is the store's own: read it only,
// and not beyond the next constructor.
func (s *Store) Args(t Term) []Term {
	n := &s.nodes[t]
	if n.n == 0 {
		return nil
	}
	return s.args[n.off : n.off+n.n : n.off+n.n]
}

// arg returns operand i of t.
func (s *Store) arg(t Term, i uint32) Term { return s.args[s.nodes[t].off+i] }

// Name returns the name of the constant t, or of the function that t applies.
func (s *Store) Name(t Term) string { return s.symbols[s.symbolOf(t)].name }

// Fun returns the function that the application t applies.
func (s *Store) Fun(t Term) Fun { return Fun(s.symbolOf(t)) }

func (s *Store) symbolOf(t Term) uint32 {
	if n := &s.nodes[t]; n.op == OpConst || n.op == OpApp {
		return n.aux
	}
	panic(fmt.Sprintf("smt: term %d has no name", t))
}

// Quantifier returns the parts of a Forall. The slices are the store's own.
func (s *Store) Quantifier(t Term) (vars, patterns []Term, body Term) {
	args, n := s.Args(t), s.nodes[t].aux
	last := len(args) - 1
	return args[:n], args[n:last], args[last]
}

// DeclareSort returns the uninterpreted sort of that name. Its elements are
// finitely or infinitely many, at least one.
func (s *Store) DeclareSort(name string) Sort {
	for i := firstDeclaredSort; int(i) < len(s.sorts); i++ {
		if s.sorts[i] == name {
			return i
		}
	}
	s.sorts = append(s.sorts, name)
	return Sort(len(s.sorts) - 1)
}

// SortName returns the name that DeclareSort was given, or Bool or Int.
func (s *Store) SortName(x Sort) string { return s.sorts[x] }

// Const returns the constant of that name. It panics when the name already
// stands for a function or a constant of another sort.
func (s *Store) Const(name string, sort Sort) Term {
	if i, ok := s.named[name]; ok {
		sym := &s.symbols[i]
		if sym.args != nil || sym.result != sort {
			panic(fmt.Sprintf("smt: %q declared twice with different sorts", name))
		}
		return sym.term
	}
	i := s.declare(symbol{name: name, result: sort})
	t := s.intern(OpConst, sort, i, nil)
	s.symbols[i].term = t
	return t
}

// Fresh returns a constant that is equal to no other, named after prefix.
func (s *Store) Fresh(prefix string, sort Sort) Term {
	for {
		name := fmt.Sprintf("%s!%d", prefix, s.fresh[prefix])
		s.fresh[prefix]++
		if _, used := s.named[name]; !used {
			return s.Const(name, sort)
		}
	}
}

// DeclareFun makes a new uninterpreted function of one argument or more. It
// panics when the name is in use.
func (s *Store) DeclareFun(name string, args []Sort, result Sort) Fun {
	if len(args) == 0 {
		panic("smt: a function needs an argument; use Const")
	}
	if _, used := s.named[name]; used {
		panic(fmt.Sprintf("smt: %q declared twice", name))
	}
	return Fun(s.declare(symbol{name: name, args: append([]Sort(nil), args...), result: result}))
}

func (s *Store) declare(sym symbol) uint32 {
	i := uint32(len(s.symbols))
	s.symbols = append(s.symbols, sym)
	s.named[sym.name] = i
	return i
}

// Signature returns what DeclareFun was given.
func (s *Store) Signature(f Fun) (name string, args []Sort, result Sort) {
	sym := &s.symbols[f]
	return sym.name, sym.args, sym.result
}

// App applies f.
func (s *Store) App(f Fun, args ...Term) Term {
	sym := &s.symbols[f]
	if len(sym.args) != len(args) || len(args) == 0 {
		panic(fmt.Sprintf("smt: %s takes %d arguments, given %d", sym.name, len(sym.args), len(args)))
	}
	for i, a := range args {
		s.want(a, sym.args[i])
	}
	return s.intern(OpApp, sym.result, uint32(f), args)
}

// Forall says that body holds for all values of vars, which are constants
// from Fresh that occur in no other quantifier. Each pattern is a term over
// vars whose instances a solver may match to instantiate the quantifier.
func (s *Store) Forall(vars []Term, body Term, patterns ...Term) Term {
	s.want(body, BoolSort)
	for _, v := range vars {
		if s.nodes[v].op != OpConst {
			panic("smt: a quantifier binds constants only")
		}
	}
	if len(vars) == 0 || body <= True { // R1: nothing to bind, or nothing that depends on it
		return body
	}
	args := make([]Term, 0, len(vars)+len(patterns)+1)
	args = append(append(append(args, vars...), patterns...), body)
	return s.intern(OpForall, BoolSort, uint32(len(vars)), args)
}

// Exists says that body holds for some values of vars; see Forall.
func (s *Store) Exists(vars []Term, body Term, patterns ...Term) Term {
	return s.Not(s.Forall(vars, s.Not(body), patterns...))
}

// want panics unless t has the sort x.
func (s *Store) want(t Term, x Sort) {
	if got := s.nodes[t].sort; got != x {
		panic(fmt.Sprintf("smt: want a term of sort %s, got %s: %s", s.sorts[x], s.sorts[got], s.String(t)))
	}
}
