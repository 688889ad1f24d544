package job

import (
	"fmt"
	"path/filepath"
	"sync"

	"github.com/lemma-mc/lemma/source"
)

// A Recorder is a file system that remembers what was read, for Pack. It may be
// used by several goroutines.
type Recorder struct {
	source.FileSystem
	mu   sync.Mutex
	read map[string]string // by path
}

// ReadFile reads a file and remembers its text.
func (r *Recorder) ReadFile(name string) ([]byte, error) {
	text, err := r.FileSystem.ReadFile(name)
	if err == nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.read == nil {
			r.read = map[string]string{}
		}
		r.read[filepath.Clean(name)] = string(text)
	}
	return text, err
}

// Pack is the job of t, which was loaded from files, as one that brings along all
// that was read and needs no files: one for another machine. files was the file
// system of its Env.
func (t *Task) Pack(files *Recorder) (*Job, error) {
	out := (&Job{}).Over(t.Job)
	if !out.Given("root_module") {
		return out, nil // a bundled spec
	}
	out.Modules = map[string]string{}
	for name, text := range t.Job.Modules {
		out.Modules[name] = text
	}
	for path, text := range files.read {
		name := filepath.Base(path)
		if other, ok := out.Modules[name]; ok && other != text {
			return nil, usage("there are two files %s: a job that is sent away can have one of a name", name)
		}
		out.Modules[name] = text
	}
	out.Root = filepath.Base(t.spec)
	out.Config = filepath.Base(t.Job.Config)
	out.given["modules"], out.given["config"] = true, t.Job.Config != ""
	if _, ok := out.Modules[out.Root]; !ok {
		return nil, fmt.Errorf("the text of %s is not there any more", t.spec)
	}
	return out, nil
}
