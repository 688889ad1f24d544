package validate

import (
	"slices"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/value"
)

// breadth goes from line to line with all candidates that explain the lines so
// far. It ends with one that explains all of them; or with none, and none left; or
// with those that are left when they have become too many.
func (s *search) breadth(level []*candidate) (found *candidate, left []*candidate, err error) {
	most := s.looked + 20*s.options.Candidates
	for n := 0; ; n++ {
		all, err := s.settled(level)
		if err != nil {
			return nil, nil, err
		}
		if len(all) == 0 {
			return nil, nil, nil
		}
		if n == s.lines {
			s.note(all[0])
			return all[0], nil, nil
		}
		if n >= s.deepest {
			s.deepest, s.furthest = n, all
		}
		if len(all) > s.options.Candidates || s.looked > most {
			return nil, level, nil
		}
		if level, err = s.after(all); err != nil {
			return nil, nil, err
		}
		s.progress("sets of candidates")
	}
}

// settled are the candidates of a level with those that further steps lead to
// which nobody logged, each state once, with the fewest of such steps. There may
// be too many to list them all.
func (s *search) settled(level []*candidate) ([]*candidate, error) {
	var seen set
	var all []*candidate
	for _, c := range level {
		if seen.add(c) {
			all = append(all, c)
		}
	}
	if s.hidden == nil {
		return all, nil
	}
	for i := 0; i < len(all) && len(all) <= s.options.Candidates; i++ {
		err := s.hiddenSteps(all[i], func(next *candidate) {
			if s.looked++; seen.add(next) {
				all = append(all, next)
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// after are the candidates that explain one line more.
func (s *search) after(all []*candidate) ([]*candidate, error) {
	var out []*candidate
	for _, c := range all {
		err := s.lineSteps(c, func(next *candidate) {
			s.looked++
			out = append(out, next)
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// A set holds candidates that differ in state or in the lines that they explain.
type set struct{ buckets map[uint64][]*candidate }

// add tells whether c is new.
func (s *set) add(c *candidate) bool {
	if s.buckets == nil {
		s.buckets = map[uint64][]*candidate{}
	}
	h := c.key()
	for _, o := range s.buckets[h] {
		if slices.Equal(o.taken, c.taken) && sameState(o.state, c.state) {
			return false
		}
	}
	s.buckets[h] = append(s.buckets[h], c)
	return true
}

// key is a hash of c, found once.
func (c *candidate) key() uint64 {
	if c.hashed == 0 {
		c.hashed = c.hash(0) | 1
	}
	return c.hashed
}

// hash is one of c's state and the lines that it explains.
func (c *candidate) hash(seed uint64) uint64 {
	h := seed
	for _, v := range c.state {
		h = (h<<7 | h>>57) ^ value.HashSeeded(v, seed)
		h *= 0x9e3779b97f4a7c15
	}
	for _, t := range c.taken {
		h = (h<<7 | h>>57) ^ uint64(t)
		h *= 0xbf58476d1ce4e5b9
	}
	return h
}

func sameState(a, b eval.State) bool {
	return slices.EqualFunc(a, b, func(x, y value.Value) bool { return value.Compare(x, y) == 0 })
}
