package itf

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"unicode"

	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// Read is the inverse of Write, and reads what Apalache writes: plain numbers
// beside "#bigint", "#tup" beside arrays, states without "#meta". A step
// without an action is called "" but for the first, "InitialState". It returns
// an error that names the state and the variable for what is no ITF, and for
// a value that the writer could not express.
func Read(text []byte) (*trace.Behaviour, error) {
	var doc struct {
		Meta struct {
			Models []string `json:"model-values"`
		} `json:"#meta"`
		Vars   []string                     `json:"vars"`
		Loop   *int                         `json:"loop"`
		States []map[string]json.RawMessage `json:"states"`
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		return nil, fmt.Errorf("not a trace in ITF: %w", err)
	}
	if len(doc.Vars) == 0 || len(doc.States) == 0 {
		return nil, fmt.Errorf("not a trace in ITF: it needs \"vars\" and \"states\"")
	}
	r := reader{models: doc.Meta.Models}
	b := &trace.Behaviour{Vars: doc.Vars}
	for i, s := range doc.States {
		step, err := r.step(doc.Vars, s)
		if err != nil {
			return nil, fmt.Errorf("state %d: %w", i+1, err)
		}
		if i == 0 && step.Action == "" {
			step.Action = "InitialState"
		}
		b.Steps = append(b.Steps, step)
	}
	if doc.Loop != nil {
		if *doc.Loop < 0 || *doc.Loop >= len(b.Steps) {
			return nil, fmt.Errorf("the loop begins at state %d, but there are %d states", *doc.Loop+1, len(b.Steps))
		}
		b.LoopStart = *doc.Loop + 1
	}
	return b, nil
}

// ParseValue is the value that Value wrote as v, decoded by a json.Decoder that
// uses numbers.
func ParseValue(v any) (value.Value, error) { return reader{}.value(v) }

// A reader knows which strings are model values.
type reader struct{ models []string }

func (r reader) step(vars []string, s map[string]json.RawMessage) (trace.Step, error) {
	var meta struct {
		Action string `json:"action"`
	}
	if raw, ok := s["#meta"]; ok {
		if err := json.Unmarshal(raw, &meta); err != nil {
			return trace.Step{}, fmt.Errorf("#meta: %w", err)
		}
	}
	step := trace.Step{Action: meta.Action, State: make([]value.Value, len(vars))}
	for i, name := range vars {
		raw, ok := s[name]
		if !ok {
			return step, fmt.Errorf("no value for the variable %s", name)
		}
		d := json.NewDecoder(bytes.NewReader(raw))
		d.UseNumber()
		var v any
		err := d.Decode(&v)
		if err == nil {
			step.State[i], err = r.value(v)
		}
		if err != nil {
			return step, fmt.Errorf("the variable %s: %w", name, err)
		}
	}
	return step, nil
}

func (r reader) value(v any) (value.Value, error) {
	switch v := v.(type) {
	case bool:
		return value.Bool(v), nil
	case json.Number:
		return integer(v.String())
	case string:
		if slices.Contains(r.models, v) {
			return value.NewModel(v), nil
		}
		return value.NewStr(v), nil
	case []any:
		elems, err := r.list(v)
		return value.NewTuple(elems), err
	case map[string]any:
		return r.object(v)
	}
	return nil, fmt.Errorf("%v is no value in ITF", v)
}

func integer(digits string) (value.Value, error) {
	n, ok := new(big.Int).SetString(digits, 10)
	if !ok {
		return nil, fmt.Errorf("%q is no integer", digits)
	}
	return value.FromBig(n), nil
}

func (r reader) list(v any) ([]value.Value, error) {
	list, ok := v.([]any)
	if !ok {
		return nil, fmt.Errorf("%v is no list", v)
	}
	out := make([]value.Value, len(list))
	for i, e := range list {
		var err error
		if out[i], err = r.value(e); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// object is a record, or one of the format's own objects.
func (r reader) object(o map[string]any) (value.Value, error) {
	if len(o) == 1 {
		for key, v := range o {
			switch key {
			case "#model":
				return value.NewModel(fmt.Sprint(v)), nil
			case "#bigint":
				return integer(fmt.Sprint(v))
			case "#tup":
				elems, err := r.list(v)
				return value.NewTuple(elems), err
			case "#set":
				elems, err := r.list(v)
				return value.NewSet(elems), err
			case "#map":
				return r.function(v)
			case "#unserializable":
				return r.text(fmt.Sprint(v))
			}
		}
	}
	var names []string
	var vals []value.Value
	for name, x := range o {
		w, err := r.value(x)
		if err != nil {
			return nil, err
		}
		names, vals = append(names, name), append(vals, w)
	}
	return value.NewRecord(names, vals), nil
}

// text is a value that the format cannot express. A name is a model value that
// shares it with a string of the trace.
func (r reader) text(name string) (value.Value, error) {
	for i, c := range name {
		if c != '_' && !unicode.IsLetter(c) && (i == 0 || !unicode.IsDigit(c)) {
			return nil, fmt.Errorf("the value %s is not written out", name)
		}
	}
	return value.NewModel(name), nil
}

func (r reader) function(v any) (value.Value, error) {
	pairs, err := r.pairs(v)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(pairs, func(a, b []value.Value) int { return value.Compare(a[0], b[0]) })
	keys, vals := make([]value.Value, len(pairs)), make([]value.Value, len(pairs))
	for i, p := range pairs {
		if i > 0 && value.Compare(p[0], keys[i-1]) == 0 {
			return nil, fmt.Errorf("two values for the argument %v", p[0])
		}
		keys[i], vals[i] = p[0], p[1]
	}
	return value.NewFunc(value.NewSetSorted(keys), vals), nil
}

func (r reader) pairs(v any) ([][]value.Value, error) {
	list, ok := v.([]any)
	if !ok {
		return nil, fmt.Errorf("%v is no list of pairs", v)
	}
	var out [][]value.Value
	for _, p := range list {
		if tup, ok := p.(map[string]any); ok && tup["#tup"] != nil {
			p = tup["#tup"]
		}
		kv, err := r.list(p)
		if err != nil {
			return nil, err
		}
		if len(kv) != 2 {
			return nil, fmt.Errorf("%v is no pair", p)
		}
		out = append(out, kv)
	}
	return out, nil
}
