package intern

import (
	"sync"
	"testing"

	"github.com/lemma-mc/lemma/value"
)

// TestIntern has workers intern the same values at once: equal values get one id,
// and others another.
func TestIntern(t *testing.T) {
	const n, workers = 3000, 4
	in := New()
	in.Wide = true
	of := func(i int) value.Value {
		return value.NewTuple([]value.Value{value.Int(i), value.NewSet([]value.Value{value.Int(i % 7)})})
	}
	var ids [workers][n]ID
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := range n {
				j := (i + w*n/workers) % n
				ids[w][j] = in.Of(of(j))
			}
		})
	}
	wg.Wait()
	seen := map[ID]bool{}
	for i := range n {
		x := ids[0][i]
		for w := range workers {
			if ids[w][i] != x {
				t.Fatalf("%s has the ids %d and %d", of(i), x, ids[w][i])
			}
		}
		switch v := of(i); {
		case seen[x]:
			t.Fatalf("%s has the id of another value", v)
		case value.Compare(in.Value(x), v) != 0 || in.Hash(x) != value.Hash(v) || in.SecondHash(x) != SecondHash(v):
			t.Fatalf("%s stands for %s", in.Value(x), v)
		case in.Find(v, value.Hash(v)) != x:
			t.Fatalf("%s is not found", v)
		}
		seen[x] = true
	}
	if v := value.Int(5); in.Find(v, value.Hash(v)) != 0 {
		t.Error("what was never interned is found")
	}
}
