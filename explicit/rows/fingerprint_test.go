package rows

import (
	"math"
	"math/bits"
	"testing"

	"github.com/lemma-mc/lemma/explicit/rows/intern"
	"github.com/lemma-mc/lemma/value"
)

// TestHalvesDiffer holds the hashes of both halves against each other: where
// one changes by little or not at all, the other changes like any hash.
func TestHalvesDiffer(t *testing.T) {
	sum := 0
	const n = 1 << 14
	all := []uint64{^uint64(0), ^uint64(0)}
	for i := range uint64(n) {
		ws := []uint64{i, i * i}
		a, b := hashWords(ws, all), hashWordsAgain(ws, all)
		sum += bits.OnesCount64(a ^ b)
	}
	if mean := float64(sum) / n; math.Abs(mean-32) > 0.5 {
		t.Errorf("the halves differ in %.2f bits of 64 on average", mean)
	}
	for _, pair := range [][2]value.Value{
		{value.Int(1), value.Int(2)}, {value.NewStr("a"), value.NewModel("a")},
		{value.NewTuple([]value.Value{value.Int(1), value.Int(2)}), value.NewTuple([]value.Value{value.Int(2), value.Int(1)})},
	} {
		a, b := value.Hash(pair[0])^value.Hash(pair[1]), intern.SecondHash(pair[0])^intern.SecondHash(pair[1])
		if a == b || b == 0 {
			t.Errorf("%s and %s differ by %x in both halves", pair[0], pair[1], a)
		}
	}
}
