package module

import "math"

// A scope holds the names of a module, of a LET, or of a binding construct.
// Lookups go outwards, past limit only to older symbols of the scope outside.
type scope struct {
	outer *scope
	limit int // of outer's symbols, those with seq < limit are visible
	names map[string]*symbol
	order []*symbol // as they were added
}

// inside makes a scope within s that sees all that s has so far.
func (s *scope) inside() *scope {
	return &scope{outer: s, limit: len(s.order), names: map[string]*symbol{}}
}

// module finds the nested module of that name, or nil: names of modules and
// names of definitions are two name spaces.
func (s *scope) module(name string) *nested {
	if sym := s.lookup(moduleKey(name)); sym != nil {
		return sym.ent.(*nested)
	}
	return nil
}

// moduleKey is the key of a module's name in a scope, which no identifier is.
func moduleKey(name string) string { return "MODULE " + name }

// here is the place after the symbols that s has so far, with nothing in it.
func (s *scope) here() *scope { return &scope{outer: s, limit: len(s.order)} }

// lookup finds the symbol that name means in s, or nil.
func (s *scope) lookup(name string) *symbol {
	limit := math.MaxInt
	for ; s != nil; s, limit = s.outer, s.limit {
		if sym := s.names[name]; sym != nil && sym.seq < limit {
			return sym
		}
	}
	return nil
}

// later finds a symbol of that name that is defined only after this place.
func (s *scope) later(name string) *symbol {
	for ; s != nil; s = s.outer {
		if sym := s.names[name]; sym != nil {
			return sym
		}
	}
	return nil
}

// add puts sym into s, after all others.
func (s *scope) add(sym *symbol) {
	sym.seq = len(s.order)
	s.order = append(s.order, sym)
	s.names[sym.name] = sym
}

// visible yields the names that a place sees, innermost first, for
// suggestions.
func (s *scope) visible(yield func(string) bool) {
	limit := math.MaxInt
	for ; s != nil; s, limit = s.outer, s.limit {
		for _, sym := range s.order[:min(limit, len(s.order))] {
			if _, module := sym.ent.(*nested); !module && !yield(sym.name) {
				return
			}
		}
	}
}
