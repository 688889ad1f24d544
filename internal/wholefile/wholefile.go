// Package wholefile writes files so that a reader sees the old one or the new
// one, never a part.
package wholefile

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Write writes text to path so that a reader sees the old file or the new
// one: it writes a temporary file beside it and renames it. What is not a
// regular file, such as a device or a pipe, is written in place. A file that nobody
// may write is an error, although its folder would let it be replaced.
func Write(path string, text []byte) error {
	return Create(path, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}

// Create is Write for what write writes, piece by piece. When that fails, what was
// there stays.
func Create(path string, write func(io.Writer) error) error {
	if err := create(path, write); err != nil {
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	return nil
}

func create(path string, write func(io.Writer) error) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	mode := os.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		if !info.Mode().IsRegular() {
			return writeInPlace(path, write)
		}
		mode = info.Mode().Perm()
		if mode&0o222 == 0 {
			return errors.New("the file is read-only")
		}
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // fails once renamed, as it should
	if err = write(tmp); err == nil {
		err = tmp.Sync()
	}
	if err := errors.Join(err, tmp.Close()); err != nil {
		return err
	}
	if err := os.Chmod(tmp.Name(), mode); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

func writeInPlace(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}
