package pool

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Units tell what kinds of integers there are in a spec: terms and versions,
// say. Two places in the state, such as currentTerm[s] and m.term, hold the same
// kind where the spec assigns one to the other, compares them, or has both in
// one set. A lemma seldom compares what the spec itself never does.
//
// A place is written as a path: a variable, then [] for the values of a
// function, {} for the members of a set, and .f for a field. Places that are one
// have the same parts.
type units struct {
	vars    map[string]*place
	ordered map[string]bool // paths of which < is asked
	changed bool
	at      map[*ir.Name]string // paths that bound names stand for
	depth   int                 // of calls
}

// A place is one of a tree of them, or stands for the one that it was united with.
type place struct {
	path  string // of one of those that it is
	parts map[string]*place
	is    *place // nil for itself
}

// findUnits reads what the behaviour and the invariants do with integers.
func findUnits(roots []ir.Expr) *units {
	u := &units{vars: map[string]*place{}, ordered: map[string]bool{}, at: map[*ir.Name]string{}}
	for range maxUnitRounds {
		u.changed = false
		for _, e := range roots {
			u.walk(e)
		}
		if !u.changed {
			break
		}
	}
	return u
}

// maxUnitRounds bounds how often the spec is read: what is united late may make
// others one, too.
const maxUnitRounds = 6

// step divides a path into what comes before the last step and that.
func step(path string) (before, last string) {
	if i := strings.LastIndexAny(path, ".[{"); i > 0 {
		return path[:i], path[i:]
	}
	return path, ""
}

// canon is the path that stands for all that are the same place.
func (u *units) canon(path string) string {
	if path == "" {
		return ""
	}
	return u.placeAt(path).path
}

// placeAt is the place that path leads to.
func (u *units) placeAt(path string) *place {
	before, last := step(path)
	in, up := u.vars, ""
	if last != "" {
		p := u.placeAt(before)
		in, up, path = p.parts, p.path, last
	}
	if in[path] == nil {
		in[path] = &place{path: up + path, parts: map[string]*place{}}
	}
	return in[path].end()
}

func (p *place) end() *place {
	for p.is != nil {
		p = p.is
	}
	return p
}

// unite makes the places at a and b one, unless one is a part of the other.
func (u *units) unite(a, b string) {
	if a == "" || b == "" {
		return
	}
	x, y := u.placeAt(a), u.placeAt(b)
	if x == y || x.holds(y) || y.holds(x) {
		return
	}
	x.become(y)
	u.changed = true
}

// holds tells whether q is a part of p, by its path.
func (p *place) holds(q *place) bool {
	rest, ok := strings.CutPrefix(q.path, p.path)
	return ok && rest != "" && strings.ContainsAny(rest[:1], ".[{")
}

// become makes p and q one, and each of their parts.
func (p *place) become(q *place) {
	if p, q = p.end(), q.end(); p == q {
		return
	}
	p.is = q
	for _, step := range slices.Sorted(maps.Keys(p.parts)) {
		if at := q.end(); at.parts[step] != nil {
			p.parts[step].become(at.parts[step])
		} else {
			at.parts[step] = p.parts[step]
		}
	}
}

// isOrdered tells whether the spec asks of the kind at path which of two is less.
func (u *units) isOrdered(path string) bool {
	path = u.canon(path)
	for p := range u.ordered {
		if u.canon(p) == path {
			return true
		}
	}
	return false
}

// place is where the value of e comes from; "" where that is nowhere.
func (u *units) place(e ir.Expr) string {
	switch x := e.(type) {
	case *ir.VarRef:
		return x.Var.Name
	case *ir.ConstRef:
		return "constant " + x.Const.Name
	case *ir.NameRef:
		return u.at[x.Name]
	case *ir.Label:
		return u.place(x.Body)
	case *ir.Let:
		return u.place(x.Body)
	case *ir.Except:
		return u.place(x.Fun)
	case *ir.Choose:
		return then(u.place(x.Bound.Domain), "{}")
	case *ir.If:
		return first(u.place(x.Then), u.place(x.Else))
	case *ir.Index:
		return then(u.place(x.Fun), selector(x.Arg))
	case *ir.SetFilter:
		return u.place(x.Bound.Domain)
	case *ir.Call:
		return u.inside(x, u.place)
	case *ir.App:
		switch x.Op {
		case ir.Prime, ir.Neg, ir.Tail:
			return u.place(x.Args[0])
		case ir.Add, ir.Sub, ir.Cup, ir.Cap, ir.Diff:
			return first(u.place(x.Args[0]), u.place(x.Args[1]))
		case ir.Head:
			return then(u.place(x.Args[0]), "[]")
		case ir.DotDot:
			return "range " + strings.NewReplacer(".", "", "[", "", "{", "").Replace(ir.String(x))
		}
	}
	return ""
}

func then(path, step string) string {
	if path == "" || step == "" {
		return ""
	}
	return path + step
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// selector is the step that an index is.
func selector(arg ir.Expr) string {
	if l, ok := arg.(*ir.Lit); ok {
		switch v := l.Value.(type) {
		case value.Str:
			return "." + v.Text()
		case value.Int:
			return "." + strconv.Itoa(int(v))
		}
	}
	return "[]"
}

// inside looks at the body of a definition as it is called.
func (u *units) inside(x *ir.Call, look func(ir.Expr) string) string {
	if x.Def.Body == nil || x.Def.Recursive || u.depth == maxCalls {
		return ""
	}
	with := map[*ir.Name]ir.Expr{}
	for i, p := range x.Def.Params {
		with[p] = x.Args[i]
	}
	u.depth++
	defer func() { u.depth-- }()
	return look(ir.Subst(x.Def.Body, with))
}

// walk unites places all over e.
func (u *units) walk(e ir.Expr) {
	ir.Walk(e, func(x ir.Expr) bool {
		switch x := x.(type) {
		case *ir.Quant:
			u.bind(x.Bounds...)
		case *ir.SetFilter:
			u.bind(x.Bound)
		case *ir.Choose:
			u.bind(x.Bound)
		case *ir.SetMap:
			u.bind(x.Bounds...)
		case *ir.Func:
			u.bind(x.Bounds...)
		case *ir.Except:
			u.except(x)
		case *ir.Call:
			u.inside(x, func(body ir.Expr) string {
				u.walk(body)
				return ""
			})
		case *ir.App:
			u.app(x)
		}
		return true
	})
}

func (u *units) bind(bounds ...*ir.Bound) {
	for _, b := range bounds {
		if b.Domain == nil || b.Tuple {
			continue
		}
		for _, n := range b.Names {
			u.at[n] = then(u.place(b.Domain), "{}")
		}
	}
}

func (u *units) app(x *ir.App) {
	switch x.Op {
	case ir.Eq, ir.Neq:
		u.assign(u.place(x.Args[0]), x.Args[1])
		u.assign(u.place(x.Args[1]), x.Args[0])
	case ir.Lt, ir.Le, ir.Gt, ir.Ge:
		a, b := u.place(x.Args[0]), u.place(x.Args[1])
		u.unite(a, b)
		for _, p := range []string{a, b} {
			if p != "" {
				u.ordered[p] = true
			}
		}
	case ir.Add, ir.Sub, ir.Cup, ir.Cap, ir.Diff, ir.Subseteq:
		u.unite(u.place(x.Args[0]), u.place(x.Args[1]))
	case ir.In, ir.NotIn:
		u.unite(u.place(x.Args[0]), then(u.place(x.Args[1]), "{}"))
	}
}

func (u *units) except(x *ir.Except) {
	path := u.place(x.Fun)
	for _, i := range x.Path {
		path = then(path, selector(i))
	}
	if x.At != nil {
		u.at[x.At] = path
	}
	u.assign(path, x.Value)
}

// assign unites what e is made of with the parts of the place path.
func (u *units) assign(path string, e ir.Expr) {
	if path == "" {
		return
	}
	switch x := e.(type) {
	case *ir.Record:
		for i, v := range x.Vals {
			u.assign(path+"."+x.Names[i], v)
		}
	case *ir.Func:
		u.bind(x.Bounds...)
		u.assign(path+"[]", x.Body)
	case *ir.SetMap:
		u.bind(x.Bounds...)
		u.assign(path+"{}", x.Elem)
	case *ir.If:
		u.assign(path, x.Then)
		u.assign(path, x.Else)
	case *ir.Let:
		u.assign(path, x.Body)
	case *ir.Label:
		u.assign(path, x.Body)
	case *ir.Call:
		u.inside(x, func(body ir.Expr) string {
			u.assign(path, body)
			return ""
		})
	case *ir.App:
		switch x.Op {
		case ir.SetEnum:
			for _, v := range x.Args {
				u.assign(path+"{}", v)
			}
			return
		case ir.Tuple:
			for i, v := range x.Args {
				u.assign(path+"."+strconv.Itoa(i+1), v)
			}
			return
		case ir.Append:
			u.assign(path, x.Args[0])
			u.assign(path+"[]", x.Args[1])
			return
		case ir.Cup, ir.Diff:
			u.assign(path, x.Args[0])
			u.assign(path, x.Args[1])
			return
		}
	}
	u.unite(path, u.place(e))
}

// of is the place of a term of the pool; "" for none.
func (u *units) of(t term) string {
	for i, n := range t.names {
		u.at[n] = then(u.place(t.sorts[i].Set), "{}")
	}
	return u.canon(u.place(t.expr))
}
