package valuejson

import (
	"bytes"
	"encoding/json"
)

// An Object is a JSON object whose fields keep their order.
type Object []Field

// A Field is a name with anything that encodes as JSON.
type Field struct {
	Name  string
	Value any
}

// MarshalJSON writes the fields in order.
func (o Object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, f := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		for part, v := range []any{f.Name, f.Value} {
			text, err := compact(v)
			if err != nil {
				return nil, err
			}
			b.Write(text)
			if part == 0 {
				b.WriteByte(':')
			}
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// compact is v as JSON that leaves < and > readable.
func compact(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}

// Indented is v as JSON for people: nested by two spaces, with a line end.
func Indented(v any) ([]byte, error) {
	flat, err := compact(v)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, flat, "", "  "); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}
