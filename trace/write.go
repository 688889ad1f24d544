package trace

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// formats are the files that a behaviour can be written to, by ending. An
// ending comes before those that it ends with.
var formats = []struct {
	ending string
	render func(r *Report, b *Behaviour, module string) ([]byte, error)
}{
	{".itf.json", func(r *Report, b *Behaviour, _ string) ([]byte, error) { return r.ITF(b) }},
	{".json", func(r *Report, _ *Behaviour, _ string) ([]byte, error) { return r.JSON() }},
	{".tla", func(r *Report, b *Behaviour, module string) ([]byte, error) { return r.TLA(b, module), nil }},
	{".html", func(r *Report, b *Behaviour, _ string) ([]byte, error) { return r.HTML(b) }},
	{".md", func(r *Report, b *Behaviour, _ string) ([]byte, error) { return r.Markdown(b), nil }},
	{".dot", func(r *Report, b *Behaviour, _ string) ([]byte, error) { return r.Dot(b), nil }},
}

// CheckEnding returns an error when no format has the ending of path.
func CheckEnding(path string) error {
	var endings []string
	for _, f := range formats {
		if strings.HasSuffix(path, f.ending) {
			return nil
		}
		endings = append(endings, f.ending)
	}
	return fmt.Errorf("%s: the form of a trace follows from the ending: %s", path, strings.Join(endings, ", "))
}

// WriteTrace writes the counterexample of r to path, in the form that the
// ending names. Without a counterexample it writes nothing. The file appears
// whole or not at all.
func (r *Report) WriteTrace(path string) error {
	b := r.trace()
	if b == nil {
		return nil
	}
	for _, f := range formats {
		if base, ok := strings.CutSuffix(filepath.Base(path), f.ending); ok {
			text, err := f.render(r, b, base)
			if err != nil {
				return err
			}
			return WriteFile(path, text)
		}
	}
	return CheckEnding(path)
}

// WriteFile writes text to path so that a reader sees the old file or the new
// one: it writes a temporary file beside it and renames it. What is not a
// regular file, such as a device or a pipe, is written in place.
func WriteFile(path string, text []byte) error {
	if err := writeFile(path, text); err != nil {
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	return nil
}

func writeFile(path string, text []byte) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	mode := os.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		if !info.Mode().IsRegular() {
			return writeInPlace(path, text)
		}
		mode = info.Mode().Perm()
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // fails once renamed, as it should
	_, err = tmp.Write(text)
	if err == nil {
		err = tmp.Sync()
	}
	if closing := tmp.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Chmod(tmp.Name(), mode)
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	return err
}

func writeInPlace(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if closing := f.Close(); err == nil {
		err = closing
	}
	return err
}
