package show

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/lemma-mc/lemma/internal/wholefile"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/trace/itf"
)

// formats are the files that a behaviour can be written to, by ending. An
// ending comes before those that it ends with.
var formats = []struct {
	ending string
	render func(r *Report, b *trace.Behaviour, module string) ([]byte, error)
}{
	{".itf.json", func(r *Report, b *trace.Behaviour, _ string) ([]byte, error) {
		return itf.Write(b, itf.Source{Spec: r.Spec, Status: r.Status, Version: r.Version})
	}},
	{".json", func(r *Report, _ *trace.Behaviour, _ string) ([]byte, error) { return r.JSON() }},
	{".tla", func(r *Report, b *trace.Behaviour, module string) ([]byte, error) { return r.TLA(b, module), nil }},
	{".html", func(r *Report, b *trace.Behaviour, _ string) ([]byte, error) { return r.HTML(b) }},
	{".md", func(r *Report, b *trace.Behaviour, _ string) ([]byte, error) { return r.Markdown(b), nil }},
	{".dot", func(r *Report, b *trace.Behaviour, _ string) ([]byte, error) { return r.Dot(b), nil }},
}

// CheckEnding returns an error when no format has the ending of path.
func CheckEnding(path string) error {
	var endings []string
	for _, f := range formats {
		if strings.HasSuffix(path, f.ending) {
			return nil
		}
		endings = append(endings, f.ending)
	}
	return fmt.Errorf("%s: the form of a trace follows from the ending: %s", path, strings.Join(endings, ", "))
}

// WriteTrace writes the counterexample of r to path, in the form that the
// ending names. Without a counterexample it writes nothing. The file appears
// whole or not at all.
func (r *Report) WriteTrace(path string) error {
	b := r.behaviour()
	if b == nil {
		return nil
	}
	for _, f := range formats {
		if base, ok := strings.CutSuffix(filepath.Base(path), f.ending); ok {
			text, err := f.render(r, b, base)
			if err != nil {
				return err
			}
			return wholefile.Write(path, text)
		}
	}
	return CheckEnding(path)
}
