package lsp

import (
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/source"
)

// A diagnostic is a message of the protocol.
type diagnostic struct {
	Range    span      `json:"range"`
	Severity int       `json:"severity"` // 1 for an error, 2 for a warning
	Code     string    `json:"code"`
	Source   string    `json:"source"`
	Message  string    `json:"message"`
	Related  []related `json:"relatedInformation,omitempty"`
}

type related struct {
	Location location `json:"location"`
	Message  string   `json:"message"`
}

// diagnose reads d and tells what is wrong in it, and in the modules that it names.
func (s *Server) diagnose(d *document) {
	if !strings.HasSuffix(d.path, ".tla") {
		return
	}
	files := &source.Set{}
	open := map[string]string{}
	for _, o := range s.docs {
		open[o.path] = o.text
	}
	m, warnings, err := frontend.LoadExpressions(frontend.Options{Files: files, Spec: d.path, FS: overlay{open, s.FS}, Path: s.Path})
	list := append(diag.Of(err), warnings...)
	if err != nil && len(diag.Of(err)) == 0 {
		list = append(list, diag.New(diag.System, codeUnread, source.Span{}, err.Error()).Diagnostics...)
	}
	if err == nil {
		d.names = newIndex(files, m)
	}
	out := []diagnostic{}
	for _, x := range list {
		out = append(out, s.diagnostic(files, d, x))
	}
	_ = s.publish(d, out) // what cannot be written is met by the next answer
}

const codeUnread diag.Code = "S172" // a module that cannot be read in an editor

// publish tells the editor what is wrong in d.
func (s *Server) publish(d *document, list []diagnostic) error {
	if list == nil {
		list = []diagnostic{}
	}
	return s.out.notify("textDocument/publishDiagnostics", map[string]any{"uri": d.uri, "diagnostics": list})
}

// diagnostic is x as an editor shows it in d. What is wrong elsewhere is shown at the
// beginning of d, with the place.
func (s *Server) diagnostic(files *source.Set, d *document, x *diag.Diagnostic) diagnostic {
	out := diagnostic{Severity: 1, Code: string(x.Code), Source: "lemma", Message: x.Message}
	if x.Code.Warning() {
		out.Severity = 2
	}
	if x.Hint != "" {
		out.Message += "\n" + x.Hint
	}
	at, ok := locate(files, x.Span)
	switch {
	case ok && at.URI == uriOf(d.path):
		out.Range = at.Range
	case ok:
		out.Related = append(out.Related, related{at, x.Message})
	}
	for _, r := range x.Related {
		if at, ok := locate(files, r.Span); ok {
			out.Related = append(out.Related, related{at, r.Message})
		}
	}
	return out
}

// locate is where a span is, if that is in a file.
func locate(files *source.Set, at source.Span) (location, bool) {
	pos, ok := files.Position(at.Start)
	if !ok || strings.HasPrefix(pos.File.Name, "<") {
		return location{}, false
	}
	text := pos.File.Text
	return location{uriOf(pos.File.Name), span{place(text, pos.File.Offset(at.Start)), place(text, pos.File.Offset(at.End))}}, true
}
