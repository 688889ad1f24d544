package ir

// An Op is a built-in operator of the language or of a standard module.
type Op uint8

// The operators. The comment gives the TLA+ form; args in that order.
const (
	// Logic. And and Or are n-ary and evaluate from left to right.
	And     Op = iota + 1 // a /\ b /\ ...
	Or                    // a \/ b \/ ...
	Not                   // ~a
	Implies               // a => b
	Iff                   // a <=> b
	Eq                    // a = b
	Neq                   // a # b

	// Sets.
	SetEnum  // {a, b, ...}
	In       // a \in S
	NotIn    // a \notin S
	Subseteq // S \subseteq T
	Cup      // S \cup T
	Cap      // S \cap T
	Diff     // S \ T
	Subset   // SUBSET S
	Union    // UNION S
	Product  // S \X T \X ... (n-ary)
	FuncSet  // [S -> T]
	Domain   // DOMAIN f
	Tuple    // <<a, b, ...>> (n-ary)

	// Actions and temporal formulas.
	Prime      // e'
	Unchanged  // UNCHANGED e
	Enabled    // ENABLED A
	Cdot       // A \cdot B
	Always     // []F
	Eventually // <>F
	LeadsTo    // F ~> G
	Guarantees // F -+-> G

	// Naturals, Integers, Reals.
	Add       // a + b
	Sub       // a - b
	Neg       // -a
	Mul       // a * b
	Quo       // a \div b: rounds towards minus infinity
	Mod       // a % b, b > 0
	Pow       // a ^ b
	Div       // a / b (Reals)
	Lt        // a < b
	Le        // a <= b
	Gt        // a > b
	Ge        // a >= b
	DotDot    // a..b
	NatSet    // Nat
	IntSet    // Int
	RealSet   // Real
	StringSet // STRING
	Infinity  // Infinity
	BoolSet   // BOOLEAN

	// Sequences.
	Seq    // Seq(S)
	Len    // Len(s)
	Concat // s \o t
	Append // Append(s, e)
	Head   // Head(s)
	Tail   // Tail(s)
	SubSeq // SubSeq(s, m, n)

	// FiniteSets.
	Cardinality // Cardinality(S)
	IsFinite    // IsFiniteSet(S)

	// TLC.
	ColonGt    // d :> e
	AtAt       // f @@ g
	PrintVal   // Print(out, v)
	PrintT     // PrintT(out)
	Assert     // Assert(p, msg)
	ToString   // ToString(v)
	TLCEval    // TLCEval(v)
	TLCGet     // TLCGet(i)
	TLCSet     // TLCSet(i, v)
	RandomElem // RandomElement(S)
	Perms      // Permutations(S)
	AnySet     // Any
	lastOp
)
