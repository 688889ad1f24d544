package explicit

import (
	"cmp"
	"fmt"

	"github.com/lemma-mc/lemma/diag"
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

const codeUnmerged diag.Code = "W130" // liveness that is checked without the config's symmetry

// A limitError is the limit that ended a search in the middle of a check.
type limitError string

func (e limitError) Error() string { return string(e) }

// withoutSymmetry looks for a violation of the temporal goals among all states,
// searched anew. The counts of the result stay those of the first search.
func (k *check) withoutSymmetry() (*trace.Violation, error) {
	k.warn(codeUnmerged, &diag.Diagnostic{Span: k.sys.Symmetry.Pos(),
		Message: "the temporal properties, or the fairness, tell apart what the symmetry merges: they are checked on all states, without it"})
	sys, opts := *k.sys, k.opts
	sys.Symmetry = nil
	opts.Checkpoint, opts.Recover, opts.onBlock = "", "", nil
	all := &check{ctx: k.ctx, sys: &sys, opts: opts, res: &trace.Result{}, settled: k.settled,
		goals: &goals{temporal: k.goals.temporal, keepGraph: true, live: k.goals.live}}
	all.machine = all.newMachine(nil)
	s, out := all.explore()
	if s == nil {
		return nil, cmp.Or(all.res.Err, error(limitError(interrupted)))
	}
	defer s.close()
	switch {
	case out.limit != "":
		return nil, limitError(out.limit)
	case len(out.findings) > 0 && out.findings[0].kind == "":
		return nil, out.findings[0].err
	case len(out.findings) > 0:
		return nil, unsupported(codeSymmetry, k.sys.Symmetry.Pos(), "SYMMETRY is no symmetry of the specification: it hides a violation that is found without it.")
	}
	k.res.Notes = append(k.res.Notes, fmt.Sprintf("Liveness was checked on all %d states.", out.counts.Distinct))
	return all.findLasso(s)
}
