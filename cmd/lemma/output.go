package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/internal/wholefile"
	"github.com/lemma-mc/lemma/job"
	"github.com/lemma-mc/lemma/show"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

const codeNotWritten diag.Code = "S121" // what was to be written could not be

func cannotWrite(what string, err error) error {
	return diag.New(diag.System, codeNotWritten, source.Span{}, fmt.Sprintf("cannot write %s: %v", what, err))
}

func (c *check) report(r *trace.Result) *show.Report {
	return &show.Report{Result: r, Files: c.task.Files, Version: version()}
}

// checkEndings refuses files whose ending names no form.
func (c *check) checkEndings() error {
	for _, path := range c.job.Outputs.Traces {
		if err := show.CheckEnding(path); err != nil {
			return usage("--trace-out %v", err)
		}
	}
	if path := c.job.Outputs.Graph; path != "" {
		if err := show.CheckDumpEnding(path); err != nil {
			return usage("--dump %v", err)
		}
	}
	return nil
}

// writeCertificate writes what r proves to the file that --certificate names.
func (c *check) writeCertificate(ctx context.Context, r *trace.Result) error {
	path := c.task.Job.Outputs.Certificate
	if path == "" || r.Status == trace.Failed {
		return nil
	}
	if len(r.Proofs) == 0 {
		r.Notes = append(r.Notes, "No certificate was written: nothing was proved by induction.")
		return nil
	}
	text, err := c.task.Certificate(r, path)
	if err != nil {
		return err
	}
	if err := wholefile.Write(path, []byte(text)); err != nil {
		return cannotWrite("the certificate", err)
	}
	for _, p := range r.Proofs {
		p.Certificate = path
	}
	return c.writeConditions(ctx, r, path)
}

// writeConditions checks the certificate in the file at path again, and writes its
// conditions to the folder that --certificate-smt names.
func (c *check) writeConditions(ctx context.Context, r *trace.Result, path string) error {
	j := c.task.Job
	dir := j.Outputs.Conditions
	if dir == "" {
		return nil
	}
	c.app.phase = "writing the conditions of the certificate"
	task := job.LoadCertificate(ctx, path, &job.Job{Solver: j.Solver, Path: j.Path, Timeout: j.Timeout}, job.Env{FS: source.Disk, Path: tlaPath(), Allow: c.task.Env.Allow})
	again, err := task.WriteConditions(ctx, dir)
	switch {
	case err != nil:
		return cannotWrite("the conditions", err)
	case again.Status != trace.Verified:
		return cannotWrite("the conditions", errors.New(again.Headline()))
	}
	r.Notes = append(r.Notes, fmt.Sprintf("The conditions of the certificate are in %s; lemma certificate %s --smt %s checks them.", dir, path, dir))
	return nil
}

// writeTraces writes the counterexample to the files of --trace-out.
func (c *check) writeTraces(r *trace.Result) error {
	var failed []error
	for _, path := range c.task.Job.Outputs.Traces {
		if err := c.report(r).WriteTrace(path); err != nil {
			failed = append(failed, cannotWrite("the counterexample", err))
		}
	}
	return errors.Join(failed...)
}

// writeGraph writes the state graph to the file of --dump.
func (c *check) writeGraph(ctx context.Context, r *trace.Result) error {
	path := c.task.Job.Outputs.Graph
	if path == "" || r.Status == trace.Failed {
		return nil
	}
	c.app.phase = "writing the state graph"
	g, err := c.task.Graph(ctx)
	if err != nil {
		return err
	}
	if err := c.report(&trace.Result{Spec: r.Spec}).WriteGraph(path, g); err != nil {
		return cannotWrite("the state graph", err)
	}
	return nil
}

func (c *check) print(res *trace.Result) error {
	r := c.report(res)
	var bug *job.Bug
	if errors.As(r.Err, &bug) {
		c.app.phase = bug.While
		c.app.bug(bug.Value, bug.Stack)
	}
	var text []byte
	var err error
	switch c.format {
	case "json":
		text, err = r.JSON()
	case "junit":
		text, err = r.JUnit()
	case "sarif":
		text, err = r.SARIF()
	case "github":
		text, err = r.Summarised()
	case "tool":
		text = r.Tool(time.Now())
	default:
		if bug != nil {
			return nil
		}
		return c.printText(r)
	}
	if err == nil {
		_, err = c.app.out.Write(text)
	}
	return err
}

// printText writes a verdict to stdout, and what kept the run from one to
// stderr.
func (c *check) printText(r *show.Report) error {
	if r.Status == trace.Failed {
		return r.Failure(c.app.err, show.Style{Width: columns(c.app.err)})
	}
	return r.Text(c.app.out, show.Style{Width: columns(c.app.out), Colour: c.colour()})
}

// colour tells whether stdout takes colour; NO_COLOR is respected.
func (c *check) colour() bool { return isTerminal(c.app.out) && !noColour() }
