package job

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/frontend/config"
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/induction"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// Codes of certificates.
const (
	codeNoCertificate diag.Code = "C310" // the file is no certificate
	codeNotCertified  diag.Code = "C311" // there is nothing to write a certificate of
	codeRefused                 = induction.CodeRefused
)

// LoadCertificate reads a certificate and the spec that it is about. Run then
// checks from scratch that the invariant in it holds initially, is preserved by
// every step, and implies what the certificate claims; nothing of the run that
// wrote it is used. Of j, the limits, the solver and Path hold.
func LoadCertificate(ctx context.Context, path string, j *Job, env Env) *Task {
	t := load(ctx, j, env, func(t *Task, ctx context.Context) error { return t.readCertificate(ctx, path) })
	t.answer = t.recheck
	return t
}

func (t *Task) recheck(ctx context.Context) *trace.Result { return t.recheckBy(ctx, t.Job.Solver) }

func (t *Task) recheckBy(ctx context.Context, solver string) *trace.Result {
	return t.attempt(ctx, "induct", "checking the certificate "+t.spec, func(ctx context.Context, _ *attempt) *trace.Result {
		return induction.Recheck(ctx, t.System, t.certificate, induction.Options{Solver: solver, Condition: t.shown})
	})
}

// readCertificate loads the system that a certificate is about, with its
// invariant first and then its claims.
func (t *Task) readCertificate(ctx context.Context, path string) error {
	expire(ctx, t.Job.Timeout)
	t.spec = path
	if err := t.permitted(); err != nil {
		return err
	}
	text, err := t.fs().ReadFile(path)
	if err != nil {
		return diag.New(diag.System, diag.CodeNoFile, nowhere, fmt.Sprintf("cannot read %s: %v", path, err))
	}
	cert, err := induction.ReadCertificate(moduleName(path), string(text))
	if err != nil {
		return diag.New(diag.Config, codeNoCertificate, nowhere, err.Error())
	}
	t.certificate = cert
	o := frontend.Options{Files: t.Files, FS: t.fs(), Spec: path, Any: cert.Any, Invariants: append([]string{cert.Invariant()}, cert.Claims...),
		Path: append(append([]string{filepath.Dir(specOf(cert, path))}, t.Job.Path...), t.Env.Path...)}
	if len(cert.Behaviour) == 1 {
		o.SpecName = cert.Behaviour[0]
	} else {
		o.Init, o.Next = cert.Behaviour[0], cert.Behaviour[1]
	}
	if o.Config, err = constantsOf(cert, t.Files); err != nil {
		return err
	}
	if err := t.loadSystem(ctx, o); err != nil {
		return err
	}
	return t.onlySpec(ctx, o, specOf(cert, path))
}

// constantsOf is the config that a certificate is made for; nil for none.
func constantsOf(cert induction.Certificate, files *source.Set) (*config.Config, error) {
	if len(cert.Constants) == 0 {
		return nil, nil
	}
	return frontend.ParseConfig(files, "<certificate>", "CONSTANTS\n  "+strings.Join(cert.Constants, "\n  ")+"\n")
}

// specOf is the file of the spec that the certificate in the file at path names.
func specOf(cert induction.Certificate, path string) string {
	if filepath.IsAbs(cert.Spec) {
		return cert.Spec
	}
	return filepath.Join(filepath.Dir(path), cert.Spec)
}

// onlySpec checks that what the certificate is about is the spec in the file that it
// names, and nothing else. The certificate extends the spec's module, whose texts are
// those that are read for the spec by itself, and adds definitions alone: nothing
// that the behaviour, the assumptions or the claims depend on.
func (t *Task) onlySpec(ctx context.Context, o frontend.Options, spec string) (err error) {
	o.Context, o.Files, o.Spec, o.Invariants = ctx, &source.Set{}, spec, t.certificate.Claims
	if o.Config, err = constantsOf(t.certificate, o.Files); err != nil {
		return err
	}
	sys, _, err := frontend.Load(o)
	if err != nil {
		return refuse(nowhere, "%s by itself does not say what the certificate is about: %v", spec, err)
	}
	own := map[string]bool{}
	for _, name := range o.Files.Names() {
		own[o.Files.File(name).Text] = true
	}
	for _, name := range t.Files.Names() {
		if name != t.spec && strings.HasSuffix(name, ".tla") && !own[t.Files.File(name).Text] {
			return refuse(nowhere, "%s is no part of %s", name, spec)
		}
	}
	if err := t.onlyDefines(sys.Name); err != nil {
		return err
	}
	return t.onlySpecSpeaks()
}

func refuse(at source.Span, format string, args ...any) error {
	return diag.New(diag.Config, codeRefused, at, "the certificate is refused: "+fmt.Sprintf(format, args...))
}

// onlyDefines checks that the certificate extends the module spec, which gives it all
// names but those that it defines. An instance of the spec, or of a part of it, would
// be another system with the same words.
func (t *Task) onlyDefines(spec string) error {
	root := t.Expressions.Root()
	if len(root.Extends) != 1 || root.Extends[0].Name != spec {
		return refuse(root.Name.Span, "it is about %s, and has to extend that module and no other", spec)
	}
	for _, u := range root.Units {
		switch u.(type) {
		case *syntax.OpDef, *syntax.FuncDef, *syntax.Recursive, *syntax.Theorem, *syntax.Separator:
		default:
			return refuse(u.Pos(), "beside %s it may have definitions and theorems, and nothing else", spec)
		}
	}
	return nil
}

// onlySpecSpeaks checks that nothing that the certificate is about depends on a
// definition of its own: the spec may have a LOCAL one of the same name.
func (t *Task) onlySpecSpeaks() error {
	sys, seen := t.System, map[*ir.Def]bool{}
	all := []ir.Expr{sys.Init, sys.Next}
	for _, f := range slices.Concat(sys.Assumes, sys.Invariants[1:]) {
		all = append(all, f.Expr)
	}
	for _, x := range all {
		ir.Reach(x, seen, func(ir.Expr) bool { return true })
	}
	for d := range seen {
		if d.Module == t.certificate.Module {
			return refuse(d.Span, "what it is about depends on %s, which it defines itself", d.Name)
		}
	}
	return nil
}

// Certificate is the module that states what r, a result of this run, proves. It
// is to be in the file at path, and finds the spec from there.
func (t *Task) Certificate(r *trace.Result, path string) (string, error) {
	sys := t.System
	cert := induction.Certificate{Module: moduleName(path), Extends: sys.Name, Spec: relative(t.spec, filepath.Dir(path)),
		Behaviour: sys.Behaviour, Constants: sys.Replaced}
	for _, k := range sys.Constants {
		switch {
		case k.Any:
			cert.Any = append(cert.Any, k.Name)
		case k.Value != nil:
			cert.Constants = append(cert.Constants, k.Name+" = "+k.Value.String())
		case k.Def != nil:
			cert.Constants = append(cert.Constants, k.Name+" <- "+k.Def.Name)
		}
	}
	for _, inv := range sys.Invariants {
		cert.Claims = append(cert.Claims, inv.Name)
	}
	text, err := cert.Write(sys, r)
	if err != nil {
		return "", diag.New(diag.Config, codeNotCertified, nowhere, fmt.Sprintf("no certificate was written: %v", err))
	}
	return text, nil
}

// relative is the path of file as seen from a folder, where there is one.
func relative(file, folder string) string {
	to, err := filepath.Abs(file)
	if err != nil {
		return file
	}
	from, err := filepath.Abs(folder)
	if err != nil {
		return to
	}
	if rel, err := filepath.Rel(from, to); err == nil {
		return rel
	}
	return file
}
