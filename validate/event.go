package validate

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// A Reader resolves an expression in the scope of the spec; most is the highest
// level that it may have. The result is nil where text is none, which is reported
// to diags. See frontend.Expressions.
type Reader interface {
	Parse(text string, most ir.Level, diags *diag.List) ir.Expr
}

// An event is a line of the log with what it asks of a step.
type event struct {
	*Line
	named  string  // the action that the log names; "" for none
	action ir.Expr // a part of Next; nil where no step is meant
	still  bool    // no step at all will do
	seen   []sighting
	known  eval.State // values of the next state that are certain
}

// A sighting is a value that the line gives to an expression.
type sighting struct {
	*observation
	at     eval.Env // what the names of the Mapping mean on this line
	logged any
}

// An observation is an expression whose value lines may tell.
type observation struct {
	text    string
	expr    ir.Expr
	names   []*ir.Name   // bound names of the Mapping, by their number; nil for those that it does not use
	whole   *ir.Variable // that expr is; nil where it is none
	path    path
	renames renames
}

// A resolver makes events of lines: a Mapping held against a system.
type resolver struct {
	sys     *ir.System
	machine *eval.Machine
	reader  Reader
	mapping *Mapping
	before  bool // lines tell the state before their step

	models       map[string]bool // names of the model values of the spec
	values       renames
	bind         []string // names, sorted
	bindPaths    []path
	where        map[string]path
	action       path
	observations []*observation
	actions      map[string]ir.Expr // parts of Next, by name and arguments
	arguments    map[string]*observation
}

func newResolver(sys *ir.System, m *eval.Machine, reader Reader, mapping *Mapping) (*resolver, error) {
	r := &resolver{sys: sys, machine: m, reader: reader, mapping: mapping, before: mapping.Observed == "before",
		models: sys.ModelValues(), where: map[string]path{}, actions: map[string]ir.Expr{}, arguments: map[string]*observation{}}
	var err error
	if r.action, err = parsePath(or(mapping.Action, defaultAction)); err != nil {
		return nil, err
	}
	for text := range mapping.Where {
		if r.where[text], err = parsePath(text); err != nil {
			return nil, err
		}
	}
	r.bind = slices.Sorted(maps.Keys(mapping.Bind))
	for _, name := range r.bind {
		p, err := parsePath(mapping.Bind[name])
		if err != nil {
			return nil, err
		}
		r.bindPaths = append(r.bindPaths, p)
	}
	if r.values, err = r.constants(mapping.Values); err != nil {
		return nil, err
	}
	return r, r.observe()
}

// constants are the values of TLA+ constants, model values among them.
func (r *resolver) constants(texts map[string]string) (renames, error) {
	out := renames{}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		if r.models[texts[name]] {
			out[name] = value.NewModel(texts[name])
			continue
		}
		e, err := r.parse(texts[name], ir.ConstantLevel)
		if err != nil {
			return nil, err
		}
		if out[name], err = r.machine.Constant(e); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (r *resolver) parse(text string, most ir.Level) (ir.Expr, error) {
	var diags diag.List
	e := r.reader.Parse(text, most, &diags)
	if err := diags.Err(); err != nil {
		for _, d := range diags.Errors() {
			d.Class, d.Message = diag.Config, "in the mapping: "+d.Message
		}
		return nil, err
	}
	return e, nil
}

// observe reads the expressions of the Mapping; where it has none, each variable
// is one.
func (r *resolver) observe() error {
	fields := r.mapping.Variables
	if fields == nil {
		fields = map[string]Field{}
		for _, v := range r.sys.Variables {
			fields[v.Name] = Field{Path: "." + v.Name}
		}
	}
	for _, text := range slices.Sorted(maps.Keys(fields)) {
		o, err := r.observation(text, ir.StateLevel)
		if err != nil {
			return err
		}
		if o.path, err = parsePath(fields[text].Path); err != nil {
			return err
		}
		own, err := r.constants(fields[text].Values)
		if err != nil {
			return err
		}
		o.renames = r.values
		if len(own) > 0 {
			o.renames = maps.Clone(r.values)
			maps.Copy(o.renames, own)
		}
		r.observations = append(r.observations, o)
	}
	return nil
}

// observation reads an expression in which the bound names of the Mapping may
// stand.
func (r *resolver) observation(text string, most ir.Level) (*observation, error) {
	o := &observation{text: text, names: make([]*ir.Name, len(r.bind))}
	if !slices.ContainsFunc(r.bind, func(name string) bool { return strings.Contains(text, name) }) {
		e, err := r.parse(text, most)
		o.expr = e
		if v, ok := e.(*ir.VarRef); ok {
			o.whole = v.Var
		}
		return o, err
	}
	names := strings.Join(r.bind, ", ")
	zeros := strings.TrimSuffix(strings.Repeat("0, ", len(r.bind)), ", ")
	e, err := r.parse(fmt.Sprintf("LET Logged(%s) == %s IN Logged(%s)", names, text, zeros), most)
	if err != nil {
		return nil, err
	}
	def := e.(*ir.Let).Defs[0]
	o.expr = def.Body
	ir.Walk(def.Body, func(e ir.Expr) bool {
		if ref, ok := e.(*ir.NameRef); ok {
			if i := slices.Index(def.Params, ref.Name); i >= 0 {
				o.names[i] = ref.Name
			}
		}
		return true
	})
	return o, nil
}

// event is what line l asks for; nil where it does not count.
func (r *resolver) event(l *Line) (*event, error) {
	for text, want := range r.mapping.Where {
		got, there := r.where[text].in(l)
		if !there || fmt.Sprint(got) != fmt.Sprint(want) {
			return nil, nil
		}
	}
	e := &event{Line: l, known: make(eval.State, len(r.sys.Variables))}
	names, err := r.names(l)
	if err != nil {
		return nil, err
	}
	counts, err := r.act(e, names)
	if err != nil || !counts {
		return nil, err
	}
	for _, o := range r.observations {
		logged, there := o.path.in(l)
		if !there {
			continue
		}
		at, err := r.at(o, l, names)
		if err != nil {
			return nil, err
		}
		e.seen = append(e.seen, sighting{o, at, logged})
		if v, ok := o.renames.certain(logged, r.models); ok && o.whole != nil && !r.before {
			e.known[o.whole.ID] = v
		}
	}
	return e, nil
}

// names are the values of the bound names on line l; nil for those that it lacks.
func (r *resolver) names(l *Line) ([]value.Value, error) {
	out := make([]value.Value, len(r.bind))
	for i, p := range r.bindPaths {
		logged, there := p.in(l)
		if !there {
			continue
		}
		v, err := r.values.likely(logged, r.models)
		if err != nil {
			return nil, diag.New(diag.Config, codeMissing, l.Span, fmt.Sprintf("%s, bound to %s, is no value: %v", r.mapping.Bind[r.bind[i]], r.bind[i], err))
		}
		out[i] = v
	}
	return out, nil
}

// at binds the names that o uses.
func (r *resolver) at(o *observation, l *Line, names []value.Value) (eval.Env, error) {
	var at eval.Env
	for i, n := range o.names {
		if n == nil {
			continue
		}
		if names[i] == nil {
			return at, diag.New(diag.Config, codeMissing, l.Span, fmt.Sprintf("this line has no %s, which %s needs", r.mapping.Bind[r.bind[i]], o.text))
		}
		at = at.Bind(n, names[i])
	}
	return at, nil
}

// act finds which steps line e may be; false where it does not count.
func (r *resolver) act(e *event, names []value.Value) (counts bool, err error) {
	logged, there := r.action.in(e.Line)
	if !there {
		e.action, e.still = r.sys.Next, true
		return true, nil
	}
	name, ok := logged.(string)
	if !ok {
		text, _ := json.Marshal(logged)
		return false, diag.New(diag.Config, codeUnknown, e.Span, fmt.Sprintf("the action of a line is a name, not %s", text))
	}
	e.named = name
	means, mapped := r.mapping.Actions[name]
	if !mapped {
		means.Names = []string{name}
	}
	if means.Skip {
		return false, nil
	}
	var parts []ir.Expr
	for _, text := range means.Names {
		if text == "UNCHANGED" {
			e.still = true
			continue
		}
		part, err := r.part(text, e.Line, names)
		if err != nil {
			return false, err
		}
		parts = append(parts, part)
	}
	switch len(parts) {
	case 0:
	case 1:
		e.action = parts[0]
	default:
		e.action = &ir.App{Span: r.sys.Next.Pos(), Op: ir.Or, Args: parts}
	}
	return true, nil
}

// part is the part of Next that text, an action with or without arguments, names
// on line l.
func (r *resolver) part(text string, l *Line, names []value.Value) (ir.Expr, error) {
	p := parsePattern(text)
	args := make([]value.Value, len(p.args))
	key := p.name
	for i, arg := range p.args {
		v, err := r.argument(arg, l, names)
		if err != nil {
			return nil, err
		}
		args[i] = v
		key += fmt.Sprintf("|%v", v)
	}
	if known, ok := r.actions[key]; ok {
		return known, nil
	}
	part := restricted(r.sys.Next, p.name, args)
	if part == nil {
		return nil, r.unknown(p.name, l.Span)
	}
	r.actions[key] = part
	return part, nil
}

// argument is the value of an argument of an action; nil where it is open.
func (r *resolver) argument(text string, l *Line, names []value.Value) (value.Value, error) {
	if text == "_" {
		return nil, nil
	}
	o := r.arguments[text]
	if o == nil {
		var err error
		if o, err = r.observation(text, ir.ConstantLevel); err != nil {
			return nil, err
		}
		r.arguments[text] = o
	}
	at, err := r.at(o, l, names)
	if err != nil {
		return nil, err
	}
	return r.machine.ValueIn(at, o.expr, nil, nil)
}

// unknown says that no action has the name.
func (r *resolver) unknown(name string, at source.Span) error {
	all := actionNames(r.sys.Next)
	hint := "say what it stands for under \"actions\" of the mapping; the actions of the spec are " + strings.Join(all, ", ")
	if near := diag.Nearest(name, slices.Values(all)); near != "" {
		hint = "did you mean " + near + "? " + hint
	}
	return &diag.Error{Diagnostics: []*diag.Diagnostic{{Code: codeUnknown, Class: diag.Config, Span: at,
		Message: fmt.Sprintf("the spec has no action %s", name), Hint: hint}}}
}

// hidden is the part of Next that the log may lack; nil where it may lack none.
func (r *resolver) hidden(steps int) (ir.Expr, error) {
	if steps == 0 {
		return nil, nil
	}
	names := r.mapping.Unlogged.Actions
	if len(names) == 0 {
		return r.sys.Next, nil
	}
	var parts []ir.Expr
	for _, name := range names {
		part, err := r.part(name, &Line{}, make([]value.Value, len(r.bind)))
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	return &ir.App{Span: r.sys.Next.Pos(), Op: ir.Or, Args: parts}, nil
}

// holds tells whether s is as the line saw it.
func (e *event) holds(m *eval.Machine, s eval.State) (bool, error) {
	for i := range e.seen {
		o := &e.seen[i]
		v, err := o.value(m, s)
		if err != nil || !o.renames.describes(o.logged, v) {
			return false, err
		}
	}
	return true, nil
}

// value is that of the expression in s.
func (o *sighting) value(m *eval.Machine, s eval.State) (value.Value, error) {
	if o.whole != nil {
		return s[o.whole.ID], nil
	}
	return m.ValueIn(o.at, o.expr, s, nil)
}
