package explicit

// A facet is the part of a state that a fingerprint is of: the slots of some
// variables. Nearly every VIEW is a tuple of variables, and two states agree on
// that exactly when these slots are equal, so that no tuple need be built.
type facet struct {
	slots []bool   // that it shows
	mask  []uint64 // of the packed words
	loose []loose  // slots whose content may depend on the order of discovery
}

// facetOf is the facet of the variables with these IDs.
func (l *layout) facetOf(vars map[int]bool) *facet {
	f := &facet{mask: make([]uint64, l.words), slots: make([]bool, l.slots)}
	for v := range vars {
		for i := range l.shapes[v].size {
			f.slots[l.offs[v]+i] = true
		}
	}
	for i, fd := range l.fields {
		if f.slots[i] {
			f.mask[fd.word] |= (1<<(fd.width-1)<<1 - 1) << fd.shift
		}
	}
	for _, s := range l.loose {
		if f.slots[s.slot] {
			f.loose = append(f.loose, s)
		}
	}
	return f
}

// whole is the facet of all variables.
func (l *layout) whole() *facet {
	all := map[int]bool{}
	for v := range l.shapes {
		all[v] = true
	}
	return l.facetOf(all)
}
