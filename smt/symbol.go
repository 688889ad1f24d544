package smt

import (
	"fmt"
	"strings"
)

// Symbol returns the SMT-LIB symbol of a constant, function or sort: its name
// after a percent sign, such that it cannot meet a word of the language, of a
// solver, or of a Printer.
func Symbol(name string) string {
	bars := name == ""
	for i := range len(name) {
		if reserved(name[i]) {
			return "|%" + escape(name) + "|"
		}
		bars = bars || !simple(name[i])
	}
	if bars {
		return "|%" + name + "|"
	}
	return "%" + name
}

// simple reports whether c may stand in a symbol without bars.
func simple(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		strings.IndexByte("~!@$^&*_-+=<>.?/", c) >= 0
}

// reserved reports whether c must be escaped even between bars.
func reserved(c byte) bool { return c == '|' || c == '\\' || c == '%' || c < ' ' || c > '~' }

func escape(name string) string {
	var b strings.Builder
	for i := range len(name) {
		if c := name[i]; reserved(c) {
			fmt.Fprintf(&b, "%%%02x", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// sortSymbol is Symbol for sorts, of which two are SMT-LIB's own.
func (s *Store) sortSymbol(x Sort) string {
	if x < firstDeclaredSort {
		return s.sorts[x]
	}
	return Symbol(s.sorts[x])
}
