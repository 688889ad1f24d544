package validate

import (
	"cmp"
	"slices"
)

// beam goes from line to line as breadth does, but keeps only so many candidates
// after each. It may miss a behaviour, and finds one quickly where many choices,
// such as which node was first, matter little: those that were wrong die out.
//
// Which candidates are kept is left to chance, by their hashes, so that there are
// some of every kind.
func (s *search) beam(level []*candidate, width int) (*candidate, error) {
	for n := 0; ; n++ {
		all, err := s.settled(level)
		if err != nil || len(all) == 0 {
			return nil, err
		}
		for _, c := range all[:min(len(all), width)] {
			s.note(c)
		}
		if n == s.lines {
			return all[0], nil
		}
		if level, err = s.after(thinned(all, width)); err != nil {
			return nil, err
		}
		s.progress("the likely candidates")
	}
}

// thinned is so many of all, or all.
func thinned(all []*candidate, width int) []*candidate {
	if len(all) <= width {
		return all
	}
	slices.SortFunc(all, func(a, b *candidate) int { return cmp.Compare(a.key(), b.key()) })
	return all[:width]
}
