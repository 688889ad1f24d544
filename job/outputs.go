package job

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explore"
	"github.com/lemma-mc/lemma/trace"
)

// The codes of outputs.
const (
	codeOverwrites diag.Code = "C322" // an output that would replace what was read, or another output
	codeNoOutput   diag.Code = "S120" // a file or folder that cannot be written
)

// An output is a file or folder that the run is to write.
type output struct {
	flag, path string
	folder     bool
}

func (j *Job) outputs() []output {
	var out []output
	for _, path := range j.Outputs.Traces {
		out = append(out, output{"--trace-out", path, false})
	}
	for _, o := range []output{{"--dump", j.Outputs.Graph, false}, {"--certificate", j.Outputs.Certificate, false},
		{"--certificate-smt", j.Outputs.Conditions, true},
		{"--drat", j.Proof, false}, {"--dump-smt2", j.DumpQueries, true}, {"--checkpoint", j.Checkpoint, true}} {
		if o.path != "" {
			out = append(out, o)
		}
	}
	if j.Proof != "" {
		out = append(out, output{"--drat", j.Proof + ".cnf", false})
	}
	return out
}

// checkOutputs refuses, before the search, to write over what was read, and what
// cannot be written.
func (t *Task) checkOutputs() error {
	if t.Job.Outputs.Conditions != "" && t.Job.Outputs.Certificate == "" {
		return usage("--certificate-smt has no meaning without --certificate FILE, whose conditions it writes")
	}
	seen := map[string]string{}
	for _, o := range t.Job.outputs() {
		if !o.folder {
			if err := t.spares(o, seen); err != nil {
				return err
			}
		}
		if err := o.try(); err != nil {
			return diag.New(diag.System, codeNoOutput, nowhere, fmt.Sprintf("%s: cannot write %s: %v", o.flag, o.path, reason(err)))
		}
	}
	return nil
}

// Spares refuses to write to the path that somebody names, as flag, in a session
// over the spec: where it is a file that was read.
func (t *Task) Spares(flag, path string) error {
	return t.spares(output{flag, path, false}, map[string]string{})
}

// spares refuses an output that is a file which was read, or another output.
func (t *Task) spares(o output, seen map[string]string) error {
	refuse := func(what string) error {
		return diag.New(diag.Usage, codeOverwrites, nowhere, fmt.Sprintf("%s %s would overwrite %s; name another file", o.flag, o.path, what))
	}
	here, err := os.Stat(o.path)
	if err != nil || here.Mode().IsRegular() {
		if other, twice := seen[filepath.Clean(o.path)]; twice {
			return refuse("what " + other + " writes")
		}
		seen[filepath.Clean(o.path)] = o.flag
	}
	if err != nil {
		return nil
	}
	for _, f := range t.Files.Names() {
		if read, err := os.Stat(f); err == nil && os.SameFile(here, read) {
			return refuse(f + ", which this run reads")
		}
	}
	return nil
}

// try finds out whether the output can be written, and leaves things as they
// are but for folders that are made.
func (o output) try() error {
	folder := filepath.Dir(o.path)
	if o.folder {
		folder = o.path
		if err := os.MkdirAll(folder, 0o777); err != nil {
			return err
		}
	} else if info, err := os.Stat(o.path); err == nil {
		switch {
		case info.IsDir():
			return fmt.Errorf("it is a folder")
		case !info.Mode().IsRegular():
			return nil // a device or pipe: opening it may have an effect
		case info.Mode()&0o222 == 0:
			return fmt.Errorf("it is read-only")
		}
		if target, err := filepath.EvalSymlinks(o.path); err == nil {
			folder = filepath.Dir(target)
		}
	}
	f, err := os.CreateTemp(folder, ".lemma-*")
	if err != nil {
		return err
	}
	f.Close()
	return os.Remove(f.Name())
}

// reason is err without the names of files in it.
func reason(err error) error {
	if p, ok := err.(*os.PathError); ok {
		return p.Err
	}
	return err
}

// Graph is the whole state graph of a small instance.
func (t *Task) Graph(ctx context.Context) (*trace.Graph, error) {
	return explore.Open(t.System, explore.Options{Eval: eval.Options{Context: ctx}}).Graph()
}
