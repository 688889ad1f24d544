package value

import (
	"encoding/binary"
	"errors"
	"math/big"
	"slices"
)

// The binary form of values that are spelled out: a tag, then what makes up
// the value. Numbers are varints, texts and lists begin with their length.
const (
	tagFalse byte = iota + 1
	tagTrue
	tagInt
	tagBig
	tagStr
	tagModel
	tagTuple
	tagRecord
	tagFunc
	tagSet
	tagRange
)

// ErrNotSpelledOut says that a value without a member list has no binary form.
var ErrNotSpelledOut = errors.New("the value is not spelled out")

// errCoded says that bytes are not the binary form of a value.
var errCoded = errors.New("this is no value")

// Encode appends the binary form of v to dst. The error is ErrNotSpelledOut.
func Encode(dst []byte, v Value) ([]byte, error) {
	switch v := v.(type) {
	case Bool:
		if v {
			return append(dst, tagTrue), nil
		}
		return append(dst, tagFalse), nil
	case Int:
		return binary.AppendVarint(append(dst, tagInt), int64(v)), nil
	case *BigInt:
		return appendText(append(dst, tagBig), v.V.String()), nil
	case Str:
		return appendText(append(dst, tagStr), v.Text()), nil
	case Model:
		return appendText(append(dst, tagModel), v.Name()), nil
	case *Tuple:
		return appendAll(append(dst, tagTuple), v.Elems)
	case *Record:
		dst = binary.AppendUvarint(append(dst, tagRecord), uint64(len(v.Names)))
		for _, n := range v.Names {
			dst = appendText(dst, n)
		}
		return appendAll(dst, v.Vals)
	case *Func:
		dst, err := appendAll(append(dst, tagFunc), v.Dom.Elems)
		if err != nil {
			return dst, err
		}
		return appendAll(dst, v.Vals)
	case *Set:
		return appendAll(append(dst, tagSet), v.Elems)
	case Range:
		return binary.AppendVarint(binary.AppendVarint(append(dst, tagRange), v.Lo), v.Hi), nil
	}
	return dst, ErrNotSpelledOut
}

func appendText(dst []byte, s string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(s))), s...)
}

func appendAll(dst []byte, vs []Value) ([]byte, error) {
	dst = binary.AppendUvarint(dst, uint64(len(vs)))
	var err error
	for _, v := range vs {
		if dst, err = Encode(dst, v); err != nil {
			return dst, err
		}
	}
	return dst, nil
}

// Decode is the inverse of Encode: it returns the value at the start of src
// and the rest. Whatever src holds, the value is in canonical form or there is
// an error.
func Decode(src []byte) (v Value, rest []byte, err error) {
	d := &decoder{src: src}
	v = d.value(maxNesting)
	if d.failed {
		return nil, nil, errCoded
	}
	return v, d.src, nil
}

// maxNesting bounds how deeply values that are read may nest.
const maxNesting = 10_000

// A decoder reads from src. Once it has failed, what it returns is nothing.
type decoder struct {
	src    []byte
	failed bool
}

func (d *decoder) fail() { d.src, d.failed = nil, true }

func (d *decoder) byte() byte {
	if len(d.src) == 0 {
		d.fail()
		return 0
	}
	b := d.src[0]
	d.src = d.src[1:]
	return b
}

func (d *decoder) varint() int64 {
	x, n := binary.Varint(d.src)
	if n <= 0 {
		d.fail()
		return 0
	}
	d.src = d.src[n:]
	return x
}

// length reads the number of things that follow, each a byte or more.
func (d *decoder) length() int {
	x, n := binary.Uvarint(d.src)
	if n <= 0 || x > uint64(len(d.src)-n) {
		d.fail()
		return 0
	}
	d.src = d.src[n:]
	return int(x)
}

func (d *decoder) text() string {
	n := d.length()
	s := string(d.src[:n])
	d.src = d.src[n:]
	return s
}

func (d *decoder) values(nesting int) []Value {
	n := d.length()
	var vs []Value
	for i := 0; i < n && !d.failed; i++ {
		vs = append(vs, d.value(nesting))
	}
	return vs
}

func (d *decoder) value(nesting int) Value {
	if nesting == 0 {
		d.fail()
		return nil
	}
	nesting--
	switch d.byte() {
	case tagFalse:
		return False
	case tagTrue:
		return True
	case tagInt:
		return Int(d.varint())
	case tagBig:
		if n, ok := new(big.Int).SetString(d.text(), 10); ok {
			return FromBig(n)
		}
	case tagStr:
		return NewStr(d.text())
	case tagModel:
		return NewModel(d.text())
	case tagTuple:
		return NewTuple(d.values(nesting))
	case tagRecord:
		return d.record(nesting)
	case tagFunc:
		return d.function(nesting)
	case tagSet:
		vs := d.values(nesting)
		if !d.failed {
			return NewSet(vs)
		}
	case tagRange:
		lo, hi := d.varint(), d.varint()
		return Interval(lo, hi)
	}
	d.fail()
	return nil
}

func (d *decoder) record(nesting int) Value {
	names := make([]string, 0)
	for n := d.length(); n > 0 && !d.failed; n-- {
		names = append(names, d.text())
	}
	vals := d.values(nesting)
	sorted := slices.Sorted(slices.Values(names))
	if d.failed || len(names) == 0 || len(vals) != len(names) || len(slices.Compact(sorted)) != len(names) {
		d.fail()
		return nil
	}
	return NewRecord(names, vals)
}

// function reads a function, whose domain must be in order and without
// duplicates for the values to belong to it.
func (d *decoder) function(nesting int) Value {
	keys, vals := d.values(nesting), d.values(nesting)
	if d.failed || len(keys) != len(vals) {
		d.fail()
		return nil
	}
	for i := 1; i < len(keys); i++ {
		if Compare(keys[i-1], keys[i]) >= 0 {
			d.fail()
			return nil
		}
	}
	return NewFunc(NewSet(keys), vals)
}
