package pluscal

import (
	"slices"

	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/source"
)

// A step is what happens at one label: a loop-free body in which every path
// ends by saying where the process goes on.
type step struct {
	label *Label
	span  source.Span // from the label to the end of its last statement
	body  []*Stmt
}

// jump sets pc. It ends a path through a step and is never written by users.
type jump struct{ to string }

// invoke is a call whose return address is known.
type invoke struct {
	call *Call
	back string // label to return to; empty for a tail call
}

func (*jump) act()   {}
func (*invoke) act() {}

// A splitter cuts labelled bodies into steps.
type splitter struct{ steps []*step }

// steps cuts body, whose first statement has a label, and which goes on at
// the label next.
func steps(body []*Stmt, next string) []*step {
	x := &splitter{}
	x.labelled(body, next)
	return x.steps
}

// labelled cuts a sequence that begins with a label.
func (x *splitter) labelled(body []*Stmt, next string) {
	for len(body) > 0 {
		end := 1
		for end < len(body) && body[end].Label == nil {
			end++
		}
		after := next
		if end < len(body) {
			after = body[end].Label.Name
		}
		here := body[0].Label
		st := &step{label: here, span: here.Span.To(body[end-1].Span)}
		x.steps = append(x.steps, st)
		st.body = x.flow(body[:end], here.Name, after)
		body = body[end:]
	}
}

// flow turns statements of the step at label here into a body that goes on at
// next on every path that does not say otherwise. Only the last of them can
// jump by itself: the label rules see to that.
func (x *splitter) flow(body []*Stmt, here, next string) []*Stmt {
	var out []*Stmt
	for i, s := range body {
		act, ends := x.act(s, here, next)
		if w, ok := s.Act.(*While); ok {
			inner := x.branches(here, here, w.Body)[0]
			if isTrue(w.Cond) {
				return append(out, inner...)
			}
			act, ends = &If{Cond: w.Cond, Then: inner, Else: x.flow(body[i+1:], here, next)}, true
		}
		out = append(out, &Stmt{Span: s.Span, Act: act})
		if ends {
			return out
		}
	}
	return append(out, &Stmt{Act: &jump{to: next}})
}

// act turns one statement, and tells whether all its paths jump.
func (x *splitter) act(s *Stmt, here, next string) (Act, bool) {
	switch a := s.Act.(type) {
	case *Goto:
		return &jump{to: a.Label.Name}, true
	case *Return:
		return a, true
	case *Call:
		switch then := a.Then.(type) {
		case *Return:
			return &invoke{call: a}, true
		case *Goto:
			return &invoke{call: a, back: then.Label.Name}, true
		}
		return &invoke{call: a, back: next}, true
	case *If:
		if jumps(s) {
			b := x.branches(here, next, a.Then, a.Else)
			return &If{Cond: a.Cond, Then: b[0], Else: b[1]}, true
		}
	case *Either:
		if jumps(s) {
			out := &Either{}
			for _, b := range a.Branches {
				own, labelled, within := x.branch(b, here, next)
				x.steps = slices.Concat(x.steps, within, labelled)
				out.Branches = append(out.Branches, own)
			}
			return out, true
		}
	case *With:
		if jumps(s) {
			return &With{Name: a.Name, In: a.In, Value: a.Value, Body: x.branches(here, next, a.Body)[0]}, true
		}
	}
	return s.Act, false
}

// branches turns bodies that may have labels inside, as branch does each. As in the
// official translation, the steps within what belongs to this one come last.
func (x *splitter) branches(here, next string, bodies ...[]*Stmt) [][]*Stmt {
	var out [][]*Stmt
	var labelled, within []*step
	for _, body := range bodies {
		own, l, w := x.branch(body, here, next)
		out, labelled, within = append(out, own), append(labelled, l...), append(within, w...)
	}
	x.steps = slices.Concat(x.steps, labelled, within)
	return out
}

// branch turns a body that may have labels inside: what precedes the first of them
// belongs to this step, but for steps that are within it; the others are labelled
// steps of their own.
func (x *splitter) branch(body []*Stmt, here, next string) (own []*Stmt, labelled, within []*step) {
	first, after := slices.IndexFunc(body, func(s *Stmt) bool { return s.Label != nil }), next
	if first < 0 {
		first = len(body)
	} else {
		after = body[first].Label.Name
	}
	var in, behind splitter
	own = in.flow(body[:first], here, after)
	behind.labelled(body[first:], next)
	return own, behind.steps, in.steps
}

// jumps tells whether some path through s sets pc.
func jumps(s *Stmt) bool {
	if _, call := s.Act.(*Call); call || endsStep(s.Act) {
		return true
	}
	for _, b := range bodies(s.Act) {
		for _, inner := range b {
			if inner.Label != nil || jumps(inner) {
				return true
			}
		}
	}
	return false
}

func isTrue(e syntax.Expr) bool {
	switch e := e.(type) {
	case *syntax.Name:
		return e.Name == "TRUE" && len(e.Path) == 0
	case *syntax.Paren:
		return isTrue(e.X)
	}
	return false
}
