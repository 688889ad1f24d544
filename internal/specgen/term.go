package specgen

import "strings"

// A term is a piece of a spec: a format with a $ for each of its parts. A list
// is a term whose parts may be left out: they stand behind its bullet, or
// between its brackets.
type term struct {
	typ    *typ // nil for actions
	format string
	parts  []*term
	list   *list
}

// list says how the parts of a list are put together.
type list struct{ open, sep, close string }

var (
	conjunction = &list{"\n  /\\ ", "\n  /\\ ", ""} // one conjunct a line
	disjunction = &list{"\n  \\/ ", "\n  \\/ ", ""}
	inline      = &list{"(", ` /\ `, ")"}
	either      = &list{"(", ` \/ `, ")"}
	elements    = &list{"{", ", ", "}"}
)

func leaf(t *typ, text string) *term { return &term{typ: t, format: text} }

func join(t *typ, l *list, parts ...*term) *term { return &term{typ: t, list: l, parts: parts} }

func (t *term) String() string {
	var b strings.Builder
	t.write(&b)
	return b.String()
}

func (t *term) write(b *strings.Builder) {
	if t.list != nil {
		t.writeList(b)
		return
	}
	rest := t.format
	for _, p := range t.parts {
		before, after, _ := strings.Cut(rest, "$")
		b.WriteString(before)
		p.write(b)
		rest = after
	}
	b.WriteString(rest)
}

func (t *term) writeList(b *strings.Builder) {
	b.WriteString(t.list.open)
	for i, p := range t.parts {
		if i > 0 {
			b.WriteString(t.list.sep)
		}
		p.write(b)
	}
	b.WriteString(t.list.close)
}
