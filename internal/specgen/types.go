package specgen

import (
	"fmt"
	"strings"
)

// A kind is a way to make values of others.
type kind uint8

const (
	boolean  kind = iota
	number        // 0..N
	model         // a member of Proc
	word          // "red" or "green"
	set           // of elem
	function      // from dom to elem
	record        // of fields
	message       // a record of one of two shapes
	sequence      // of up to two of elem
	tuple         // of fields
	partial       // from some of dom to elem
	bag           // of elem, up to two copies of each
)

// An extent is how many values the simple types have.
type extent struct {
	numbers int // the largest number
	models  int // how many members Proc has
}

// procs are the names of the members of Proc.
func (n extent) procs() []string { return []string{"p1", "p2", "p3"}[:n.models] }

// A typ is the type of a variable or an expression. Its values are finitely
// many.
type typ struct {
	kind   kind
	dom    *typ
	elem   *typ
	fields []variable // of a record or a tuple; the two payloads of a message
}

var (
	boolType   = &typ{kind: boolean}
	numberType = &typ{kind: number}
	modelType  = &typ{kind: model}
	wordType   = &typ{kind: word}
)

func setOf(t *typ) *typ { return &typ{kind: set, elem: t} }

// is tells whether t and u are the same type.
func (t *typ) is(u *typ) bool {
	return t == u || t != nil && u != nil && t.universe() == u.universe()
}

// universe writes the set of all values of t.
func (t *typ) universe() string {
	switch t.kind {
	case boolean:
		return "BOOLEAN"
	case number:
		return "(0..N)"
	case model:
		return "Proc"
	case word:
		return `{"red", "green"}`
	case set:
		return fmt.Sprintf("(SUBSET %s)", t.elem.universe())
	case function:
		return fmt.Sprintf("[%s -> %s]", t.dom.universe(), t.elem.universe())
	case record:
		return "[" + t.eachField("%s : %s", ", ") + "]"
	case tuple:
		return "(" + t.eachField("%.0s%s", ` \X `) + ")"
	case message:
		a, b := t.fields[0], t.fields[1]
		return fmt.Sprintf(`([kind : {"%s"}, %s : %s] \cup [kind : {"%s"}, %s : %s])`,
			a.name, a.name, a.typ.universe(), b.name, b.name, b.typ.universe())
	case sequence:
		return fmt.Sprintf("Seq(%s)", t.elem.universe())
	case partial:
		return fmt.Sprintf("Partial(%s, %s)", t.dom.universe(), t.elem.universe())
	case bag:
		return fmt.Sprintf("Partial(%s, 1..2)", t.elem.universe())
	}
	panic(fmt.Sprintf("specgen: kind %d has no universe", t.kind))
}

func (t *typ) eachField(format, sep string) string {
	parts := make([]string, len(t.fields))
	for i, f := range t.fields {
		parts[i] = fmt.Sprintf(format, f.name, f.typ.universe())
	}
	return strings.Join(parts, sep)
}

// many is more values than any type here may have.
const many = 1 << 20

// size is the number of values of t; many is enough.
func (t *typ) size(n extent) int {
	switch t.kind {
	case number:
		return n.numbers + 1
	case model:
		return n.models
	case set:
		return power(2, t.elem.size(n))
	case function:
		return power(t.elem.size(n), t.dom.size(n))
	case record, tuple:
		size := 1
		for _, f := range t.fields {
			size = min(many, size*f.typ.size(n))
		}
		return size
	case message:
		return t.fields[0].typ.size(n) + t.fields[1].typ.size(n)
	case sequence:
		e := t.elem.size(n)
		return min(many, 1+e+e*e)
	case partial:
		return power(t.elem.size(n)+1, t.dom.size(n))
	case bag:
		return power(3, t.elem.size(n))
	}
	return 2 // booleans, words
}

func power(base, exp int) int {
	p := 1
	for range exp {
		if p = min(many, p*base); p == many {
			break
		}
	}
	return p
}

// anyType draws a type of up to limit values, nested up to depth.
func (g *generator) anyType(depth, limit int) *typ {
	for range 10 {
		if t := g.drawType(depth); t.size(g.spec.extent) <= limit {
			return t
		}
	}
	return g.simpleType()
}

func (g *generator) simpleType() *typ {
	if g.even && g.IntN(4) > 0 {
		return one(g, numberType, boolType, wordType)
	}
	return one(g, numberType, numberType, boolType, modelType, wordType)
}

func (g *generator) drawType(depth int) *typ {
	if depth == 0 || g.IntN(4) == 0 {
		return g.simpleType()
	}
	inner := func() *typ { return g.drawType(depth - 1) }
	switch set + kind(g.IntN(int(bag-set)+1)) {
	case set:
		return setOf(inner())
	case function:
		return &typ{kind: function, dom: one(g, numberType, modelType, wordType, g.keyType()), elem: inner()}
	case record:
		return &typ{kind: record, fields: []variable{{"a", inner()}, {"b", inner()}}}
	case message:
		return &typ{kind: message, fields: []variable{{"req", inner()}, {"ack", inner()}}}
	case sequence:
		return &typ{kind: sequence, elem: inner()}
	case partial:
		return &typ{kind: partial, dom: one(g, numberType, modelType, wordType, g.keyType()), elem: inner()}
	case bag:
		return &typ{kind: bag, elem: inner()}
	default:
		return &typ{kind: tuple, fields: []variable{{"1", inner()}, {"2", inner()}}}
	}
}

// keyType draws a type that is not simple, of which functions may be.
func (g *generator) keyType() *typ {
	if g.IntN(2) == 0 {
		return setOf(one(g, modelType, wordType))
	}
	return &typ{kind: tuple, fields: []variable{{"1", one(g, modelType, wordType)}, {"2", g.simpleType()}}}
}

// one draws one of several.
func one[T any](g *generator, of ...T) T { return of[g.IntN(len(of))] }
