package validate

import (
	"testing"

	"github.com/lemma-mc/lemma/value"
)

func TestDescribes(t *testing.T) {
	i := func(n int64) value.Value { return value.Int(n) }
	m := value.NewModel("m")
	set := value.NewSet([]value.Value{i(1), i(2)})
	seq := value.NewTuple([]value.Value{i(1), i(2)})
	fun := value.NewFunc(value.NewSet([]value.Value{m, value.NewModel("k")}).(*value.Set), []value.Value{i(1), i(2)})
	pairs, _ := value.NewProduct([]value.Value{set, value.NewSet([]value.Value{i(1)})})
	squares, _ := value.NewProduct([]value.Value{set, set})
	subsets, _ := value.NewPowerset(set)
	for _, tt := range []struct {
		json string
		v    value.Value
		want bool
	}{
		{`[2, 1]`, set, true}, {`[1, 2, 2]`, set, true}, {`[1, 1]`, set, false}, {`[1]`, set, false}, {`[1, 2, 3]`, set, false},
		{`[1, 2]`, seq, true}, {`[2, 1]`, seq, false}, {`[1]`, seq, false}, {`{"1": 1, "2": 2}`, seq, true},
		{`{"k": 1, "m": 2}`, fun, true}, {`{"k": 1}`, fun, false}, {`{"k": 1, "m": 2, "n": 3}`, fun, false}, {`[["m", 2], ["k", 1]]`, fun, true},
		{`{"key": 1, "m": 2}`, fun, true}, {`"m"`, m, true}, {`"m"`, value.NewStr("m"), true}, {`"none"`, i(0), true}, {`"none"`, value.NewStr("none"), false},
		{`null`, m, false}, {`1`, i(1), true}, {`1`, value.NewStr("1"), false}, {`1.5`, i(1), false}, {`true`, value.True, true}, {`false`, value.True, false},
		{`[[1, 1], [2, 1]]`, pairs, true}, {`[[1, 1]]`, squares, false},
		{`[[], [1], [2], [1, 2]]`, subsets, true}, {`[[], [1]]`, subsets, false}, {`[1, 2]`, value.Nat, false},
		{`[]`, value.NewSet(nil), true}, {`[]`, value.NewTuple(nil), true}, {`{}`, value.NewTuple(nil), true},
	} {
		var l Line
		if err := l.read(`{"v": ` + tt.json + `}`); err != nil {
			t.Fatal(err)
		}
		r := renames{"none": i(0), "key": value.NewModel("k")}
		if got := r.describes(l.Fields["v"], tt.v); got != tt.want {
			t.Errorf("%s describes %v: %v", tt.json, tt.v, got)
		}
	}
}
