package explain_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explain"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/internal/specgen"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// A reasonChecker holds what is said of a state, or of a step, to what the same texts
// mean when they are read and evaluated anew. Texts with names that something binds
// cannot be read alone.
type reasonChecker struct {
	read    *frontend.Expressions
	machine *eval.Machine
	s, next eval.State
	checked int
}

// parse is what a text means by itself; nil for nothing. A list of conjuncts or
// disjuncts means something else on one line, and a register at another time.
func (c *reasonChecker) parse(text string) ir.Expr {
	if strings.HasSuffix(text, "...") || strings.HasPrefix(text, `/\`) || strings.HasPrefix(text, `\/`) || strings.Contains(text, "TLCGet") {
		return nil
	}
	return c.read.Parse(text, ir.ActionLevel, &diag.List{})
}

// wrong tells what is wrong with r and what it rests on; "" for nothing.
func (c *reasonChecker) wrong(r *trace.Reason) string {
	if e := c.parse(r.Text); e != nil && r.Error == "" {
		if ok, err := c.machine.Bool(e, c.s, c.next); err == nil {
			c.checked++
			if ok != r.Holds {
				return r.Sentence()
			}
		}
	}
	for _, b := range r.Values {
		e, said := c.parse(b.Text), c.parse(b.Value)
		if e == nil || said == nil {
			continue
		}
		v, err := c.machine.Value(e, c.s, c.next)
		w, errSaid := c.machine.Value(said, c.s, c.next)
		if err == nil && errSaid == nil {
			c.checked++
			if value.Compare(v, w) != 0 {
				return r.Sentence() + ", but " + b.Text + " is " + v.String()
			}
		}
	}
	if last := len(r.Because) - 1; last > 0 && r.Error == "" && strings.HasPrefix(r.Text, "IF ") && r.Because[last].Error == "" && r.Because[last].Holds != r.Holds {
		return r.Sentence() + ": the branch is another one"
	}
	if e := c.parse(r.Text); e != nil && r.Error == "" && len(r.Because) > 0 {
		if wrong := undecided(e, r); wrong != "" {
			return r.Sentence() + ": " + wrong
		}
	}
	for _, below := range r.Because {
		if wrong := c.wrong(below); wrong != "" {
			return wrong
		}
	}
	return ""
}

// undecided tells why what r rests on does not decide it, by what the connective of e
// means; "" where it does.
func undecided(e ir.Expr, r *trace.Reason) string {
	because, last := r.Because, r.Because[len(r.Because)-1]
	allAre := func(holds bool) bool {
		return !slices.ContainsFunc(because, func(b *trace.Reason) bool { return b.Error != "" || b.Holds != holds })
	}
	switch e := e.(type) {
	case *ir.Case:
		if last.Error == "" && last.Holds != r.Holds {
			return "the branch is another one"
		}
	case *ir.Quant:
		if !allAre(r.Holds) || r.Holds != e.All && len(because) != 1 {
			return "the members do not decide it"
		}
	case *ir.App:
		switch e.Op {
		case ir.And, ir.Or:
			if !allAre(r.Holds) || r.Holds == (e.Op == ir.Or) && len(because) != 1 {
				return "the parts do not decide it"
			}
		case ir.Not:
			if allAre(r.Holds) {
				return "the part is no other"
			}
		case ir.Implies:
			if falseFirst := !because[0].Holds; r.Holds && len(because) == 1 != falseFirst || !r.Holds && (len(because) != 2 || falseFirst || last.Holds) {
				return "premise and conclusion do not decide it"
			}
		}
	}
	return ""
}

// TestReasonsAreTrue: what is said of the invariant, of the guards and of what is
// changed, in states and steps of random specs, is so.
func TestReasonsAreTrue(t *testing.T) {
	seeds, most := uint64(250), 5
	if os.Getenv("LEMMA_LONG") != "" {
		seeds, most = 4000, 50
	}
	checked := 0
	for seed := range seeds {
		s := specgen.New(seed)
		read, err := s.LoadWithReader()
		if err != nil {
			t.Fatal(err)
		}
		m := eval.New(read.System, eval.Options{})
		x := explain.New(read.System, m)
		hold := func(what ir.Expr, holds bool, from, to eval.State) {
			c := &reasonChecker{read: read, machine: m, s: from, next: to}
			r := x.Why(what, from, to)
			wrong := c.wrong(r)
			if r.Error == "" && r.Holds != holds {
				wrong = r.Sentence()
			}
			if wrong != "" {
				t.Fatalf("seed %d, %v, %v: %s\n%s", seed, from, to, wrong, s)
			}
			checked += c.checked
		}
		n := 0
		_ = m.Init(func(from eval.State) bool {
			for _, inv := range read.System.Invariants {
				if ok, err := m.Bool(inv.Expr, from, nil); err == nil {
					hold(inv.Expr, ok, from, nil)
				}
			}
			_ = m.Successors(from, func(to eval.Successor) bool {
				n++
				hold(read.System.Next, true, from, to.State)
				return n%3 != 0
			})
			return n < most
		})
	}
	if checked < 100 {
		t.Errorf("hardly anything could be checked: %d", checked)
	}
}
