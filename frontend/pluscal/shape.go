package pluscal

import (
	"fmt"

	"github.com/lemma-mc/lemma/frontend/syntax"
)

// reservedLabels are no labels of the user's, and why.
var reservedLabels = map[string]string{
	doneLabel: " is where a process has terminated",
	"Error":   " is one that the official translator keeps for itself",
	"assert":  isWord, "await": isWord, "call": isWord, "either": isWord, "else": isWord, "elsif": isWord, "end": isWord,
	"goto": isWord, "if": isWord, "or": isWord, "print": isWord, "return": isWord, "skip": isWord, "when": isWord,
	"while": isWord, "with": isWord,
}

const isWord = " is a word of PlusCal that stands in or before statements"

// checkGotos reports labels that do not exist where a goto means to go.
func (t *translation) checkGotos() {
	check := func(s *scope, body []*Stmt) {
		goes := func(to *syntax.Ident) {
			if to.Name != doneLabel && s.labels[to.Name] == nil {
				report(t.diags, codeUndefined, to.Span, fmt.Sprintf("there is no label %s here", to.Name),
					"goto reaches the labels of its own process or procedure, and Done")
			}
		}
		walk(body, func(st *Stmt) {
			switch a := st.Act.(type) {
			case *Goto:
				goes(a.Label)
			case *Call:
				if g, ok := a.Then.(*Goto); ok {
					goes(g.Label)
				}
			}
		})
		for name, why := range reservedLabels {
			if l := s.labels[name]; l != nil {
				report(t.diags, codeTwice, l.decl.Span, "the label "+name+why, "choose another name")
			}
		}
	}
	check(t.main, t.Body)
	for i, p := range t.Processes {
		check(t.inProcess[i], p.Body)
	}
	for _, p := range t.Procedures {
		check(t.inProcedure[p.Name.Name], p.Body)
	}
}

// shape tells whether the algorithm needs no pc, and whether it never
// terminates. A process never terminates when all of it is one while (TRUE)
// loop; it needs no pc when that loop is one step, whose label does not speak of
// fairness. A goto needs pc, and a goto Done terminates.
func (t *translation) shape() (noPC, endless bool) {
	noPC = len(t.Procedures) == 0
	gotos, gotoDone := false, false
	t.eachBody(func(p *Procedure, _ *Process, body []*Stmt) {
		walk(body, func(s *Stmt) {
			if g, ok := s.Act.(*Goto); ok {
				gotos = true
				gotoDone = gotoDone || g.Label.Name == doneLabel
			}
		})
		if p != nil || len(body) == 0 {
			return
		}
		loop, ok := body[0].Act.(*While)
		forever := ok && len(body) == 1 && isTrue(loop.Cond)
		endless = endless || forever
		noPC = noPC && forever && body[0].Label.Mark == 0 && !labelled(loop.Body)
	})
	return noPC && !gotos, endless && !gotoDone
}

// labelled tells whether body has a label inside.
func labelled(body []*Stmt) bool {
	found := false
	walk(body, func(s *Stmt) { found = found || s.Label != nil })
	return found
}
