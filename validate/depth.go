package validate

import "slices"

// depth follows one candidate as far as it leads, and only then the next. It is
// quick where many candidates lead to the end, and needs no more than 16 bytes for
// one that led nowhere. It gives up after so many candidates, and tells by s.open.
func (s *search) depth(from []*candidate, most int) (*candidate, error) {
	const report = 1 << 10
	visited := map[fingerprint]uint16{}
	stack := slices.Clone(from)
	slices.Reverse(stack)
	for len(stack) > 0 {
		c := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		key := c.fingerprint()
		if before, seen := visited[key]; seen && int(before) <= c.hidden {
			continue
		}
		if len(visited) >= most {
			s.open = true
			return nil, nil
		}
		visited[key] = uint16(c.hidden)
		s.note(c)
		if c.explained() == s.lines {
			return c, nil
		}
		bottom := len(stack)
		if err := s.next(c, func(next *candidate) { stack = append(stack, next) }); err != nil {
			return nil, err
		}
		slices.Reverse(stack[bottom:])
		if s.looked++; s.looked%report == 0 {
			s.progress("depth first")
		}
	}
	return nil, nil
}

// A fingerprint stands for a candidate: two that differ have the same one with a
// probability of 2^-128.
type fingerprint [2]uint64

func (c *candidate) fingerprint() fingerprint {
	return fingerprint{c.hash(0x8f14_e45f_ceea_167a), c.hash(0x1b6d_2bfa_53c0_e9d1)}
}
