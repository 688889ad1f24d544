package smtlib

import (
	"context"
	"fmt"
	"math/big"
	"strings"

	"github.com/lemma-mc/lemma/smt"
)

// values asks for the values of ts in the present model.
func (s *session) values(ctx context.Context, ts []smt.Term) ([]smt.Value, error) {
	if len(ts) == 0 {
		return nil, nil
	}
	refs := make([]string, len(ts))
	for i, t := range ts {
		refs[i] = s.printer.Expression(t)
	}
	s.printer.Command("(get-value (" + strings.Join(refs, " ") + "))")
	x, err := s.askOne(ctx)
	if err != nil {
		return nil, err
	}
	if len(x.list) != len(ts) {
		return nil, fmt.Errorf("%d values for %d terms", len(x.list), len(ts))
	}
	vs := make([]smt.Value, len(ts))
	for i, pair := range x.list {
		if len(pair.list) != 2 {
			return nil, fmt.Errorf("unexpected answer to get-value: %v", pair)
		}
		if vs[i], err = s.value(s.store.Sort(ts[i]), pair.list[1]); err != nil {
			return nil, err
		}
	}
	return vs, nil
}

func (s *session) value(sort smt.Sort, x sexp) (smt.Value, error) {
	switch sort {
	case smt.BoolSort:
		if x.atom == "true" || x.atom == "false" {
			return smt.BoolValue(x.atom == "true"), nil
		}
	case smt.IntSort:
		if v, ok := integer(x); ok {
			return smt.BigValue(v), nil
		}
	default:
		return smt.ElementValue(sort, s.element(sort, x.String())), nil
	}
	return smt.Value{}, fmt.Errorf("%v is not a value of sort %s", x, s.store.SortName(sort))
}

// integer reads 7 or (- 7).
func integer(x sexp) (*big.Int, bool) {
	if len(x.list) == 2 && x.head() == "-" {
		v, ok := integer(x.list[1])
		if !ok {
			return nil, false
		}
		return v.Neg(v), true
	}
	if x.list != nil {
		return nil, false
	}
	return new(big.Int).SetString(x.atom, 10)
}

// element numbers the names that the solver gives to elements in the order in
// which they are seen.
func (s *session) element(sort smt.Sort, name string) int {
	key := fmt.Sprintf("%d %s", sort, name)
	i, ok := s.elements[key]
	if !ok {
		i = len(s.elements)
		s.elements[key] = i
	}
	return i
}
