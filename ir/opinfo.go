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
}

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
	And: {`/\`, infix, -1, precAndOr}, Or: {`\/`, infix, -1, precAndOr},
	Not: {"~", prefix, 1, precNot}, Implies: {"=>", infix, 2, precImplies},
	Iff: {"<=>", infix, 2, precImplies},
	Eq:  {"=", infix, 2, precCompare}, Neq: {"#", infix, 2, precCompare},

	SetEnum: {"{}", special, -1, precAtom},
	In:      {`\in`, infix, 2, precCompare}, NotIn: {`\notin`, infix, 2, precCompare},
	Subseteq: {`\subseteq`, infix, 2, precCompare},
	Cup:      {`\cup`, infix, 2, precSet}, Cap: {`\cap`, infix, 2, precSet},
	Diff: {`\`, infix, 2, precSet}, Subset: {"SUBSET", prefix, 1, precSet},
	Union: {"UNION", prefix, 1, precSet}, Product: {`\X`, infix, -1, precSum},
	FuncSet: {"->", special, 2, precAtom}, Domain: {"DOMAIN", prefix, 1, precDots},
	Tuple: {"<<>>", special, -1, precAtom},

	Prime: {"'", postfix, 1, precPostfix}, Unchanged: {"UNCHANGED", prefix, 1, precNot},
	Enabled: {"ENABLED", prefix, 1, precNot}, Cdot: {`\cdot`, infix, 2, precSet},
	Always: {"[]", prefix, 1, precNot}, Eventually: {"<>", prefix, 1, precNot},
	LeadsTo: {"~>", infix, 2, precImplies}, Guarantees: {"-+->", infix, 2, precImplies},

	Add: {"+", infix, 2, precSum}, Sub: {"-", infix, 2, precSum}, Neg: {"-", prefix, 1, precNeg},
	Mul: {"*", infix, 2, precProduct}, Quo: {`\div`, infix, 2, precProduct},
	Mod: {"%", infix, 2, precSum}, Pow: {"^", infix, 2, precPower},
	Div: {"/", infix, 2, precProduct},
	Lt:  {"<", infix, 2, precCompare}, Le: {"<=", infix, 2, precCompare},
	Gt: {">", infix, 2, precCompare}, Ge: {">=", infix, 2, precCompare},
	DotDot: {"..", infix, 2, precDots}, NatSet: {"Nat", applied, 0, precAtom},
	IntSet: {"Int", applied, 0, precAtom}, RealSet: {"Real", applied, 0, precAtom},
	StringSet: {"STRING", applied, 0, precAtom}, Infinity: {"Infinity", applied, 0, precAtom},
	BoolSet: {"BOOLEAN", applied, 0, precAtom},

	Seq: {"Seq", applied, 1, precAtom}, Len: {"Len", applied, 1, precAtom},
	Concat: {`\o`, infix, 2, precProduct}, Append: {"Append", applied, 2, precAtom},
	Head: {"Head", applied, 1, precAtom}, Tail: {"Tail", applied, 1, precAtom},
	SubSeq: {"SubSeq", applied, 3, precAtom},

	Cardinality: {"Cardinality", applied, 1, precAtom},
	IsFinite:    {"IsFiniteSet", applied, 1, precAtom},

	ColonGt: {":>", infix, 2, precSet}, AtAt: {"@@", infix, 2, precSet},
	PrintVal: {"Print", applied, 2, precAtom}, PrintT: {"PrintT", applied, 1, precAtom},
	Assert: {"Assert", applied, 2, precAtom}, ToString: {"ToString", applied, 1, precAtom},
	TLCEval: {"TLCEval", applied, 1, precAtom}, TLCGet: {"TLCGet", applied, 1, precAtom},
	TLCSet: {"TLCSet", applied, 2, precAtom}, RandomElem: {"RandomElement", applied, 1, precAtom},
	Perms: {"Permutations", applied, 1, precAtom}, AnySet: {"Any", applied, 0, precAtom},
}

// String is the operator's TLA+ name.
func (o Op) String() string { return opInfos[o].name }

// Arity is the number of o's arguments, -1 for the n-ary operators.
func (o Op) Arity() int { return opInfos[o].arity }
