package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/lemma-mc/lemma/explicit"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/show"
	"github.com/lemma-mc/lemma/trace"
)

// moduleName is the name of the module in the file at path.
func moduleName(path string) string { return strings.TrimSuffix(filepath.Base(path), ".tla") }

// show writes the result to stdout, and the counterexample to the files of
// --trace-out. The exit code is the verdict's, unless a file cannot be written.
func (c *check) show(r *trace.Result) error {
	c.app.phase = "writing the result"
	c.app.code = r.ExitCode()
	report := &show.Report{Result: r, Files: c.app.files, Version: version()}
	if err := c.print(report); err != nil {
		return fmt.Errorf("cannot write the result: %w", err)
	}
	var failed []error
	for _, path := range c.traceOut {
		failed = append(failed, report.WriteTrace(path))
	}
	return errors.Join(failed...)
}

// dumpGraph writes the state graph to the file of --dump.
func (c *check) dumpGraph(ctx context.Context, sys *ir.System) error {
	c.app.phase = "writing the state graph"
	g, err := explicit.Graph(ctx, sys)
	if err != nil {
		return err
	}
	r := &show.Report{Result: &trace.Result{Spec: sys.Name}, Files: c.app.files}
	return r.WriteGraph(c.dump, g)
}

func (c *check) print(r *show.Report) error {
	var text []byte
	var err error
	switch c.format {
	case "json":
		text, err = r.JSON()
	case "junit":
		text, err = r.JUnit()
	case "sarif":
		text, err = r.SARIF()
	default:
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
