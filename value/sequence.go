package value

import "slices"

// AsTuple returns v as a sequence: a *Tuple, or a finite lazy function that
// equals one. op names the operator that wants it.
func AsTuple(op string, v Value) (*Tuple, error) {
	if lazy, ok := v.(*LazyFunc); ok {
		forced, err := Force(lazy)
		if err != nil {
			return nil, err
		}
		v = forced
	}
	if t, ok := v.(*Tuple); ok {
		return t, nil
	}
	return nil, Undefined("Attempted to apply %s to %s, which is not a sequence.", op, describe(v))
}

// Len is the length of a sequence, or of a string.
func Len(s Value) (Value, error) {
	if str, ok := s.(Str); ok {
		return Int(len([]rune(str.Text()))), nil
	}
	t, err := AsTuple("Len", s)
	if err != nil {
		return nil, err
	}
	return Int(len(t.Elems)), nil
}

// Concat is s \o t, for two sequences or two strings.
func Concat(s, t Value) (Value, error) {
	if x, ok := s.(Str); ok {
		if y, ok := t.(Str); ok {
			return NewStr(x.Text() + y.Text()), nil
		}
	}
	x, err := AsTuple(`\o`, s)
	if err != nil {
		return nil, err
	}
	y, err := AsTuple(`\o`, t)
	if err != nil {
		return nil, err
	}
	return NewTuple(slices.Concat(x.Elems, y.Elems)), nil
}

// Append is Append(s, e).
func Append(s, e Value) (Value, error) {
	t, err := AsTuple("Append", s)
	if err != nil {
		return nil, err
	}
	return NewTuple(append(slices.Clone(t.Elems), e)), nil
}

// Head is the first element of a sequence, Tail all the others.
func Head(s Value) (Value, error) {
	t, err := AsTuple("Head", s)
	if err != nil {
		return nil, err
	}
	if len(t.Elems) == 0 {
		return nil, Undefined("Attempted to apply Head to the empty sequence.")
	}
	return t.Elems[0], nil
}

func Tail(s Value) (Value, error) {
	if str, ok := s.(Str); ok && str.Text() != "" {
		return NewStr(string([]rune(str.Text())[1:])), nil
	}
	t, err := AsTuple("Tail", s)
	if err != nil {
		return nil, err
	}
	if len(t.Elems) == 0 {
		return nil, Undefined("Attempted to apply Tail to the empty sequence.")
	}
	return NewTuple(t.Elems[1:]), nil
}

// SubSeq is <<s[m], ..., s[n]>>, empty when n < m.
func SubSeq(s, m, n Value) (Value, error) {
	from, ok := m.(Int)
	to, also := n.(Int)
	if !ok || !also {
		return nil, Undefined("The bounds of SubSeq should be integers, but are %s and %s.", Brief(m), Brief(n))
	}
	if str, ok := s.(Str); ok {
		chars := []rune(str.Text())
		if from > to {
			return NewStr(""), nil
		}
		if from < 1 || to > Int(len(chars)) {
			return nil, errSubSeq(s, from, to)
		}
		return NewStr(string(chars[from-1 : to])), nil
	}
	t, err := AsTuple("SubSeq", s)
	if err != nil {
		return nil, err
	}
	if from > to {
		return EmptyTuple, nil
	}
	if from < 1 || to > Int(len(t.Elems)) {
		return nil, errSubSeq(s, from, to)
	}
	return NewTuple(t.Elems[from-1 : to : to]), nil
}

func errSubSeq(s Value, from, to Int) error {
	return Undefined("SubSeq(%s, %s, %s) goes beyond the sequence.", Brief(s), from, to)
}
