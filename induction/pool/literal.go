package pool

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// A Sort is what a variable of a lemma ranges over.
type Sort struct {
	Set    ir.Expr       // constant-level, or a set in the state without free names
	Values []value.Value // members, in the main instance
	State  *ir.Variable  // whose value Set is; nil for a constant-level set
	Guard  func(m ir.Expr) ir.Expr
	Member *Literal               // x \in Set, where Set is in the state
	shape  func(value.Value) bool // tells members that Guard holds for
	Prefix string                 // of the names of variables
	open   bool                   // in other instances it has more members, without end
}

// A Literal is a formula over free names, each of a Sort.
type Literal struct {
	Expr  ir.Expr
	Names []*ir.Name
	Sorts []*Sort
	Cost  float64 // of using it, and of using its negation
	Neg   float64
	Text  string
	Binds bool // it says that a part of the first name is the last
	Mined bool
	// Origin tells that it says of something that a message, or a process, is about
	// that it is, or was, in a set in the state.
	Origin bool
	// Symmetric tells that the first half of the names and the second may change
	// places.
	Symmetric bool
}

// Has tells whether v is of the shape that the sort is about.
func (s *Sort) Has(v value.Value) bool { return s.shape == nil || s.shape(v) }

// IsPowerSet tells whether s holds all subsets of a set. A lemma goes through no such
// sort: what a step needs of one of them, as of a quorum, is a literal about others
// (project.go).
func (s *Sort) IsPowerSet() bool {
	e, ok := s.Set.(*ir.App)
	return ok && e.Op == ir.Subset
}

// IsOpen tells whether s has more members, without end, in other instances.
func (s *Sort) IsOpen() bool { return s.open }

// A Pool holds the literals for one system.
type Pool struct {
	Sorts    []*Sort // constant-level ones first
	Literals []*Literal
	Typing   []*Typing // of each variable
	Projects bool      // some literals are projections; see project.go
	Numbers  bool      // members of a set in the state have numbers in them of which there is no end

	texts map[string]bool
}

func (p *Pool) add(l *Literal) *Literal {
	l.Text = ir.String(l.Expr)
	if p.texts[l.Text] || len(l.Names) > maxNames || slices.ContainsFunc(l.Sorts, (*Sort).IsPowerSet) {
		return nil
	}
	p.texts[l.Text] = true
	if l.Cost == 0 {
		l.Cost = 1
	}
	if l.Neg == 0 {
		l.Neg = l.Cost
	}
	p.Literals = append(p.Literals, l)
	return l
}

// maxNames bounds the free names of a literal.
const maxNames = 3

func app(op ir.Op, args ...ir.Expr) ir.Expr { return &ir.App{Op: op, Args: args} }
func lit(v value.Value) ir.Expr             { return &ir.Lit{Value: v} }
func ref(n *ir.Name) ir.Expr                { return &ir.NameRef{Name: n} }

// free are the free names of e among names, in their order.
func free(e ir.Expr, names []*ir.Name, sorts []*Sort) (ns []*ir.Name, ss []*Sort) {
	var used []*ir.Name
	ir.Walk(e, func(x ir.Expr) bool {
		if r, ok := x.(*ir.NameRef); ok {
			used = append(used, r.Name)
		}
		return true
	})
	for i, n := range names {
		if slices.Contains(used, n) {
			ns, ss = append(ns, n), append(ss, sorts[i])
		}
	}
	return ns, ss
}
