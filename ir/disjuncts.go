package ir

import "github.com/lemma-mc/lemma/source"

// A Disjunct is a part of the next-state action whose steps have a name of their
// own in traces and coverage: what the way from Next through disjunctions, \E,
// LETs and definitions ends at.
type Disjunct struct {
	Expr Expr
	// Def is the innermost definition on the way; nil where Next itself is none.
	Def *Def
	// Bound are the names that \E binds between that definition and Expr. They
	// belong to the name of a step that no definition but Next names.
	Bound []*Name
	// Span is that of the definition; that of Expr where several are of one.
	Span source.Span
}

// Name is what steps of d are called, without arguments.
func (d *Disjunct) Name() string {
	if d.Def == nil {
		return "Next"
	}
	return d.Def.Name
}

// Disjuncts are all that a next-state action consists of, in the order of the
// text.
type Disjuncts struct {
	List  []*Disjunct
	index map[Expr]int
	// Open tells that the action applies a bound name, so that there are steps of
	// what is not listed.
	Open bool
}

// DisjunctsOf takes next apart, as an evaluation goes through it. A definition
// counts once, however many ways lead to it.
func DisjunctsOf(next Expr) *Disjuncts {
	ds := &Disjuncts{index: map[Expr]int{}}
	if next == nil {
		return ds
	}
	f := &disjunctFinder{ds: ds, root: root(next), seen: map[*Def]bool{}}
	f.find(next)
	of := map[*Def]int{}
	for _, d := range ds.List {
		of[d.Def]++
	}
	for _, d := range ds.List {
		switch {
		case of[d.Def] > 1:
			d.Span = d.Expr.Pos()
		case d.Def == nil:
			d.Span = next.Pos()
		default:
			d.Span = d.Def.Span
		}
	}
	return ds
}

// root is the definition that next is a call of, or nil.
func root(next Expr) *Def {
	if c, ok := next.(*Call); ok {
		return c.Def
	}
	return nil
}

// Unlisted is the index of a step whose action is not listed.
const Unlisted = -1

// Index is the place of e in List, or Unlisted.
func (ds *Disjuncts) Index(e Expr) int {
	if i, ok := ds.index[e]; ok {
		return i
	}
	return Unlisted
}

type disjunctFinder struct {
	ds    *Disjuncts
	root  *Def
	def   *Def // around
	bound []*Name
	seen  map[*Def]bool
}

func (f *disjunctFinder) find(e Expr) {
	switch e := e.(type) {
	case *App:
		if e.Op == Or {
			for _, x := range e.Args {
				f.find(x)
			}
			return
		}
	case *Quant:
		if !e.All {
			before := len(f.bound)
			Binders(e, func(n *Name) { f.bound = append(f.bound, n) })
			f.find(e.Body)
			f.bound = f.bound[:before]
			return
		}
	case *Let:
		f.find(e.Body)
		return
	case *Label:
		f.find(e.Body)
		return
	case *Call:
		if f.enter(e.Def) {
			return
		}
	case *ConstRef:
		if f.enter(e.Const.Def) {
			return
		}
	case *CallConst:
		if f.enter(e.Const.Def) {
			return
		}
	case *CallName, *NameRef:
		f.ds.Open = true
	}
	f.leaf(e)
}

// NamesSteps tells whether steps that d makes are called after it. Those of a
// standard module are not: operators such as := of Apalache are only a way to
// write something down.
func (d *Def) NamesSteps() bool { return d != nil && d.Body != nil && d.Key == "" }

// enter goes into a definition; false when it names no steps.
func (f *disjunctFinder) enter(d *Def) bool {
	if !d.NamesSteps() {
		return false
	}
	if !f.seen[d] {
		f.seen[d] = true
		def, bound := f.def, f.bound
		f.def, f.bound = d, nil
		f.find(d.Body)
		f.def, f.bound = def, bound
	}
	return true
}

func (f *disjunctFinder) leaf(e Expr) {
	if _, known := f.ds.index[e]; known {
		return
	}
	d := &Disjunct{Expr: e, Def: f.def}
	if f.def == f.root {
		d.Bound = append(d.Bound, f.bound...)
	}
	f.ds.index[e] = len(f.ds.List)
	f.ds.List = append(f.ds.List, d)
}
