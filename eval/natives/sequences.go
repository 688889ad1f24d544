package natives

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Sequences, SequencesExt, and SortSeq of TLC. What is not here is evaluated
// by its body; these are the ones whose bodies take exponential time or a
// recursion for each element.
var sequenceNatives = map[string]Native{
	"Sequences!SelectSeq":       {2, ir.Pure, selectSeq},
	"TLC!SortSeq":               {2, ir.Pure, sortSeq},
	"SequencesExt!ToSet":        {1, ir.Pure, Strict(rangeOf)},
	"SequencesExt!SetToSeq":     {1, ir.Picks, setToSeq},
	"SequencesExt!SetToSortSeq": {2, ir.Picks, setToSortSeq},
	"SequencesExt!Reverse":      {1, ir.Pure, reverse},
	"SequencesExt!Contains":     {2, ir.Pure, contains},
	"SequencesExt!FoldLeft":     {3, ir.Pure, foldLeft},
	"Apalache!ApaFoldSeqLeft":   {3, ir.Pure, foldLeft},
	"SequencesExt!FoldRight":    {3, ir.Pure, foldRight},
	"SequencesExt!FlattenSeq":   {1, ir.Pure, flattenSeq},
	"SequencesExt!BoundedSeq":   {2, ir.Pure, boundedSeq},
	"SequencesExt!SeqOf":        {2, ir.Pure, boundedSeq},
}

// selectSeq is SelectSeq(s, Test).
func selectSeq(c Call) (value.Value, error) {
	s, err := c.sequence(0)
	if err != nil {
		return nil, err
	}
	var kept []value.Value
	for _, e := range s {
		ok, err := c.Test(1, e)
		if err != nil {
			return nil, err
		}
		if ok {
			kept = append(kept, e)
		}
	}
	return value.NewTuple(kept), nil
}

// sortSeq is SortSeq(s, Less), stable.
func sortSeq(c Call) (value.Value, error) {
	s, err := c.sequence(0)
	if err != nil {
		return nil, err
	}
	return c.sorted(s)
}

// setToSortSeq is SetToSortSeq(S, Less).
func setToSortSeq(c Call) (value.Value, error) {
	s, err := c.set(0)
	if err != nil {
		return nil, err
	}
	return c.sorted(s)
}

// sorted sorts stably by the second argument, which may be like < or like <=.
func (c Call) sorted(s []value.Value) (value.Value, error) {
	var failed error
	before := func(a, b value.Value) bool {
		if failed != nil {
			return false
		}
		ok, err := c.Test(1, a, b)
		failed = err
		return ok
	}
	out := slices.Clone(s)
	slices.SortStableFunc(out, func(a, b value.Value) int {
		switch ab, ba := before(a, b), before(b, a); {
		case ab && !ba:
			return -1
		case ba && !ab:
			return 1
		}
		return 0
	})
	if failed != nil {
		return nil, failed
	}
	return value.NewTuple(out), nil
}

// setToSeq is the first of the injective sequences, which is the sorted one.
func setToSeq(c Call) (value.Value, error) {
	s, err := c.set(0)
	if err != nil {
		return nil, err
	}
	return value.NewTuple(s), nil
}

func reverse(c Call) (value.Value, error) {
	s, err := c.sequence(0)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(s)
	slices.Reverse(out)
	return value.NewTuple(out), nil
}

func contains(c Call) (value.Value, error) {
	s, err := c.sequence(0)
	if err != nil {
		return nil, err
	}
	e, err := c.Arg(1)
	if err != nil {
		return nil, err
	}
	for _, x := range s {
		if eq, err := c.meter().Equal(x, e); err != nil || eq {
			return value.Bool(eq), err
		}
	}
	return value.False, nil
}

// foldUp is op(vs[n], ... op(vs[1], op(vs[0], base))) with the i-th argument as
// op: the order in which TLC folds sets, functions and, in FoldSeq, sequences.
func (c Call) foldUp(i int, base value.Value, vs []value.Value) (value.Value, error) {
	acc := base
	for _, v := range vs {
		var err error
		if acc, err = c.Apply(i, v, acc); err != nil {
			return nil, err
		}
	}
	return acc, nil
}

// foldRightly is op(vs[0], op(vs[1], ... op(vs[n], base))) with the i-th
// argument as op.
func (c Call) foldRightly(i int, base value.Value, vs []value.Value) (value.Value, error) {
	acc := base
	for _, v := range slices.Backward(vs) {
		var err error
		if acc, err = c.Apply(i, v, acc); err != nil {
			return nil, err
		}
	}
	return acc, nil
}

// foldLeft is FoldLeft(op, base, seq), foldRight is FoldRight(op, seq, base).
func foldLeft(c Call) (value.Value, error) {
	acc, err := c.Arg(1)
	if err != nil {
		return nil, err
	}
	s, err := c.sequence(2)
	if err != nil {
		return nil, err
	}
	for _, v := range s {
		if acc, err = c.Apply(0, acc, v); err != nil {
			return nil, err
		}
	}
	return acc, nil
}

func foldRight(c Call) (value.Value, error) {
	s, err := c.sequence(1)
	if err != nil {
		return nil, err
	}
	base, err := c.Arg(2)
	if err != nil {
		return nil, err
	}
	return c.foldRightly(0, base, s)
}

func flattenSeq(c Call) (value.Value, error) {
	v, err := c.Arg(0)
	if err != nil || v == value.Value(value.NewStr("")) {
		return v, err
	}
	s, err := c.sequence(0)
	if err != nil {
		return nil, err
	}
	if len(s) == 0 {
		return value.EmptyTuple, nil
	}
	out := s[0] // which may be a string
	for _, part := range s[1:] {
		if out, err = value.Concat(out, part); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// boundedSeq is the set of sequences over S of at most n elements.
func boundedSeq(c Call) (value.Value, error) {
	set, err := c.Arg(0)
	if err != nil {
		return nil, err
	}
	v, err := c.Arg(1)
	if err != nil {
		return nil, err
	}
	n, err := small(c.Name(), v)
	if err != nil {
		return nil, err
	}
	var lengths []value.Value
	for k := 0; k <= n; k++ {
		seqs, err := value.NewFuncSet(value.Interval(1, int64(k)), set)
		if err != nil {
			return nil, err
		}
		lengths = append(lengths, seqs)
	}
	return &value.BigUnion{Sets: lengths}, nil
}
