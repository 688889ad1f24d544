package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/induction"
	"github.com/lemma-mc/lemma/internal/wholefile"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// Codes of certificates.
const (
	codeNoCertificate diag.Code = "C310" // the file is no certificate
	codeNotCertified  diag.Code = "C311" // there is nothing to write a certificate of
)

func (a *app) certificateCommand() *cobra.Command {
	c := &check{app: a, load: frontend.Options{Files: a.files}}
	cmd := &cobra.Command{
		Use:   "certificate CERT.tla",
		Short: "Check an inductive-invariant certificate again, from scratch",
		Long: "Checks that the invariant in a certificate holds initially, is preserved by every step, and implies " +
			"what the certificate claims. Nothing of the run that wrote it is used.",
		Args: cobra.ExactArgs(1),
		RunE: a.does(func(cmd *cobra.Command, args []string) error {
			a.phase = "checking the certificate " + args[0]
			sys, err := c.certified(args[0])
			if err != nil {
				return err
			}
			ctx, stop := c.timed(cmd.Context())
			defer stop()
			return c.show(induction.Recheck(ctx, sys, induction.Options{Solver: c.solver}))
		}),
	}
	f := cmd.Flags()
	f.StringVar(&c.solver, "solver", "z3", "z3, or smtlib:`CMD` for any SMT-LIB 2 solver")
	f.StringVar(&c.format, "format", "text", "the result on stdout: text, json, junit or sarif")
	f.DurationVar(&c.timeout, "timeout", 0, "end after this time")
	searchFlag(cmd, &c.load.Path)
	return cmd
}

// certified loads the system that a certificate is about, with its invariant
// first and then its claims.
func (c *check) certified(path string) (*ir.System, error) {
	file, err := c.app.read(path)
	if err != nil {
		return nil, err
	}
	cert, err := induction.ReadCertificate(moduleName(path), file.Text)
	if err != nil {
		return nil, diag.New(diag.Config, codeNoCertificate, source.Span{}, err.Error())
	}
	o := c.load
	o.Spec = path
	o.Path = append([]string{filepath.Dir(filepath.Join(filepath.Dir(path), cert.Spec))}, searchPath(o.Path)...)
	o.Any = cert.Any
	if len(cert.Behaviour) == 1 {
		o.SpecName = cert.Behaviour[0]
	} else {
		o.Init, o.Next = cert.Behaviour[0], cert.Behaviour[1]
	}
	o.Invariants = append([]string{induction.InvName}, cert.Claims...)
	if len(cert.Constants) > 0 {
		text := "CONSTANTS\n  " + strings.Join(cert.Constants, "\n  ") + "\n"
		if o.Config, err = frontend.ParseConfig(c.app.files, "<certificate>", text); err != nil {
			return nil, err
		}
	}
	sys, _, err := frontend.Load(o)
	return sys, err
}

// writeCertificate writes what r proves to the file that --certificate names.
func (c *check) writeCertificate(sys *ir.System, r *trace.Result) error {
	if c.certificate == "" {
		return nil
	}
	cert := induction.Certificate{Module: moduleName(c.certificate), Extends: sys.Name, Spec: c.specFrom(filepath.Dir(c.certificate)), Behaviour: sys.Behaviour, Constants: sys.Replaced}
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
		return diag.New(diag.Config, codeNotCertified, source.Span{}, fmt.Sprintf("no certificate was written: %v", err))
	}
	for _, p := range r.Proofs {
		p.Certificate = c.certificate
	}
	return wholefile.Write(c.certificate, []byte(text))
}

// specFrom is the path of the spec as seen from a folder.
func (c *check) specFrom(dir string) string {
	spec, err := filepath.Abs(c.load.Spec)
	if err != nil {
		return c.load.Spec
	}
	from, err := filepath.Abs(dir)
	if err != nil {
		return spec
	}
	rel, err := filepath.Rel(from, spec)
	if err != nil {
		return spec
	}
	return rel
}
