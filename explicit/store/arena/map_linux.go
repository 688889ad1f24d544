package arena

import (
	"os"

	"golang.org/x/sys/unix"
)

// CanSpill tells whether the system has spilled memory.
const CanSpill = true

// huge is the size from which large pages pay: memory that is hit at random.
const huge = 1 << 23

func anonymous(n int) ([]byte, error) {
	flags := unix.MAP_ANON | unix.MAP_PRIVATE
	if n < huge {
		flags |= unix.MAP_POPULATE // costs less than a fault for each page, and all will be used
	}
	b, err := unix.Mmap(-1, 0, n, unix.PROT_READ|unix.PROT_WRITE, flags)
	if err == nil && n >= huge {
		_ = unix.Madvise(b, unix.MADV_HUGEPAGE) // a wish: without it, it is only slower
	}
	return b, err
}

// mapped maps n bytes at the end of the file, which it makes longer.
func mapped(f *os.File, end int64, n int) ([]byte, error) {
	if err := unix.Fallocate(int(f.Fd()), 0, end, int64(n)); err != nil {
		return nil, err
	}
	return unix.Mmap(int(f.Fd()), end, n, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
}

func unmap(b []byte) { must(unix.Munmap(b)) }

// cool drops the pages of a mapping of the file; the system keeps and writes
// out what is in them.
func cool(b []byte) { must(unix.Madvise(b, unix.MADV_DONTNEED)) }

// must panics: the system objects to memory only when we are wrong about it.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
