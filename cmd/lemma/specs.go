package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/specs"
)

func (a *app) specsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "specs [NAME]",
		Short: "List the bundled specs, or print one",
		Args:  takes(0, 1),
		RunE: a.does(func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.listSpecs()
			}
			text, ok := specs.Read(args[0])
			if !ok {
				return unknownSpec(args[0])
			}
			_, err := io.WriteString(a.out, text)
			return err
		}),
	}
}

func (a *app) listSpecs() error {
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for _, name := range specs.Names() {
		text, _ := specs.Read(name)
		fmt.Fprintf(w, "%s\t%s\n", name, specs.Summary(text))
	}
	return w.Flush()
}

func unknownSpec(name string) error {
	if near := diag.Nearest(name, slices.Values(specs.Names())); near != "" {
		return usage("there is no bundled spec %s; did you mean %s?", name, near)
	}
	return usage("there is no bundled spec %s; lemma specs lists them", name)
}
