package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/pluscal"
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/internal/wholefile"
	"github.com/lemma-mc/lemma/source"
)

// Codes of the commands.
const (
	codeNoPlace     diag.Code = "P190" // the algorithm stands where no translation can be put
	codeNoAlgorithm diag.Code = "P191" // the file has no PlusCal algorithm
	codeAssertion   diag.Code = "R120" // an Assert failed in an expression given to eval
)

func (a *app) translateCommand() *cobra.Command {
	write := false
	cmd := &cobra.Command{
		Use:   "translate SPEC.tla",
		Short: "Translate PlusCal to TLA+",
		Long:  "Translates the PlusCal algorithm of a spec to TLA+ and prints the translation; --write puts it into the file, and keeps the earlier file as SPEC.old where its translation may have been edited by hand.",
		Args:  takes(1, 1),
		RunE: a.does(func(_ *cobra.Command, args []string) error {
			a.phase = "translating " + args[0]
			f, err := a.read(args[0])
			if err != nil {
				return err
			}
			region, algorithm, units, err := a.translate(f)
			if err != nil {
				return err
			}
			if !write {
				_, err := fmt.Fprintln(a.out, strings.TrimRight(strings.Join(algorithm.Lines(units), "\n"), "\n"))
				return err
			}
			text, ok := pluscal.Insert(f, region, algorithm, units)
			if !ok {
				return diag.New(diag.Syntax, codeNoPlace, source.Span{Start: f.Pos(region.Start), End: f.Pos(region.Start)},
					"there is no place for a translation: put the algorithm into a comment of the module, between two definitions, with nothing behind the comment on its last line")
			}
			return a.renew(f, region, text)
		}),
	}
	cmd.Flags().BoolVar(&write, "write", false, "put the translation into the file")
	return cmd
}

// renew replaces f by text, which has the translation of the algorithm at region. What may
// have been edited by hand in the translation that was there is kept in a file beside it,
// by the name that the official translator gives that.
func (a *app) renew(f *source.File, region *pluscal.Region, text string) error {
	if text == f.Text {
		return nil
	}
	if b := region.Block; b != nil && b.Precious(f) {
		old := strings.TrimSuffix(f.Name, ".tla") + ".old"
		if err := wholefile.Write(old, []byte(f.Text)); err != nil {
			return err
		}
		fmt.Fprintf(a.err, "the translation in %s may have been edited by hand: the earlier file is kept as %s\n", f.Name, old)
	}
	return wholefile.Write(f.Name, []byte(text))
}

// read adds the file at path to the texts of the run.
func (a *app) read(path string) (*source.File, error) {
	text, err := os.ReadFile(path)
	switch {
	case os.IsNotExist(err):
		return nil, diag.New(diag.System, diag.CodeNoFile, source.Span{}, fmt.Sprintf("cannot read %s: there is no such file", path))
	case err != nil:
		return nil, diag.New(diag.System, diag.CodeNoFile, source.Span{}, fmt.Sprintf("cannot read %s: %v", path, err))
	}
	return a.files.Add(path, string(text)), nil
}

// translate is the translation of the algorithm in f, with its place.
func (a *app) translate(f *source.File) (*pluscal.Region, *pluscal.Algorithm, []syntax.Unit, error) {
	region, ok := pluscal.Find(f)
	if !ok {
		return nil, nil, nil, diag.New(diag.Syntax, codeNoAlgorithm, source.Span{Start: f.Pos(0), End: f.Pos(0)},
			f.Name+" has no PlusCal algorithm: none begins with --algorithm or --fair algorithm")
	}
	var diags diag.List
	var units []syntax.Unit
	algorithm := pluscal.Parse(a.files, f, region, &diags)
	if algorithm != nil {
		units = pluscal.Translate(algorithm, &diags)
	}
	a.warn(diags.Warnings())
	return region, algorithm, units, diags.Err()
}
