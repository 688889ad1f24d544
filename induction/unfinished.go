package induction

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/induction/search"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// end sets the verdict of an attempt whose run ended with err. Where that is for
// lack of time it tells what is proved, and what stands in the way of the rest.
func (a *attempt) end(ctx context.Context, err error) {
	finish(ctx, a.result, err)
	if a.result.Status != trace.LimitReached {
		return
	}
	if a.prover != nil {
		a.soFar()
	}
	switch {
	case a.stood != nil:
		a.standing(a.stood)
	case a.searched:
		a.missing("", "states were still being sampled")
	}
	a.result.Message = fmt.Sprintf("The proof attempt ended early; %d of %d formulas are proved.", len(a.result.Proofs), len(goals(a.sys)))
}

// soFar tells what a proof came to that did not end: what is inductive by what the
// prover knows, and the counterexamples to the induction of the rest.
func (a *attempt) soFar() {
	for _, f := range a.prover.Inductive(a.begin) {
		if a.k[f] == 0 {
			a.proved, a.k[f] = append(a.proved, f), 1
		}
	}
	a.tell()
	if a.stood != nil && a.stood.CTI != nil {
		return // that is nearer to a proof
	}
	for _, g := range a.open {
		if o := a.why[g]; a.k[g] == 0 && o != nil && o.CTI != nil {
			a.showCTI(g.Name, o)
		}
	}
}

// standing tells where a search for lemmas stood.
func (a *attempt) standing(st *search.Standing) {
	r := a.result
	var proved []string
	for _, p := range st.Parts {
		if p.Proved {
			proved = append(proved, p.Name)
		}
	}
	own := st.Instance == a.sys
	given := map[string]bool{}
	for _, g := range goals(a.sys) {
		given[g.Name] = true
	}
	for _, p := range st.Parts {
		switch {
		case p.Text != "":
			r.Lemmas = append(r.Lemmas, &trace.Lemma{Name: p.Name, Text: p.Text, Open: !own || !p.Proved, For: p.For})
		case own && p.Proved && given[p.Name] && !slices.ContainsFunc(r.Proofs, func(q *trace.Proof) bool { return q.Name == p.Name }):
			others := slices.DeleteFunc(slices.Clone(proved), func(n string) bool { return n == p.Name })
			r.Proofs = append(r.Proofs, &trace.Proof{Name: p.Name, K: 1, ForAny: forAny(a.sys), Lemmas: others})
		}
	}
	if !own && len(proved) > 0 {
		r.Notes = append(r.Notes, fmt.Sprintf("Proved so far, of the smaller instance %s only: %s.", a.differs(st), strings.Join(proved, ", ")))
	}
	if st.CTI != nil {
		a.showCTI(st.Goal, st.CTI)
		if !own {
			r.Notes = append(r.Notes, fmt.Sprintf("The states shown are for %s.", a.differs(st)))
		}
	}
	a.missing(st.Goal, st.Why)
}

// differs says which constants have other values in the instance of st.
func (a *attempt) differs(st *search.Standing) string {
	var out []string
	for i, c := range st.Instance.Constants {
		if v := a.sys.Constants[i].Value; c.Value != nil && (v == nil || value.Compare(v, c.Value) != 0) {
			out = append(out, fmt.Sprintf("%s = %s", c.Name, c.Value))
		}
	}
	return strings.Join(out, ", ")
}

// missing says what a proof lacks: a lemma against a counterexample to the
// induction of goal; why none was found, unless that is "".
func (a *attempt) missing(goal, why string) {
	what := "the search for lemmas had not come far enough"
	if goal != "" {
		what = fmt.Sprintf("a lemma that excludes the first state of the counterexample to induction of %s", goal)
	}
	if why != "" {
		what += ": " + why
	}
	a.result.Notes = append(a.result.Notes, "What is missing: "+what+".")
}
