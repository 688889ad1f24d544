package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explain"
	"github.com/lemma-mc/lemma/explore"
	"github.com/lemma-mc/lemma/explore/reopen"
	"github.com/lemma-mc/lemma/job"
	"github.com/lemma-mc/lemma/service/api"
	"github.com/lemma-mc/lemma/show"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/trace/saved"
	"github.com/lemma-mc/lemma/value"
)

const codeNoTrace diag.Code = "S122" // a file that is no saved trace, or one of another spec

func (a *app) exploreCommand() *cobra.Command {
	c := &check{app: a, job: &job.Job{}, noProgress: true}
	settings := c.job.Settings()
	web, listen := false, ""
	cmd := &cobra.Command{
		Use:   "explore SPEC.tla [TRACE]",
		Short: "Open a saved counterexample, or the initial states: step, evaluate, go on by hand",
		Long: `Opens a counterexample that was saved, without checking again: in ITF (Apalache's,
too), the JSON of lemma or of TLC (-dumpTrace json), or what TLC printed. In the
terminal one steps through it, evaluates expressions at each state, looks at one
process, and goes on by hand from any state; ?help says how. Without TRACE it
begins with an initial state. --web opens the pages for it in a browser.`,
		Args: takes(1, 2),
		RunE: a.does(func(cmd *cobra.Command, args []string) error {
			if err := setting(settings, "root_module").Set(args[0]); err != nil {
				return usage("the path of the spec %v", err)
			}
			files := &job.Recorder{FileSystem: source.Disk}
			env := c.env()
			env.FS = files
			c.task = job.Load(cmd.Context(), c.job, env)
			if c.task.Err != nil {
				return c.task.Err
			}
			a.files = c.task.Files
			a.warn(c.task.Warnings)
			v, err := c.open(cmd.Context(), args[1:])
			if err != nil {
				return err
			}
			if web {
				return c.browse(cmd.Context(), v, files, listen)
			}
			return v.walk(cmd.Context())
		}),
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.BoolVar(&web, "web", false, "show it in the browser, at an address of this machine")
	f.StringVar(&listen, "listen", "127.0.0.1:0", "the `ADDRESS` for --web")
	for _, key := range []string{"config", "constant_expressions", "invariants", "properties", "init", "next", "spec", "include"} {
		addFlag(f, setting(settings, key))
	}
	return cmd
}

// open opens the trace that is named, or an initial state.
func (c *check) open(ctx context.Context, path []string) (*visit, error) {
	x := explore.Open(c.task.System, explore.Options{Reader: c.task.Expressions, Eval: eval.Options{Context: ctx, Out: c.app.out, Files: true}})
	v := &visit{check: c, x: x}
	if c.task.System.Init == nil {
		return nil, diag.New(diag.Config, diag.CodeNoBehaviour, source.Span{}, "the spec has no behaviour to explore: name its specification, or Init and Next, in the config")
	}
	if len(path) == 0 {
		steps, err := x.Initial()
		if err != nil {
			return nil, err
		}
		v.steps, v.b = steps, &trace.Behaviour{Vars: x.Variables()}
		if len(steps.List) == 0 {
			return nil, diag.New(diag.Eval, diag.CodeNoInit, source.Span{}, "there is no initial state")
		}
		v.append(steps.List[0])
		v.saved = *v.b
		return v, nil
	}
	text, err := os.ReadFile(path[0])
	if err != nil {
		return nil, diag.New(diag.System, diag.CodeNoFile, source.Span{}, fmt.Sprintf("cannot read %s: %v", path[0], err))
	}
	t, err := saved.Read(text)
	if err == nil {
		v.b, v.notes, err = reopen.Behaviour(ctx, c.task.System, c.task.Expressions, t)
	}
	if err != nil {
		if diag.Of(err) != nil || ctx.Err() != nil {
			return nil, err
		}
		return nil, diag.New(diag.System, codeNoTrace, source.Span{}, fmt.Sprintf("%s: %v", path[0], err))
	}
	v.saved = *v.b
	return v, nil
}

// A visit is a behaviour that somebody walks through.
type visit struct {
	*check
	x     *explore.Explorer
	b     *trace.Behaviour
	saved trace.Behaviour // b, before somebody went on by hand
	notes []string
	at    int           // the state at hand, from 0
	steps explore.Steps // what ?steps listed
	watch []string      // expressions to show with each state
	only  value.Value   // the process to look at; nil for all
}

const exploreHelp = `An expression is evaluated at the state at hand; x' is x in the next one.
An empty line, or ?n, goes to the next state, ?b back, ?g 5 to state 5.
?s  the state again          ?trace  all states, by what they change
?steps  where one can go from here; ?take 2 goes there, and on from there
?reset  the behaviour as it was opened
?why  what let the step happen, and which invariants are false here
?only Node1  what this process has; ?only shows all
?watch EXPR  shows it with each state; ?watch shows none
?save FILE  writes the behaviour: .itf.json, .json, .tla, .html, .md or .dot
?quit, or Ctrl-D, ends
`

func (v *visit) walk(ctx context.Context) error {
	in, terminal, err := v.app.lines()
	if err != nil {
		return err
	}
	for _, n := range v.notes {
		fmt.Fprintln(v.app.out, "note: "+n)
	}
	if terminal {
		fmt.Fprintf(v.app.out, "%s; ?help says how to go on.\n", trace.Plural(int64(len(v.b.Steps)), "state"))
	}
	if err := v.show(); err != nil {
		return err
	}
	for {
		text, err := readEntry(in)
		if errors.Is(err, io.EOF) || text == "?quit" {
			v.app.code = 0 // wrong lines do not make a wrong session
			return nil
		}
		if err != nil {
			return err
		}
		if err := v.line(text); err != nil {
			if ctx.Err() != nil {
				return err
			}
			v.app.fail(err)
		}
	}
}

// line does what one entry asks for.
func (v *visit) line(text string) error {
	if text == "" {
		text = "?n"
	}
	if !strings.HasPrefix(text, "?") {
		return v.evaluate(text)
	}
	command, arg, _ := strings.Cut(text, " ")
	arg = strings.TrimSpace(arg)
	act, known := map[string]func(string) error{
		"?n": v.next, "?b": v.back, "?g": v.goTo, "?s": func(string) error { return v.show() }, "?trace": v.trace,
		"?steps": v.list, "?take": v.take, "?reset": v.reset, "?why": v.why, "?only": v.project, "?watch": v.watching, "?save": v.save,
		"?help": v.help, "?": v.help,
	}[command]
	if !known {
		return usage("there is no command %s; ?help lists them", command)
	}
	return act(arg)
}

func (v *visit) help(string) error {
	_, err := io.WriteString(v.app.out, exploreHelp)
	return err
}

func (v *visit) style() show.Style { return show.Style{Width: columns(v.app.out), Colour: v.colour()} }

// report is the behaviour as a result that can be shown.
func (v *visit) report() *show.Report {
	return v.check.report(&trace.Result{Spec: v.task.System.Name, Witness: v.b, Bound: -1,
		Message: fmt.Sprintf("A behaviour of %s.", trace.Plural(int64(len(v.b.Steps)), "state"))})
}

// show writes the state at hand, and the expressions that are watched.
func (v *visit) show() error {
	if err := v.report().State(v.app.out, v.b, v.at, v.only, v.style()); err != nil {
		return err
	}
	for _, text := range v.watch {
		value, err := v.value(text)
		if err != nil {
			fmt.Fprintf(v.app.out, "  %s: %v\n", text, err)
			continue
		}
		fmt.Fprintf(v.app.out, "  %s = %v\n", text, value)
	}
	v.steps = explore.Steps{}
	return nil
}

func (v *visit) state() eval.State { return v.b.Steps[v.at].State }

// following is the state that comes next; nil for none.
func (v *visit) following() eval.State {
	switch last := len(v.b.Steps) - 1; {
	case v.at < last:
		return v.b.Steps[v.at+1].State
	case v.b.LoopStart > 0:
		return v.b.Steps[v.b.LoopStart-1].State
	case v.b.Stuttering:
		return v.state()
	}
	return nil
}

func (v *visit) value(text string) (value.Value, error) {
	v.x.Level = v.at + 1
	return v.x.Evaluate(text, v.state(), v.following())
}

func (v *visit) evaluate(text string) error {
	value, err := v.value(text)
	if err == nil {
		_, err = fmt.Fprintln(v.app.out, value)
	}
	return err
}

func (v *visit) next(string) error {
	switch {
	case v.at < len(v.b.Steps)-1:
		v.at++
	case v.b.LoopStart > 0:
		v.at = v.b.LoopStart - 1
	default:
		return usage("this is the last state; ?steps tells where one can go")
	}
	return v.show()
}

func (v *visit) back(string) error {
	if v.at == 0 {
		return usage("this is the first state")
	}
	v.at--
	return v.show()
}

func (v *visit) goTo(arg string) error {
	n, err := strconv.Atoi(arg)
	if err != nil || n < 1 || n > len(v.b.Steps) {
		return usage("?g takes a state from 1 to %d", len(v.b.Steps))
	}
	v.at = n - 1
	return v.show()
}

func (v *visit) trace(string) error {
	for i, s := range v.b.Steps {
		fmt.Fprintf(v.app.out, "%d. %s\n", i+1, s.Action)
		if i == 0 {
			continue
		}
		for _, c := range explain.Changes(v.task.System.Variables, v.b.Steps[i-1].State, s.State) {
			if v.only == nil || strings.Contains(c.Path, "["+v.only.String()+"]") || !strings.Contains(c.Path, "[") {
				fmt.Fprintf(v.app.out, "   %s\n", c)
			}
		}
	}
	return nil
}

// list tells where one can go from the state at hand.
func (v *visit) list(string) (err error) {
	v.x.Level = v.at + 1
	v.steps, err = v.x.Successors(v.state())
	for i, s := range v.steps.List {
		var changes []string
		for _, c := range explain.Changes(v.task.System.Variables, v.state(), s.State) {
			changes = append(changes, c.String())
		}
		outside := ""
		if s.Outside != "" {
			outside = ", outside of " + s.Outside
		}
		fmt.Fprintf(v.app.out, "%d. %s%s\n   %s\n", i+1, s.Action, outside, strings.Join(changes, "\n   "))
	}
	if err == nil && len(v.steps.List) == 0 {
		fmt.Fprintln(v.app.out, "No step leads on.")
	}
	if v.steps.More {
		fmt.Fprintln(v.app.out, "There are more.")
	}
	return err
}

// take goes on by a step of ?steps.
func (v *visit) take(arg string) error {
	if len(v.steps.List) == 0 {
		var err error
		v.x.Level = v.at + 1
		if v.steps, err = v.x.Successors(v.state()); err != nil {
			return err
		}
	}
	n, err := strconv.Atoi(arg)
	if err != nil || n < 1 || n > len(v.steps.List) {
		return usage("?take takes the number of a step, from 1 to %d; ?steps lists them", len(v.steps.List))
	}
	b := *v.b
	b.Steps = append([]trace.Step{}, v.b.Steps[:v.at+1]...)
	b.LoopStart, b.Stuttering, b.Alias = 0, false, nil
	v.b = &b
	v.append(v.steps.List[n-1])
	return v.show()
}

// append goes to a state by a step.
func (v *visit) append(s explore.Step) {
	v.b.Steps = append(v.b.Steps, trace.Step{Action: s.Action.String(), Span: s.Action.Span, State: s.State})
	v.at = len(v.b.Steps) - 1
}

func (v *visit) reset(string) error {
	b := v.saved
	v.b, v.at = &b, min(v.at, len(b.Steps)-1)
	return v.show()
}

// why tells what let the step to the state at hand happen, and which invariants
// are false there.
func (v *visit) why(string) error {
	x := explain.New(v.task.System, v.x.Machine())
	if v.at > 0 {
		step := x.Step(v.b.Steps[v.at-1].State, &v.b.Steps[v.at], v.at+1)
		fmt.Fprintln(v.app.out, step.Sentence())
	}
	violated, err := v.x.Violated(v.state())
	for _, f := range violated {
		for _, line := range x.Why(f.Expr, v.state(), nil).Lines() {
			fmt.Fprintln(v.app.out, line)
		}
	}
	if err == nil && len(violated) == 0 && len(v.task.System.Invariants) > 0 {
		fmt.Fprintln(v.app.out, "All invariants are true here.")
	}
	return err
}

func (v *visit) project(arg string) error {
	v.only = nil
	if arg != "" {
		for _, p := range trace.Processes(v.b) {
			if p.String() == arg {
				v.only = p
			}
		}
		if v.only == nil {
			p, err := v.value(arg)
			if err != nil {
				return usage("%s is no process of the behaviour: %s", arg, processNames(v.b))
			}
			v.only = p
		}
	}
	return v.show()
}

func processNames(b *trace.Behaviour) string {
	var names []string
	for _, p := range trace.Processes(b) {
		names = append(names, p.String())
	}
	if names == nil {
		return "it has none that can be told by its variables"
	}
	return "it has " + strings.Join(names, ", ")
}

func (v *visit) watching(arg string) error {
	if arg == "" {
		v.watch = nil
		return nil
	}
	if _, err := v.value(arg); err != nil {
		return err
	}
	v.watch = append(v.watch, arg)
	return v.show()
}

func (v *visit) save(path string) error {
	if err := show.CheckEnding(path); err != nil {
		return usage("?save %v", err)
	}
	if err := v.task.Spares("?save", path); err != nil {
		return err
	}
	if err := v.report().WriteTrace(path); err != nil {
		return cannotWrite("the behaviour", err)
	}
	return nil
}

// browse shows the behaviour in the browser until ctx ends.
func (c *check) browse(ctx context.Context, v *visit, files *job.Recorder, listen string) error {
	packed, err := c.task.Pack(files)
	if err != nil {
		return err
	}
	text, err := json.Marshal(packed)
	if err != nil {
		return err
	}
	view, err := v.report().View()
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return usage("--listen %s: %v", listen, err)
	}
	local := &api.Local{Job: text, View: view}
	server := &http.Server{Handler: local.Handler(), ReadHeaderTimeout: 10 * time.Second}
	fmt.Fprintf(c.app.out, "http://%s%s (Ctrl-C ends)\n", l.Addr(), api.LocalPage)
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
