package lsp

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/frontend/types"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

// A name is what a name in a text stands for.
type name struct {
	text  string
	kind  string // "constant", "variable", "definition", "parameter", "bound name"
	level ir.Level
	at    source.Span // where it is declared, the name itself
	def   *ir.Def     // of a definition
}

// An occurrence is a name where it stands.
type occurrence struct {
	at source.Span
	of *name
}

// An index knows the names of a module and of those that it extends.
type index struct {
	files       *source.Set
	system      *ir.System
	names       []*name      // those that the module can say anywhere, in order
	occurrences []occurrence // in order of place, none twice
	types       map[string]string

	byTarget map[any]*name
	known    map[source.Span]bool
}

// newIndex walks what a module was resolved to.
func newIndex(files *source.Set, m *frontend.Expressions) *index {
	x := &index{files: files, system: m.System, byTarget: map[any]*name{}, known: map[source.Span]bool{}}
	for _, c := range m.System.Constants {
		x.declare(c, &name{c.Name, "constant", ir.ConstantLevel, c.Span, nil})
	}
	for _, v := range m.System.Variables {
		x.declare(v, &name{v.Name, "variable", ir.StateLevel, v.Span, nil})
	}
	own := slices.SortedFunc(maps.Values(m.System.Defs), func(a, b *ir.Def) int { return cmp.Compare(a.Name, b.Name) })
	own = slices.Compact(own)
	for _, d := range own {
		x.define(d)
	}
	for _, d := range own {
		x.inside(d, x.byTarget[d])
	}
	for _, f := range m.System.Assumes {
		x.walk(f.Expr)
	}
	slices.SortFunc(x.names, func(a, b *name) int { return cmp.Compare(a.text, b.text) })
	slices.SortFunc(x.occurrences, func(a, b occurrence) int { return cmp.Compare(a.at.Start, b.at.Start) })
	return x
}

// declare notes a name that the whole module knows.
func (x *index) declare(target any, n *name) {
	x.byTarget[target] = n
	x.names = append(x.names, n)
	x.occur(n.at, n)
}

// define notes a definition that the whole module knows.
func (x *index) define(d *ir.Def) {
	n := &name{d.Name, "definition", d.Level, x.word(d.Span, d.Name), d}
	x.byTarget[d] = n
	x.names = append(x.names, n)
}

// inside walks what d says.
func (x *index) inside(d *ir.Def, n *name) {
	if n.at.Valid() {
		x.occur(n.at, n)
	}
	for _, p := range d.Params {
		x.bind(p, "parameter")
	}
	x.walk(d.Body)
}

// bind notes a name that is known in a part of the text.
func (x *index) bind(b *ir.Name, kind string) {
	n := &name{b.Ident, kind, ir.ConstantLevel, x.word(b.Span, b.Ident), nil}
	x.byTarget[b] = n
	if n.at.Valid() {
		x.occur(n.at, n)
	}
}

func (x *index) walk(e ir.Expr) {
	ir.Walk(e, func(e ir.Expr) bool {
		ir.Binders(e, func(b *ir.Name) { x.bind(b, "bound name") })
		switch e := e.(type) {
		case *ir.ConstRef:
			x.use(e.Span, e.Const.Name, x.byTarget[e.Const])
		case *ir.CallConst:
			x.use(e.Span, e.Const.Name, x.byTarget[e.Const])
		case *ir.VarRef:
			x.use(e.Span, e.Var.Name, x.byTarget[e.Var])
		case *ir.NameRef:
			x.use(e.Span, e.Name.Ident, x.byTarget[e.Name])
		case *ir.CallName:
			x.use(e.Span, e.Name.Ident, x.byTarget[e.Name])
		case *ir.Call:
			x.use(x.applied(e), e.Def.Name, x.callee(e.Def))
		case *ir.Let:
			for _, d := range e.Defs {
				n := &name{d.Name, "definition", d.Level, x.word(d.Span, d.Name), d}
				x.byTarget[d] = n
				x.inside(d, n)
			}
		}
		return true
	})
}

// callee is what a call calls: a definition that the module may not be able to say,
// such as one of a module that it extends.
func (x *index) callee(d *ir.Def) *name {
	if n := x.byTarget[d]; n != nil {
		return n
	}
	n := &name{d.Name, "definition", d.Level, x.word(d.Span, d.Name), d}
	x.byTarget[d] = n
	return n
}

// applied is where the operator of a call stands: between the arguments of one that
// is written so.
func (x *index) applied(e *ir.Call) source.Span {
	if len(e.Args) == 2 && e.Args[0].Pos().Start == e.Span.Start && e.Args[0].Pos().End < e.Span.End {
		return source.Span{Start: e.Args[0].Pos().End, End: e.Span.End}
	}
	return e.Span
}

// use notes that n stands at the beginning of a span.
func (x *index) use(at source.Span, text string, n *name) {
	if n == nil {
		return
	}
	if word := x.word(at, text); word.Valid() {
		x.occur(word, n)
	}
}

func (x *index) occur(at source.Span, n *name) {
	if !x.known[at] {
		x.known[at] = true
		x.occurrences = append(x.occurrences, occurrence{at, n})
	}
}

// word is the place of the name text at the beginning of a span, or behind the
// instances that it goes through; none where something else stands there, as in an
// instance, which was written elsewhere.
func (x *index) word(at source.Span, text string) source.Span {
	pos, ok := x.files.Position(at.Start)
	if !ok {
		return source.Span{}
	}
	from := pos.File.Offset(at.Start)
	rest := pos.File.Text[from:]
	from += len(rest) - len(strings.TrimLeft(rest, " \t\r\n"))
	rest = pos.File.Text[from:]
	plain := text[strings.LastIndexByte(text, '!')+1:]
	for {
		if strings.HasPrefix(rest, plain) && !continues(plain, rest[len(plain):]) {
			return source.Span{Start: pos.File.Pos(from), End: pos.File.Pos(from + len(plain))}
		}
		n := strings.IndexByte(rest, '!')
		if n < 0 || !isName(rest[:n]) {
			return source.Span{}
		}
		from, rest = from+n+1, rest[n+1:]
	}
}

// continues tells whether rest goes on with the name that ends before it.
func continues(name, rest string) bool {
	return isName(name) && rest != "" && isName(rest[:1])
}

func isName(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == ""
}

// at is the occurrence that has p in it, or ends there.
func (x *index) at(p source.Pos) *occurrence {
	i, found := slices.BinarySearchFunc(x.occurrences, p, func(o occurrence, p source.Pos) int { return cmp.Compare(o.at.Start, p) })
	if !found {
		i--
	}
	if i >= 0 && x.occurrences[i].at.Start <= p && p <= x.occurrences[i].at.End {
		return &x.occurrences[i]
	}
	return nil
}

// typeOf is the type of what the module declares or defines, as far as it can be
// told; "" where it cannot.
func (x *index) typeOf(n *name) string {
	if x.types == nil {
		x.types = map[string]string{}
		found, _ := types.Infer(x.system)
		for _, group := range [][]types.Named{found.Constants, found.Variables, found.Operators} {
			for _, t := range group {
				x.types[t.Name] = t.Type
			}
		}
	}
	if n.kind == "parameter" || n.kind == "bound name" || n.def != nil && x.system.Defs[n.text] != n.def {
		return ""
	}
	return x.types[n.text]
}
