package eval

import "github.com/lemma-mc/lemma/value"

// The Select operators of SequencesExt look at the elements one after the
// other and end at the first that passes the test. They answer with its place
// in the whole sequence, or with 0.

// selectInSeq is SelectInSeq(seq, Test).
func selectInSeq(c *nativeCall) (value.Value, error) {
	s, err := c.sequence(0)
	if err != nil {
		return nil, err
	}
	return c.firstPlace(1, s, 1, len(s), 1)
}

// selectLastInSeq is SelectLastInSeq(seq, Test).
func selectLastInSeq(c *nativeCall) (value.Value, error) {
	s, err := c.sequence(0)
	if err != nil {
		return nil, err
	}
	return c.firstPlace(1, s, len(s), 1, -1)
}

// selectInSubSeq is SelectInSubSeq(seq, from, to, Test).
func selectInSubSeq(c *nativeCall) (value.Value, error) {
	s, from, to, err := c.part()
	if err != nil {
		return nil, err
	}
	return c.firstPlace(3, s, from, to, 1)
}

// selectLastInSubSeq is SelectLastInSubSeq(seq, from, to, Test).
func selectLastInSubSeq(c *nativeCall) (value.Value, error) {
	s, from, to, err := c.part()
	if err != nil {
		return nil, err
	}
	return c.firstPlace(3, s, to, from, -1)
}

// part is the sequence and the places that the first three arguments give. A
// part that is not empty lies within the sequence.
func (c *nativeCall) part() (s []value.Value, from, to int, err error) {
	if s, err = c.sequence(0); err != nil {
		return nil, 0, 0, err
	}
	bounds, err := c.m.all(c.args[1:3], c.env, c.w)
	if err != nil {
		return nil, 0, 0, err
	}
	if from, err = small(c.def.Name, bounds[0]); err != nil {
		return nil, 0, 0, err
	}
	if to, err = small(c.def.Name, bounds[1]); err != nil {
		return nil, 0, 0, err
	}
	if from <= to && (from < 1 || to > len(s)) {
		return nil, 0, 0, undefined("%s goes from %d to %d, beyond the sequence of %d elements.", c.def.Name, from, to, len(s))
	}
	return s, from, to, nil
}

// firstPlace goes from one place to the other, both included, by step.
func (c *nativeCall) firstPlace(test int, s []value.Value, from, to, step int) (value.Value, error) {
	for i := from; (to-i)*step >= 0; i += step {
		ok, err := c.test(test, s[i-1])
		if err != nil || ok {
			return value.Int(i), err
		}
	}
	return value.Int(0), nil
}
