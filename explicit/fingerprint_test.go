package explicit

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/explicit/checkpoint"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// leaves256 leaves so few different first halves that a search of some thousand
// states takes most of them for one another.
const leaves256 = ^uint64(0xff00)

// ring passes tokens around, so that it has symmetry, liveness and a view.
const ring = `---- MODULE Ring ----
EXTENDS Naturals, Sequences, FiniteSets, TLC
CONSTANTS P, N
VARIABLES has, log
vars == <<has, log>>
Init == has = [p \in P |-> 0] /\ log = {}
Give(p) == has[p] < N /\ has' = [has EXCEPT ![p] = @ + 1] /\ log' = log \cup {<<p, has[p]>>}
Pass(p, q) == p # q /\ has[p] > 0 /\ has[q] < N /\ has' = [has EXCEPT ![p] = @ - 1, ![q] = @ + 1] /\ UNCHANGED log
Next == \E p \in P : Give(p) \/ \E q \in P : Pass(p, q)
Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
Perms == Permutations(P)
View == <<has, Cardinality(log)>>
Few == Cardinality(log) < 4 \/ \A p \in P : has[p] < N
Grows == <>(Cardinality(log) > 3)
Empties == <>[](\A p \in P : has[p] = 0)
====
`

// mail is a function of varying domain whose keys come up during the search.
const mail = `---- MODULE Mail ----
EXTENDS Naturals, TLC
CONSTANT N
VARIABLES n, box
Init == n = 0 /\ box = <<>>
Send(m) == n < N /\ m \notin DOMAIN box /\ n' = n + 1 /\ box' = box @@ (m :> [kind |-> "at", n |-> n])
Again(m) == n < N /\ n' = n + 1 /\ box' = [box EXCEPT ![m] = [kind |-> "again", n |-> n]]
Take(m) == box' = [k \in DOMAIN box \ {m} |-> box[k]] /\ UNCHANGED n
Next == (\E p \in {"a", "b"} : Send(<<p, n % 3>>)) \/ \E m \in DOMAIN box : Again(m) \/ Take(m)
Spec == Init /\ [][Next]_<<n, box>>
====
`

var printed = []struct{ name, text, cfg string }{
	{"verified", bags, recoverable[0].cfg},
	{"violated", bags, recoverable[1].cfg},
	{"live", bags, recoverable[2].cfg},
	{"lasso", bags, recoverable[3].cfg},
	{"varying domain", mail, "SPECIFICATION Spec\nCONSTANT N = 6\nCHECK_DEADLOCK FALSE\n"},
	{"symmetry", ring, "SPECIFICATION Spec\nCONSTANTS P = {p1, p2, p3} N = 3\nSYMMETRY Perms\nCHECK_DEADLOCK FALSE\n"},
	{"violated under symmetry", ring, "SPECIFICATION Spec\nCONSTANTS P = {p1, p2, p3} N = 3\nSYMMETRY Perms\nINVARIANT Few\n"},
	{"live under symmetry", ring, "SPECIFICATION Spec\nCONSTANTS P = {p1, p2, p3} N = 2\nSYMMETRY Perms\nCHECK_DEADLOCK FALSE\nPROPERTY Grows\n"},
	{"view", ring, "SPECIFICATION Spec\nCONSTANTS P = {p1, p2, p3} N = 3\nVIEW View\nCHECK_DEADLOCK FALSE\n"},
	{"live with a view", ring, "SPECIFICATION Spec\nCONSTANTS P = {p1, p2, p3} N = 2\nVIEW View\nCHECK_DEADLOCK FALSE\nPROPERTY Grows Empties\n"},
}

// TestWideFingerprints: 128 bits give the answer that 64 give, note for note,
// but for the probability of a collision, which for 64 bits and so few states is not worth a word.
func TestWideFingerprints(t *testing.T) {
	for _, m := range printed {
		sys := model(t, m.text, m.cfg)
		narrow, wide := Check(t.Context(), sys, Options{}), Check(t.Context(), sys, Options{Fingerprint: 128})
		if got, want := story(wide), story(narrow); got != want {
			t.Errorf("%s: with 128 bits\n%swant\n%s", m.name, got, want)
		}
		if noted(narrow, "fingerprints") || !noted(wide, "128-bit fingerprints") {
			t.Errorf("%s: the notes are %q and %q", m.name, narrow.Notes, wide.Notes)
		}
	}
}

func noted(r *trace.Result, text string) bool {
	return strings.Contains(strings.Join(r.Notes, "\n"), text)
}

// TestSecondHalf makes first halves collide by the hundred: 64 bits lose
// states then, and 128 lose none, whoever searches, interrupted and spilling.
func TestSecondHalf(t *testing.T) {
	for _, m := range printed {
		sys := model(t, m.text, m.cfg)
		want := Check(t.Context(), sys, Options{})
		if lost := Check(t.Context(), sys, Options{dull: leaves256}); want.Status == trace.Verified && lost.Counts.Distinct >= want.Counts.Distinct {
			t.Errorf("%s: weak fingerprints of 64 bits find %d states, and all are %d", m.name, lost.Counts.Distinct, want.Counts.Distinct)
		}
		o := Options{Workers: 1, Fingerprint: 128, dull: leaves256}
		blocks := 0
		first := Check(t.Context(), sys, counting(o, &blocks))
		if outcomeOf(first) != outcomeOf(want) {
			t.Errorf("%s: %s, want %s", m.name, outcomeOf(first), outcomeOf(want))
		}
		for what, r := range map[string]*trace.Result{
			"by three workers": Check(t.Context(), sys, Options{Workers: 3, Fingerprint: 128, dull: leaves256}),
			"spilling":         Check(t.Context(), sys, spillingAt(o, 1+blocks/3)),
			"recovered":        recovered(t, sys, o, 1+blocks/2),
		} {
			if got, want := story(r), story(first); got != want {
				t.Errorf("%s: %s\n%swant\n%s", m.name, what, got, want)
			}
		}
	}
}

// outcomeOf is what a search comes to, whatever its fingerprints are.
func outcomeOf(r *trace.Result) string {
	text := r.Message
	if r.Status == trace.Verified {
		return fmt.Sprintf("%s %+v", text, *r.Counts)
	}
	return text
}

func counting(o Options, blocks *int) Options {
	o.onBlock = func(*search) { *blocks++ }
	return o
}

// spillingAt moves what it can to the file after some blocks.
func spillingAt(o Options, blocks int) Options {
	o.onBlock = func(s *search) {
		if blocks--; blocks == 0 {
			s.store.Spill()
		}
	}
	return o
}

// recovered interrupts a search after some blocks and goes on with it.
func recovered(t *testing.T, sys *ir.System, o Options, blocks int) *trace.Result {
	o.Checkpoint = t.TempDir()
	r, _ := interruptAt(sys, o, blocks, false)
	if r.Status != trace.LimitReached {
		return r
	}
	o.Recover, o.Checkpoint = o.Checkpoint, ""
	return Check(t.Context(), sys, o)
}

// TestRecoverOtherFingerprint: a checkpoint says how wide its fingerprints are.
func TestRecoverOtherFingerprint(t *testing.T) {
	sys := model(t, bags, recoverable[0].cfg)
	for _, bits := range []int{64, 128} {
		dir := t.TempDir()
		interruptAt(sys, Options{Checkpoint: dir, Fingerprint: bits}, 20, false)
		r := Check(t.Context(), sys, Options{Recover: dir, Fingerprint: 192 - bits})
		if r.Status != trace.Failed || !strings.Contains(r.Message, string(checkpoint.CodeOtherPrints)) {
			t.Errorf("%d bits: %v %s", bits, r.Status, r.Message)
		}
	}
}
