package diag

import (
	"slices"
	"testing"
)

func TestNearest(t *testing.T) {
	names := []string{"AtMostOneLeader", "TypeOK", "Next", "Init", "NextStep"}
	for _, tt := range []struct{ word, want string }{
		{"AtMostOneLeadr", "AtMostOneLeader"},
		{"AtMostOneLaeder", "AtMostOneLeader"},
		{"typeOK", "TypeOK"},
		{"Nxet", "Next"},
		{"Liveness", ""},
		{"x", ""},
	} {
		if got := Nearest(tt.word, slices.Values(names)); got != tt.want {
			t.Errorf("Nearest(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}
