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

// Recheck checks the certificate c from scratch: the initial states satisfy
// sys.Invariants[0], every step preserves it, and it implies the other
// invariants, the claims. It uses the conditions of a proof and none of the
// search for one: nothing is left out or tried again. Then every part is evaluated
// in the states that explicit search finds in small instances.
func Recheck(ctx context.Context, sys *ir.System, c Certificate, opts Options) *trace.Result {
	start := time.Now()
	r := noResult(sys)
	k := &rechecking{sys: sys, cert: c, opts: opts, result: r}
	finish(ctx, r, k.run(ctx))
	r.Duration = time.Since(start)
	return r
}

// A rechecking is one run of Recheck.
type rechecking struct {
	sys    *ir.System
	cert   Certificate
	opts   Options
	result *trace.Result
	prover *prover.Prover
	parts  []*ir.Formula // of the invariant

	kind ConditionKind // of the conditions that are asked for, and about which formula
	goal *ir.Formula
}

// confirming is how long one condition about sets of any size may take. Somebody has
// proved it, perhaps on a faster machine, and there is nothing else to do.
const confirming = time.Minute

func (k *rechecking) run(ctx context.Context) error {
	if err := spoken(k.sys, k.cert); err != nil {
		return err
	}
	k.parts = split(k.sys.Invariants[0])
	store := smt.NewStore()
	solver, err := backend.OpenDumping(ctx, store, k.opts.Solver, k.opts.DumpDir)
	if err != nil {
		return err
	}
	defer solver.Close()
	k.result.Solver = solver.Name()
	if k.prover, err = prover.New(ctx, k.sys, store, solver, k.parts); err != nil {
		return err
	}
	defer func() { k.result.Effort.Queries = k.prover.Queries }()
	k.prover.Patience = confirming
	k.prover.Hints = hinted(k.parts, k.cert.Needs)
	if k.opts.Condition != nil {
		k.prover.Refuted = func(action string, from []*ir.Formula, terms []smt.Term) {
			c := Condition{Kind: k.kind, Formula: k.goal.Name, Action: action, Script: smt.Script(store, terms...)}
			for _, f := range from {
				c.Premises = append(c.Premises, f.Name)
			}
			k.opts.Condition(c)
		}
	}
	if proved, err := k.prove(ctx); !proved || err != nil {
		return err
	}
	k.result.Solver = solver.Name() // now it is known which ones were asked
	if err := k.explore(ctx); err != nil {
		return err
	}
	if sets := setsOfAnySize(k.sys); len(sets) > 0 {
		k.result.Notes = append(k.result.Notes, whichSets(sets))
	}
	if is := slices.Concat(k.cert.Constants, k.sys.Replaced); len(is) > 0 {
		k.result.Notes = append([]string{"This is about " + strings.Join(slices.Compact(is), ", ") + "."}, k.result.Notes...)
	}
	k.result.Status = trace.Verified
	k.result.Message = fmt.Sprintf("The certificate holds: %s is inductive for %s, in %d parts, and implies %s.",
		k.cert.Invariant(), strings.Join(k.sys.Behaviour, ", "), len(k.parts), list(k.sys.Invariants[1:]))
	return nil
}

// prove shows the conditions, one after the other; proved tells whether all hold.
func (k *rechecking) prove(ctx context.Context) (proved bool, err error) {
	u, err := k.prover.FromInit()
	if err != nil {
		return false, err
	}
	for _, g := range k.parts {
		k.goal, k.kind = g, Initially
		if o, err := k.prover.Base(ctx, u, g); err != nil || o != nil {
			return false, refused(k.result, g, "does not hold initially", o, err)
		}
		k.kind = Inductive
		if o, err := k.prover.Step(ctx, k.parts, g, 1); err != nil || o != nil {
			return false, refused(k.result, g, "is not preserved by every step", o, err)
		}
	}
	claims := k.sys.Invariants[1:]
	for i, claim := range claims {
		k.goal, k.kind = claim, Implied
		if o, err := k.prover.Implies(ctx, k.parts, claim); err != nil || o != nil {
			k.tell(claims[:i])
			return false, refused(k.result, claim, "does not follow from "+k.cert.Invariant(), o, err)
		}
	}
	k.tell(claims)
	return true, nil
}

// tell says in the result that the claims follow.
func (k *rechecking) tell(claims []*ir.Formula) {
	for _, claim := range claims {
		k.result.Proofs = append(k.result.Proofs, &trace.Proof{Name: claim.Name, K: 1, ForAny: forAny(k.sys), Lemmas: names(claims, claim)})
	}
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

// spoken checks that the initial predicate and the next-state action that the
// certificate shows are the ones that are checked.
func spoken(sys *ir.System, c Certificate) error {
	for name, is := range map[string]ir.Expr{c.own(InitName): sys.Init, c.own(NextName): nextOf(sys)} {
		if d := sys.Def(name); d == nil || ir.String(d.Body) != ir.String(is) {
			return altered("its %s is not what %s of the spec says", name, strings.Join(sys.Behaviour, ", "))
		}
	}
	return nil
}

// CodeRefused is the code of certificates that are not about the spec.
const CodeRefused diag.Code = "C312" // a certificate that proves nothing

func altered(format string, args ...any) error {
	return diag.New(diag.Config, CodeRefused, source.Span{},
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
