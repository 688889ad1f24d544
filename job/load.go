package job

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/frontend/config"
	"github.com/lemma-mc/lemma/induction"
	"github.com/lemma-mc/lemma/internal/guard"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/specs"
	"github.com/lemma-mc/lemma/trace"
)

// A Task is a job that has been read and can be run. Its system is its own: two
// tasks share nothing that either of them writes.
type Task struct {
	Job    *Job // with what a file in JSON adds
	Env    Env
	Files  *source.Set // every text that was read
	System *ir.System  // nil where Err is not
	// Expressions reads further expressions in the scope of the spec; it goes with
	// System.
	Expressions *frontend.Expressions
	Warnings    []*diag.Diagnostic
	Err         error // why the job cannot be run: a *diag.Error, or a system error

	start       time.Time
	spec        string                    // the path of the root module
	config      string                    // the path of the config; "" for none
	certificate induction.Certificate     // that is to be checked
	shown       func(induction.Condition) // told of each of its conditions; may be nil
	// answer runs in place of the engine that the job names; may be nil.
	answer engine
	asks   []trace.Goal // what answer answers; nil: what the system is to be checked for
}

// Load reads what j names. It never fails: Task.Err is then what Run gives.
func Load(ctx context.Context, j *Job, env Env) *Task { return load(ctx, j, env, (*Task).read) }

// load makes a task by read. It gives up on it when ctx has ended and it does
// not hear; what is left behind has texts of its own.
func load(ctx context.Context, j *Job, env Env, read func(*Task, context.Context) error) *Task {
	if env.FS == nil {
		env.FS = source.Nothing
	}
	env.FS = source.Once(env.FS)
	fresh := func(files *source.Set) *Task { return &Task{Job: j, Env: env, Files: files, start: time.Now()} }
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	t, ended := guard.Do(ctx, guard.Watch{Hurry: env.Hurry}, func() *Task {
		t := fresh(or(env.Files, &source.Set{}))
		t.Err = read(t, withExpiry{ctx, cancel})
		return t
	})
	if !ended {
		t = fresh(&source.Set{})
	}
	if !ended || t.Err != nil && ctx.Err() != nil {
		t.System, t.Err = nil, &stopped{or(context.Cause(ctx), errHurry)}
	}
	return t
}

// withExpiry is a context that can be told its time limit later.
type withExpiry struct {
	context.Context
	cancel context.CancelCauseFunc
}

func expire(ctx context.Context, after time.Duration) {
	if c, ok := ctx.(withExpiry); ok && after > 0 {
		stop := time.AfterFunc(after, func() { c.cancel(errTimeout) })
		context.AfterFunc(ctx, func() { stop.Stop() })
	}
}

// A stopped is the end of a run while it was reading.
type stopped struct{ cause error }

func (s *stopped) Error() string { return s.cause.Error() }

// The codes of loading.
const (
	codeNoSpec diag.Code = "C320" // no bundled spec has the name
	codeStrict diag.Code = "E390" // warnings under --strict
)

// read reads the config and the modules.
func (t *Task) read(ctx context.Context) error {
	if err := t.readJob(); err != nil {
		return err
	}
	expire(ctx, t.Job.Timeout)
	if err := t.findSpec(); err != nil {
		return err
	}
	cfg, err := t.readConfig()
	if err != nil {
		return t.withModule(err)
	}
	if err := t.Job.Check(); err != nil {
		return err
	}
	if err := t.permitted(); err != nil {
		return err
	}
	if err := t.loadSystem(ctx, t.options(cfg)); err != nil {
		return t.withModule(err)
	}
	return t.checkOutputs()
}

// withModule adds to an error of the config those of the module, which come
// first: they are there whatever the config says.
func (t *Task) withModule(err error) error {
	var inConfig *diag.Error
	if !errors.As(err, &inConfig) || inConfig.Diagnostics[0].Class != diag.Config {
		return err
	}
	var diags diag.List
	frontend.LoadModule(t.options(&config.Config{}), &diags)
	wrong := diags.Errors()
	if len(wrong) == 0 || wrong[0].Class != diag.Syntax {
		return err
	}
	return &diag.Error{Diagnostics: append(wrong, inConfig.Diagnostics...)}
}

// readJob lays the job over the one in JSON that it names as its config. Paths in
// that one begin in its folder.
func (t *Task) readJob() error {
	path := t.Job.Config
	if path == "" {
		return nil
	}
	text, err := frontend.ConfigText(t.fs(), path)
	if err != nil || !IsJSON(text) {
		return err
	}
	var diags diag.List
	base := Parse(t.Files.Add(path, text), &diags)
	if err := diags.Err(); err != nil {
		return err
	}
	folder := filepath.Dir(path)
	if base.Config != "" && !isOwn(base, base.Config) {
		base.Config = filepath.Join(folder, base.Config)
	}
	if base.Root != "" && !isOwn(base, base.Root) && !isOwn(base, base.Root+".tla") {
		base.Root = filepath.Join(folder, base.Root)
	}
	base.Path = append(base.Path, folder)
	above := *t.Job
	above.Config = ""
	above.given = without(above.given, "config")
	t.Job = above.Over(base)
	t.config = path
	return nil
}

// isOwn tells whether a job brings along the file that it calls name.
func isOwn(j *Job, name string) bool {
	_, ok := j.Modules[name]
	return ok
}

func without(given map[string]bool, key string) map[string]bool {
	out := map[string]bool{}
	for k, v := range given {
		out[k] = v && k != key
	}
	return out
}

// findSpec finds the path of the root module; a bundled spec becomes one that
// the job brings along.
func (t *Task) findSpec() error {
	if t.Job.Root == "" && t.Job.Model != "" {
		if err := t.bundled(t.Job.Model); err != nil {
			return err
		}
	}
	j := t.Job
	if j.Root == "" {
		return usage("no spec is named: give SPEC.tla, or a job in JSON that names one")
	}
	t.spec = j.Root
	if filepath.Ext(t.spec) != ".tla" {
		if withEnding := t.spec + ".tla"; isOwn(j, withEnding) || t.onlyWithEnding() {
			t.spec = withEnding
		}
	}
	return nil
}

// onlyWithEnding tells whether there is a spec by the name with the ending .tla,
// and none without it.
func (t *Task) onlyWithEnding() bool {
	_, plain := t.fs().ReadFile(t.spec)
	_, ending := t.fs().ReadFile(t.spec + ".tla")
	return plain != nil && ending == nil
}

// bundled takes the spec name, with its config, from those that come with the
// program.
func (t *Task) bundled(name string) error {
	texts := specs.Texts(name)
	if texts == nil {
		return diag.New(diag.Config, codeNoSpec, nowhere,
			fmt.Sprintf("there is no bundled spec %s; name one, or give the source under \"modules\" or as SPEC.tla", name))
	}
	own := *t.Job
	own.Modules = texts
	own.Root = name
	t.Job = &own
	return nil
}

// fs is the run's file system, with the texts that the job brings along.
func (t *Task) fs() source.FileSystem { return layered{t.Job.Modules, t.Env.FS} }

type layered struct {
	own map[string]string
	source.FileSystem
}

func (l layered) ReadFile(name string) ([]byte, error) {
	if text, ok := l.own[filepath.Clean(name)]; ok {
		return []byte(text), nil
	}
	return l.FileSystem.ReadFile(name)
}

// readConfig reads the .cfg file that the job names, or the one beside the spec,
// where a job in JSON does not stand for it. What the job says wins.
func (t *Task) readConfig() (*config.Config, error) {
	path := t.Job.Config
	if path == "" && (t.config == "" || t.Job.Model != "" && isOwn(t.Job, t.spec)) {
		path = frontend.ConfigBeside(t.fs(), t.spec)
	}
	cfg := &config.Config{}
	if path != "" {
		text, err := frontend.ConfigText(t.fs(), path)
		if err != nil {
			return nil, err
		}
		if cfg, err = frontend.ParseConfig(t.Files, path, text); err != nil {
			return nil, err
		}
		t.config = path
	}
	t.overlay(cfg)
	return cfg, nil
}

// overlay puts into cfg what the job says with places.
func (t *Task) overlay(cfg *config.Config) {
	j := t.Job
	for _, a := range j.Constants {
		cfg.Unbind(a.Const.Text)
		cfg.Assign = append(cfg.Assign, a)
	}
	if j.namesGoals() {
		cfg.Invariants = place(t.Files, "--invariant", j.Invariants)
		cfg.Properties = place(t.Files, "--property", j.Properties)
	}
	cfg.Any = place(t.Files, "--any", j.Any)
	cfg.Lemmas = place(t.Files, "--lemma", j.Lemmas)
	cfg.Hints = place(t.Files, "--hint", j.Hints)
	if j.Deadlock != nil {
		cfg.CheckDeadlock = j.Deadlock
	}
	if len(j.Permuted) > 0 {
		cfg.Symmetry, cfg.Permuted = nil, j.Permuted
	}
}

// options are what the frontend is told.
func (t *Task) options(cfg *config.Config) frontend.Options {
	j := t.Job
	return frontend.Options{
		Files: t.Files, FS: t.fs(), Spec: t.spec, Inline: j.Modules, Config: cfg, Strict: j.Strict,
		Path:      append(append([]string{}, j.Path...), t.Env.Path...),
		Constants: j.Expressions, FreeConstants: j.engine() == "induct" || j.ConstInit != "",
		Choose: j.engine() != "induct", ConstInit: j.ConstInit,
		Further: j.namesGoals(), SpecName: j.Spec, Init: j.Init, Next: j.Next,
	}
}

// loadSystem loads the system.
func (t *Task) loadSystem(ctx context.Context, o frontend.Options) error {
	t.tell(Event{Kind: Started, Text: "reading " + t.spec})
	o.Context = ctx
	spec, warnings, err := frontend.LoadSpec(o)
	t.Warnings = warnings
	switch {
	case err != nil:
		return err
	case t.Job.Strict && len(warnings) > 0:
		return strict(len(warnings), "")
	case t.Job.Symmetry == SymmetryOff:
		spec.System.Symmetry = nil
	}
	t.System, t.Expressions = spec.System, spec
	return nil
}

// strict is the error that warnings are under --strict; answer is what the run
// would have said, or "".
func strict(warnings int, answer string) error {
	what := "the warning is an error"
	if warnings > 1 {
		what = fmt.Sprintf("the %d warnings are errors", warnings)
	}
	if answer != "" {
		answer = "; without it the answer is: " + answer
	}
	return diag.New(diag.Syntax, codeStrict, nowhere, "--strict is given, so that "+what+answer)
}

// moduleName is the name of the module in the file at path.
func moduleName(path string) string { return strings.TrimSuffix(filepath.Base(path), ".tla") }

// isStopped tells whether err only says that the run was to end.
func isStopped(err error) bool {
	var s *stopped
	return errors.As(err, &s)
}
