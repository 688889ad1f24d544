// Package arena holds the bulk of a search: long slices of numbers, outside
// Go's heap, so that the garbage collector neither looks at them nor counts
// them when it decides how much garbage to let pile up.
//
// Memory comes in two kinds. Plain memory is zero at first, takes up room where
// it was touched, at the latest, and goes back to the system when it is freed. Spilled
// memory is a part of a temporary file: it reads and writes like any other, but
// the system may write it out, and Cool asks it to. The file has no name once
// it is open, so nothing is left behind however the process ends, and its room
// on the disk is reserved, so that a full disk is an error of Spill.
//
// Where the system has no such mappings, plain memory is ordinary memory, and
// CanSpill is false.
package arena

import (
	"os"
	"sync"
	"sync/atomic"
	"unsafe"
)

// A Number is what slices are made of.
type Number interface{ ~uint8 | ~uint32 | ~uint64 }

// An Arena hands out memory and knows how much it has handed out. Its methods
// may be called by several goroutines.
type Arena struct {
	dir   string // of the file; "" for the system's choice
	plain atomic.Int64
	mu    sync.Mutex
	live  map[*byte][]byte // all that is mapped
	idle  map[int][][]byte // spilled and freed, by size
	file  *os.File         // nil before the first Spill
	size  int64            // of the file
}

// New returns an arena that spills to a file in dir, or, when dir is empty, in
// the folder for temporary files.
func New(dir string) *Arena {
	return &Arena{dir: dir, live: map[*byte][]byte{}, idle: map[int][][]byte{}}
}

// Plain is the number of bytes of plain memory in use, touched or not.
func (a *Arena) Plain() int64 { return a.plain.Load() }

// Spilled is the size of the file.
func (a *Arena) Spilled() int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.size
}

// Close ends the use of everything that the arena handed out.
func (a *Arena) Close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, b := range a.live {
		unmap(b)
	}
	clear(a.live)
	clear(a.idle)
	a.plain.Store(0)
	if a.file != nil {
		a.file.Close() // nobody will read it again
		a.file, a.size = nil, 0
	}
}

// Make returns n zeros of plain memory. The error says that the system has no
// more.
func Make[T Number](a *Arena, n int) ([]T, error) {
	b, err := anonymous(bytesOf[T](n))
	if err != nil {
		return nil, err
	}
	a.plain.Add(int64(len(b)))
	a.mu.Lock()
	defer a.mu.Unlock()
	a.live[unsafe.SliceData(b)] = b
	return cast[T](b, n), nil
}

// Free ends the use of s, which Make returned.
func Free[T Number](a *Arena, s []T) {
	if s == nil {
		return
	}
	b := raw(s)
	a.mu.Lock()
	delete(a.live, unsafe.SliceData(b))
	a.mu.Unlock()
	a.plain.Add(-int64(len(b)))
	unmap(b)
}

// Spill returns n numbers of spilled memory, of any value. The error says that
// the file cannot be made or grow.
func Spill[T Number](a *Arena, n int) ([]T, error) {
	size := bytesOf[T](n)
	a.mu.Lock()
	defer a.mu.Unlock()
	if last := len(a.idle[size]) - 1; last >= 0 {
		b := a.idle[size][last]
		a.idle[size] = a.idle[size][:last]
		return cast[T](b, n), nil
	}
	if a.file == nil {
		f, err := nameless(a.dir)
		if err != nil {
			return nil, err
		}
		a.file = f
	}
	b, err := mapped(a.file, a.size, size)
	if err != nil {
		return nil, err
	}
	a.size += int64(size)
	a.live[unsafe.SliceData(b)] = b
	return cast[T](b, n), nil
}

// nameless opens a file that goes when it is closed.
func nameless(dir string) (*os.File, error) {
	f, err := os.CreateTemp(dir, "lemma-*.spill")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(f.Name()); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// FreeSpilled ends the use of s, which Spill returned; its part of the file is
// used again.
func FreeSpilled[T Number](a *Arena, s []T) {
	if s == nil {
		return
	}
	Cool(s)
	b := raw(s)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.idle[len(b)] = append(a.idle[len(b)], b)
}

// Cool takes the memory of s, which Spill returned, back to the file. What is
// in s stays, and others may use it meanwhile.
func Cool[T Number](s []T) {
	if s != nil {
		cool(raw(s))
	}
}

// page is what sizes are rounded up to.
const page = 1 << 12

func bytesOf[T Number](n int) int {
	var zero T
	return max(page, (n*int(unsafe.Sizeof(zero))+page-1)&^(page-1))
}

func cast[T Number](b []byte, n int) []T {
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(b))), n)
}

// raw is the memory of s, as it was mapped.
func raw[T Number](s []T) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(s))), bytesOf[T](len(s)))
}
