package parallel

import "unsafe"

// CacheLine is a number of bytes that two processors do not fetch as one: a
// cache line and its neighbour.
const CacheLine = 128

// Padded makes a slice that shares no cache line with anything else: what a
// worker writes all the time slows down every other one that uses the same line.
func Padded[T any](n int) []T {
	var zero T
	pad := CacheLine/int(max(1, unsafe.Sizeof(zero))) + 1
	return make([]T, n+2*pad)[pad : pad+n : pad+n]
}

// Alone is v where it shares no cache line with anything else.
func Alone[T any](v T) *T {
	s := Padded[T](1)
	s[0] = v
	return &s[0]
}
