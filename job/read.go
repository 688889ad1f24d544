package job

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// The codes of jobs in JSON.
const (
	codeJob diag.Code = "C105" // not JSON, or not the shape of a job; an unknown field
)

// IsJSON tells whether a text is meant as JSON, and not as a .cfg file: those
// never start with a brace or bracket.
func IsJSON(text string) bool {
	text = strings.TrimSpace(text)
	return strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[")
}

// Parse reads the job in JSON that is f. It reports every error that it finds to
// diags, with its place, and returns what it understood.
func Parse(f *source.File, diags *diag.List) *Job {
	j := &Job{given: map[string]bool{}}
	r := &reader{diags: diags}
	root, err := readJSON(f)
	var bad *jsonError
	if errors.As(err, &bad) {
		at := f.Pos(min(bad.offset, len(f.Text)))
		r.fail(source.Span{Start: at, End: at}, "", "this is not JSON: %s", bad.message)
		return j
	}
	if root.kind != jsonObject {
		r.fail(root.span, "", "a job is %s, found %s", jsonObject, root.kind)
		return j
	}
	r.object(j, root)
	return j
}

// A reader reports what is wrong with a job.
type reader struct{ diags *diag.List }

func (r *reader) fail(at source.Span, hint, format string, args ...any) {
	r.report(codeJob, at, hint, fmt.Sprintf(format, args...))
}

func (r *reader) report(code diag.Code, at source.Span, hint, message string) {
	r.diags.Add(&diag.Diagnostic{Code: code, Class: diag.Config, Span: at, Message: message, Hint: hint})
}

func (r *reader) object(j *Job, n *node) {
	fields := map[string]*Setting{}
	for _, s := range j.Settings() {
		if s.JSON != "" {
			fields[s.JSON] = s
		}
	}
	seen := map[string]bool{}
	for _, m := range n.fields {
		s := fields[m.key]
		switch {
		case s == nil:
			r.fail(m.span, unknownField(m.key, fields), "a job has no field %q", m.key)
		case seen[m.key]:
			r.fail(m.span, "", "%q is given twice", m.key)
		default:
			if err := s.read(r, m.value); err != nil {
				r.fail(m.value.span, "", "%s %v", m.key, err)
			} else if m.value.kind != jsonArray || len(m.value.list) > 0 { // an empty list says nothing
				s.say()
			}
		}
		seen[m.key] = true
	}
}

// unknownField is a hint at the field that was likely meant.
func unknownField(name string, fields map[string]*Setting) string {
	if near := diag.Nearest(name, slices.Values(slices.Sorted(maps.Keys(fields)))); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}

// value reads a constant: an array is a set, an object a record. A string
// inside an array is a model value, any other string a TLA+ string.
func (r *reader) value(n *node, inSet bool) value.Value {
	switch n.kind {
	case jsonBool:
		return value.Bool(n.truth)
	case jsonNumber:
		if i, ok := new(big.Int).SetString(n.text, 10); ok {
			return value.FromBig(i)
		}
		r.report(diag.CodeValue, n.span, "TLA+ specs here have whole numbers only", n.text+" is not a whole number")
	case jsonString:
		if inSet {
			return value.NewModel(n.text)
		}
		return value.NewStr(n.text)
	case jsonArray:
		return r.set(n)
	case jsonObject:
		return r.record(n)
	default:
		r.report(diag.CodeValue, n.span, "leave the constant out, or list it under \"any\"", "null is not a value of a constant")
	}
	return nil
}

func (r *reader) set(n *node) value.Value {
	elems := make([]value.Value, 0, len(n.list))
	for _, e := range n.list {
		if v := r.value(e, true); v != nil {
			elems = append(elems, v)
		}
	}
	return value.NewSet(elems)
}

func (r *reader) record(n *node) value.Value {
	fields := map[string]value.Value{}
	for _, m := range n.fields {
		if v := r.value(m.value, false); v != nil {
			fields[m.key] = v
		}
	}
	names := slices.Sorted(maps.Keys(fields))
	vals := make([]value.Value, len(names))
	for i, name := range names {
		vals[i] = fields[name]
	}
	return value.NewRecord(names, vals)
}

// plain is the JSON that value reads as v, which it has read.
func plain(v value.Value) any {
	switch v := v.(type) {
	case value.Bool:
		return bool(v)
	case value.Str:
		return v.Text()
	case value.Model:
		return v.Name()
	case *value.Record:
		return record(v.Names, v.Vals)
	case *value.Tuple: // the record without fields
		return record(nil, nil)
	case *value.Set:
		out := []any{}
		for _, e := range v.Elems {
			out = append(out, plain(e))
		}
		return out
	case value.Range:
		out := []any{}
		for i := v.Lo; i <= v.Hi; i++ {
			out = append(out, i)
		}
		return out
	}
	return json.RawMessage(v.String()) // a number
}

func record(names []string, vals []value.Value) any {
	out := map[string]any{}
	for i, name := range names {
		out[name] = plain(vals[i])
	}
	return out
}

// MarshalJSON writes what the job says, in the order of Settings. Parse reads it
// as the same job. What only a command line can say is left out.
func (j *Job) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for _, s := range j.Settings() {
		key := s.JSON
		if !s.given || key == "" {
			continue
		}
		text, err := json.Marshal(s.json())
		if err != nil {
			return nil, fmt.Errorf("the job's %s: %w", key, err)
		}
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%q:%s", key, text)
	}
	return []byte("{" + b.String() + "}"), nil
}
