package show

import (
	"bytes"
	_ "embed"
	"html/template"
	"strings"
	"sync"

	"github.com/lemma-mc/lemma/trace"
)

//go:embed page.html
var pageText string

// page needs nothing from elsewhere: styles are in it, and it has no script.
var page = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Parse(pageText))
})

type htmlStep struct {
	Number        int
	Action, Place string
	Loop          bool // the behaviour returns here
	Vars          []htmlVar
}

type htmlVar struct {
	Text    string
	Changed bool
}

// HTML is b as one page that stands alone.
func (r *Report) HTML(b *trace.Behaviour) ([]byte, error) {
	data := struct {
		Spec, Headline, Closing, Summary, Version string
		Steps                                     []htmlStep
	}{r.Spec, r.Headline(), closing(b), r.Summary(), r.Version, nil}
	for i := range b.Steps {
		s := htmlStep{Number: i + 1, Action: b.Steps[i].Action, Place: r.place(b.Steps[i].Span), Loop: b.LoopStart == i+1}
		for _, v := range bindings(b, i) {
			s.Vars = append(s.Vars, htmlVar{strings.Join(lay(v.Name+" = ", v.Value, defaultWidth), "\n"), v.Changed})
		}
		data.Steps = append(data.Steps, s)
	}
	var out bytes.Buffer
	err := page().Execute(&out, data)
	return out.Bytes(), err
}
