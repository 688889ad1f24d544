package symbolic

import "github.com/lemma-mc/lemma/value"

// Describe names a value in a message.
func Describe(s Sym) string {
	switch s := s.(type) {
	case Known:
		return value.Brief(s.V)
	case Bool:
		return "a truth value"
	case Int:
		return "an integer"
	case *Tuple:
		return "a tuple"
	case *Seq:
		return "a sequence"
	case *Record:
		return "a record"
	case *Func, *Lambda:
		return "a function"
	case Elem:
		return "a model value"
	}
	return "a set"
}
