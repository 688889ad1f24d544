package job

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/induction"
	"github.com/lemma-mc/lemma/internal/wholefile"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/backend"
	"github.com/lemma-mc/lemma/trace"
)

const codeConditions diag.Code = "C313" // a folder of conditions that does not go with its certificate

// manifestName is the file of a folder of conditions that lists the others.
const manifestName = "manifest.json"

// A manifest lists the conditions that make a certificate a proof. Each is a file
// in SMT-LIB 2 that asks whether the condition can fail: the answer must be unsat.
type manifest struct {
	Certificate string          `json:"certificate"` // the module's name
	Spec        string          `json:"spec"`        // and that of the spec's
	Claims      []string        `json:"claims"`
	ForAny      []string        `json:"for_any,omitempty"`
	Constants   []string        `json:"constants,omitempty"`
	Conditions  []conditionFile `json:"conditions"`
}

// A conditionFile is one of the files.
type conditionFile struct {
	File     string                  `json:"file"`
	Kind     induction.ConditionKind `json:"kind"` // initial, step, consequence
	Claim    string                  `json:"claim"`
	Formula  string                  `json:"formula"`
	Action   string                  `json:"action,omitempty"`
	Premises []string                `json:"premises,omitempty"`
	Expect   string                  `json:"expect"`
	SHA256   string                  `json:"sha256"`
}

// claim says what a condition claims.
func claim(c induction.Condition) string {
	switch c.Kind {
	case induction.Initially:
		return "every initial state satisfies " + c.Formula
	case induction.Implied:
		return "the invariant implies " + c.Formula
	}
	if c.Action == "" {
		return "every step out of a state that satisfies the premises can be evaluated"
	}
	return fmt.Sprintf("steps of %s from states that satisfy the premises preserve %s", c.Action, c.Formula)
}

// WriteConditions checks the certificate, and writes the conditions that were shown
// to the folder dir. Where the certificate is not confirmed, the result says so,
// and nothing is written.
func (t *Task) WriteConditions(ctx context.Context, dir string) (*trace.Result, error) {
	var all []induction.Condition
	t.shown = func(c induction.Condition) { all = append(all, c) }
	t.answer = func(ctx context.Context) *trace.Result { return t.recheckBy(ctx, "") }
	r := t.Run(ctx)
	if r.Status != trace.Verified {
		return r, nil
	}
	c := t.certificate
	m := manifest{Certificate: c.Module, Spec: filepath.Base(c.Spec), Claims: c.Claims, ForAny: c.Any, Constants: c.Constants}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return r, err
	}
	for i, c := range all {
		f := conditionFile{
			File: fmt.Sprintf("%03d-%s-%s.smt2", i+1, c.Kind, plainName(c.Formula)), Kind: c.Kind, Claim: claim(c),
			Formula: c.Formula, Action: c.Action, Premises: c.Premises, Expect: smt.Unsat.String(), SHA256: sum(c.Script),
		}
		if err := wholefile.Write(filepath.Join(dir, f.File), []byte(c.Script)); err != nil {
			return r, err
		}
		m.Conditions = append(m.Conditions, f)
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return r, err
	}
	return r, wholefile.Write(filepath.Join(dir, manifestName), append(text, '\n'))
}

// plainName is a part of a file's name for a formula.
func plainName(formula string) string {
	keep := func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' {
			return c
		}
		return -1
	}
	s := strings.Map(keep, formula)
	return s[:min(len(s), 40)]
}

func sum(text string) string {
	s := sha256.Sum256([]byte(text))
	return hex.EncodeToString(s[:])
}

// CheckConditions has the folder dir checked, too: that its files are the conditions
// of the certificate, as they are made once more, and that the solver, which reads
// them by itself, finds each to be unsatisfiable.
func (t *Task) CheckConditions(dir string) {
	of := map[string]int{}
	t.shown = func(c induction.Condition) { of[conditionKey(c)]++ }
	t.answer = func(ctx context.Context) *trace.Result {
		r := t.recheckBy(ctx, "") // with whom the conditions were made
		if r.Status != trace.Verified {
			return r
		}
		n, err := t.checkFolder(ctx, dir, of)
		switch {
		case err == nil:
			r.Notes = append(r.Notes, fmt.Sprintf("All %d conditions in %s are unsatisfiable, by their text.", n, dir))
		case ctx.Err() != nil:
			r.Status, r.Reason, r.Message = trace.LimitReached, fmt.Sprint(context.Cause(ctx)), ""
		default:
			r.Status, r.Err, r.Message, r.Proofs = trace.Failed, err, "", nil
		}
		return r
	}
}

// conditionKey tells conditions apart.
func conditionKey(c induction.Condition) string {
	return fmt.Sprintf("%s of %s, %s: %s", c.Kind, c.Formula, c.Action, sum(c.Script))
}

// checkFolder checks the files of dir, which are to be as many of each key as in of.
func (t *Task) checkFolder(ctx context.Context, dir string, of map[string]int) (n int, err error) {
	wrong := func(format string, args ...any) error {
		return diag.New(diag.Config, codeConditions, nowhere, dir+": "+fmt.Sprintf(format, args...))
	}
	text, err := t.fs().ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		return 0, wrong("there is no %s: %v", manifestName, reason(err))
	}
	var m manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return 0, wrong("%s cannot be read: %v", manifestName, err)
	}
	for _, f := range m.Conditions {
		if f.File != filepath.Base(f.File) || f.Expect != smt.Unsat.String() {
			return 0, wrong("%s says %q of %q: a file of the folder is expected to be unsat", manifestName, f.Expect, f.File)
		}
		script, err := t.fs().ReadFile(filepath.Join(dir, f.File))
		switch {
		case err != nil:
			return 0, wrong("%s cannot be read: %v", f.File, reason(err))
		case sum(string(script)) != f.SHA256:
			return 0, wrong("%s is not the file that %s lists", f.File, manifestName)
		}
		switch answer, err := backend.Decide(ctx, t.Job.Solver, string(script)); {
		case err != nil:
			return 0, wrong("%s: %v", f.File, err)
		case answer != smt.Unsat:
			return 0, wrong("%s is %v, where it should be unsat: %s", f.File, answer, f.Claim)
		}
		of[conditionKey(induction.Condition{Kind: f.Kind, Formula: f.Formula, Action: f.Action, Script: string(script)})]--
	}
	for key, n := range of {
		if n != 0 {
			what, _, _ := strings.Cut(key, ": ")
			return 0, wrong("its conditions are not those that are made of this certificate (%s); lemma check writes them with --certificate-smt", what)
		}
	}
	return len(m.Conditions), nil
}
