package explicit

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/internal/framed"
	"github.com/lemma-mc/lemma/internal/wholefile"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// DefaultCheckpointEvery is the time between two checkpoints.
const DefaultCheckpointEvery = 5 * time.Minute

// shareOfSaving is how much longer than writing a checkpoint it takes at least
// until the next one.
const shareOfSaving = 10

const checkpointFile = "lemma.checkpoint"

const (
	codeOtherSpec     diag.Code = "C160" // a checkpoint of another spec or config
	codeOtherPrints   diag.Code = "C161" // a checkpoint with fingerprints of another size
	codeBadCheckpoint diag.Code = "S130" // a checkpoint that cannot be read
	codeUnsaved       diag.Code = "W138" // a checkpoint that cannot be written
)

// A saver writes checkpoints of a search.
type saver struct {
	dir    string
	every  time.Duration
	spec   [sha256.Size]byte
	bits   int // of a fingerprint
	sample *sample
	when   atomic.Int64 // of the next one, in nanoseconds
	saved  bool
	err    error // of the last one
}

// newSaver is nil when no checkpoints are wanted.
func (k *check) newSaver(sm *sample) checkpointer {
	dir := k.opts.Checkpoint
	if dir == "" {
		dir = k.opts.Recover
	}
	if dir == "" {
		return nil
	}
	v := &saver{dir: dir, every: k.opts.CheckpointEvery, spec: signatureOf(k.Sys), bits: k.opts.printer().Bits(), sample: sm}
	if v.every <= 0 {
		v.every = DefaultCheckpointEvery
	}
	v.schedule(0)
	return v
}

// schedule sets the time of the next checkpoint after one that took d.
func (v *saver) schedule(d time.Duration) {
	v.when.Store(time.Now().Add(max(v.every, shareOfSaving*d)).UnixNano())
}

func (v *saver) due() bool { return time.Now().UnixNano() >= v.when.Load() }

// save writes a checkpoint when one is due, or when the search has ended early.
// The workers pause meanwhile. A level on which something was found is not
// saved: its end is the end of the search.
func (v *saver) save(s *search) {
	s.pause.Lock()
	defer s.pause.Unlock()
	if s.torn.Load() || !v.due() && s.stopped.Load() == nil {
		return
	}
	for _, w := range s.workers {
		if len(w.findings)+len(w.overflows) > 0 {
			return
		}
	}
	defer answer.Announce(s.opts.Ending)()
	begin := time.Now()
	v.err = v.write(s)
	v.saved = v.saved || v.err == nil
	v.schedule(time.Since(begin))
}

// write replaces the checkpoint in the saver's folder, all at once.
func (v *saver) write(s *search) error {
	if err := os.MkdirAll(v.dir, 0o777); err != nil {
		return err
	}
	path := filepath.Join(v.dir, checkpointFile)
	if err := wholefile.Create(path, func(to io.Writer) error { return v.encode(to, s) }); err != nil {
		return err
	}
	return syncFolder(v.dir)
}

func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func (v *saver) encode(to io.Writer, s *search) error {
	if _, err := fmt.Fprintf(to, "%s %d\n", checkpointMagic, checkpointFormat); err != nil {
		return err
	}
	w := &recorder{framed.NewWriter(to)}
	w.Bytes(v.spec[:])
	w.Int(int64(v.bits))
	v.sample.Save(w.Writer)
	w.search(s)
	return w.Close()
}

// notes says in the result whether the search can be taken up again.
func (v *saver) notes(r *answer.Run) {
	if v.err != nil {
		r.Warn(codeUnsaved, &diag.Diagnostic{Message: fmt.Sprintf("the last checkpoint could not be written: %v", v.err)})
	}
	if v.saved && r.Res.Status == trace.LimitReached {
		r.Note("The search can be taken up again with --recover %s.", v.dir)
	}
}

// signatureOf tells systems apart: by the text of all that the engine looks at.
func signatureOf(sys *ir.System) (sum [sha256.Size]byte) {
	h := sha256.New()
	for _, c := range sys.Constants {
		fmt.Fprintf(h, "CONSTANT %s %v\n", c.Name, c.Value)
		if c.Def != nil {
			fmt.Fprintln(h, c.Def.Text())
		}
	}
	for _, v := range sys.Variables {
		fmt.Fprintf(h, "VARIABLE %s\n", v.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(sys.Defs)) {
		if d := sys.Defs[name]; d.Body != nil {
			fmt.Fprintln(h, name, d.Text())
		}
	}
	for _, e := range append([]ir.Expr{sys.Init, sys.Next, sys.Sub, sys.Symmetry, sys.View}, sys.Temporal...) {
		if e != nil {
			fmt.Fprintln(h, ir.String(e))
		}
		fmt.Fprintln(h)
	}
	formulas(h, sys.Invariants, sys.Properties, sys.Constraints, sys.ActionConstraints, sys.PostConditions, sys.Possible)
	fmt.Fprintln(h, sys.CheckDeadlock)
	h.Sum(sum[:0])
	return sum
}

func formulas(h hash.Hash, lists ...[]*ir.Formula) {
	for _, fs := range lists {
		for _, f := range fs {
			fmt.Fprintln(h, f.Name, ir.String(f.Expr))
		}
		fmt.Fprintln(h)
	}
}
