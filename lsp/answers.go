package lsp

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/frontend/module"
)

// A point is a place in a document that a request is about.
type point struct {
	textDocument
	Position position `json:"position"`
}

// find is the name at a point of a document; nil where there is none that is known.
func (s *Server) find(p point) (*document, *occurrence, error) {
	d, err := s.document(p.TextDocument.URI)
	if err != nil {
		return nil, nil, err
	}
	if d.stale { // what was typed just now counts
		d.stale = false
		s.diagnose(d)
	}
	if d.names == nil {
		return d, nil, nil
	}
	f := d.names.files.File(d.path)
	if f == nil {
		return d, nil, nil
	}
	return d, d.names.at(f.Pos(offset(f.Text, p.Position))), nil
}

// hover says what a name is: how it is declared, its type, and the comment before it.
func (s *Server) hover(p point) (any, error) {
	d, o, err := s.find(p)
	if o == nil {
		return nil, err
	}
	n := o.of
	text := "```tla\n" + headOf(n) + "\n```\n" + kindOf(n)
	if t := d.names.typeOf(n); t != "" {
		text += ", `" + t + "`"
	}
	if c := d.names.comment(n); c != "" {
		text += "\n\n" + c
	}
	at, _ := locate(d.names.files, o.at)
	return map[string]any{"contents": map[string]any{"kind": "markdown", "value": text}, "range": at.Range}, nil
}

// headOf is the name with its parameters.
func headOf(n *name) string {
	if n.def == nil || len(n.def.Params) == 0 {
		return n.text
	}
	params := make([]string, len(n.def.Params))
	for i, p := range n.def.Params {
		params[i] = p.Ident
		if p.Arity > 0 {
			params[i] += "(" + strings.TrimSuffix(strings.Repeat("_, ", p.Arity), ", ") + ")"
		}
	}
	return n.text + "(" + strings.Join(params, ", ") + ")"
}

var levels = [...]string{"constant", "state", "action", "temporal"}

func kindOf(n *name) string {
	if n.def == nil {
		return n.kind
	}
	kind := n.kind + " of level " + levels[n.level]
	if n.def.Module != "" {
		kind += ", module " + n.def.Module
	}
	return kind
}

func (s *Server) definition(p point) (any, error) {
	d, o, err := s.find(p)
	if o == nil {
		return nil, err
	}
	at, ok := locate(d.names.files, o.of.at)
	if !ok {
		return nil, nil
	}
	return at, nil
}

// uses are the places of the name at a point.
func (s *Server) uses(p point) ([]location, error) {
	d, o, err := s.find(p)
	out := []location{}
	if o == nil {
		return out, err
	}
	for _, other := range d.names.occurrences {
		if other.of != o.of {
			continue
		}
		if at, ok := locate(d.names.files, other.at); ok {
			out = append(out, at)
		}
	}
	return out, nil
}

func (s *Server) references(p point) (any, error) { return s.uses(p) }

func (s *Server) highlight(p point) (any, error) {
	all, err := s.uses(p)
	type mark struct {
		Range span `json:"range"`
	}
	out := []mark{}
	for _, at := range all {
		if at.URI == uriOf(pathOf(p.TextDocument.URI)) {
			out = append(out, mark{at.Range})
		}
	}
	return out, err
}

// Kinds of symbols and of completions, by the protocol.
const (
	symbolFunction, symbolVariable, symbolConstant                                                  = 12, 13, 14
	completionFunction, completionVariable, completionModule, completionKeyword, completionConstant = 3, 6, 9, 14, 21
)

func (s *Server) symbols(p textDocument) (any, error) {
	d, err := s.document(p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	type symbol struct {
		Name           string `json:"name"`
		Kind           int    `json:"kind"`
		Range          span   `json:"range"`
		SelectionRange span   `json:"selectionRange"`
	}
	out := []symbol{}
	if d.stale {
		d.stale = false
		s.diagnose(d)
	}
	if d.names == nil {
		return out, nil
	}
	for _, n := range d.names.names {
		at, ok := locate(d.names.files, n.at)
		if !ok || at.URI != uriOf(d.path) {
			continue
		}
		kind := map[string]int{"constant": symbolConstant, "variable": symbolVariable, "definition": symbolFunction}[n.kind]
		whole := at.Range
		if n.def != nil && n.def.Body != nil {
			if body, ok := locate(d.names.files, n.def.Body.Pos()); ok && body.URI == at.URI {
				whole.End = body.Range.End
			}
		}
		out = append(out, symbol{n.text, kind, whole, at.Range})
	}
	slices.SortStableFunc(out, func(a, b symbol) int { return a.Range.Start.Line - b.Range.Start.Line })
	return out, nil
}

// A completion is a word that could stand where one types.
type completion struct {
	Label  string `json:"label"`
	Kind   int    `json:"kind"`
	Detail string `json:"detail,omitempty"`
}

var keywords = strings.Fields(`ASSUME ASSUMPTION AXIOM BOOLEAN CASE CHOOSE CONSTANT CONSTANTS DOMAIN ELSE ENABLED EXCEPT EXTENDS FALSE IF IN
INSTANCE LAMBDA LET LOCAL MODULE OTHER RECURSIVE SF_ STRING SUBSET THEN THEOREM TRUE UNCHANGED UNION VARIABLE VARIABLES WF_ WITH`)

// completion lists modules where one is named, else the names that there are.
func (s *Server) completion(p point) (any, error) {
	d, err := s.document(p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	at := offset(d.text, p.Position)
	line := d.text[strings.LastIndexByte(d.text[:at], '\n')+1 : at]
	if words := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\t' || r == ',' }); len(words) > 0 {
		for _, w := range words {
			if w == "EXTENDS" || w == "INSTANCE" {
				return s.modules(d), nil
			}
		}
	}
	out := []completion{}
	if d.names != nil {
		for _, n := range d.names.names {
			kind := map[string]int{"constant": completionConstant, "variable": completionVariable, "definition": completionFunction}[n.kind]
			out = append(out, completion{n.text, kind, headOf(n)})
		}
	}
	for _, w := range keywords {
		out = append(out, completion{w, completionKeyword, ""})
	}
	return out, nil
}

// modules are the standard modules and those beside d.
func (s *Server) modules(d *document) []completion {
	out := []completion{}
	for _, m := range module.Standard() {
		out = append(out, completion{m, completionModule, "standard module"})
	}
	entries, _ := s.FS.ReadDir(filepath.Dir(d.path))
	for _, e := range entries {
		if m, ok := strings.CutSuffix(e.Name(), ".tla"); ok && e.Name() != filepath.Base(d.path) {
			out = append(out, completion{m, completionModule, fmt.Sprintf("module in %s", e.Name())})
		}
	}
	return out
}

// comment is what stands in comments before a definition or declaration.
func (x *index) comment(n *name) string {
	pos, ok := x.files.Position(n.at.Start)
	if !ok || n.kind == "bound name" || n.kind == "parameter" {
		return ""
	}
	lines := strings.Split(pos.File.Text[:pos.File.Offset(n.at.Start)], "\n")
	var out []string
	for i := len(lines) - 2; i >= 0; i-- {
		line := strings.TrimSpace(lines[i])
		if !strings.HasPrefix(line, `\*`) && !(strings.HasPrefix(line, "(*") && strings.HasSuffix(line, "*)")) {
			break
		}
		line = strings.Trim(strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(line, `\*`), "(*"), "*)"), "* ")
		out = append(out, line)
	}
	slices.Reverse(out)
	return strings.TrimSpace(strings.Join(out, "\n"))
}
