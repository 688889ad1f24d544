package itf

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

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
		b := &trace.Behaviour{Vars: []string{"x", "y"}, Steps: []trace.Step{{Action: "InitialState", State: state}}}
		text, err := Write(b, Source{Spec: "S"})
		if err != nil {
			t.Fatal(err)
		}
		back, err := Read(text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		for i := range state {
			if got := back.Steps[0].State[i]; value.Compare(got, state[i]) != 0 {
				t.Fatalf("%v came back as %v\n%s", state[i], got, text)
			}
		}
	}
}

// TestValueAlone writes random values, each alone, and reads them back.
func TestValueAlone(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		v := random(r, 3)
		text, err := json.Marshal(Value(v))
		if err != nil {
			t.Fatal(err)
		}
		d := json.NewDecoder(bytes.NewReader(text))
		d.UseNumber()
		var read any
		if err := d.Decode(&read); err != nil {
			t.Fatal(err)
		}
		back, err := ParseValue(read)
		if err != nil || value.Compare(back, v) != 0 {
			t.Fatalf("%v came back as %v, %v\n%s", v, back, err, text)
		}
	}
	for n, want := range map[int64]string{exact: "9007199254740991", exact + 1: `{"#bigint":"9007199254740992"}`} {
		if text, err := json.Marshal(Value(value.Int(n))); err != nil || string(text) != want {
			t.Errorf("%d is %s, %v, want %s", n, text, err, want)
		}
	}
}

// TestReadApalache reads forms that Write does not use.
func TestReadApalache(t *testing.T) {
	b, err := Read([]byte(`{"vars": ["x", "f"], "loop": 0, "states": [
		{"x": 3, "f": {"#map": [[{"#bigint": "2"}, {"#tup": [1, "a"]}], [{"#bigint": "0"}, {"#set": [2, 1, 2]}]]}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if b.LoopStart != 1 || b.Steps[0].Action != "InitialState" || fmt.Sprint(b.Steps[0].State) != "[3 (0 :> {1, 2} @@ 2 :> <<1, \"a\">>)]" {
		t.Errorf("%d %v", b.LoopStart, b.Steps[0])
	}
}

func TestReadErrors(t *testing.T) {
	for text, want := range map[string]string{
		`{`:                                     "not a trace in ITF",
		`{"vars": [], "states": []}`:            "it needs",
		`{"vars": ["x"], "states": [{"y": 1}]}`: "state 1: no value for the variable x",
		`{"vars": ["x"], "states": [{"x": 1.5}]}`:                             "no integer",
		`{"vars": ["x"], "states": [{"x": null}]}`:                            "no value in ITF",
		`{"vars": ["x"], "loop": 1, "states": [{"x": 1}]}`:                    "there are 1 states",
		`{"vars": ["x"], "states": [{"x": {"#map": [[1]]}}]}`:                 "no pair",
		`{"vars": ["x"], "states": [{"x": {"#map": [[1, 2], [1, 3]]}}]}`:      "two values",
		`{"vars": ["x"], "states": [{"x": {"#unserializable": "SUBSET S"}}]}`: "not written out",
	} {
		if _, err := Read([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}
