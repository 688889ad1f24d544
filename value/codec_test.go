package value

import (
	"bytes"
	"errors"
	"math/big"
	"math/rand/v2"
	"testing"
)

// FuzzEncode checks that what Encode writes Decode reads, up to its end.
func FuzzEncode(f *testing.F) {
	for seed := range uint64(300) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		v := random(rand.New(rand.NewPCG(seed, 2)), 3)
		b, err := Encode([]byte("before"), v)
		if n, _ := Normalize(v); errors.Is(err, ErrNotSpelledOut) && Compare(n, v) == 0 {
			v = n // which is spelled out
			b, err = Encode([]byte("before"), v)
		}
		if err != nil {
			t.Fatal(err)
		}
		got, rest, err := Decode(append(b, "after"...)[len("before"):])
		if err != nil || string(rest) != "after" || Compare(got, v) != 0 || got.Kind() != v.Kind() || got.String() != v.String() {
			t.Errorf("%s comes back as %v, with %q after it (%v)", v, got, rest, err)
		}
	})
}

// FuzzDecode checks that any bytes are an error or a value in canonical form.
func FuzzDecode(f *testing.F) {
	r := rand.New(rand.NewPCG(1, 3))
	for range 50 {
		if b, err := Encode(nil, random(r, 2)); err == nil {
			f.Add(b)
			f.Add(b[:len(b)/2])
			b[r.IntN(len(b))] ^= 1 << r.IntN(8)
			f.Add(b)
		}
	}
	f.Add([]byte{tagFunc, 2, tagTrue, tagFalse, 2, tagTrue, tagTrue})
	f.Add([]byte{tagRecord, 1, 1, 'a', 2, tagTrue, tagTrue})
	f.Add(bytes.Repeat([]byte{tagTuple, 1}, 2*maxNesting))
	f.Fuzz(func(t *testing.T, b []byte) {
		v, rest, err := Decode(b)
		if err != nil {
			return
		}
		if len(rest) >= len(b) {
			t.Fatal("nothing was read")
		}
		again, err := Encode(nil, v)
		if err != nil {
			t.Fatal(err)
		}
		if w, _, err := Decode(again); err != nil || Compare(v, w) != 0 {
			t.Errorf("%s comes back as %v (%v)", v, w, err)
		}
	})
}

func TestEncodeBig(t *testing.T) {
	v := FromBig(new(big.Int).Lsh(big.NewInt(-3), 100))
	b, err := Encode(nil, v)
	if err != nil {
		t.Fatal(err)
	}
	if got, _, err := Decode(b); err != nil || Compare(got, v) != 0 {
		t.Errorf("%s comes back as %v (%v)", v, got, err)
	}
}
