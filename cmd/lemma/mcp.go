package main

import (
	"os"

	"github.com/spf13/cobra"

	"github.com/lemma-mc/lemma/job"
	"github.com/lemma-mc/lemma/service/child"
	"github.com/lemma-mc/lemma/service/mcp"
	"github.com/lemma-mc/lemma/service/session"
)

func (a *app) mcpCommand() *cobra.Command {
	limits, memory := child.Limits{}, job.Job{}
	cmd := &cobra.Command{
		Use:   "mcp",
		Short: "Serve a coding agent with tools, over standard input and output",
		Long: "Speaks the Model Context Protocol: an agent parses, checks and proves specs that it sends as texts, evaluates expressions " +
			"and asks why a formula is false. Each job runs in a process of its own, within the limits, that reads no files and starts no programs.",
		Args: cobra.NoArgs,
		RunE: a.does(func(cmd *cobra.Command, _ []string) error {
			a.phase = "serving an agent"
			limits.Memory = memory.MemoryLimit()
			program, err := os.Executable()
			if err != nil {
				return err
			}
			questions := limits
			questions.Memory = min(limits.Memory, sessionMemory)
			pool := &session.Pool{Program: program, Limits: questions, Most: 2, Idle: sessionIdle, Time: questionTime}
			defer pool.Close()
			tools := mcp.Tools{Runner: child.Runner{Program: program, Version: version(), Limits: limits}, Sessions: pool}
			return tools.Server().Run(cmd.Context(), mcp.Lines{In: os.Stdin, Out: os.Stdout})
		}),
	}
	f := cmd.Flags()
	f.Var(job.Duration(&limits.Time), "max-timeout", "the longest `time` of a job (default none)")
	f.Var(settingFlag(&memory, "memory"), "max-memory", "the largest `SIZE` of a job (default 70% of the machine)")
	f.StringArrayVar(&limits.Solvers, "allow-solver", nil, "a `CMD` that a job may name as its solver smtlib:CMD; repeatable")
	return cmd
}
