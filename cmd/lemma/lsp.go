package main

import (
	"os"

	"github.com/spf13/cobra"

	"github.com/lemma-mc/lemma/lsp"
	"github.com/lemma-mc/lemma/source"
)

func (a *app) lspCommand() *cobra.Command {
	var path []string
	cmd := &cobra.Command{
		Use:   "lsp",
		Short: "Serve an editor, over standard input and output",
		Long: "Speaks the Language Server Protocol: what is wrong in a module as it is typed, what a name is, where it is defined and used, " +
			"and which names and modules there are. editors/vscode starts it.",
		Args: cobra.NoArgs,
		RunE: a.does(func(cmd *cobra.Command, _ []string) error {
			a.phase = "serving an editor"
			s := lsp.Server{Version: version(), FS: source.Disk, Path: searchPath(path)}
			return s.Serve(cmd.Context(), os.Stdin, os.Stdout)
		}),
	}
	cmd.Flags().Bool("stdio", true, "as editors say it; there is no other way")
	searchFlag(cmd, &path)
	return cmd
}
