package explicit

import (
	"fmt"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/plan"
	"github.com/lemma-mc/lemma/explicit/rows"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/symmetry"
)

const (
	codeNoSymmetry diag.Code = "W141" // --symmetry auto with liveness
	codeAsymmetric diag.Code = "W143" // a SYMMETRY that is none, and is not used
)

// orbits are the sets of states that the permutations of a group turn into each
// other. Such states are one state: the one with the least fingerprint stands for
// all, which is the same whoever finds it.
type orbits struct {
	s       *search
	group   symmetry.Group
	perms   []*rows.Permutation // of the group
	telling []int               // invariants that are checked on all images of a state
}

func newOrbits(s *search, group symmetry.Group, telling []int) *orbits {
	sym := &orbits{s: s, group: group, telling: telling}
	for _, p := range group {
		sym.perms = append(sym.perms, rows.NewPermutation(p, s.prog.view))
	}
	return sym
}

// least is the least fingerprint of the states that w.fr.Next stands for, and the
// permutation that leads there, nil for the identity. It leaves anything in packed.
func (y *orbits) least(w *worker, packed []uint64) (print fingerprint, by *rows.Permutation) {
	view := w.s.prog.view
	print = view.Fingerprint(w.fr, packed)
	for _, p := range y.perms {
		if h := view.FingerprintOfImage(w.fr, p, w.spare, packed); h.Less(print) {
			print, by = h, p
		}
	}
	return print, by
}

// pack packs the state that is kept for t.
func (y *orbits) pack(w *worker, t *successor) {
	row := t.row
	if t.by != nil {
		t.by.Permute(row, w.spare)
		row = w.spare
	}
	y.s.Pack(row, t.packed)
}

// keepsSymmetry leaves the config's SYMMETRY out where it is none of the behaviours
// or of what is checked of each state. Temporal properties are looked at later:
// see live_unmerged.go.
func (k *check) keepsSymmetry() error {
	if k.Sys.Symmetry == nil {
		return nil
	}
	group, err := symmetry.GroupOf(k.Sys, k.Machine)
	if err != nil {
		return err
	}
	if at, why := group.Breaks(k.steps(), k.Machine); at != nil {
		k.Warn(codeAsymmetric, &diag.Diagnostic{Span: at.Pos(), Message: fmt.Sprintf(
			"the SYMMETRY is none: %s; the search is done without it", why)})
		sys := *k.Sys
		sys.Symmetry = nil
		k.Sys = &sys
		return nil
	}
	for i, g := range k.properties.Invariants {
		if at, why := group.Breaks([]ir.Expr{g.Expr}, k.Machine); at != nil {
			k.telling = append(k.telling, i)
			k.Warn(codeAsymmetric, &diag.Diagnostic{Span: at.Pos(), Message: fmt.Sprintf(
				"the SYMMETRY is none of %s: %s; that is checked on all that count as one state", g.Name, why)})
		}
	}
	return nil
}

// steps is all that decides which states and steps there are, and what is
// checked of a step.
func (k *check) steps() []ir.Expr {
	es := append([]ir.Expr{k.Sys.Init}, madeBy(k.Sys)...)
	for _, gs := range [][]plan.Property{k.properties.ImpliedInits, k.properties.ImpliedActions} {
		for _, g := range gs {
			es = append(es, g.Expr)
		}
	}
	return es
}

// madeBy is all that decides which steps lead out of a state, and to which states.
func madeBy(sys *ir.System) []ir.Expr {
	es := []ir.Expr{sys.Next, sys.View}
	for _, fs := range [][]*ir.Formula{sys.Constraints, sys.ActionConstraints} {
		for _, x := range fs {
			es = append(es, x.Expr)
		}
	}
	return es
}

// respects tells whether no permutation changes the truth of one of es.
func (y *orbits) respects(es []ir.Expr, m *eval.Machine) bool {
	at, _ := y.group.Breaks(es, m)
	return at == nil
}

// findSymmetry makes the symmetric constants the symmetry of the system, unless
// liveness, which symmetry may falsify, is checked.
func (k *check) findSymmetry() {
	if k.Sys.Symmetry != nil {
		return
	}
	if len(k.properties.Temporal) > 0 {
		k.Warn(codeNoSymmetry, &diag.Diagnostic{Span: k.properties.Temporal[0].Span, Message: "--symmetry auto does nothing where liveness is checked, because symmetry may hide a violation"})
		return
	}
	sets, why := symmetry.Find(k.Sys, k.Machine)
	if len(sets) == 0 {
		k.Res.Notes = append(k.Res.Notes, "No symmetric constant was found: "+why+".")
		return
	}
	var all ir.Expr
	var names []string
	for _, c := range sets {
		names = append(names, c.Name)
		perms := &ir.App{Span: c.Span, Op: ir.Perms, Args: []ir.Expr{&ir.Lit{Span: c.Span, Value: c.Value}}}
		if all == nil {
			all = perms
		} else {
			all = &ir.App{Span: c.Span, Op: ir.Cup, Args: []ir.Expr{all, perms}}
		}
	}
	sys := *k.Sys
	sys.Symmetry = all
	k.Sys = &sys
	k.Res.Notes = append(k.Res.Notes, fmt.Sprintf("Found to be symmetric: %s.", strings.Join(names, ", ")))
}
