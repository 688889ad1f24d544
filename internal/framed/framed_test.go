package framed

import (
	"bytes"
	"math"
	"testing"

	"github.com/lemma-mc/lemma/value"
)

// written is a stream of some megabytes, of everything that there is.
func written(t *testing.T) []byte {
	var b bytes.Buffer
	w := NewWriter(&b)
	for i := range 1000 {
		w.Ints(int64(i), -int64(i), math.MaxInt64, math.MinInt64)
		w.Bytes(bytes.Repeat([]byte{byte(i)}, i%7*300))
		w.Values([]value.Value{value.Int(i), value.NewStr("a")})
		w.Words([]uint64{uint64(i), math.MaxUint64})
		w.Refs([]uint32{uint32(i), math.MaxUint32})
	}
	w.Bytes(make([]byte, 3*frameSize))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read tells whether a stream is the one that was written.
func read(b []byte) bool {
	r := NewReader(bytes.NewReader(b))
	same := true
	for i := range 1000 {
		same = same && r.Int() == int64(i) && r.Int() == -int64(i) && r.Int() == math.MaxInt64 && r.Int() == math.MinInt64
		same = same && len(r.Bytes()) == i%7*300
		vs := r.Values()
		same = same && len(vs) == 2 && value.Compare(vs[0], value.Int(i)) == 0
		words, refs := make([]uint64, 2), make([]uint32, 2)
		r.Words(words)
		r.Refs(refs)
		same = same && words[0] == uint64(i) && words[1] == math.MaxUint64 && refs[0] == uint32(i) && refs[1] == math.MaxUint32
	}
	same = same && len(r.Bytes()) == 3*frameSize
	return r.Close() == nil && same
}

// TestStream reads back what was written, and tells what is cut short or changed.
func TestStream(t *testing.T) {
	whole := written(t)
	if !read(whole) {
		t.Fatal("it does not come back")
	}
	for i := range 200 {
		at := i * len(whole) / 200
		if read(whole[:at]) {
			t.Errorf("the first %d bytes of %d are taken for all", at, len(whole))
		}
		changed := bytes.Clone(whole)
		changed[at] ^= 1 << (i % 8)
		if read(changed) {
			t.Errorf("a change of byte %d is not seen", at)
		}
	}
}
