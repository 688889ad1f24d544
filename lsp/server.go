package lsp

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"github.com/lemma-mc/lemma/source"
)

// A Server serves one editor.
type Server struct {
	Version string
	FS      source.FileSystem // where modules are that the editor does not have open
	Path    []string          // folders to look for modules in, after a module's own

	out     *writer
	docs    map[string]*document // by URI
	stopped bool                 // the editor has said that it is about to end
}

// A document is a text that the editor has open.
type document struct {
	uri, path, text string
	stale           bool   // it, or another one, has changed since it was read
	names           *index // of the last text that could be read
}

// Serve answers what comes in until it ends or the editor says exit. Messages that
// are wrong are answered with what is wrong with them. The error is that of a stream
// that broke, or that the editor ended without saying so.
func (s *Server) Serve(ctx context.Context, in io.Reader, out io.Writer) error {
	s.out, s.docs = &writer{out: out}, map[string]*document{}
	messages := make(chan *message)
	broken := make(chan error, 1)
	go func() {
		defer close(messages)
		r := reader{bufio.NewReader(in)}
		for {
			m, err := r.next()
			if err != nil {
				broken <- err
				return
			}
			select {
			case messages <- m:
			case <-ctx.Done():
				return
			}
		}
	}()
	for {
		m, more := s.waiting(ctx, messages)
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case !more:
			if err := <-broken; !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
				return err
			}
			return nil
		case m.Method == "exit":
			return nil
		}
		if err := s.handle(m); err != nil {
			return err
		}
	}
}

// waiting is the next message. While none waits, documents are read that changed:
// so a document is read once however fast somebody types.
func (s *Server) waiting(ctx context.Context, messages <-chan *message) (m *message, more bool) {
	select {
	case m, more = <-messages:
		return m, more
	default:
	}
	s.refresh()
	select {
	case m, more = <-messages:
	case <-ctx.Done():
	}
	return m, more
}

// refresh reads the documents that have changed, and tells what is wrong in them.
func (s *Server) refresh() {
	for _, d := range s.docs {
		if d.stale {
			d.stale = false
			s.diagnose(d)
		}
	}
}

// handle answers a message. The error is that nothing can be written any more.
func (s *Server) handle(m *message) error {
	if m.wrong != nil {
		return s.out.answer(nil, nil, &failure{codeParse, m.wrong.Error()})
	}
	if m.Method == "" { // an answer to what nobody asked
		return nil
	}
	result, err := s.safely(m)
	if m.ID == nil {
		return nil
	}
	return s.out.answer(m.ID, result, err)
}

// safely is dispatch; a panic of it is an error that the editor shows.
func (s *Server) safely(m *message) (result any, err error) {
	defer func() {
		if p := recover(); p != nil {
			result, err = nil, &failure{codeInternal, fmt.Sprintf("internal error in %s: %v\n%s", m.Method, p, debug.Stack())}
		}
	}()
	return s.dispatch(m)
}

// A call answers the parameters of a method.
type call func(s *Server, params json.RawMessage) (any, error)

var methods = map[string]call{
	"initialize":                       with((*Server).initialize),
	"initialized":                      nothing,
	"shutdown":                         (*Server).shutdown,
	"$/cancelRequest":                  nothing,
	"$/setTrace":                       nothing,
	"textDocument/didOpen":             with((*Server).didOpen),
	"textDocument/didChange":           with((*Server).didChange),
	"textDocument/didClose":            with((*Server).didClose),
	"textDocument/didSave":             with((*Server).didSave),
	"workspace/didChangeWatchedFiles":  with((*Server).filesChanged),
	"workspace/didChangeConfiguration": nothing,
	"textDocument/hover":               with((*Server).hover),
	"textDocument/definition":          with((*Server).definition),
	"textDocument/references":          with((*Server).references),
	"textDocument/documentHighlight":   with((*Server).highlight),
	"textDocument/documentSymbol":      with((*Server).symbols),
	"textDocument/completion":          with((*Server).completion),
}

func (s *Server) dispatch(m *message) (any, error) {
	f := methods[m.Method]
	if f == nil {
		return nil, &failure{codeNoMethod, "there is no method " + m.Method}
	}
	if s.stopped {
		return nil, &failure{codeInvalidRequest, "the server is shut down"}
	}
	return f(s, m.Params)
}

// with makes a call of a method that takes parameters of a type.
func with[P any](f func(*Server, P) (any, error)) call {
	return func(s *Server, params json.RawMessage) (any, error) {
		var p P
		if len(params) > 0 {
			if err := json.Unmarshal(params, &p); err != nil {
				return nil, &failure{codeInvalidParams, err.Error()}
			}
		}
		return f(s, p)
	}
}

func nothing(*Server, json.RawMessage) (any, error) { return nil, nil }

func (s *Server) shutdown(json.RawMessage) (any, error) {
	s.stopped = true
	return nil, nil
}

func (s *Server) initialize(struct{}) (any, error) {
	return map[string]any{
		"serverInfo": map[string]any{"name": "lemma", "version": s.Version},
		"capabilities": map[string]any{
			"textDocumentSync":          map[string]any{"openClose": true, "change": 2, "save": true},
			"hoverProvider":             true,
			"definitionProvider":        true,
			"referencesProvider":        true,
			"documentHighlightProvider": true,
			"documentSymbolProvider":    true,
			"completionProvider":        map[string]any{"triggerCharacters": []string{"\\", "!"}},
		},
	}, nil
}

type textDocument struct {
	TextDocument struct {
		URI  string `json:"uri"`
		Text string `json:"text"`
	} `json:"textDocument"`
}

func (s *Server) didOpen(p textDocument) (any, error) {
	uri := p.TextDocument.URI
	s.docs[uri] = &document{uri: uri, path: pathOf(uri), text: p.TextDocument.Text}
	s.changed()
	return nil, nil
}

type changes struct {
	textDocument
	ContentChanges []change `json:"contentChanges"`
}

func (s *Server) didChange(p changes) (any, error) {
	d, err := s.document(p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	d.text = edited(d.text, p.ContentChanges)
	s.changed()
	return nil, nil
}

func (s *Server) didSave(textDocument) (any, error) {
	s.changed()
	return nil, nil
}

func (s *Server) filesChanged(struct{}) (any, error) {
	s.changed()
	return nil, nil
}

func (s *Server) didClose(p textDocument) (any, error) {
	if d := s.docs[p.TextDocument.URI]; d != nil {
		delete(s.docs, d.uri)
		s.changed()
		return nil, s.publish(d, nil)
	}
	return nil, nil
}

// changed has all documents read again: each may extend the one that changed.
func (s *Server) changed() {
	for _, d := range s.docs {
		d.stale = true
	}
}

func (s *Server) document(uri string) (*document, error) {
	if d := s.docs[uri]; d != nil {
		return d, nil
	}
	return nil, &failure{codeInvalidParams, "the document " + uri + " is not open"}
}
