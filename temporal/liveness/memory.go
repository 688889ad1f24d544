package liveness

// Memory is where a check gets its long lists of numbers from, which may be
// outside Go's heap.
type Memory interface {
	// Make returns n zeros; the error says that there is no more memory.
	Make(n int) ([]uint32, error)
	// Free ends the use of what Make returned.
	Free([]uint32)
}

// A list of numbers grows at its end without ever being moved.
type list struct {
	mem    Memory
	chunks [][]uint32
	n      int
}

const (
	chunkBits = 16
	chunkSize = 1 << chunkBits
)

// reserve makes room for k more numbers, at most a chunk's.
func (l *list) reserve(k int) error {
	for len(l.chunks)<<chunkBits < l.n+k {
		c, err := l.mem.Make(chunkSize)
		if err != nil {
			return err
		}
		l.chunks = append(l.chunks, c)
	}
	return nil
}

// push appends a number, for which there is room.
func (l *list) push(x uint32) {
	l.chunks[l.n>>chunkBits][l.n%chunkSize] = x
	l.n++
}

func (l *list) at(i int) uint32     { return l.chunks[i>>chunkBits][i%chunkSize] }
func (l *list) set(i int, x uint32) { l.chunks[i>>chunkBits][i%chunkSize] = x }

// free gives the memory of the list back.
func (l *list) free() {
	for _, c := range l.chunks {
		l.mem.Free(c)
	}
	l.chunks, l.n = nil, 0
}

// A span is a part of a list.
type span struct {
	in       *list
	from, to int
}

func (s span) len() int { return s.to - s.from }

// all yields the numbers of s.
func (s span) all(yield func(uint32) bool) {
	for i := s.from; i < s.to; i++ {
		if !yield(s.in.at(i)) {
			return
		}
	}
}
