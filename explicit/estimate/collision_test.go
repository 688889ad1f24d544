package estimate

import (
	"math"
	"testing"
)

// TestCollision pins the probability that a result tells.
func TestCollision(t *testing.T) {
	if got, want := Collision(1<<20, 1<<22, 64), 3*math.Ldexp(1, 40-64); got != want {
		t.Errorf("64 bits: %g, want %g", got, want)
	}
	if got, want := Collision(1<<20, 1<<22, 128), 3*math.Ldexp(1, 40-128); got != want {
		t.Errorf("128 bits: %g, want %g", got, want)
	}
}
