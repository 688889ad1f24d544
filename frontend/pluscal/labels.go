package pluscal

import (
	"fmt"
	"maps"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
)

// A labeler applies the rules for labels. What lies between two labels is one
// step, so a label is needed
//
//   - at the first statement of a body,
//   - at a while loop,
//   - after goto, call and return, and after an if or either that has one of
//     them, or a label, inside,
//   - at an assignment to a variable that the same step has assigned before.
//
// A with statement is executed in one step: neither labels nor loops are
// inside it. A call assigns the parameters and variables of its procedure and
// the stack, a return those of the procedure that it leaves.
type labeler struct {
	procedures map[string]*Procedure
	inside     *Procedure // nil in a process or the main body
	process    *Process   // nil in a procedure or the main body
	add        bool       // missing labels are added, not reported
	taken      map[string]bool
	next       int
	diags      *diag.List
}

// A variable is told from others of its spelling by what declares it.
type variable struct {
	owner any // a *Procedure or *Process, or nil for a global variable
	name  string
}

// assigned are the variables that the current step has assigned so far, each
// with the place of the assignment.
type assigned map[variable]source.Span

func (a assigned) with(b assigned) assigned {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// clash returns a variable that is in both sets, the first by name.
func (a assigned) clash(b assigned) (v variable, ok bool) {
	for w := range a {
		if _, both := b[w]; both && (!ok || w.name < v.name) {
			v, ok = w, true
		}
	}
	return v, ok
}

// variable is what name stands for where the labeler is.
func (l *labeler) variable(name string) variable {
	is := func(d *VarDecl) bool { return d.Name.Name == name }
	switch {
	case l.inside != nil && slices.ContainsFunc(locals(l.inside), is):
		return variable{l.inside, name}
	case l.process != nil && slices.ContainsFunc(l.process.Vars, is):
		return variable{l.process, name}
	}
	return variable{name: name}
}

// why a label is needed; the empty string means that it is not.
type why string

// needed gives s a label, or reports that it has none.
func (l *labeler) needed(s *Stmt, reason why, related ...diag.Related) {
	if s.Label != nil {
		return
	}
	start := source.Span{Start: s.Span.Start, End: s.Span.Start}
	if !l.add {
		report(l.diags, codeMissing, s.Span, fmt.Sprintf("a label is needed here: %s", reason),
			"write a name and a colon before the statement", related...)
		s.Label = &Label{Span: start, Name: doneLabel} // reported: go on as if it were there
		return
	}
	for {
		l.next++
		name := fmt.Sprintf("Lbl_%d", l.next)
		if !l.taken[name] {
			l.taken[name] = true
			s.Label = &Label{Span: start, Name: name}
			return
		}
	}
}

// body labels a process, a procedure or the main body.
func (l *labeler) body(body []*Stmt) {
	l.seq(body, "it is the first statement of a body", false, assigned{})
}

// seq labels a sequence of statements. first tells why the first of them needs
// a label; have is what the step has assigned on the way there. The results
// are what the step at the end of the sequence has assigned, and why a
// statement after the sequence needs a label.
func (l *labeler) seq(body []*Stmt, first why, inWith bool, have assigned) (assigned, why) {
	need, labelled := first, false
	for _, s := range body {
		if s.Label != nil && inWith {
			report(l.diags, codeForbidden, s.Label.Span, fmt.Sprintf("label %s stands inside a with statement", s.Label.Name),
				"a with statement is one step and has no labels inside")
		}
		if need != "" && inWith {
			report(l.diags, codeForbidden, s.Span, fmt.Sprintf("a label would be needed here, but a with statement has none inside: %s", need), "")
		} else if need != "" {
			l.needed(s, need)
		}
		if s.Label != nil {
			have, labelled = assigned{}, true
		}
		had := s.Label != nil
		have, need = l.stmt(s, inWith, have)
		labelled = labelled || (s.Label != nil && !had)
	}
	if need == "" && labelled {
		need = "the statement before it has a label inside"
	}
	return have, need
}

// stmt labels one statement and what is inside it.
func (l *labeler) stmt(s *Stmt, inWith bool, have assigned) (assigned, why) {
	switch a := s.Act.(type) {
	case *If, *Either:
		out, need := assigned{}, why("")
		for _, b := range bodies(a) {
			have, after := l.seq(b, "", inWith, have)
			out = out.with(have)
			if after != "" {
				need = "the if or either before it has a goto, call, return or label inside"
			}
		}
		return out, need
	case *While:
		if inWith {
			report(l.diags, codeForbidden, s.Span, "a while loop stands inside a with statement",
				"a loop takes several steps, a with statement one")
			return have, ""
		}
		l.needed(s, "a while loop begins a step")
		l.seq(a.Body, "", false, assigned{})
		return assigned{}, ""
	case *With:
		if inWith {
			return l.seq(a.Body, "", true, have)
		}
		out, need := l.seq(a.Body, "", true, assigned{})
		return l.join(s, false, have, out), need
	case *Assign:
		out := assigned{}
		for _, p := range a.Parts {
			out[l.variable(p.Var.Name)] = p.Span
		}
		return l.join(s, inWith, have, out), ""
	case *Goto:
		return have, "it follows a goto"
	case *Call:
		return l.join(s, inWith, have, l.assignsCall(s, a)), "it follows a call"
	case *Return:
		if l.inside == nil {
			report(l.diags, codeReturn, s.Span, "return stands outside a procedure", "end a process with goto Done")
		}
		return l.join(s, inWith, have, l.locals(s, l.inside)), "it follows a return"
	}
	return have, ""
}

// join adds what s assigns to what its step has assigned before, and asks for
// a label when a variable is in both.
func (l *labeler) join(s *Stmt, inWith bool, have, now assigned) assigned {
	v, ok := have.clash(now)
	if !ok {
		return have.with(now)
	}
	before := diag.Related{Span: have[v], Message: "assigned before"}
	if inWith {
		report(l.diags, codeAgain, s.Span, fmt.Sprintf("%s is assigned a second time inside a with statement", v.name),
			"the body of a with statement is one step, which changes a variable once; use || to change several of its elements", before)
		return have.with(now)
	}
	l.needed(s, why(fmt.Sprintf("%s is assigned a second time in the same step", v.name)), before)
	return now
}

// locals are the variables that entering or leaving p assigns.
func (l *labeler) locals(s *Stmt, p *Procedure) assigned {
	out := assigned{{name: "stack"}: s.Span}
	if p != nil {
		for _, v := range locals(p) {
			out[variable{p, v.Name.Name}] = s.Span
		}
	}
	return out
}

func (l *labeler) assignsCall(s *Stmt, c *Call) assigned {
	out := l.locals(s, l.procedures[c.Proc.Name])
	if _, tail := c.Then.(*Return); tail {
		if l.inside == nil {
			report(l.diags, codeReturn, s.Span, "return stands outside a procedure", "end a process with goto Done")
		}
		out = out.with(l.locals(s, l.inside))
	}
	return out
}
