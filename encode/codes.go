package encode

import "github.com/lemma-mc/lemma/diag"

// The codes of what the encoding does not support, beside those of symbolic values.
const (
	codeTemporal  diag.Code = "U131" // a temporal formula, or \cdot
	codeConstant  diag.Code = "U132" // a constant without value
	codeOperator  diag.Code = "U133" // an operator where a value is needed
	codeUnbounded diag.Code = "U135" // a quantifier or CHOOSE without a set
	codeNoBody    diag.Code = "U139" // a definition without body
	codeEnabled   diag.Code = "U141" // ENABLED that depends on a chosen member, or of an instance whose variables are expressions
)

// The codes of evaluation errors are the evaluator's, which reports them in
// its own words once it has met them on replay.
const (
	codeUnassigned           = diag.CodeUnassigned
	codeIncomplete           = diag.CodeIncomplete
	codeNotBool              = diag.CodeNotBool
	codeChoose               = diag.CodeChoose
	codeCase                 = diag.CodeCase
	codeAssert     diag.Code = "R114" // Assert fails
)
