package symbolic

import "github.com/lemma-mc/lemma/diag"

// The codes of what no symbolic value stands for.
const (
	CodeUnlisted  diag.Code = "U130" // a set whose members cannot be listed
	codeRecursion diag.Code = "U134" // recursion that constants do not end
	CodeNoMeaning diag.Code = "U136" // an operator without symbolic meaning
	codeExponent  diag.Code = "U137" // an exponent that depends on the state
	codeRule      diag.Code = "U138" // a function given by a rule, applied to what is not concrete
	codeChoice    diag.Code = "U140" // an arbitrary member of a set that allows none to be made
	codeForms     diag.Code = "U142" // a set of too many forms
	codeInfinite  diag.Code = "U143" // a quantifier over infinitely many values
	codePartial   diag.Code = "U144" // a function that may be a sequence
	CodeTooLarge  diag.Code = "U145" // a formula that outgrows all bounds
)

// codeUndefined is the evaluator's, which reports the error in its own words once
// it has met it on replay.
const codeUndefined = diag.CodeUndefined
