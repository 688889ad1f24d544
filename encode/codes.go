package encode

import "github.com/lemma-mc/lemma/diag"

// The codes of what the encoding does not support.
const (
	codeUnlisted  diag.Code = "U130" // a set whose members cannot be listed
	codeTemporal  diag.Code = "U131" // a temporal formula, or \cdot
	codeConstant  diag.Code = "U132" // a constant without value
	codeOperator  diag.Code = "U133" // an operator where a value is needed
	codeRecursion diag.Code = "U134" // recursion that constants do not end
	codeUnbounded diag.Code = "U135" // a quantifier or CHOOSE without a set
	CodeNoMeaning diag.Code = "U136" // an operator without symbolic meaning
	codeExponent  diag.Code = "U137" // an exponent that depends on the state
	codeRule      diag.Code = "U138" // a function given by a rule, applied to what is not concrete
	codeNoBody    diag.Code = "U139" // a definition without body
	codeChoice    diag.Code = "U140" // an arbitrary member of a set that allows none to be made
	codeEnabled   diag.Code = "U141" // ENABLED that depends on a chosen member, or of an instance whose variables are expressions
	codeForms     diag.Code = "U142" // a set of too many forms
	codeInfinite  diag.Code = "U143" // a quantifier over infinitely many values
	codePartial   diag.Code = "U144" // a function that may be a sequence
)

// The codes of evaluation errors are the evaluator's, which reports them in
// its own words once it has met them on replay.
const (
	codeUndefined            = diag.CodeUndefined
	codeUnassigned           = diag.CodeUnassigned
	codeIncomplete           = diag.CodeIncomplete
	codeNotBool              = diag.CodeNotBool
	codeChoose               = diag.CodeChoose
	codeCase                 = diag.CodeCase
	codeAssert     diag.Code = "R114" // Assert fails
)
