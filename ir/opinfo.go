package ir

// A fixity tells how an operator is written.
type fixity uint8

const (
	applied fixity = iota // Op(a, b)
	prefix
	infix
	postfix
	special // has a form of its own: {a, b}, <<a, b>>, [S -> T]
)

// An opInfo describes an operator: its TLA+ name, how it is written, how many
// arguments it takes (-1: any number), and how tightly it binds.
type opInfo struct {
	name  string
	fix   fixity
	arity int
	prec  int
	inner int // what its arguments must bind as tightly as, where the range of its precedences overlaps others; else 0
}

// argument is what an argument must bind as tightly as, to need no parentheses.
func (i opInfo) argument() int { return max(i.prec+1, i.inner) }

// Precedences, loosest first; what SANY gives as ranges is one number here,
// and the printer puts parentheses wherever two are equal.
const (
	precLoosest = iota
	precQuant
	precImplies
	precAndOr
	precNot
	precCompare
	precSet
	precDots
	precSum
	precNeg
	precProduct
	precPower
	precPostfix
	precAtom
)

var opInfos = [lastOp]opInfo{
	And: {`/\`, infix, -1, precAndOr, 0}, Or: {`\/`, infix, -1, precAndOr, 0},
	Not: {"~", prefix, 1, precNot, 0}, Implies: {"=>", infix, 2, precImplies, 0},
	Iff: {"<=>", infix, 2, precImplies, 0},
	Eq:  {"=", infix, 2, precCompare, 0}, Neq: {"#", infix, 2, precCompare, 0},

	SetEnum: {"{}", special, -1, precAtom, 0},
	In:      {`\in`, infix, 2, precCompare, 0}, NotIn: {`\notin`, infix, 2, precCompare, 0},
	Subseteq: {`\subseteq`, infix, 2, precCompare, 0},
	Cup:      {`\cup`, infix, 2, precSet, 0}, Cap: {`\cap`, infix, 2, precSet, 0},
	Diff: {`\`, infix, 2, precSet, 0}, Subset: {"SUBSET", prefix, 1, precSum, precPower},
	Union: {"UNION", prefix, 1, precSum, precPower}, Product: {`\X`, infix, -1, precSum, precPower},
	FuncSet: {"->", special, 2, precAtom, 0}, Domain: {"DOMAIN", prefix, 1, precSum, precPower},
	Tuple: {"<<>>", special, -1, precAtom, 0},

	Prime: {"'", postfix, 1, precPostfix, 0}, Unchanged: {"UNCHANGED", prefix, 1, precNot, precAtom},
	Enabled: {"ENABLED", prefix, 1, precNot, precAtom}, Cdot: {`\cdot`, infix, 2, precCompare, precPostfix},
	Always: {"[]", prefix, 1, precNot, precAtom}, Eventually: {"<>", prefix, 1, precNot, precAtom},
	LeadsTo: {"~>", infix, 2, precImplies, 0}, Guarantees: {"-+->", infix, 2, precImplies, 0},

	Add: {"+", infix, 2, precSum, 0}, Sub: {"-", infix, 2, precSum, 0}, Neg: {"-", prefix, 1, precNeg, 0},
	Mul: {"*", infix, 2, precProduct, 0}, Quo: {`\div`, infix, 2, precProduct, 0},
	Mod: {"%", infix, 2, precSum, 0}, Pow: {"^", infix, 2, precPower, 0},
	Div: {"/", infix, 2, precProduct, 0},
	Lt:  {"<", infix, 2, precCompare, 0}, Le: {"<=", infix, 2, precCompare, 0},
	Gt: {">", infix, 2, precCompare, 0}, Ge: {">=", infix, 2, precCompare, 0},
	DotDot: {"..", infix, 2, precDots, 0}, NatSet: {"Nat", applied, 0, precAtom, 0},
	IntSet: {"Int", applied, 0, precAtom, 0}, RealSet: {"Real", applied, 0, precAtom, 0},
	StringSet: {"STRING", applied, 0, precAtom, 0}, Infinity: {"Infinity", applied, 0, precAtom, 0},
	BoolSet: {"BOOLEAN", applied, 0, precAtom, 0},

	Seq: {"Seq", applied, 1, precAtom, 0}, Len: {"Len", applied, 1, precAtom, 0},
	Concat: {`\o`, infix, 2, precProduct, 0}, Append: {"Append", applied, 2, precAtom, 0},
	Head: {"Head", applied, 1, precAtom, 0}, Tail: {"Tail", applied, 1, precAtom, 0},
	SubSeq: {"SubSeq", applied, 3, precAtom, 0},

	Cardinality: {"Cardinality", applied, 1, precAtom, 0},
	IsFinite:    {"IsFiniteSet", applied, 1, precAtom, 0},

	ColonGt: {":>", infix, 2, precSet, 0}, AtAt: {"@@", infix, 2, precSet, 0},
	PrintVal: {"Print", applied, 2, precAtom, 0}, PrintT: {"PrintT", applied, 1, precAtom, 0},
	Assert: {"Assert", applied, 2, precAtom, 0}, ToString: {"ToString", applied, 1, precAtom, 0},
	TLCEval: {"TLCEval", applied, 1, precAtom, 0}, TLCGet: {"TLCGet", applied, 1, precAtom, 0},
	TLCSet: {"TLCSet", applied, 2, precAtom, 0}, RandomElem: {"RandomElement", applied, 1, precAtom, 0},
	Perms: {"Permutations", applied, 1, precAtom, 0}, AnySet: {"Any", applied, 0, precAtom, 0},
}

// String is the operator's TLA+ name.
func (o Op) String() string { return opInfos[o].name }

// Arity is the number of o's arguments, -1 for the n-ary operators.
func (o Op) Arity() int { return opInfos[o].arity }
