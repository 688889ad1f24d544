// Package framed writes and reads streams of numbers and values in frames: the
// length of a frame, its checksum, its bytes. An empty frame is the end, so that
// a file that was cut short is not taken for a whole one. A checkpoint is one.
package framed

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"

	"github.com/lemma-mc/lemma/value"
)

const frameSize = 1 << 18

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

var (
	errTruncated = errors.New("it ends too early")
	errChecksum  = errors.New("a checksum is wrong")
)

// A Writer writes a stream. The first error stays, and Close returns it.
type Writer struct {
	to  io.Writer
	buf []byte
	err error
}

// NewWriter makes a Writer to w.
func NewWriter(w io.Writer) *Writer {
	return &Writer{to: w, buf: make([]byte, 0, frameSize+2*binary.MaxVarintLen64)}
}

// flush writes the frame under construction.
func (w *Writer) flush() {
	var head [8]byte
	binary.LittleEndian.PutUint32(head[:], uint32(len(w.buf)))
	binary.LittleEndian.PutUint32(head[4:], crc32.Checksum(w.buf, castagnoli))
	for _, b := range [][]byte{head[:], w.buf} {
		if w.err == nil {
			_, w.err = w.to.Write(b)
		}
	}
	w.buf = w.buf[:0]
}

func (w *Writer) flushFull() {
	if len(w.buf) >= frameSize {
		w.flush()
	}
}

// Close writes what is left, and the end. It does not close what is written to.
func (w *Writer) Close() error {
	if len(w.buf) > 0 {
		w.flush()
	}
	w.flush()
	return w.err
}

// Int writes a number.
func (w *Writer) Int(x int64) {
	w.buf = binary.AppendVarint(w.buf, x)
	w.flushFull()
}

// Ints writes numbers that a reader knows the count of.
func (w *Writer) Ints(xs ...int64) {
	for _, x := range xs {
		w.Int(x)
	}
}

// Bytes writes bytes and how many they are.
func (w *Writer) Bytes(b []byte) {
	w.Int(int64(len(b)))
	for len(b) > 0 {
		n := min(len(b), frameSize)
		w.buf = append(w.buf, b[:n]...)
		b = b[n:]
		w.flushFull()
	}
}

// Value writes a value; one that is not spelled out becomes nothing.
func (w *Writer) Value(v value.Value) {
	b, err := value.Encode(nil, v)
	if err != nil {
		b = nil
	}
	w.Bytes(b)
}

// Values writes values and how many they are.
func (w *Writer) Values(vs []value.Value) {
	w.Int(int64(len(vs)))
	for _, v := range vs {
		w.Value(v)
	}
}

// Words writes words that a reader knows the count of.
func (w *Writer) Words(xs []uint64) {
	for _, x := range xs {
		w.buf = binary.LittleEndian.AppendUint64(w.buf, x)
		w.flushFull()
	}
}

// Refs writes half words that a reader knows the count of.
func (w *Writer) Refs(xs []uint32) {
	for _, x := range xs {
		w.buf = binary.LittleEndian.AppendUint32(w.buf, x)
		w.flushFull()
	}
}

// A Reader reads what a Writer wrote. The first error stays; from
// then on everything is zero.
type Reader struct {
	from  io.Reader
	frame []byte // what is left of the present one
	last  bool
	err   error
}

// NewReader makes a Reader from r.
func NewReader(r io.Reader) *Reader {
	return &Reader{from: bufio.NewReaderSize(r, frameSize)}
}

// Err is the first error.
func (r *Reader) Err() error { return r.err }

// Fail makes err the error, unless there is one.
func (r *Reader) Fail(err error) {
	if r.err == nil {
		r.err = err
	}
	r.frame = nil
}

// next reads the next frame.
func (r *Reader) next() {
	if r.err != nil || r.last {
		r.Fail(errTruncated)
		return
	}
	var head [8]byte
	if _, err := io.ReadFull(r.from, head[:]); err != nil {
		r.Fail(errTruncated)
		return
	}
	n := binary.LittleEndian.Uint32(head[:])
	if n > frameSize+2*frameSize {
		r.Fail(errChecksum)
		return
	}
	r.frame, r.last = make([]byte, n), n == 0
	if _, err := io.ReadFull(r.from, r.frame); err != nil {
		r.Fail(errTruncated)
		return
	}
	if crc32.Checksum(r.frame, castagnoli) != binary.LittleEndian.Uint32(head[4:]) {
		r.Fail(errChecksum)
	}
}

// Close checks that the stream ends here.
func (r *Reader) Close() error {
	if r.err == nil && len(r.frame) == 0 && !r.last {
		r.next()
	}
	if r.err == nil && len(r.frame) > 0 {
		r.Fail(errChecksum)
	}
	return r.err
}

// need returns the next n bytes, which may lie in several frames.
func (r *Reader) need(n int) []byte {
	for len(r.frame) == 0 && n > 0 && r.err == nil {
		r.next()
	}
	if len(r.frame) >= n {
		b := r.frame[:n]
		r.frame = r.frame[n:]
		return b
	}
	var b []byte
	for len(b) < n && r.err == nil {
		if len(r.frame) == 0 {
			r.next()
			continue
		}
		k := min(n-len(b), len(r.frame))
		b = append(b, r.frame[:k]...)
		r.frame = r.frame[k:]
	}
	if r.err != nil {
		return nil
	}
	return b
}

// ReadByte makes r a source of varints.
func (r *Reader) ReadByte() (byte, error) {
	b := r.need(1)
	if b == nil {
		return 0, r.err
	}
	return b[0], nil
}

// Int reads a number.
func (r *Reader) Int() int64 {
	x, err := binary.ReadVarint(r)
	if err != nil {
		r.Fail(errTruncated)
		return 0
	}
	return x
}

// Bytes reads bytes with their number.
func (r *Reader) Bytes() []byte {
	n := r.Int()
	if n < 0 {
		r.Fail(errChecksum)
		return nil
	}
	return r.need(int(n))
}

// Value reads a value, nil for one that was not spelled out.
func (r *Reader) Value() value.Value {
	b := r.Bytes()
	if len(b) == 0 {
		return nil
	}
	v, rest, err := value.Decode(b)
	if err != nil || len(rest) > 0 {
		r.Fail(errChecksum)
		return nil
	}
	return v
}

// Values reads values with their number.
func (r *Reader) Values() []value.Value {
	var vs []value.Value
	for n := r.Int(); n > 0 && r.err == nil; n-- {
		vs = append(vs, r.Value())
	}
	return vs
}

// Words fills into.
func (r *Reader) Words(into []uint64) {
	for i := range into {
		if b := r.need(8); b != nil {
			into[i] = binary.LittleEndian.Uint64(b)
		}
	}
}

// Refs fills into.
func (r *Reader) Refs(into []uint32) {
	for i := range into {
		if b := r.need(4); b != nil {
			into[i] = binary.LittleEndian.Uint32(b)
		}
	}
}
