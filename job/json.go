package job

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/lemma-mc/lemma/source"
)

// A node is a JSON value with its place, so that a wrong field is reported
// where it stands. Exactly one of the contents is set, by kind.
type node struct {
	span   source.Span
	kind   nodeKind
	text   string // of a string; digits of a number
	truth  bool
	list   []*node
	fields []*member // of an object, in order
}

type member struct {
	key   string
	span  source.Span // of the key
	value *node
}

type nodeKind uint8

const (
	jsonNull nodeKind = iota
	jsonBool
	jsonNumber
	jsonString
	jsonArray
	jsonObject
)

func (k nodeKind) String() string {
	return [...]string{"null", "true or false", "a number", "a string", "an array", "an object"}[k]
}

// A jsonReader builds nodes from the tokens of encoding/json.
type jsonReader struct {
	file  *source.File
	dec   *json.Decoder
	depth int
}

// jsonError is a syntax error with its byte offset.
type jsonError struct {
	offset  int
	message string
}

func (e *jsonError) Error() string { return e.message }

// deepest is how far values may nest: the reader recurses.
const deepest = 1000

// readJSON reads the one value that f holds.
func readJSON(f *source.File) (*node, error) {
	r := &jsonReader{file: f, dec: json.NewDecoder(strings.NewReader(f.Text))}
	r.dec.UseNumber()
	n, err := r.value()
	if err != nil {
		return nil, err
	}
	if _, err := r.dec.Token(); !errors.Is(err, io.EOF) {
		return nil, &jsonError{int(r.dec.InputOffset()), "there is text after the end of the JSON value"}
	}
	return n, nil
}

// token returns the next token with its span.
func (r *jsonReader) token() (json.Token, source.Span, error) {
	from := int(r.dec.InputOffset())
	t, err := r.dec.Token()
	if err != nil {
		return nil, source.Span{}, r.syntaxError(err)
	}
	to := int(r.dec.InputOffset())
	from += len(r.file.Text[from:to]) - len(strings.TrimLeft(r.file.Text[from:to], " \t\r\n,:"))
	return t, source.Span{Start: r.file.Pos(from), End: r.file.Pos(to)}, nil
}

func (r *jsonReader) syntaxError(err error) error {
	var bad *json.SyntaxError
	switch {
	case errors.As(err, &bad):
		return &jsonError{max(0, int(bad.Offset)-1), bad.Error()}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &jsonError{len(r.file.Text), "the JSON text ends too early"}
	}
	return &jsonError{int(r.dec.InputOffset()), err.Error()}
}

func (r *jsonReader) value() (*node, error) {
	t, span, err := r.token()
	if err != nil {
		return nil, err
	}
	n := &node{span: span}
	switch t := t.(type) {
	case bool:
		n.kind, n.truth = jsonBool, t
	case json.Number:
		n.kind, n.text = jsonNumber, t.String()
	case string:
		n.kind, n.text = jsonString, t
	case json.Delim:
		err = r.compound(n, t)
	}
	return n, err
}

func (r *jsonReader) compound(n *node, open json.Delim) error {
	if n.kind = jsonArray; open == '{' {
		n.kind = jsonObject
	}
	if r.depth++; r.depth > deepest {
		return &jsonError{int(r.dec.InputOffset()), fmt.Sprintf("it nests more than %d deep", deepest)}
	}
	defer func() { r.depth-- }()
	for r.dec.More() {
		if n.kind == jsonArray {
			v, err := r.value()
			if err != nil {
				return err
			}
			n.list = append(n.list, v)
			continue
		}
		key, span, err := r.token()
		if err != nil {
			return err
		}
		v, err := r.value()
		if err != nil {
			return err
		}
		n.fields = append(n.fields, &member{key: fmt.Sprint(key), span: span, value: v})
	}
	_, end, err := r.token()
	n.span = n.span.To(end)
	return err
}
