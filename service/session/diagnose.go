package session

import (
	"path/filepath"
	"slices"
	"sort"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/temporal"
)

// diagnose lists what loading said.
func (in *Inside) diagnose(a *Answer, err error) {
	a.Diagnostics = []Diagnostic{}
	list := diag.Of(err)
	if list == nil && err != nil {
		a.Problem = in.problem(err)
	}
	for _, d := range slices.Concat(list, in.task.Warnings) {
		a.Diagnostics = append(a.Diagnostics, *in.diagnostic(d))
	}
	if sys := in.task.System; sys != nil {
		a.Module = moduleOf(sys)
	}
}

func moduleOf(sys *ir.System) *Module {
	m := &Module{Name: sys.Name, Constants: []string{}, Variables: sys.VariableNames(), Formulas: []string{}, Actions: []string{}, Properties: []string{}}
	for _, c := range sys.Constants {
		m.Constants = append(m.Constants, c.Name)
	}
	for name, d := range sys.Defs {
		if len(d.Params) > 0 || d.Body == nil || d.Key != "" || d.Module != sys.Name {
			continue
		}
		switch temporal.Level(d.Body) {
		case ir.StateLevel:
			m.Formulas = append(m.Formulas, name)
		case ir.ActionLevel:
			m.Actions = append(m.Actions, name)
		case ir.TemporalLevel:
			m.Properties = append(m.Properties, name)
		}
	}
	for _, names := range [][]string{m.Formulas, m.Actions, m.Properties} {
		sort.Strings(names)
	}
	return m
}

// problem is err as a diagnostic.
func (in *Inside) problem(err error) *Diagnostic {
	if list := diag.Of(err); list != nil {
		return in.diagnostic(list[0])
	}
	return &Diagnostic{Severity: "error", Message: err.Error()}
}

func (in *Inside) diagnostic(d *diag.Diagnostic) *Diagnostic {
	out := &Diagnostic{Code: d.Code, Severity: "error", Message: d.Message, Hint: d.Hint, Place: in.place(d.Span)}
	if d.Code.Warning() {
		out.Severity = "warning"
	}
	for _, r := range d.Related {
		out.Related = append(out.Related, Related{r.Message, in.place(r.Span)})
	}
	return out
}

func (in *Inside) place(span source.Span) Place {
	from, ok := in.task.Files.Position(span.Start)
	if !ok {
		return Place{}
	}
	to, _ := in.task.Files.Position(span.End)
	return Place{filepath.Base(from.File.Name), from.Line, from.Column, to.Line, to.Column}
}

func (in *Inside) at(span source.Span) string { return diag.Place(in.task.Files, span.Start) }
