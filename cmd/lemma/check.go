package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/job"
	"github.com/lemma-mc/lemma/show"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// A check is one run of an engine, from flags to screen.
type check struct {
	app        *app
	job        *job.Job
	task       *job.Task
	format     string
	noProgress bool
	prints     io.Writer // for what the spec prints
	ended      bool      // an engine has ended
}

func (a *app) checkCommand() *cobra.Command {
	return (&check{app: a, job: &job.Job{}, prints: a.err}).command()
}

func (c *check) command() *cobra.Command {
	settings := c.job.Settings()
	cmd := &cobra.Command{
		Use:   "check SPEC.tla",
		Short: "Check a TLA+ or PlusCal spec",
		Args:  takes(0, 1),
		RunE: c.app.does(func(cmd *cobra.Command, args []string) error {
			for _, path := range args {
				if err := setting(settings, "root_module").Set(path); err != nil {
					return usage("the path of the spec %v", err)
				}
			}
			return c.run(cmd.Context())
		}),
	}
	f := cmd.Flags()
	f.SortFlags = false
	for _, s := range settings {
		addFlag(f, s)
	}
	c.screenFlags(f)
	f.BoolVar(&c.noProgress, "no-progress", false, "no progress on stderr")
	return cmd
}

func setting(all []*job.Setting, key string) *job.Setting {
	return all[slices.IndexFunc(all, func(s *job.Setting) bool { return s.Key() == key })]
}

// addFlag makes a flag of a setting, where it has one.
func addFlag(f *pflag.FlagSet, s *job.Setting) {
	if s.Flag == "" {
		return
	}
	flag := f.VarPF(s, s.Flag, s.Shorthand, s.Help)
	if s.Type() == "bool" {
		flag.NoOptDefVal = "true"
	}
}

func (c *check) screenFlags(f *pflag.FlagSet) {
	f.Var(oneOf(&c.format, "text", "json", "junit", "sarif", "github", "tool"), "format",
		"the result on stdout: text, json, junit, sarif, github (Markdown for a job summary) or tool (TLC's -tool)")
}

// run reads the job, runs it and shows the result. A spec that cannot be loaded
// is a result too, for --format.
func (c *check) run(ctx context.Context) error {
	if err := errors.Join(c.job.Check(), c.checkEndings()); err != nil {
		return err
	}
	if c.format == "tool" {
		if _, err := c.app.out.Write(show.ToolStart(version(), c.job.Engine == "simulate")); err != nil {
			return cannotWrite("the result", err)
		}
	}
	defer calmHeap(c.job.MemoryLimit())()
	c.task = job.Load(ctx, c.job, c.env())
	return c.answer(ctx)
}

// env is what a run on the user's own machine may use: all of it.
func (c *check) env() job.Env {
	t := c.newTicker()
	return job.Env{
		Files: c.app.files, FS: source.Disk, Path: tlaPath(), Out: c.prints,
		Allow: job.Allow{Files: true, Commands: true, Outputs: true},
		InUse: inUse, Hurry: c.app.hurry, Observe: func(e job.Event) { c.observe(t, e) },
	}
}

// observe shows how a run goes on.
func (c *check) observe(t *ticker, e job.Event) {
	switch e.Kind {
	case job.Started:
		if c.ended {
			debug.FreeOSMemory() // of the engine before
		}
		c.app.phase = e.Text
		t.restart()
	case job.Progressed:
		t.show(e.Text)
	case job.Noticed:
		t.say(e.Text)
	case job.Ended:
		t.wipe()
		c.ended = true
	}
}

// answer runs the task and shows the result.
func (c *check) answer(ctx context.Context) error {
	if limit := c.task.Job.MemoryLimit(); limit > 0 {
		defer debug.SetMemoryLimit(debug.SetMemoryLimit(limit / 10 * 9)) // collect harder before giving up
	}
	c.app.files = c.task.Files
	if c.format == "text" {
		c.app.warn(c.task.Warnings)
	}
	r := c.task.Run(ctx)
	if c.format == "text" {
		c.app.warn(r.Warnings[len(c.task.Warnings):])
	}
	return c.show(ctx, r)
}

// show writes the files that the run was to write, and the result to stdout. The
// exit code is the verdict's; a file that cannot be written takes nothing away
// from it, but nothing found is no success then.
func (c *check) show(ctx context.Context, r *trace.Result) error {
	c.app.phase = "writing the result"
	c.app.code = r.ExitCode()
	failed := errors.Join(c.writeCertificate(ctx, r), c.writeTraces(r), c.writeGraph(ctx, r))
	for _, err := range parts(failed) {
		r.Warnings = append(r.Warnings, diag.Of(err)...)
	}
	if err := c.print(r); err != nil {
		failed = errors.Join(failed, cannotWrite("the result", err))
	}
	return failed
}

// A choice is a flag that is one of a few words.
type choice struct {
	p     *string
	words []string
}

// oneOf is a flag that is one of words, the first where it is not given.
func oneOf(p *string, words ...string) choice {
	*p = words[0]
	return choice{p, words}
}

func (c choice) String() string { return c.words[0] }
func (c choice) Type() string   { return "string" }

func (c choice) Set(text string) error {
	if !slices.Contains(c.words, text) {
		last := len(c.words) - 1
		return fmt.Errorf("is %s or %s, not %q", strings.Join(c.words[:last], ", "), c.words[last], text)
	}
	*c.p = text
	return nil
}
