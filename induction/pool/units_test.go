package pool

import "testing"

// TestUnitedPlaces: what is one has the same parts, whichever was united first.
func TestUnitedPlaces(t *testing.T) {
	u := &units{vars: map[string]*place{}}
	for _, pair := range [][2]string{
		{"a{}", "b{}"}, {"b{}", "c{}"}, {"c{}", "d{}"}, {"d", "a"}, // the parts first, and around
		{"m.term", "term"}, {"m", "msgs{}"},
		{"x", "x{}"}, // a whole is none of its parts
	} {
		u.unite(pair[0], pair[1])
	}
	for _, test := range []struct {
		a, b string
		same bool
	}{
		{"a{}", "d{}", true}, {"b{}.f", "c{}.f", true}, {"a", "d", true}, {"a", "b", false},
		{"msgs{}.term", "term", true}, {"msgs", "m", false}, {"x", "x{}", false},
	} {
		if got := u.canon(test.a) == u.canon(test.b); got != test.same {
			t.Errorf("%s and %s are one: %v", test.a, test.b, got)
		}
		if c := u.canon(test.a); u.canon(c) != c {
			t.Errorf("%s stands for itself no more", c)
		}
	}
}
