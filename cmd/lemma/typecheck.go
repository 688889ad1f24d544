package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/frontend/types"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

func (a *app) typecheckCommand() *cobra.Command {
	o := frontend.Options{Files: a.files}
	asJSON, config := false, ""
	cmd := &cobra.Command{
		Use:   "typecheck SPEC.tla",
		Short: "Infer the types of a spec, and tell where they do not fit",
		Long: "Infers types without annotations, and takes annotations in Apalache's syntax as hints. A spec needs no types: " +
			"what does not fit here is checked all the same. Exit code 120 when something does not fit.",
		Args: takes(1, 1),
		RunE: a.does(func(cmd *cobra.Command, args []string) error {
			a.phase = "finding the types of " + args[0]
			o.Spec, o.Path, o.Context = args[0], searchPath(o.Path), cmd.Context()
			return a.heeding(cmd.Context(), func() error { return a.typecheck(o, config, asJSON) })
		}),
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the types as JSON")
	cmd.Flags().StringVarP(&config, "config", "c", "", "a TLC .cfg file, whose constants say more (default SPEC.cfg beside the spec)")
	searchFlag(cmd, &o.Path)
	return cmd
}

// typecheck shows the types of a spec, and what does not fit.
func (a *app) typecheck(o frontend.Options, config string, asJSON bool) error {
	sys, err := a.untyped(o, config)
	if err != nil {
		return err
	}
	found, wrong := types.Infer(sys)
	if asJSON {
		err = printTypesJSON(a.out, found)
	} else {
		err = printTypes(a.out, found)
	}
	if err == nil && len(wrong) > 0 {
		err = &diag.Error{Diagnostics: wrong}
	}
	return err
}

// untyped is the system of a spec with its config, or of a spec that has none.
func (a *app) untyped(o frontend.Options, path string) (*ir.System, error) {
	if path == "" {
		path = frontend.ConfigBeside(source.Disk, o.Spec)
	}
	if path == "" {
		module, warnings, err := frontend.LoadExpressions(o)
		a.warn(warnings)
		if err != nil {
			return nil, err
		}
		return module.System, nil
	}
	cfg, err := frontend.ReadConfig(a.files, path)
	if err != nil {
		return nil, err
	}
	o.Config, o.FreeConstants = cfg, true
	sys, _, err := frontend.Load(o)
	return sys, err
}

func printTypes(out io.Writer, t *types.Types) error {
	w := tabwriter.NewWriter(out, 0, 0, 1, ' ', 0)
	for _, group := range []struct {
		what  string
		names []types.Named
	}{{"CONSTANT", t.Constants}, {"VARIABLE", t.Variables}, {"", t.Operators}} {
		for _, n := range group.names {
			name := n.Name
			if group.what != "" {
				name = group.what + " " + name
			}
			_, _ = fmt.Fprintf(w, "%s\t: %s\n", name, n.Type)
		}
	}
	return w.Flush()
}

func printTypesJSON(out io.Writer, t *types.Types) error {
	object := func(names []types.Named) map[string]string {
		m := map[string]string{}
		for _, n := range names {
			m[n.Name] = n.Type
		}
		return m
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(map[string]any{
		"constants": object(t.Constants), "variables": object(t.Variables), "operators": object(t.Operators),
	})
}
