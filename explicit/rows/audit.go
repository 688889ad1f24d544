package rows

import (
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/value"
)

// What is remembered is remembered by a key: the slots, names and stamps that
// the value depends on. A key that leaves one of them out gives one value for
// two, and which of them comes first is chance where workers share what they
// remember. Tests audit that: with Options.audit, whatever compiled code
// answers from memory is computed once more beside it, and a difference is a
// panic.

// heldTo is kept, which remembers what k computes, and which an audit holds to it.
func (c *Compiler) heldTo(kept, k *code, what string) *code {
	if !c.audit || kept.constant != nil {
		return kept
	}
	get := c.auditedBy(c.memoOf(kept), c.memoOf(k), what)
	if kept.shape != nil || kept.entry != nil {
		return withParts(c.fromMemo(kept.shape, get, kept.dep), kept)
	}
	out := *kept // it is not known by its id
	out.v = func(fr *Frame) value.Value { return get(fr).val }
	return &out
}

// auditedBy is get, with what compute gives beside it, except within another
// audit: what that computes is not to take an exponential time.
func (c *Compiler) auditedBy(get, compute func(*Frame) *memoValue, what string) func(*Frame) *memoValue {
	if !c.audit {
		return get
	}
	return func(fr *Frame) *memoValue {
		m := get(fr)
		if fr.auditing {
			return m
		}
		fr.auditing = true
		defer func() { fr.auditing = false }()
		if now := compute(fr); !m.same(now) {
			panic(fmt.Sprintf("explicit: %s remembers %v, and now it is %v", what, m, now))
		}
		return m
	}
}

// same tells whether two memories of one expression are of one value.
func (m *memoValue) same(o *memoValue) bool {
	if m.val != nil {
		return value.Compare(forced(nil, m.val), forced(nil, o.val)) == 0
	}
	return m.id == o.id && slices.Equal(m.row, o.row)
}

func (m *memoValue) String() string {
	if m.val != nil {
		return m.val.String()
	}
	return fmt.Sprint(m.id, m.row)
}
