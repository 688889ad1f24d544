package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
)

// plainModules are what expressions may use when no module is named.
const plainModules = "Integers, Sequences, FiniteSets, TLC"

func (a *app) evalCommand() *cobra.Command {
	o := evalOptions{load: frontend.Options{Files: a.files}}
	var timeout time.Duration
	cmd := &cobra.Command{
		Use:   "eval ['EXPR']",
		Short: "Evaluate a constant expression; without EXPR a REPL",
		Args:  takes(0, 1),
		RunE: a.does(func(cmd *cobra.Command, args []string) error {
			a.phase = "evaluating"
			ctx, stop := within(cmd.Context(), timeout)
			defer stop()
			return a.heeding(ctx, func() error {
				if len(args) == 0 {
					return a.repl(ctx, o)
				}
				e, err := a.evaluator(ctx, o, nil)
				if err != nil {
					return err
				}
				return e.print(ctx, args[0])
			})
		}),
	}
	cmd.Flags().StringVar(&o.module, "module", "", "the module whose definitions EXPR may use: a file, or a name to search for")
	cmd.Flags().StringArrayVar(&o.load.Constants, "constant", nil, "assign a constant of the module: `NAME=EXPR`")
	cmd.Flags().BoolVar(&o.exec, "allow-exec", false, "let IOUtils run programs: only for modules that you trust")
	timeoutFlag(cmd, &timeout)
	searchFlag(cmd, &o.load.Path)
	return cmd
}

// An evaluator evaluates expressions over one module.
type evaluator struct {
	app     *app
	module  *frontend.Expressions
	machine *eval.Machine
}

// evalOptions are what the command line says of the evaluation.
type evalOptions struct {
	load   frontend.Options
	module string // by file or name; "" for none
	exec   bool   // the module may run programs
}

// evaluator loads the module that is named, or the usual ones, with further
// definitions.
func (a *app) evaluator(ctx context.Context, options evalOptions, defs []string) (*evaluator, error) {
	o, name := options.load, options.module
	o.Path, o.Context = searchPath(o.Path), ctx
	base := plainModules
	if name != "" {
		o.Spec = findModule(name, o.Path)
		base = strings.TrimSuffix(filepath.Base(o.Spec), ".tla")
		o.Path = append([]string{filepath.Dir(o.Spec)}, o.Path...)
	}
	if name == "" || len(defs) > 0 {
		o.Spec = "Expressions.tla"
		o.Inline = map[string]string{o.Spec: fmt.Sprintf("---- MODULE Expressions ----\nEXTENDS %s\n%s\n====\n", base, strings.Join(defs, "\n"))}
	}
	module, warnings, err := frontend.LoadExpressions(o)
	a.warn(warnings)
	if err != nil {
		return nil, err
	}
	machine := eval.New(module.System, eval.Options{Context: ctx, Out: a.out, Files: true, Exec: options.exec})
	return &evaluator{a, module, machine}, nil
}

// print evaluates text and prints its value.
func (e *evaluator) print(ctx context.Context, text string) error {
	var diags diag.List
	expr := e.module.Parse(text, ir.ConstantLevel, &diags)
	e.app.warn(diags.Warnings())
	if err := diags.Err(); err != nil {
		return err
	}
	e.machine.SetContext(ctx)
	v, err := e.machine.Constant(expr)
	if err != nil {
		return evalError(err)
	}
	_, err = fmt.Fprintln(e.app.out, v)
	return err
}

// evalError gives an error of the evaluator that is no diagnostic, such as a
// failed Assert, the class of one.
func evalError(err error) error {
	var failed *eval.AssertError
	if errors.As(err, &failed) {
		return assertion{diag.New(diag.Eval, codeAssertion, failed.Span, failed.Error())}
	}
	return err
}

// An assertion that failed has an exit code of its own.
type assertion struct{ said *diag.Error }

func (a assertion) Error() string { return a.said.Error() }
func (a assertion) Unwrap() error { return a.said }
