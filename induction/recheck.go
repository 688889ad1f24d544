package induction

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/induction/prover"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/backend"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// Recheck checks a certificate from scratch: the initial states satisfy
// sys.Invariants[0], every step preserves it, and it implies the other
// invariants, the claims. It uses the conditions of a proof and none of the
// search for one: nothing is left out or tried again.
func Recheck(ctx context.Context, sys *ir.System, opts Options) *trace.Result {
	start := time.Now()
	r := &trace.Result{Spec: sys.Name, Engine: "induct", Bound: -1}
	finish(ctx, r, recheck(ctx, sys, opts, r))
	r.Duration = time.Since(start)
	return r
}

func recheck(ctx context.Context, sys *ir.System, opts Options, r *trace.Result) error {
	if err := spoken(sys); err != nil {
		return err
	}
	parts := split(sys.Invariants[0])
	store := smt.NewStore()
	solver, err := backend.OpenDumping(ctx, store, opts.Solver, opts.DumpDir)
	if err != nil {
		return err
	}
	defer solver.Close()
	r.Solver = solver.Name()
	p, err := prover.New(ctx, sys, store, solver, parts)
	if err != nil {
		return err
	}
	p.Hints = hinted(parts, opts.Needs)
	u, err := p.FromInit()
	if err != nil {
		return err
	}
	for _, g := range parts {
		if o, err := p.Base(ctx, u, g); err != nil || o != nil {
			return refused(r, g, "does not hold initially", o, err)
		}
		if o, err := p.Step(ctx, parts, g, 1); err != nil || o != nil {
			return refused(r, g, "is not preserved by every step", o, err)
		}
	}
	for _, claim := range sys.Invariants[1:] {
		if o, err := p.Implies(ctx, parts, claim); err != nil || o != nil {
			return refused(r, claim, "does not follow from "+InvName, o, err)
		}
		r.Proofs = append(r.Proofs, &trace.Proof{Name: claim.Name, K: 1, ForAny: forAny(sys), Lemmas: names(sys.Invariants[1:], claim)})
	}
	r.Status = trace.Verified
	r.Message = fmt.Sprintf("The certificate holds: %s is inductive for %s, in %d parts, and implies %s.",
		InvName, strings.Join(sys.Behaviour, ", "), len(parts), list(sys.Invariants[1:]))
	return nil
}

// hinted are the parts that each part is said to need.
func hinted(parts []*ir.Formula, needs map[string][]string) map[*ir.Formula][]*ir.Formula {
	hints := map[*ir.Formula][]*ir.Formula{}
	for _, g := range parts {
		for _, f := range parts {
			if slices.Contains(needs[g.Name], f.Name) {
				hints[g] = append(hints[g], f)
			}
		}
	}
	return hints
}

// spoken checks that the certificate speaks of the spec: that the names of the
// behaviour are not defined in the certificate, and that the initial predicate
// and the next-state action that it shows are the ones that are checked; that it
// claims, assumes and replaces nothing by definitions of its own.
func spoken(sys *ir.System) error {
	for _, name := range sys.Behaviour {
		if d := sys.Def(name); d == nil || d.Module == sys.Name {
			return altered("%s, which it gives as the behaviour, is no definition of the spec", name)
		}
	}
	for name, is := range map[string]ir.Expr{InitName: sys.Init, NextName: nextOf(sys)} {
		if d := sys.Def(name); d == nil || ir.String(d.Body) != ir.String(is) {
			return altered("its %s is not what %s of the spec says", name, strings.Join(sys.Behaviour, ", "))
		}
	}
	for _, text := range sys.Replaced {
		_, by, _ := strings.Cut(text, " <- ")
		by = by[strings.LastIndex(by, "]")+1:] // [Module]Name
		if d := sys.Def(by); d != nil && d.Module == sys.Name {
			return altered("it has its own definition in the place of one of the spec: %s", text)
		}
	}
	for _, a := range sys.Assumes {
		if fileOf(sys, a.Span) == fileOf(sys, sys.Def(InvName).Span) {
			return altered("it assumes %s, which the spec does not", a.Name)
		}
	}
	for _, claim := range sys.Invariants[1:] {
		if d := ownDef(sys, claim.Expr); d != nil {
			return altered("it claims %s, which speaks of its own definition %s", claim.Name, d.Name)
		}
	}
	return nil
}

// ownDef is a definition of the root module that e speaks of, or nil.
func ownDef(sys *ir.System, e ir.Expr) (own *ir.Def) {
	ir.Reach(e, map[*ir.Def]bool{}, func(x ir.Expr) bool {
		if call, ok := x.(*ir.Call); ok && call.Def.Module == sys.Name {
			own = call.Def
		}
		return own == nil
	})
	return own
}

// fileOf is the file that at is in.
func fileOf(sys *ir.System, at source.Span) *source.File {
	p, _ := sys.Files.Position(at.Start)
	return p.File
}

func altered(format string, args ...any) error {
	return diag.New(diag.Config, "C312", source.Span{}, // a certificate that proves nothing
		"the certificate is refused: "+fmt.Sprintf(format, args...))
}

// refused reports the part of a certificate that could not be shown.
func refused(r *trace.Result, g *ir.Formula, what string, o *prover.Obstacle, err error) error {
	if err != nil {
		return err
	}
	r.Status = trace.Unknown
	if o.CTI == nil {
		r.Message = fmt.Sprintf("The certificate is neither confirmed nor refused: whether %s %s could not be decided.", g.Name, what)
		r.Reason = o.Reason
		return nil
	}
	r.Message = fmt.Sprintf("The certificate is refused: %s %s.", g.Name, what)
	r.Reason = r.Message
	o.CTI.Behaviour.Steps[0].Action = "ArbitraryState"
	r.CTIs = []*trace.CTI{{Goal: g.Name, Behaviour: o.CTI.Behaviour}}
	return nil
}

// split makes a formula of each conjunct of f, named by its text.
func split(f *ir.Formula) []*ir.Formula {
	var out []*ir.Formula
	var walk func(ir.Expr)
	walk = func(e ir.Expr) {
		if a, ok := e.(*ir.App); ok && a.Op == ir.And {
			for _, x := range a.Args {
				walk(x)
			}
			return
		}
		out = append(out, &ir.Formula{Name: ir.String(e), Expr: e, Span: e.Pos()})
	}
	body := f.Expr
	if c, ok := body.(*ir.Call); ok && len(c.Args) == 0 && c.Def.Body != nil {
		body = c.Def.Body
	}
	walk(body)
	return out
}

// list names formulas in a sentence.
func list(fs []*ir.Formula) string {
	s := fs[0].Name
	for i, f := range fs[1:] {
		if i == len(fs)-2 {
			s += " and " + f.Name
		} else {
			s += ", " + f.Name
		}
	}
	return s
}
