package trace

import (
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/lemma-mc/lemma/value"
)

// readITF is the inverse of ITF: the states of a trace.
func readITF(text []byte) ([][]value.Value, error) {
	var doc struct {
		Meta struct {
			Models []string `json:"model-values"`
		} `json:"#meta"`
		Vars   []string
		States []map[string]json.RawMessage
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		return nil, err
	}
	var out [][]value.Value
	for _, s := range doc.States {
		state := make([]value.Value, len(doc.Vars))
		for i, name := range doc.Vars {
			var v any
			if err := json.Unmarshal(s[name], &v); err != nil {
				return nil, err
			}
			state[i] = fromITF(v, doc.Meta.Models)
		}
		out = append(out, state)
	}
	return out, nil
}

func fromITF(v any, models []string) value.Value {
	list := func(v any) []value.Value {
		var out []value.Value
		for _, e := range v.([]any) {
			out = append(out, fromITF(e, models))
		}
		return out
	}
	switch v := v.(type) {
	case bool:
		return value.Bool(v)
	case string:
		if slices.Contains(models, v) {
			return value.NewModel(v)
		}
		return value.NewStr(v)
	case []any:
		return value.NewTuple(list(v))
	case map[string]any:
		if n, ok := v["#bigint"]; ok {
			i, _ := new(big.Int).SetString(n.(string), 10)
			return value.FromBig(i)
		}
		if s, ok := v["#set"]; ok {
			return value.NewSet(list(s))
		}
		if name, ok := v["#unserializable"]; ok {
			return value.NewModel(name.(string))
		}
		if pairs, ok := v["#map"]; ok {
			return mapFromITF(pairs.([]any), list)
		}
		var names []string
		for name := range v {
			names = append(names, name)
		}
		slices.Sort(names)
		vals := make([]value.Value, len(names))
		for i, name := range names {
			vals[i] = fromITF(v[name], models)
		}
		return value.NewRecord(names, vals)
	}
	panic(fmt.Sprintf("not ITF: %v", v))
}

func mapFromITF(pairs []any, list func(any) []value.Value) value.Value {
	var keys, vals []value.Value
	for _, p := range pairs {
		kv := list(p)
		keys, vals = append(keys, kv[0]), append(vals, kv[1])
	}
	return value.NewFunc(value.NewSet(keys), vals)
}

// random is a value of at most the given depth.
func random(r *rand.Rand, depth int) value.Value {
	some := func() []value.Value {
		out := make([]value.Value, r.IntN(4))
		for i := range out {
			out[i] = random(r, depth-1)
		}
		return out
	}
	kinds := 9
	if depth == 0 {
		kinds = 5
	}
	switch r.IntN(kinds) {
	case 0:
		return value.Bool(r.IntN(2) == 0)
	case 1:
		return value.Int(r.IntN(9) - 4)
	case 2:
		return value.FromBig(new(big.Int).Lsh(big.NewInt(int64(r.IntN(99)-50)), 80))
	case 3:
		return value.NewStr([]string{"a", "b", "#set", ""}[r.IntN(4)])
	case 4:
		return value.NewModel([]string{"a", "m", "n"}[r.IntN(3)])
	case 5:
		return value.NewTuple(some())
	case 6:
		return value.NewSet(some())
	case 7:
		names := []string{"#map", "x"}[r.IntN(2):]
		return value.NewRecord(names, []value.Value{random(r, depth-1), random(r, depth-1)}[:len(names)])
	}
	dom := value.NewSet(some())
	set, ok := dom.(*value.Set)
	if !ok {
		return dom
	}
	vals := make([]value.Value, len(set.Elems))
	for i := range vals {
		vals[i] = random(r, depth-1)
	}
	return value.NewFunc(dom, vals)
}

// TestITFLossless writes random states and reads them back.
func TestITFLossless(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		state := []value.Value{random(r, 3), random(r, 3)}
		b := &Behaviour{Vars: []string{"x", "y"}, Steps: []Step{{Action: "InitialState", State: state}}}
		text, err := (&Report{Result: &Result{Spec: "S"}}).ITF(b)
		if err != nil {
			t.Fatal(err)
		}
		back, err := readITF(text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		for i := range state {
			if value.Compare(back[0][i], state[i]) != 0 {
				t.Fatalf("%v came back as %v\n%s", state[i], back[0][i], text)
			}
		}
	}
}
