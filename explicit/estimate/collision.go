package estimate

import "math"

// Collision is about the probability that two different states of n had one
// fingerprint of so many bits, when g states were generated.
func Collision(n, g int64, bits int) float64 {
	return math.Ldexp(float64(n)*float64(max(g-n, 1)), -bits)
}
