package itf

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/lemma-mc/lemma/value"
)

// FuzzParseValue: whatever a client sends as a value is refused, or is one that is
// written and read as the same.
func FuzzParseValue(f *testing.F) {
	for _, seed := range []string{
		`1`, `true`, `"a"`, `[]`, `{}`, `{"#set": [2, 1, 2]}`, `{"#map": [[1, 2]]}`, `{"#map": [["a", 1]]}`, `{"#map": []}`, `{"#model": "m"}`,
		`{"#bigint": "12345678901234567890"}`, `{"#bigint": 3}`, `{"#unserializable": "m"}`, `{"a": {"b": []}}`, `{"#set": [{"#set": []}, 1]}`, `{"#tup": [1]}`,
		`{"#map": [[{"#set": [1]}, 2], [{"#set": [1]}, 3]]}`, `{"#model": ["x"]}`, `{"": 1}`, `null`, `1e3`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := parsed([]byte(text))
		if err != nil {
			return
		}
		again, err := json.Marshal(Value(v))
		if err != nil {
			t.Fatalf("%v cannot be written: %v", v, err)
		}
		back, err := parsed(again)
		if err != nil || value.Compare(back, v) != 0 {
			t.Fatalf("%s is %v, came back as %v from %s: %v", text, v, back, again, err)
		}
	})
}

func parsed(text []byte) (value.Value, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var read any
	if err := d.Decode(&read); err != nil {
		return nil, err
	}
	return ParseValue(read)
}
