package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/lemma-mc/lemma/job"
)

func (a *app) traceCommand() *cobra.Command {
	c := &check{app: a, job: &job.Job{}}
	settings := c.job.Settings()
	var logs job.Logs
	cmd := &cobra.Command{
		Use:   "trace SPEC.tla LOG.ndjson...",
		Short: "Is the log of an implementation a behaviour of the spec?",
		Long: `Tells whether there is a behaviour of the spec that explains the log of an
implementation: a JSON object a line, with the name of the action, values of any
variables, or both. The answer is that behaviour, or the longest part of the log
that has one, and what stands in the way of the next line. --mapping says which
field of a line means what; docs/trace-validation.md tells how.

Of several logs the lines of each keep their order, and are taken in any order
with those of others.`,
		Args: takes(2, -1),
		RunE: a.does(func(cmd *cobra.Command, args []string) error {
			if err := setting(settings, "root_module").Set(args[0]); err != nil {
				return usage("the path of the spec %v", err)
			}
			logs.Files = args[1:]
			if err := errors.Join(c.job.Check(), c.checkEndings()); err != nil {
				return err
			}
			if logs.Unlogged < 0 {
				return usage("--unlogged is a number from 0 on")
			}
			defer calmHeap(c.job.MemoryLimit())()
			c.task = job.LoadLogs(cmd.Context(), logs, c.job, c.env())
			return c.answer(cmd.Context())
		}),
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&logs.Mapping, "mapping", "", "a `FILE` in JSON: what the fields of a line mean")
	f.IntVar(&logs.Unlogged, "unlogged", 0, "how `many` steps in a row the log may lack (default as the mapping says, else 0)")
	for _, key := range []string{"config", "constant_expressions", "init", "next", "spec", "timeout_seconds", "memory", "solver", "strict", "include", "trace-out", "seed"} {
		addFlag(f, setting(settings, key))
	}
	c.screenFlags(f)
	f.BoolVar(&c.noProgress, "no-progress", false, "no progress on stderr")
	return cmd
}
