package types

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/lemma-mc/lemma/source"
)

// A reading reads a type as it is written: in a hint, or in a signature of this
// package. Names in lower case are unknowns, the same wherever they occur in one
// type; names in capitals are sorts, the same in all types, which a config may
// fill with strings or numbers.
type reading struct {
	*checker
	text    string
	pos     int
	at      source.Span
	unknown map[string]*Type
	aliases map[string]string
}

// A grammarError tells what is wrong with a type as written.
type grammarError struct{ what string }

func (g grammarError) Error() string { return g.what }

// read is the type that text writes.
func (c *checker) read(text string, aliases map[string]string, at source.Span) (t *Type, err error) {
	r := &reading{checker: c, text: text, at: at, unknown: map[string]*Type{}, aliases: aliases}
	defer func() {
		if g, ok := recover().(grammarError); ok {
			t, err = nil, g
		}
	}()
	t = r.typ()
	if r.peek() != "" {
		r.fail("the end of the type")
	}
	return t, nil
}

func (r *reading) fail(wanted string) {
	got := r.peek()
	if got == "" {
		got = "the end"
	}
	panic(grammarError{fmt.Sprintf("%s is expected before %s in the type %s", wanted, got, strings.TrimSpace(r.text))})
}

// peek is the next word or sign; "" at the end.
func (r *reading) peek() string {
	rest := strings.TrimLeftFunc(r.text[r.pos:], unicode.IsSpace)
	r.pos = len(r.text) - len(rest)
	for _, sign := range []string{"->", "=>", "<<", ">>"} {
		if strings.HasPrefix(rest, sign) {
			return sign
		}
	}
	end := strings.IndexFunc(rest, func(c rune) bool { return !isNameRune(c) && c != '$' })
	switch {
	case rest == "":
		return ""
	case end < 0:
		return rest
	case end == 0:
		return string([]rune(rest)[:1])
	}
	return rest[:end]
}

func isNameRune(c rune) bool { return c == '_' || unicode.IsLetter(c) || unicode.IsDigit(c) }

func (r *reading) take(word string) bool {
	if r.peek() != word {
		return false
	}
	r.pos += len(word)
	return true
}

func (r *reading) want(word string) {
	if !r.take(word) {
		r.fail(word)
	}
}

func (r *reading) word() string {
	w := r.peek()
	if w == "" || !isNameRune([]rune(w)[0]) {
		r.fail("a name")
	}
	r.pos += len(w)
	return w
}

// typ reads a function, a variant, or what they are made of. In (a, b) => c the
// parentheses hold parameters.
func (r *reading) typ() *Type {
	if r.take("(") {
		params := r.list(")")
		if r.take("=>") {
			return r.operator(params)
		}
		if len(params) != 1 {
			r.fail("=>")
		}
		return r.arrow(params[0])
	}
	return r.arrow(r.alternatives())
}

func (r *reading) operator(params []*Type) *Type {
	return newType(operator, r.at, append(params, r.typ())...)
}

func (r *reading) arrow(t *Type) *Type {
	switch {
	case r.take("->"):
		return newType(function, r.at, t, r.typ())
	case r.take("=>"):
		return r.operator([]*Type{t})
	}
	return t
}

// list reads types up to the sign that ends them.
func (r *reading) list(end string) []*Type {
	var out []*Type
	for !r.take(end) {
		if len(out) > 0 {
			r.want(",")
		}
		out = append(out, r.typ())
	}
	return out
}

// alternatives reads A(x) | B(y), or a type that is none of several.
func (r *reading) alternatives() *Type {
	t := r.atom()
	for r.take("|") {
		merge(t, r.atom())
	}
	return t
}

func (r *reading) atom() *Type {
	switch w := r.peek(); {
	case r.take("<<"):
		return newType(tuple, r.at, r.list(">>")...)
	case r.take("{"):
		return r.fields("}")
	case r.take("["):
		return r.fields("]")
	case r.take("("):
		t := r.typ()
		r.want(")")
		return t
	case strings.HasPrefix(w, "$"):
		r.pos += len(w)
		return r.alias(w[1:])
	}
	return r.named(r.word())
}

func (r *reading) named(w string) *Type {
	switch w {
	case "Bool":
		return newType(boolean, r.at)
	case "Int", "Real":
		return newType(integer, r.at)
	case "Str":
		return newType(str, r.at)
	case "Set", "Seq":
		r.want("(")
		of := r.typ()
		r.want(")")
		return newType(map[string]kind{"Set": set, "Seq": seq}[w], r.at, of)
	}
	switch {
	case r.take("("):
		return r.variant(w)
	case r.aliases[w] != "":
		return r.alias(w)
	case strings.ToUpper(w) == w:
		return r.sort(w)
	case r.unknown[w] == nil:
		r.unknown[w] = r.fresh(r.at)
	}
	return r.unknown[w]
}

// variant reads what follows a tag and a parenthesis: a record of one shape, or a
// value, which is a record by the name of its tag.
func (r *reading) variant(tag string) *Type {
	of := r.typ().find()
	r.want(")")
	names, types := []string{"tag"}, []*Type{newType(str, r.at)}
	if of.kind == record {
		for _, f := range slices.Sorted(maps.Keys(of.rows.fields)) {
			names, types = append(names, f), append(types, of.rows.fields[f])
		}
	} else {
		names, types = append(names, "value"), append(types, of)
	}
	return r.newRecord(r.at, names, types, map[string][]string{"tag": {tag}})
}

// fields reads a record up to the sign that ends it; a name alone stands for
// further fields.
func (r *reading) fields(end string) *Type {
	var names []string
	of, open := map[string]*Type{}, false
	for !r.take(end) {
		if len(names) > 0 || open {
			r.want(",")
		}
		name := r.word()
		if !r.take(":") {
			open = true
			continue
		}
		names, of[name] = append(names, name), r.typ()
	}
	slices.Sort(names)
	types := make([]*Type, len(names))
	for i, n := range names {
		types[i] = of[n]
	}
	t := r.newRecord(r.at, names, types, nil)
	if open {
		t.rows.shapes = nil
	}
	return t
}

// sort is the sort of that name.
func (r *reading) sort(name string) *Type {
	if r.sorts[name] == nil {
		r.sorts[name] = &Type{name: name, at: r.at}
	}
	return r.sorts[name]
}

func (r *reading) alias(name string) *Type {
	text, ok := r.aliases[name]
	if !ok {
		panic(grammarError{"no @typeAlias defines " + name})
	}
	rest := maps.Clone(r.aliases)
	delete(rest, name) // an alias does not mean itself
	t, err := r.read(text, rest, r.at)
	if err != nil {
		panic(err)
	}
	return t
}
