package valuejson

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/lemma-mc/lemma/value"
)

func set(elems ...value.Value) value.Value { return value.NewSet(elems) }

func TestOf(t *testing.T) {
	a, b := value.NewModel("a"), value.NewModel("b")
	for _, tt := range []struct {
		v    value.Value
		want string
	}{
		{value.Int(-3), `-3`},
		{value.NewStr(`<"a">`), `"<\"a\">"`},
		{set(value.Int(3), value.Int(1)), `[1,3]`},
		{value.NewTuple([]value.Value{value.True, a}), `[true,"a"]`},
		{value.NewRecord([]string{"y", "x"}, []value.Value{value.Int(1), set()}), `{"x":[],"y":1}`},
		{value.NewFunc(set(a, b), []value.Value{value.Int(1), value.Int(2)}), `{"a":1,"b":2}`},
		{value.NewFunc(set(value.Int(0)), []value.Value{a}), `{"0":"a"}`},
	} {
		got, err := compact(Of(tt.v))
		if err != nil || string(got) != tt.want {
			t.Errorf("%v: %s, %v, want %s", tt.v, got, err, tt.want)
		}
	}
}

// TestParse reads JSON back that has the same form in TLA+.
func TestParse(t *testing.T) {
	for _, text := range []string{`12345678901234567890`, `[1,[],"x"]`, `{"a":{"b":[true]},"c":"d"}`} {
		d := json.NewDecoder(bytes.NewReader([]byte(text)))
		d.UseNumber()
		var v any
		if err := d.Decode(&v); err != nil {
			t.Fatal(err)
		}
		w, err := Parse(v)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := compact(Of(w)); err != nil || string(back) != text {
			t.Errorf("%s came back as %s, %v", text, back, err)
		}
	}
	if _, err := Parse(json.Number("1.5")); err == nil {
		t.Error("no error for a number that is no integer")
	}
}
