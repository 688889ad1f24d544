package pluscal

import (
	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
)

// prepare returns a copy of a without macros and with all labels in place, or nil
// when the macros are wrong.
func prepare(a *Algorithm, diags *diag.List) *Algorithm {
	out := *a
	out.Procedures, out.Processes, out.marks = nil, nil, marks{}
	x := newExpander(a.Macros, out.marks, diags)
	if x.macrosIn(a.Macros); diags.Err() != nil {
		return nil
	}
	procedures := map[string]*Procedure{}
	for _, p := range a.Procedures {
		q := *p
		q.Body = orSkip(x.body(p.Body), p.Span)
		out.Procedures = append(out.Procedures, &q)
		procedures[q.Name.Name] = &q
	}
	for _, p := range a.Processes {
		q := *p
		q.Body = orSkip(x.body(p.Body), p.Span)
		out.Processes = append(out.Processes, &q)
	}
	if len(a.Processes) == 0 {
		out.Body = orSkip(x.body(a.Body), a.Span)
	}
	l := &labeler{procedures: procedures, taken: map[string]bool{}, diags: diags}
	out.eachBody(func(_ *Procedure, _ *Process, body []*Stmt) {
		walk(body, func(s *Stmt) {
			if s.Label != nil {
				l.taken[s.Label.Name] = true
			}
		})
	})
	l.add = a.Options.AddLabels || len(a.Processes) == 0 && len(l.taken) == 0
	out.eachBody(func(p *Procedure, q *Process, body []*Stmt) {
		l.inside, l.process = p, q
		l.body(body)
	})
	return &out
}

// orSkip makes sure that a body has a statement to carry its first label.
func orSkip(body []*Stmt, span source.Span) []*Stmt {
	if len(body) == 0 {
		return []*Stmt{{Span: source.Span{Start: span.Start, End: span.Start}, Act: &Skip{}}}
	}
	return body
}

// eachBody calls f for every body of a, with the procedure or process that it
// is of.
func (a *Algorithm) eachBody(f func(*Procedure, *Process, []*Stmt)) {
	for _, p := range a.Processes {
		f(nil, p, p.Body)
	}
	for _, p := range a.Procedures {
		f(p, nil, p.Body)
	}
	f(nil, nil, a.Body)
}
