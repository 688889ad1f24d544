package ir

// Effects say what evaluating something depends on and does beyond the values
// of its parts: a set of the flags below. They are stated once, with the
// operator (Op.Effects) or the native definition (package eval), and joined
// for an expression over all that it reaches. Whoever keeps a value, folds it,
// evaluates it again, or reorders evaluations asks here whether that may be
// seen.
type Effects uint16

// What a value may depend on, and what evaluating may do.
const (
	ReadsTime        Effects = 1 << iota // the clock
	ReadsRegisters                       // what TLCSet stored
	ReadsSearch                          // how far the search is, and how it was asked for: TLCGet of a string
	ReadsLevel                           // the number of the state in its behaviour: TLCGet("level")
	ReadsTrace                           // the behaviour so far, or the counterexample
	ReadsFiles                           // files, or what a program prints
	ReadsEnvironment                     // environment variables; these stay the same for a run
	ReadsForm                            // how a value is written, or told from others, such as ToString
	Picks                                // the order of values, by which one of several is taken, as CHOOSE does
	Draws                                // random numbers
	Prints                               // on the output
	WritesRegisters                      // TLCSet
	WritesFiles                          // files, or what a program does
	Asserts                              // it may end the run with a message of the spec's own

	// Pure is an operator that gives a value of its arguments, and nothing else.
	Pure Effects = 0
	// Varying is what may differ between two evaluations in one state.
	Varying = ReadsTime | ReadsRegisters | ReadsSearch | ReadsLevel | ReadsTrace | ReadsFiles | Draws
	// Acting is what is missed when an evaluation does not take place.
	Acting = Prints | WritesRegisters | WritesFiles | Asserts
	// Impure is what must be evaluated where and whenever it stands in the
	// text: its value can be neither kept nor foretold.
	Impure = Varying | Acting
)

// Any tells whether some of the flags in of are among e.
func (e Effects) Any(of Effects) bool { return e&of != 0 }

// opEffects are those of the built-in operators that are not pure.
var opEffects = [lastOp]Effects{
	PrintVal:   Prints,
	PrintT:     Prints,
	Assert:     Asserts,
	ToString:   ReadsForm,
	TLCGet:     ReadsRegisters | ReadsSearch | ReadsLevel,
	TLCSet:     WritesRegisters,
	RandomElem: Draws,
}

// Effects are the operator's own, without those of its arguments.
func (o Op) Effects() Effects { return opEffects[o] }
