package explicit

import (
	"encoding/binary"
	"math/rand/v2"
)

// A beam chooses the states of a level that a sample goes on from. They are any, or
// one half of them is, and the other half is spread over what states look like in
// part: the level is divided by the values of one or two variables, and each value
// found has the same share. A state with two leaders may be one in a thousand; where
// only chance chooses, what comes after it is never seen. To divide by such variables
// only that have few values was tried, and to tell integers apart by their order:
// both find fewer of the rare states.
type beam struct {
	size   int
	spread bool
	rnd    *rand.Rand
}

// divisions is the number of ways in which a level is divided.
const divisions = 8

// choose returns b.size of refs, of which there are more.
func (b *beam) choose(s *search, refs []ref) []ref {
	b.rnd.Shuffle(len(refs), func(i, j int) { refs[i], refs[j] = refs[j], refs[i] })
	if !b.spread {
		return refs[:b.size]
	}
	chosen, rest := refs[:b.size/2:b.size/2], refs[b.size/2:]
	taken := make([]bool, len(rest))
	for left := divisions; left > 0; left-- {
		share := (b.size - len(chosen)) / left
		for _, i := range b.differing(b.divided(s, rest), taken, share) {
			chosen = append(chosen, rest[i])
		}
	}
	return chosen
}

// divided are the places in refs by the values that two variables, or one, have
// in the states.
func (b *beam) divided(s *search, refs []ref) [][]int {
	vars := len(s.sys.Variables)
	x := b.rnd.IntN(vars)
	y := x
	var out [][]int
	row := make([]int64, s.Slots)
	known := map[string]int{}
	var key []byte
	for i, r := range refs {
		s.Unpack(s.store.Row(r), row)
		key = key[:0]
		for _, v := range []int{x, y} {
			for _, slot := range s.Part(row, v) {
				key = binary.LittleEndian.AppendUint64(key, uint64(slot))
			}
		}
		k, ok := known[string(key)]
		if !ok {
			k = len(out)
			known[string(key)] = k
			out = append(out, nil)
		}
		out[k] = append(out[k], i)
	}
	return out
}

// differing takes one of each part in turn until n are taken that were not before,
// of which there are as many.
func (b *beam) differing(parts [][]int, taken []bool, n int) (out []int) {
	b.rnd.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	for len(out) < n {
		for k, p := range parts {
			for len(p) > 0 && taken[p[0]] {
				p = p[1:]
			}
			if len(p) > 0 && len(out) < n {
				taken[p[0]] = true
				out, p = append(out, p[0]), p[1:]
			}
			parts[k] = p
		}
	}
	return out
}
