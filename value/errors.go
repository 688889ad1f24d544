package value

import "fmt"

// An Error is an operation that TLA+ leaves undefined, such as 1 + "a". It
// knows no place in a spec: the evaluator adds one.
type Error struct {
	Message string
	// Infinite tells that a set was to be enumerated that has no end: engines
	// that need no enumeration may still go on.
	Infinite bool
	// Large tells that a finite set was to be listed that has too many members.
	Large bool
}

func (e *Error) Error() string { return e.Message }

// Undefined is an operation that has no meaning for its operands.
func Undefined(format string, args ...any) error {
	return &Error{Message: fmt.Sprintf(format, args...)}
}

// Brief is v as text for a message: String, cut when it is long.
func Brief(v Value) string {
	const most = 300
	s := text(v, most+1)
	if len(s) <= most {
		return s
	}
	cut := []rune(s[:most])
	return string(cut[:len(cut)-1]) + " ..."
}

// describe names v with its sort, as in "the integer 3".
func describe(v Value) string {
	return "the " + sortOf(v) + " " + Brief(v)
}

func sortOf(v Value) string {
	switch v.(type) {
	case Bool:
		return "Boolean"
	case Int, *BigInt:
		return "integer"
	case Str:
		return "string"
	case Model:
		return "model value"
	case *Tuple:
		return "tuple"
	case *Record:
		return "record"
	case *Func, *LazyFunc:
		return "function"
	}
	return "set"
}
