//go:build !linux

package arena

import (
	"errors"
	"os"
	"unsafe"
)

// CanSpill tells whether the system has spilled memory.
const CanSpill = false

func anonymous(n int) ([]byte, error) {
	words := make([]uint64, n/8) // for the alignment
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(words))), n), nil
}

func mapped(*os.File, int64, int) ([]byte, error) {
	return nil, errors.ErrUnsupported
}

func unmap([]byte) {}

func cool([]byte) {}
