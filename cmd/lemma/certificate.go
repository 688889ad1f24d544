package main

import (
	"github.com/spf13/cobra"

	"github.com/lemma-mc/lemma/job"
)

func (a *app) certificateCommand() *cobra.Command {
	c := &check{app: a, job: &job.Job{}, noProgress: true}
	var conditions string
	cmd := &cobra.Command{
		Use:   "certificate CERT.tla",
		Short: "Check an inductive-invariant certificate again, from scratch",
		Long: "Checks that the invariant in a certificate holds initially, is preserved by every step, and implies " +
			"what the certificate claims. Nothing of the run that wrote it is used. Every part is then evaluated in the states " +
			"that explicit search finds in small instances.",
		Args: takes(1, 1),
		RunE: a.does(func(cmd *cobra.Command, args []string) error {
			a.phase = "checking the certificate " + args[0]
			c.task = job.LoadCertificate(cmd.Context(), args[0], c.job, c.env())
			if conditions != "" {
				c.task.CheckConditions(conditions)
			}
			return c.answer(cmd.Context())
		}),
	}
	f := cmd.Flags()
	settings := c.job.Settings()
	for _, key := range []string{"solver", "timeout_seconds", "memory", "include"} {
		addFlag(f, setting(settings, key))
	}
	f.StringVar(&conditions, "smt", "", "check the conditions in this `DIR`, too, which check --certificate-smt has written: by their text, with --solver")
	c.screenFlags(f)
	return cmd
}
