package validate

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
	"github.com/lemma-mc/lemma/value/valuejson"
)

const codeMatch diag.Code = "U170" // a logged value of what has no members to list

// A matcher says of symbolic values that JSON describes them: renames.describes,
// for the solver.
type matcher struct {
	enc     *encode.Encoder
	renames renames
}

// term says that j describes s.
func (m *matcher) term(s encode.Sym, j any) (smt.Term, error) {
	if known, ok := s.(encode.Known); ok {
		return m.enc.Store.Bool(m.renames.describes(j, known.V)), nil
	}
	if u, ok := s.(*encode.Union); ok {
		return m.union(u, j)
	}
	if w := m.renames.renamed(j); w != nil {
		return m.enc.Equal(s, encode.Known{V: w})
	}
	switch s := s.(type) {
	case encode.Bool:
		if b, ok := j.(bool); ok && b {
			return s.T, nil
		} else if ok {
			return m.enc.Store.Not(s.T), nil
		}
		return smt.False, nil
	case encode.Int:
		if n, ok := j.(json.Number); ok {
			if v, ok := integer(n); ok {
				return m.enc.Equal(s, encode.Known{V: v})
			}
		}
		return smt.False, nil
	case *encode.Tuple:
		return m.tuple(s, j)
	case *encode.Record:
		return m.record(s, j)
	case *encode.Func:
		return m.function(s, j)
	case *encode.Set:
		return m.set(s, j)
	}
	return smt.False, diag.New(diag.Unsupported, codeMatch, source.Span{}, "the solver cannot be asked about a logged value: the spec has a set or function there whose members cannot be listed")
}

func (m *matcher) union(u *encode.Union, j any) (smt.Term, error) {
	return m.either(u, func(a encode.Sym) (smt.Term, error) { return m.term(a, j) })
}

// either says of the alternative that holds what claim says of it.
func (m *matcher) either(u *encode.Union, claim func(encode.Sym) (smt.Term, error)) (smt.Term, error) {
	var or []smt.Term
	for _, a := range u.Alts {
		t, err := claim(a.Val)
		if err != nil {
			return smt.False, err
		}
		or = append(or, m.enc.Store.And(a.When, t))
	}
	return m.enc.Store.Or(or...), nil
}

func (m *matcher) tuple(t *encode.Tuple, j any) (smt.Term, error) {
	list, ok := j.([]any)
	if !ok || len(list) != len(t.Elems) {
		return smt.False, nil
	}
	return m.all(len(list), func(i int) (smt.Term, error) { return m.term(t.Elems[i], list[i]) })
}

func (m *matcher) record(r *encode.Record, j any) (smt.Term, error) {
	o, ok := j.(map[string]any)
	if !ok || len(o) != len(r.Names) {
		return smt.False, nil
	}
	return m.all(len(r.Names), func(i int) (smt.Term, error) {
		x, ok := m.renames.field(o, value.NewStr(r.Names[i]))
		if !ok {
			return smt.False, nil
		}
		return m.term(r.Vals[i], x)
	})
}

// function says that j describes f. A function of 1..n is a sequence, which an array
// lists; another one may be an array of pairs.
func (m *matcher) function(f *encode.Func, j any) (smt.Term, error) {
	var or []smt.Term
	for _, pairs := range readings(j) {
		t, err := m.made(f, pairs)
		if err != nil {
			return smt.False, err
		}
		or = append(or, t)
	}
	return m.enc.Store.Or(or...), nil
}

// made says that f is made of the pairs: each argument that f has is a key, and each
// key is an argument that f has.
func (m *matcher) made(f *encode.Func, pairs []pair) (smt.Term, error) {
	st := m.enc.Store
	met := make([][]smt.Term, len(pairs))
	all, err := m.all(len(f.Keys), func(i int) (smt.Term, error) {
		var some []smt.Term
		for n, p := range pairs {
			key, err := m.key(f.Keys[i].Val, p.key)
			if err != nil {
				return smt.False, err
			}
			val, err := m.term(f.Vals[i], p.val)
			if err != nil {
				return smt.False, err
			}
			some = append(some, st.And(key, val))
			met[n] = append(met[n], st.And(f.Keys[i].In, key))
		}
		return st.Or(st.Not(f.Keys[i].In), st.Or(some...)), nil
	})
	if err != nil {
		return smt.False, err
	}
	for _, some := range met {
		all = st.And(all, st.Or(some...))
	}
	return all, nil
}

// A pair is an argument with its value in a log: the argument is a key of an
// object, or JSON.
type pair struct{ key, val any }

// objectKey is the argument that a key of an object names.
type objectKey string

// readings are the functions that j may describe, as pairs.
func readings(j any) (out [][]pair) {
	switch j := j.(type) {
	case map[string]any:
		var fields []pair
		for _, key := range slices.Sorted(maps.Keys(j)) {
			fields = append(fields, pair{objectKey(key), j[key]})
		}
		return [][]pair{fields}
	case []any:
		items := make([]pair, len(j))
		for i, x := range j {
			items[i] = pair{json.Number(strconv.Itoa(i + 1)), x}
		}
		out = append(out, items)
		if pairs, ok := pairsOf(j); ok && !isSequence(pairs) {
			out = append(out, pairs)
		}
	}
	return out
}

func pairsOf(list []any) (out []pair, ok bool) {
	for _, p := range list {
		both, ok := p.([]any)
		if !ok || len(both) != 2 {
			return nil, false
		}
		out = append(out, pair{both[0], both[1]})
	}
	return out, true
}

// isSequence tells whether the keys are 1..n.
func isSequence(pairs []pair) bool {
	keys := map[string]bool{}
	for _, p := range pairs {
		n, _ := p.key.(json.Number)
		keys[n.String()] = true
	}
	for i := range pairs {
		if !keys[strconv.Itoa(i+1)] {
			return false
		}
	}
	return true
}

// key says that the argument arg is the one that the log names.
func (m *matcher) key(arg encode.Sym, named any) (smt.Term, error) {
	text, ok := named.(objectKey)
	if !ok {
		return m.term(arg, named)
	}
	if w := m.renames[string(text)]; w != nil {
		return m.enc.Equal(arg, encode.Known{V: w})
	}
	switch arg := arg.(type) {
	case encode.Known:
		return m.enc.Store.Bool(valuejson.Key(arg.V) == string(text)), nil
	case *encode.Union:
		return m.either(arg, func(a encode.Sym) (smt.Term, error) { return m.key(a, named) })
	case encode.Bool:
		return m.oneOf(arg, text, value.False, value.True)
	case encode.Int:
		n, _ := integer(json.Number(text))
		return m.oneOf(arg, text, n)
	}
	return smt.False, diag.New(diag.Unsupported, codeMatch, source.Span{}, "the solver cannot be asked about a logged value: the spec has a function there of arguments that are no simple values")
}

// oneOf says that arg is the one of some values, nil for none, that has this key.
func (m *matcher) oneOf(arg encode.Sym, key objectKey, vs ...value.Value) (smt.Term, error) {
	for _, v := range vs {
		if v != nil && valuejson.Key(v) == string(key) {
			return m.enc.Equal(arg, encode.Known{V: v})
		}
	}
	return smt.False, nil
}

// set says that each member is in the list, and each of the list a member.
func (m *matcher) set(s *encode.Set, j any) (smt.Term, error) {
	list, ok := j.([]any)
	if !ok {
		return smt.False, nil
	}
	st := m.enc.Store
	met := make([][]smt.Term, len(list))
	all, err := m.all(len(s.Members), func(i int) (smt.Term, error) {
		var some []smt.Term
		for n, x := range list {
			t, err := m.term(s.Members[i].Val, x)
			if err != nil {
				return smt.False, err
			}
			some = append(some, t)
			met[n] = append(met[n], st.And(s.Members[i].In, t))
		}
		return st.Or(st.Not(s.Members[i].In), st.Or(some...)), nil
	})
	if err != nil {
		return smt.False, err
	}
	for _, some := range met {
		all = st.And(all, st.Or(some...))
	}
	return all, nil
}

func (m *matcher) all(n int, claim func(int) (smt.Term, error)) (smt.Term, error) {
	out := make([]smt.Term, n)
	for i := range out {
		var err error
		if out[i], err = claim(i); err != nil {
			return smt.False, err
		}
	}
	return m.enc.Store.And(out...), nil
}
