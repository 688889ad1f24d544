// Package frontend turns a spec, its config and the command line's flags into
// an ir.System: the one way in for every engine.
//
// Load reads the config first, because what it assigns and replaces takes
// effect while the module is resolved (frontend/module); then it looks up each
// name that the config or a flag mentions, and takes the specification apart
// into Init, [][Next]_v and the rest. Everything wrong is reported at the place
// that says it: in the spec, in the .cfg, or in the flag.
package frontend

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/config"
	"github.com/lemma-mc/lemma/frontend/lint"
	"github.com/lemma-mc/lemma/frontend/module"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// Options say what to load, a field for each flag that may stand for a part of the
// config. Of flags and config, flags win.
type Options struct {
	// Context ends the evaluation of constants; nil: never.
	Context context.Context
	Files   *source.Set // receives every text that is read; nil: a new one
	// Spec is the path of the root module. Inline holds module texts given
	// directly, by file name, which come before the files.
	Spec   string
	Inline map[string]string
	FS     source.FileSystem // where files are read; nil: the disk
	Path   []string          // folders to search for modules, after the spec's own
	// Config is what ReadConfig returned; nil means no config at all.
	Config *config.Config
	Strict bool // warnings are errors

	Constants []string // NAME=EXPR or NAME<-DEFINITION
	Any       []string // constants to leave arbitrary
	// FreeConstants leaves arbitrary every constant without a value.
	FreeConstants bool
	// Choose makes variables of the constants that are left arbitrary, for a search
	// to choose; ConstInit is what is said of them, beside the assumptions: a name,
	// an expression, or "".
	Choose    bool
	ConstInit string

	SpecName, Init, Next string
	// Invariants and Properties, names or expressions, replace what the config
	// checks when either is given. Lemmas and Hints are added.
	Invariants, Properties, Lemmas, Hints []string
	// Further takes as invariants also formulas about steps and operators of the
	// sequence of states so far, as Apalache does.
	Further    bool
	NoDeadlock bool
}

// The codes of this package.
const (
	codeNoConfig  diag.Code = "C106" // the config cannot be read
	codeArguments diag.Code = "C202" // a definition with parameters where none fit
	codeLevel     diag.Code = "C203" // a formula of the wrong level
	codeHidden    diag.Code = "C213" // a specification that hides a variable
	codeBadFlag   diag.Code = "C207" // --constant that is not NAME=EXPR
	codeFlagValue diag.Code = "C208" // --constant whose expression has no value
	codeConflict  diag.Code = "C209" // SPECIFICATION beside INIT or NEXT
	codeNoFormula diag.Code = "C215" // a hint that is no formula
	codeRestricts diag.Code = "U157" // a conjunct of a specification that restricts finite behaviours otherwise than by states and steps
)

// ConfigBeside is the path of the config that belongs to a spec when none is
// named: SPEC.cfg, else the spec itself when it holds one, else "".
func ConfigBeside(files source.FileSystem, spec string) string {
	path := strings.TrimSuffix(spec, ".tla") + ".cfg"
	if _, err := files.ReadFile(path); err == nil {
		return path
	}
	if holdsConfig(files, spec) {
		return spec
	}
	return ""
}

// ReadConfig reads the config in a file on the disk. The error is a *diag.Error.
func ReadConfig(files *source.Set, path string) (*config.Config, error) {
	text, err := ConfigText(source.Disk, path)
	if err != nil {
		return nil, err
	}
	return ParseConfig(files, path, text)
}

// ConfigText is the text of the config in a .cfg file, or in a .tla file that
// holds one. The error is a *diag.Error.
func ConfigText(files source.FileSystem, path string) (string, error) {
	text, err := files.ReadFile(path)
	if err != nil {
		return "", diag.New(diag.Config, codeNoConfig, source.Span{},
			fmt.Sprintf("cannot read the config file %s: %v", path, plainReason(err)))
	}
	if inside, found := embeddedConfig(string(text)); found {
		return inside, nil
	}
	return string(text), nil
}

// ParseConfig parses the text of a .cfg file. The error is a *diag.Error.
func ParseConfig(files *source.Set, name, text string) (*config.Config, error) {
	var diags diag.List
	cfg := config.Parse(files.Add(name, text), &diags)
	cfg.Warnings = diags.Warnings()
	return cfg, diags.Err()
}

func plainReason(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "there is no such file"
	}
	return err.Error()
}

// Load reads the spec and makes the system that the config and the flags ask
// for. Warnings come with success and failure alike; the error is a
// *diag.Error.
func Load(o Options) (*ir.System, []*diag.Diagnostic, error) {
	spec, warnings, err := LoadSpec(o)
	return spec.System, warnings, err
}

func newLoading(o Options) *loading {
	if o.Files == nil {
		o.Files = &source.Set{}
	}
	if o.Config == nil {
		o.Config = &config.Config{}
	}
	l := &loading{Options: o, diags: &diag.List{}}
	for _, w := range o.Config.Warnings {
		l.diags.Add(w)
	}
	return l
}

// LoadModule resolves a module alone, without config: for eval and parse. The
// second result, warnings, comes with errors too.
func LoadModule(o Options, diags *diag.List) *module.Module {
	l := &loading{Options: o, diags: diags}
	return l.loader(module.Overrides{}).Load(o.Spec, diags)
}

// A loading is one call of Load.
type loading struct {
	Options
	diags  *diag.List
	mod    *module.Module
	given  map[string]value.Value // to constants that are left arbitrary
	chosen *ir.Instance           // of the module's system, where constants are chosen; else nil
}

func (l *loading) loader(over module.Overrides) *module.Loader {
	return &module.Loader{Files: l.Files, FS: l.FS, Path: l.Path, Inline: l.Inline, Strict: l.Strict, Overrides: over}
}

// report adds an error of the config.
func (l *loading) report(code diag.Code, at source.Span, hint, format string, args ...any) {
	l.diags.Add(&diag.Diagnostic{Code: code, Class: diag.Config, Span: at,
		Message: fmt.Sprintf(format, args...), Hint: hint})
}

// flag makes a flag's text a file of its own, so that errors can point into it.
func (l *loading) flag(name, text string) config.Name {
	f := l.Files.Add("<"+name+">", text)
	return config.Name{Text: text, Span: source.Span{Start: f.Pos(0), End: f.Pos(len(text))}}
}

func (l *loading) flags(name string, texts []string) []config.Name {
	out := make([]config.Name, len(texts))
	for i, text := range texts {
		out[i] = l.flag(name, text)
	}
	return out
}

// system does the work of Load; nil after errors.
func (l *loading) system() *ir.System {
	over := l.overrides()
	if l.diags.Err() != nil {
		return nil
	}
	l.mod = l.loader(over).Load(l.Spec, l.diags)
	if l.mod == nil || l.diags.Err() != nil {
		return nil
	}
	sys := &ir.System{
		Name: l.mod.Name, Files: l.Files, Defs: l.mod.Defs, Assumes: l.mod.Assumes,
		Constants: l.mod.Constants, Variables: l.mod.Variables, CheckDeadlock: l.checkDeadlock(),
	}
	l.constants(sys, over.Where)
	l.mod.ModelValues = sys.ModelValues()
	sys.Replaced = replaced(sys, over)
	l.behaviour(sys)
	l.checked(sys)
	if l.diags.Err() != nil {
		return nil
	}
	for _, w := range lint.Check(sys) {
		l.diags.Add(w)
	}
	return l.choose(sys)
}

func (l *loading) checkDeadlock() bool {
	if l.NoDeadlock {
		return false
	}
	return l.Config.CheckDeadlock == nil || *l.Config.CheckDeadlock
}

// checked puts into sys the formulas to check and to search by.
func (l *loading) checked(sys *ir.System) {
	c := l.Config
	invariants, properties := c.Invariants, c.Properties
	if len(l.Invariants)+len(l.Properties) > 0 {
		invariants, properties = l.flags("--invariant", l.Invariants), l.flags("--property", l.Properties)
	}
	sys.Properties = l.formulas(properties, "a property", ir.TemporalLevel)
	if l.Further {
		invariants = l.further(sys, invariants)
	}
	sys.Invariants = l.formulas(invariants, "an invariant", ir.StateLevel)
	sys.Constraints = l.formulas(c.Constraints, "a constraint", ir.StateLevel)
	sys.ActionConstraints = l.formulas(c.ActionConstraints, "an action constraint", ir.ActionLevel)
	sys.Lemmas = l.formulas(append(l.flags("--lemma", l.Lemmas), c.Lemmas...), "a lemma", ir.StateLevel)
	sys.Hints = l.formulas(append(l.flags("--hint", l.Hints), c.Hints...), "a hint", ir.StateLevel)
	l.holdFormulas(sys, sys.Hints, "the hint")
	sys.View = l.optional(c.View, "VIEW", ir.StateLevel)
	sys.Alias = l.optional(c.Alias, "ALIAS", ir.ActionLevel)
	sys.PostConditions = l.formulas(c.PostConditions, "a postcondition", ir.ActionLevel)
	sys.Possible = l.formulas(c.Possible, "a possibility", ir.ActionLevel)
	sys.Symmetry = l.optional(c.Symmetry, "SYMMETRY", ir.ConstantLevel)
	if len(c.Permuted) > 0 {
		sys.Symmetry = l.permutations(sys, c.Permuted)
	}
}
