package show

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/lemma-mc/lemma/internal/wholefile"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/trace/itf"
)

// A format is a form of file that a counterexample can be written to.
type format struct {
	ending string
	render func(r *Report, b *trace.Behaviour, module string) ([]byte, error)
	proofs bool // it also shows a proof, and how far one came: then b is nil
}

// formats are the forms, by ending. An ending comes before those that it ends with.
var formats = []format{
	{".itf.json", func(r *Report, b *trace.Behaviour, _ string) ([]byte, error) {
		return itf.Write(b, itf.Source{Spec: r.Spec, Status: r.Status, Version: r.Version})
	}, false},
	{".json", func(r *Report, _ *trace.Behaviour, _ string) ([]byte, error) { return r.JSON() }, true},
	{".tla", func(r *Report, b *trace.Behaviour, module string) ([]byte, error) { return r.TLA(b, module), nil }, false},
	{".html", func(r *Report, b *trace.Behaviour, _ string) ([]byte, error) { return r.HTML(b) }, true},
	{".md", func(r *Report, b *trace.Behaviour, _ string) ([]byte, error) { return r.Markdown(b), nil }, false},
	{".dot", func(r *Report, b *trace.Behaviour, _ string) ([]byte, error) { return r.Dot(b), nil }, false},
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
// ending names; some forms also show a proof, or how far one came. Where there is
// neither it writes nothing. The file appears whole or not at all.
func (r *Report) WriteTrace(path string) error {
	for _, f := range formats {
		if base, ok := strings.CutSuffix(filepath.Base(path), f.ending); ok {
			b := r.behaviour()
			if b == nil && !(f.proofs && r.aboutProof()) {
				return nil
			}
			text, err := f.render(r, b, base)
			if err != nil {
				return err
			}
			return wholefile.Write(path, text)
		}
	}
	return CheckEnding(path)
}

// aboutProof tells whether r tells of a proof, or of what stands in the way of one.
func (r *Report) aboutProof() bool {
	return len(r.Proofs)+len(r.Lemmas)+len(r.CTIs) > 0
}
