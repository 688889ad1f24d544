package smt

import (
	"fmt"
	"strings"
)

// String prints t as one SMT-LIB expression without sharing, for messages and
// small terms; a Printer keeps sharing.
func (s *Store) String(t Term) string {
	var b strings.Builder
	s.print(&b, t, nil)
	return b.String()
}

// print writes t. Terms that name has a name for are written by name.
func (s *Store) print(b *strings.Builder, t Term, name func(Term) string) {
	if name != nil {
		if n := name(t); n != "" {
			b.WriteString(n)
			return
		}
	}
	n := &s.nodes[t]
	switch n.op {
	case OpFalse:
		b.WriteString("false")
	case OpTrue:
		b.WriteString("true")
	case OpConst:
		b.WriteString(Symbol(s.symbols[n.aux].name))
	case OpInt, opBig:
		v, _ := s.literalValue(t)
		printInt(b, v)
	case OpForall:
		s.printForall(b, t, name)
	case OpApp:
		s.printCall(b, Symbol(s.symbols[n.aux].name), t, name)
	default:
		s.printCall(b, operators[n.op], t, name)
	}
}

// operators are the SMT-LIB names of the node kinds that have operands.
var operators = [...]string{
	OpNot: "not", OpAnd: "and", OpEq: "=", OpDistinct: "distinct", OpIte: "ite",
	OpAdd: "+", OpMul: "*", OpDiv: "div", OpMod: "mod", OpLe: "<=",
}

func (s *Store) printCall(b *strings.Builder, head string, t Term, name func(Term) string) {
	b.WriteByte('(')
	b.WriteString(head)
	for _, x := range s.Args(t) {
		b.WriteByte(' ')
		s.print(b, x, name)
	}
	b.WriteByte(')')
}

// printInt writes a literal; SMT-LIB has no negative ones.
func printInt(b *strings.Builder, v num) {
	if v.sign() < 0 {
		fmt.Fprintf(b, "(- %s)", v.neg().toBig())
		return
	}
	b.WriteString(v.toBig().String())
}

func (s *Store) printForall(b *strings.Builder, t Term, name func(Term) string) {
	vars, patterns, body := s.Quantifier(t)
	b.WriteString("(forall (")
	for i, v := range vars {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(b, "(%s %s)", Symbol(s.Name(v)), s.sortSymbol(s.Sort(v)))
	}
	b.WriteString(") ")
	if len(patterns) > 0 {
		b.WriteString("(! ")
	}
	s.print(b, body, name)
	for _, p := range patterns {
		b.WriteString(" :pattern (")
		s.print(b, p, name)
		b.WriteByte(')')
	}
	if len(patterns) > 0 {
		b.WriteByte(')')
	}
	b.WriteByte(')')
}

func (s *Store) sortSymbol(x Sort) string {
	if x < firstDeclaredSort {
		return s.sorts[x]
	}
	return Symbol(s.sorts[x])
}

// Symbol returns the SMT-LIB symbol of a constant, function or sort: its name
// after a percent sign, such that it cannot meet a word of the language, of a
// solver, or of a Printer.
func Symbol(name string) string {
	quote := name == ""
	for i := range len(name) {
		switch c := name[i]; {
		case c == '|' || c == '\\' || c == '%' || c < ' ' || c > '~':
			return "|%" + escape(name) + "|"
		case !simple(c):
			quote = true
		}
	}
	if quote {
		return "|%" + name + "|"
	}
	return "%" + name
}

// simple reports whether c may stand in a symbol without bars.
func simple(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		strings.IndexByte("~!@$^&*_-+=<>.?/", c) >= 0
}

// escape percent-encodes what cannot stand between bars.
func escape(name string) string {
	var b strings.Builder
	for i := range len(name) {
		if c := name[i]; c == '|' || c == '\\' || c == '%' || c < ' ' || c > '~' {
			fmt.Fprintf(&b, "%%%02x", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
