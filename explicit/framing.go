package explicit

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"

	"github.com/lemma-mc/lemma/value"
)

// A checkpoint is a stream of numbers in frames: the length of a frame, its
// checksum, its bytes. An empty frame is the end, so that a file that was cut
// short is not taken for a whole one.
const frameSize = 1 << 18

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

var (
	errTruncated = errors.New("it ends too early")
	errChecksum  = errors.New("a checksum is wrong")
)

// A frameWriter writes a stream. The first error stays, and close returns it.
type frameWriter struct {
	to  io.Writer
	buf []byte
	err error
}

func newFrameWriter(w io.Writer) *frameWriter {
	return &frameWriter{to: w, buf: make([]byte, 0, frameSize+2*binary.MaxVarintLen64)}
}

// flush writes the frame under construction.
func (w *frameWriter) flush() {
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

func (w *frameWriter) flushFull() {
	if len(w.buf) >= frameSize {
		w.flush()
	}
}

func (w *frameWriter) close() error {
	if len(w.buf) > 0 {
		w.flush()
	}
	w.flush()
	return w.err
}

func (w *frameWriter) int(x int64) {
	w.buf = binary.AppendVarint(w.buf, x)
	w.flushFull()
}

// ints writes numbers that a reader knows the count of.
func (w *frameWriter) ints(xs ...int64) {
	for _, x := range xs {
		w.int(x)
	}
}

func (w *frameWriter) bytes(b []byte) {
	w.int(int64(len(b)))
	for len(b) > 0 {
		n := min(len(b), frameSize)
		w.buf = append(w.buf, b[:n]...)
		b = b[n:]
		w.flushFull()
	}
}

// value writes a value; one that is not spelled out becomes nothing.
func (w *frameWriter) value(v value.Value) {
	b, err := value.Encode(nil, v)
	if err != nil {
		b = nil
	}
	w.bytes(b)
}

func (w *frameWriter) values(vs []value.Value) {
	w.int(int64(len(vs)))
	for _, v := range vs {
		w.value(v)
	}
}

func (w *frameWriter) words(xs []uint64) {
	for _, x := range xs {
		w.buf = binary.LittleEndian.AppendUint64(w.buf, x)
		w.flushFull()
	}
}

func (w *frameWriter) refs(xs []ref) {
	for _, x := range xs {
		w.buf = binary.LittleEndian.AppendUint32(w.buf, x)
		w.flushFull()
	}
}

// A frameReader reads what a frameWriter wrote. The first error stays; from
// then on everything is zero.
type frameReader struct {
	from  io.Reader
	frame []byte // what is left of the present one
	last  bool
	err   error
}

func newFrameReader(r io.Reader) *frameReader {
	return &frameReader{from: bufio.NewReaderSize(r, frameSize)}
}

func (r *frameReader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
	r.frame = nil
}

// next reads the next frame.
func (r *frameReader) next() {
	if r.err != nil || r.last {
		r.fail(errTruncated)
		return
	}
	var head [8]byte
	if _, err := io.ReadFull(r.from, head[:]); err != nil {
		r.fail(errTruncated)
		return
	}
	n := binary.LittleEndian.Uint32(head[:])
	if n > frameSize+2*frameSize {
		r.fail(errChecksum)
		return
	}
	r.frame, r.last = make([]byte, n), n == 0
	if _, err := io.ReadFull(r.from, r.frame); err != nil {
		r.fail(errTruncated)
		return
	}
	if crc32.Checksum(r.frame, castagnoli) != binary.LittleEndian.Uint32(head[4:]) {
		r.fail(errChecksum)
	}
}

// close checks that the stream ends here.
func (r *frameReader) close() error {
	if r.err == nil && len(r.frame) == 0 && !r.last {
		r.next()
	}
	if r.err == nil && len(r.frame) > 0 {
		r.fail(errChecksum)
	}
	return r.err
}

// need returns the next n bytes, which may lie in several frames.
func (r *frameReader) need(n int) []byte {
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
func (r *frameReader) ReadByte() (byte, error) {
	b := r.need(1)
	if b == nil {
		return 0, r.err
	}
	return b[0], nil
}

func (r *frameReader) int() int64 {
	x, err := binary.ReadVarint(r)
	if err != nil {
		r.fail(errTruncated)
		return 0
	}
	return x
}

func (r *frameReader) bytes() []byte {
	n := r.int()
	if n < 0 {
		r.fail(errChecksum)
		return nil
	}
	return r.need(int(n))
}

// value reads a value, nil for one that was not spelled out.
func (r *frameReader) value() value.Value {
	b := r.bytes()
	if len(b) == 0 {
		return nil
	}
	v, rest, err := value.Decode(b)
	if err != nil || len(rest) > 0 {
		r.fail(errChecksum)
		return nil
	}
	return v
}

func (r *frameReader) values() []value.Value {
	var vs []value.Value
	for n := r.int(); n > 0 && r.err == nil; n-- {
		vs = append(vs, r.value())
	}
	return vs
}

func (r *frameReader) words(into []uint64) {
	for i := range into {
		if b := r.need(8); b != nil {
			into[i] = binary.LittleEndian.Uint64(b)
		}
	}
}

func (r *frameReader) refs(into []ref) {
	for i := range into {
		if b := r.need(4); b != nil {
			into[i] = binary.LittleEndian.Uint32(b)
		}
	}
}
