package valuejson

import (
	"encoding/json"
	"fmt"
	"math/big"

	"github.com/lemma-mc/lemma/value"
)

// Parse is the value of v, which comes from a json.Decoder that uses numbers:
// arrays are tuples, objects records, null a model value of that name. It
// returns an error for a number that is no integer.
func Parse(v any) (value.Value, error) {
	switch v := v.(type) {
	case nil:
		return value.NewModel("null"), nil
	case bool:
		return value.Bool(v), nil
	case string:
		return value.NewStr(v), nil
	case json.Number:
		n, ok := new(big.Int).SetString(v.String(), 10)
		if !ok {
			return nil, fmt.Errorf("the JSON number %s is no integer", v)
		}
		return value.FromBig(n), nil
	case []any:
		return parseArray(v)
	case map[string]any:
		return parseObject(v)
	}
	return nil, fmt.Errorf("%T is no JSON value", v)
}

func parseArray(v []any) (value.Value, error) {
	elems := make([]value.Value, len(v))
	for i, x := range v {
		var err error
		if elems[i], err = Parse(x); err != nil {
			return nil, err
		}
	}
	return value.NewTuple(elems), nil
}

func parseObject(v map[string]any) (value.Value, error) {
	var names []string
	var vals []value.Value
	for name, x := range v {
		w, err := Parse(x)
		if err != nil {
			return nil, err
		}
		names, vals = append(names, name), append(vals, w)
	}
	return value.NewRecord(names, vals), nil
}
