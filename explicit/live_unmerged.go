package explicit

import (
	"cmp"
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/explicit/plan"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/symmetry"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/trace"
)

// A behaviour among states that the symmetry merges stands for real ones, in
// which every step may be permuted on its own. So it can be judged only by
// formulas that no permutation changes. Properties such as
//
//	\A p \in Procs : (pc[p] = "wait") ~> (pc[p] = "done")
//
// are symmetric as a whole, but their atoms speak of one process each, and
// among merged states one process passes for another: a violation may be
// hidden, or one may be shown that is none. Such properties, and fairness of
// that kind, are therefore checked on all states.

// The same holds of a VIEW, and of properties that speak of variables that it
// hides. One that shows some of a variable is often what makes the states so few
// that they can be searched. It, too, may hide a violation, and so may any, where
// what it shows depends on what it hides; that is a warning, W133.

const codeUnmerged diag.Code = "W130" // liveness that is checked without the config's symmetry or VIEW

// unmerged tells whether the temporal properties are to be checked on all states, as
// they tell apart what counts as one state, and says so.
func (k *check) unmerged(s *search) bool {
	if s.sym != nil && !s.sym.respects(k.properties.Live.Exprs, k.Machine) {
		k.Warn(codeUnmerged, &diag.Diagnostic{Span: k.Sys.Symmetry.Pos(),
			Message: "the temporal properties, or the fairness, tell apart what the symmetry merges: they are checked on all states, without it"})
		return true
	}
	if x, f := k.hidden(); x != nil {
		k.Warn(codeUnmerged, &diag.Diagnostic{Span: f.Span,
			Message: fmt.Sprintf("%s speaks of %s, which the VIEW hides: the temporal properties are checked on all states, without it", f.Name, x.Name)})
		return true
	}
	return false
}

// hidden is a variable of which a temporal property speaks, and of which the VIEW
// shows nothing; nil for none.
func (k *check) hidden() (x *ir.Variable, in plan.Property) {
	if k.Sys.View == nil {
		return nil, in
	}
	for _, g := range k.properties.Temporal {
		if x := temporal.Hidden(k.Sys.View, g.Expr); x != nil {
			return x, g
		}
	}
	return nil, in
}

// onAllStates looks for violations of n temporal properties among all states, searched
// anew without symmetry and VIEW. The counts of the result stay those of the
// first search.
func (k *check) onAllStates(n int) ([]*trace.Violation, error) {
	sys, opts := *k.Sys, k.opts
	sys.Symmetry, sys.View, sys.CheckDeadlock = nil, nil, false
	opts.Checkpoint, opts.Recover, opts.onBlock, opts.MaxErrors = "", "", nil, n
	all := newCheck(k.Ctx, &sys, opts)
	all.fixed, all.properties = k.fixed, &plan.Plan{Temporal: k.properties.Temporal}
	all.Machine = all.newMachine(nil)
	all.left = all.properties.ReadTemporal(all.Sys, all.Machine.Constant)
	defer func() { k.left = append(k.left, all.left...) }()
	s, out := all.explore()
	if s == nil {
		return nil, cmp.Or(all.Res.Err, error(limitError(answer.OutOfTime)))
	}
	defer s.close()
	switch {
	case out == nil && all.Res.Status == trace.Violated:
		return all.Res.Violations, nil
	case out == nil:
		return nil, cmp.Or(all.Res.Err, error(limitError(answer.OutOfTime)))
	case out.limit != "":
		return nil, limitError(out.limit)
	case len(out.findings) > 0 && out.findings[0].kind == "":
		return nil, out.findings[0].err
	case len(out.findings) > 0:
		return nil, unsupported(symmetry.CodeNoGroup, k.Sys.Symmetry.Pos(), "SYMMETRY is no symmetry of the specification: it hides a violation that is found without it.")
	}
	k.Note("Liveness was checked on all %d states.", out.counts.Distinct)
	return all.temporalViolations(s)
}
