package explicit

import "unsafe"

// lines is a number of bytes that two processors do not fetch as one: a cache
// line and its neighbour.
const lines = 128

// apart makes a slice that shares no cache line with anything else: what a
// worker writes all the time slows down every other one that uses the same line.
func apart[T any](n int) []T {
	var zero T
	pad := lines/int(max(1, unsafe.Sizeof(zero))) + 1
	return make([]T, n+2*pad)[pad : pad+n : pad+n]
}

// alone is v where it shares no cache line with anything else.
func alone[T any](v T) *T {
	s := apart[T](1)
	s[0] = v
	return &s[0]
}
