package natives

import (
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// The operators of SequencesExt that look for an element.
var selectNatives = map[string]Native{
	"SequencesExt!SelectInSeq":        {2, ir.Pure, selectInSeq},
	"SequencesExt!SelectLastInSeq":    {2, ir.Pure, selectLastInSeq},
	"SequencesExt!SelectInSubSeq":     {4, ir.Pure, selectInSubSeq},
	"SequencesExt!SelectLastInSubSeq": {4, ir.Pure, selectLastInSubSeq},
}

// The Select operators of SequencesExt look at the elements one after the
// other and end at the first that passes the test. They answer with its place
// in the whole sequence, or with 0.

// selectInSeq is SelectInSeq(seq, Test).
func selectInSeq(c Call) (value.Value, error) {
	s, err := c.sequence(0)
	if err != nil {
		return nil, err
	}
	return c.firstPlace(1, s, 1, len(s), 1)
}

// selectLastInSeq is SelectLastInSeq(seq, Test).
func selectLastInSeq(c Call) (value.Value, error) {
	s, err := c.sequence(0)
	if err != nil {
		return nil, err
	}
	return c.firstPlace(1, s, len(s), 1, -1)
}

// selectInSubSeq is SelectInSubSeq(seq, from, to, Test).
func selectInSubSeq(c Call) (value.Value, error) {
	s, from, to, err := c.part()
	if err != nil {
		return nil, err
	}
	return c.firstPlace(3, s, from, to, 1)
}

// selectLastInSubSeq is SelectLastInSubSeq(seq, from, to, Test).
func selectLastInSubSeq(c Call) (value.Value, error) {
	s, from, to, err := c.part()
	if err != nil {
		return nil, err
	}
	return c.firstPlace(3, s, to, from, -1)
}

// part is the sequence and the places that the first three arguments give. A
// part that is not empty lies within the sequence.
func (c Call) part() (s []value.Value, from, to int, err error) {
	if s, err = c.sequence(0); err != nil {
		return nil, 0, 0, err
	}
	bounds, err := c.some(1, 3)
	if err != nil {
		return nil, 0, 0, err
	}
	if from, err = small(c.Name(), bounds[0]); err != nil {
		return nil, 0, 0, err
	}
	if to, err = small(c.Name(), bounds[1]); err != nil {
		return nil, 0, 0, err
	}
	if from <= to && (from < 1 || to > len(s)) {
		return nil, 0, 0, value.Undefined("%s goes from %d to %d, beyond the sequence of %d elements.", c.Name(), from, to, len(s))
	}
	return s, from, to, nil
}

// firstPlace goes from one place to the other, both included, by step.
func (c Call) firstPlace(test int, s []value.Value, from, to, step int) (value.Value, error) {
	for i := from; (to-i)*step >= 0; i += step {
		ok, err := c.Test(test, s[i-1])
		if err != nil || ok {
			return value.Int(i), err
		}
	}
	return value.Int(0), nil
}
