package module

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// A Loader finds, parses and resolves modules.
type Loader struct {
	Files *source.Set
	// FS is where modules are read; nil: the disk.
	FS source.FileSystem
	// Path lists directories searched after the root module's own folder.
	Path []string
	// Inline holds module texts given directly, by file name ("My.tla"). They
	// come before the files.
	Inline map[string]string
	// Strict makes warnings errors.
	Strict    bool
	Overrides Overrides
}

// Overrides are what a config substitutes. They take effect wherever a name is
// resolved, in all modules.
type Overrides struct {
	// Assign is C = v: for a constant, or for a definition without parameters
	// that v replaces.
	Assign map[string]value.Value
	// Replace is C <- D, for a constant, operator or definition C and a
	// definition D of the root module.
	Replace map[string]string
	// AssignIn and InModule are C = [M] v and C <- [M] D: only for the C that
	// module M declares or defines.
	AssignIn map[string]map[string]value.Value
	InModule map[string]map[string]string
	// Tables are C(a, b) = v, for constant operators: the rows of each, with
	// different arguments, as many as the first row has.
	Tables map[string][]Row
	// Must are the names that the spec has to have: a .cfg file may name others.
	Must map[string]bool
	// Where is the place at which the config says each of these names.
	Where map[string]source.Span
}

// A Row gives the value of an operator for some arguments.
type Row struct {
	Args  []value.Value
	Value value.Value
}

// Forget takes back what is substituted for the root's name.
func (o Overrides) Forget(name string) {
	delete(o.Assign, name)
	delete(o.Replace, name)
	delete(o.Tables, name)
}

// A Module is a resolved root module.
type Module struct {
	Name      string
	Tree      *syntax.Module
	Constants []*ir.Constant
	Variables []*ir.Variable
	// Defs are the definitions that the root can name: its own, those it
	// extends, and those of its named instances ("I!Op"). Of standard modules
	// only those in use are there; Def finds the others.
	Defs     map[string]*ir.Def
	Assumes  []*ir.Formula
	Theorems []*ir.Formula
	// ModelValues are names that the module does not know and further expressions
	// (Expr) may use all the same: those of the config's model values.
	ModelValues map[string]bool

	run  *run
	unit *unit
}

// Load reads the module in the file at path, and all that it names. The result
// is nil when there are errors.
func (l *Loader) Load(path string, diags *diag.List) *Module {
	text, err := l.read(path)
	if err != nil {
		d := problem(diag.CodeNoFile, source.Span{}, "cannot read %s: %v", path, reason(err))
		d.Class = diag.System
		diags.Add(d.Diagnostic)
		return nil
	}
	return l.load(filepath.Dir(path), path, text, diags)
}

// LoadText is Load for a text; name is the file name for messages.
func (l *Loader) LoadText(name, text string, diags *diag.List) *Module {
	return l.load("", name, text, diags)
}

func (l *Loader) read(path string) (string, error) {
	if text, ok := l.Inline[filepath.Base(path)]; ok {
		return text, nil
	}
	data, err := l.fs().ReadFile(path)
	return string(data), err
}

func (l *Loader) fs() source.FileSystem {
	if l.FS == nil {
		return source.Disk
	}
	return l.FS
}

func reason(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "there is no such file"
	}
	return err.Error()
}

func (l *Loader) load(folder, name, text string, diags *diag.List) *Module {
	r := newRun(l, folder, diags)
	before := len(diags.Errors())
	r.file = l.Files.Add(name, text)
	tree := r.parse(r.file)
	if tree == nil {
		return nil
	}
	base := filepath.Base(name)
	if want := strings.TrimSuffix(base, ".tla"); want != tree.Name.Name && strings.HasSuffix(base, ".tla") {
		r.report(misnamed(tree, name, want))
	}
	r.trees[tree.Name.Name] = &parsed{tree: tree}
	m := r.resolve(tree)
	if len(diags.Errors()) > before {
		return nil
	}
	return m
}

// misnamed is the problem of a module in a file of another name.
func misnamed(tree *syntax.Module, file, want string) note {
	return problem(codeFileName, tree.Name.Span,
		"module %s is in the file %s, where module %s is expected", tree.Name.Name, filepath.Base(file), want).
		hint("name the file %s.tla, or the module %s", tree.Name.Name, want)
}

// A run is the work of loading one root module.
type run struct {
	loader *Loader
	folder string // the root module's
	file   *source.File
	diags  *diag.List
	trees  map[string]*parsed
	pure   map[*syntax.Module]bool
	// instance context is the root's; modules without parameters live here as well.
	rootContext *instanceContext
	root        *unit
	// alone marks the modules that were analysed by themselves.
	alone map[*syntax.Module]bool
	// incomplete is set when a module is missing: unknown names may be its.
	incomplete bool
	waiting
	// defs are the lowered ones, inner before outer, callees mostly first.
	defs   []*definition
	levels *levels
	// hidden is the first problem in a silent copy.
	hidden *diag.Diagnostic
	// borrowed holds the standard operators used without EXTENDS (W102).
	borrowed map[string]*symbol
}

// waiting is what one phase leaves to a later one.
type waiting struct {
	queue   []*definition // their bodies are to be lowered
	pending []func()      // checks for when all of the root is declared
	checks  []levelCheck  // for when all levels are known
}

// A parsed is a module's tree; nil when the module is missing or broken.
type parsed struct {
	tree *syntax.Module
	std  bool
}

func newRun(l *Loader, folder string, diags *diag.List) *run {
	return &run{
		loader: l, folder: folder, diags: diags,
		trees: map[string]*parsed{}, pure: map[*syntax.Module]bool{},
		rootContext: newContext(), alone: map[*syntax.Module]bool{},
		levels: newLevels(), borrowed: map[string]*symbol{},
	}
}

// parse parses a module, with its PlusCal algorithm, and reports its slips. The
// result is nil when the text has errors.
func (r *run) parse(f *source.File) *syntax.Module {
	before := len(r.diags.Errors())
	tree := syntax.Parse(r.loader.Files, f, r.diags)
	if len(r.diags.Errors()) > before {
		return nil
	}
	if !r.translate(f, tree) {
		return nil
	}
	for _, s := range tree.Slips {
		r.report(problem(codeSlip, s.Span, "%s is not TLA+; it is read as %s", s.Wrote, s.Means).
			hint("write %s for %s", s.Means, s.Wrote))
	}
	return tree
}

// module finds the module called name, which at asks for; nil when it is
// missing or broken, which has been reported then.
func (r *run) module(name string, at source.Span) *parsed {
	if p, ok := r.trees[name]; ok {
		return p
	}
	p := &parsed{}
	r.trees[name] = p
	f, std := r.find(name)
	if f == nil {
		r.incomplete = true
		r.report(problem(codeNoModule, at, "module %s is not found", name).hint("%s", r.searched(name)))
		return p
	}
	p.std = std
	p.tree = r.parse(f)
	if p.tree != nil && p.tree.Name.Name != name {
		r.report(misnamed(p.tree, f.Name, name).related(at, "module "+name+" is asked for here"))
		p.tree = nil
	}
	if p.tree == nil {
		r.incomplete = true
	}
	return p
}

// find looks for a module: core standard modules first, then texts given
// directly, the root's folder, the path, the other bundled modules, and what
// follows the root module in its file.
func (r *run) find(name string) (f *source.File, std bool) {
	if coreModules[name] {
		return r.bundled(name)
	}
	file := name + ".tla"
	if text, ok := r.loader.Inline[file]; ok {
		return r.loader.Files.Add(file, text), false
	}
	for _, dir := range r.folders() {
		path := filepath.Join(dir, file)
		if data, err := r.loader.fs().ReadFile(path); err == nil {
			return r.loader.Files.Add(path, string(data)), false
		}
	}
	if f, std := r.bundled(name); f != nil {
		return f, std
	}
	return r.alongside(name), false
}

// alongside finds a module in the root's file, after the root module; nil when
// it is not there. What is before it becomes blank lines, for the places in
// messages.
func (r *run) alongside(name string) *source.File {
	header := regexp.MustCompile(`(?m)^[ \t]*-{4,}[ \t]*MODULE[ \t]+` + regexp.QuoteMeta(name) + `[ \t]*-{4,}`)
	at := header.FindStringIndex(r.file.Text)
	if at == nil {
		return nil
	}
	before := strings.Count(r.file.Text[:at[0]], "\n")
	return r.loader.Files.Add(r.file.Name, strings.Repeat("\n", before)+r.file.Text[at[0]:])
}

func (r *run) folders() []string {
	if r.folder == "" {
		return r.loader.Path
	}
	return append([]string{r.folder}, r.loader.Path...)
}

// searched says where a missing module was looked for, and what may be meant.
func (r *run) searched(name string) string {
	where := "the bundled modules"
	if dirs := r.folders(); len(dirs) > 0 {
		where = strings.Join(dirs, ", ") + ", " + where
	}
	s := fmt.Sprintf("looked for %s.tla in %s; -I DIR or TLA_PATH add folders", name, where)
	if near := diag.Nearest(name, slices.Values(r.moduleNames())); near != "" {
		s = fmt.Sprintf("did you mean %s? ", near) + s
	}
	return s
}

// moduleNames lists the modules that can be named: bundled ones, and those in
// the folders.
func (r *run) moduleNames() []string {
	names := Standard()
	for _, dir := range r.folders() {
		files, _ := r.loader.fs().ReadDir(dir)
		for _, f := range files {
			if name, ok := strings.CutSuffix(f.Name(), ".tla"); ok {
				names = append(names, name)
			}
		}
	}
	for f := range r.loader.Inline {
		names = append(names, strings.TrimSuffix(f, ".tla"))
	}
	slices.Sort(names)
	return names
}
