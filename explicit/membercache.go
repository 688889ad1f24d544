package explicit

import (
	"github.com/lemma-mc/lemma/value"
)

// A verdict is what is known of one value: whether a constant set has it.
type verdict uint8

const (
	unasked verdict = iota
	outside
	member
)

// memberByID tests k \in set for a boxed k and a constant set. What came out
// for a value holds whenever it comes up again.
func (c *compiler) memberByID(k *code, set value.Value) test {
	n, in, site, audit := c.asID(k), c.intern, c.verdicts, c.audit
	c.verdicts++
	return func(fr *frame) bool {
		i := n(fr)
		known := fr.verdicts[site]
		if i < int64(len(known)) && known[i] != unasked {
			if audit && contains(fr.meter, set, in.value(i)) != (known[i] == member) {
				panic("explicit: the members of a set are remembered wrong: " + in.value(i).String())
			}
			return known[i] == member
		}
		v := outside
		if contains(fr.meter, set, in.value(i)) {
			v = member
		}
		if more := int(i) + 1 - len(known); more > 0 {
			known = append(known, make([]verdict, max(more, len(known)))...)
			fr.verdicts[site] = known
		}
		known[i] = v
		return v == member
	}
}
