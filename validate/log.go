package validate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
)

// The codes of this package.
const (
	codeLine    diag.Code = "C340" // a line of a log that is no JSON object
	codeMapping diag.Code = "C341" // a mapping that is not one
	codeUnknown diag.Code = "C342" // the log or the mapping names an action that the spec does not have
	codeMissing diag.Code = "C343" // a line lacks a field that the mapping needs
	codeNothing diag.Code = "C344" // nothing in the log says anything about the spec
)

// A Line is one line of a log.
type Line struct {
	File   string
	Number int // from 1
	Span   source.Span
	Fields map[string]any // as a json.Decoder that uses numbers gives them
}

// Place is where the line is: "node1.ndjson:17".
func (l *Line) Place() string { return fmt.Sprintf("%s:%d", l.File, l.Number) }

// A Log is the lines of one file, in order.
type Log []*Line

// ReadLog reads the text of a log: a JSON object a line, empty lines aside.
func ReadLog(f *source.File) (Log, error) {
	var log Log
	var diags diag.List
	offset := 0
	for number, text := range strings.SplitAfter(f.Text, "\n") {
		line := strings.TrimSpace(strings.TrimPrefix(text, byteOrderMark))
		if line != "" {
			at := offset + strings.Index(text, line)
			l := &Line{File: f.Name, Number: number + 1, Span: source.Span{Start: f.Pos(at), End: f.Pos(at + len(line))}}
			if err := l.read(line); err != nil {
				diags.Add(&diag.Diagnostic{Code: codeLine, Class: diag.Config, Span: l.Span,
					Message: "this line of the log is no JSON object: " + err.Error(),
					Hint:    "a log has an object a line, such as {\"action\": \"Acquire\", \"term\": 3}"})
				return nil, diags.Err()
			}
			log = append(log, l)
		}
		offset += len(text)
	}
	return log, nil
}

func (l *Line) read(text string) error {
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber()
	if err := d.Decode(&l.Fields); err != nil {
		return plainly(err)
	}
	if l.Fields == nil {
		return fmt.Errorf("it is null")
	}
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("more follows behind the object")
	}
	return nil
}

// byteOrderMark begins a text that an editor of Windows wrote.
const byteOrderMark = "\ufeff"

// plainly is an error of the JSON decoder without the names of Go types.
func plainly(err error) error {
	var kind *json.UnmarshalTypeError
	switch {
	case errors.Is(err, io.EOF):
		return errors.New("it is empty")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("it ends too early")
	case errors.As(err, &kind) && kind.Field != "":
		return fmt.Errorf("%q cannot be a JSON %s", kind.Field, kind.Value)
	case errors.As(err, &kind):
		return fmt.Errorf("it is a JSON %s", kind.Value)
	}
	return errors.New(strings.TrimPrefix(err.Error(), "json: "))
}

// A path leads to a part of a line: .msg.term, .peers[0].
type path []any // string or int

// parsePath reads .a.b[0]; a leading dot may be left out.
func parsePath(text string) (path, error) {
	var out path
	rest := text
	for rest != "" {
		if strings.HasPrefix(rest, "[") {
			index, behind, closed := strings.Cut(rest[1:], "]")
			n, err := strconv.Atoi(index)
			if err != nil || n < 0 || !closed {
				return nil, fmt.Errorf("%q is no path: an index is [0], [1], and so on", text)
			}
			out, rest = append(out, n), behind
			continue
		}
		rest = strings.TrimPrefix(rest, ".")
		end := strings.IndexAny(rest, ".[")
		if end < 0 {
			end = len(rest)
		}
		if end == 0 {
			return nil, fmt.Errorf("%q is no path: a path is .field, .field.part or .field[0]", text)
		}
		out, rest = append(out, rest[:end]), rest[end:]
	}
	if out == nil {
		return nil, fmt.Errorf("an empty path")
	}
	return out, nil
}

// in is the part of the line, and whether there is one.
func (p path) in(l *Line) (any, bool) {
	var at any = l.Fields
	for _, key := range p {
		switch key := key.(type) {
		case string:
			o, ok := at.(map[string]any)
			if !ok {
				return nil, false
			}
			if at, ok = o[key]; !ok {
				return nil, false
			}
		case int:
			a, ok := at.([]any)
			if !ok || key >= len(a) {
				return nil, false
			}
			at = a[key]
		}
	}
	return at, true
}
