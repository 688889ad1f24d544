package diag

// The codes that several packages report. All others stand once, in the package
// that reports them.
const (
	CodeValue       Code = "C104" // not a value that a config can give
	CodeUnknown     Code = "C201" // a name that the spec does not define
	CodeNoConstant  Code = "C204" // a constant without value
	CodeNoBehaviour Code = "C205" // no specification, or one without Init or Next
	CodeUndefined   Code = "R101" // an operation that TLA+ leaves undefined
	CodeUnassigned  Code = "R102" // a variable is read before it has a value
	CodeIncomplete  Code = "R103" // a state leaves variables without value
	CodeNotBool     Code = "R104" // a formula is neither TRUE nor FALSE
	CodeChoose      Code = "R105" // CHOOSE finds nothing
	CodeCase        Code = "R106" // no arm of a CASE applies
	CodeNoFile      Code = "S101" // a file that cannot be read
	CodeStale       Code = "W110" // the translation is not that of the algorithm
	CodeNoInit      Code = "W137" // no state satisfies the initial predicate
)
