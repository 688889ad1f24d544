package types

import (
	"maps"
	"slices"
	"strings"
)

// show is t as people write it.
func show(t *Type) string { return (&printer{}).text(t) }

// A printer writes types. Unknowns get letters, anew in each text, but for those
// that stand for the model values of a constant.
type printer struct {
	named   map[*Type]string // for good
	letters map[*Type]string // in one text
	out     strings.Builder
}

// sorts names what is unknown in the type of a constant by the constant.
func (p *printer) sorts(t *Type, constant string) {
	t = t.find()
	if t.kind == unknown && t.level != generic && !t.listed {
		if p.named == nil {
			p.named = map[*Type]string{}
		}
		if p.named[t] == "" {
			p.named[t] = strings.ToUpper(constant)
		}
	}
	t.below(func(of *Type) { p.sorts(of, constant) })
}

func (p *printer) text(t *Type) string {
	p.letters = map[*Type]string{}
	p.out.Reset()
	p.typ(t, false)
	return p.out.String()
}

// typ writes t; in parentheses where that is a function or operator and tight.
func (p *printer) typ(t *Type, tight bool) {
	t = t.find()
	switch t.kind {
	case unknown:
		p.unknown(t)
	case boolean:
		p.out.WriteString("Bool")
	case integer:
		p.out.WriteString("Int")
	case str:
		p.out.WriteString("Str")
	case sort:
		p.out.WriteString(t.name)
	case set:
		p.list("Set(", t.parts, ")")
	case seq:
		p.list("Seq(", t.parts, ")")
	case tuple:
		p.list("<<", t.parts, ">>")
	case record:
		p.record(t, tight)
	case function:
		p.tightly(tight, func() {
			p.typ(t.parts[0], true)
			p.out.WriteString(" -> ")
			p.typ(t.parts[1], false)
		})
	case operator:
		last := len(t.parts) - 1
		p.tightly(tight, func() {
			p.list("(", t.parts[:last], ")")
			p.out.WriteString(" => ")
			p.typ(t.parts[last], false)
		})
	}
}

func (p *printer) tightly(tight bool, write func()) {
	if tight {
		p.out.WriteByte('(')
		defer p.out.WriteByte(')')
	}
	write()
}

func (p *printer) list(open string, ts []*Type, close string) {
	p.out.WriteString(open)
	for i, t := range ts {
		if i > 0 {
			p.out.WriteString(", ")
		}
		p.typ(t, false)
	}
	p.out.WriteString(close)
}

func (p *printer) unknown(t *Type) {
	if t.name != "" {
		p.out.WriteString(t.name)
		return
	}
	if name := p.named[t]; name != "" {
		p.out.WriteString(name)
		return
	}
	if p.letters[t] == "" {
		name := string(rune('a' + len(p.letters)%26))
		if t.listed {
			name = "Seq(" + name + ")"
		}
		p.letters[t] = name
	}
	p.out.WriteString(p.letters[t])
}

// record writes the fields of a record, or its shapes by their tag.
func (p *printer) record(t *Type, tight bool) {
	tag, by := t.rows.variants()
	if by == nil {
		p.fields(t, slices.Sorted(maps.Keys(t.rows.fields)))
		return
	}
	shapes := slices.Clone(by)
	slices.SortFunc(shapes, func(a, b shape) int { return strings.Compare(a.tags[tag][0], b.tags[tag][0]) })
	p.tightly(tight, func() {
		for i, s := range shapes {
			if i > 0 {
				p.out.WriteString(" | ")
			}
			p.out.WriteString(strings.Trim(s.tags[tag][0], `"`))
			p.out.WriteByte('(')
			p.fields(t, slices.DeleteFunc(slices.Clone(s.fields), func(f string) bool { return f == tag }))
			p.out.WriteByte(')')
		}
	})
}

func (p *printer) fields(t *Type, names []string) {
	p.out.WriteByte('{')
	for i, name := range names {
		if i > 0 {
			p.out.WriteString(", ")
		}
		p.out.WriteString(name + ": ")
		p.typ(t.rows.fields[name], false)
	}
	p.out.WriteByte('}')
}
