package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend"
)

func (a *app) parseCommand() *cobra.Command {
	o := frontend.Options{Files: a.files}
	asJSON := false
	cmd := &cobra.Command{
		Use:   "parse SPEC.tla",
		Short: "Parse and analyse a spec; --json prints the tree",
		Args:  takes(1, 1),
		RunE: a.does(func(cmd *cobra.Command, args []string) error {
			a.phase = "parsing " + args[0]
			o.Spec, o.Path, o.Context = args[0], searchPath(o.Path), cmd.Context()
			return a.heeding(cmd.Context(), func() error { return a.parse(o, asJSON) })
		}),
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the tree as JSON")
	cmd.Flags().BoolVar(&o.Strict, "strict", false, "warnings are errors")
	searchFlag(cmd, &o.Path)
	return cmd
}

// parse shows what is wrong with a module, and what it has.
func (a *app) parse(o frontend.Options, asJSON bool) error {
	var diags diag.List
	m := frontend.LoadModule(o, &diags)
	a.warn(diags.Warnings())
	if err := diags.Err(); err != nil {
		return err
	}
	if !asJSON {
		_, err := fmt.Fprintf(a.out, "%s: module %s has no errors; %d constants, %d variables, %d definitions\n",
			o.Spec, m.Name, len(m.Constants), len(m.Variables), len(m.Defs))
		return err
	}
	enc := json.NewEncoder(a.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(newTreePrinter(a.files).node(m.Tree))
}
