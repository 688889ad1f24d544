package explicit

import (
	"fmt"
	"sync/atomic"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/explicit/checkpoint"
	"github.com/lemma-mc/lemma/explicit/sample"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/internal/framed"
	"github.com/lemma-mc/lemma/trace"
)

// DefaultCheckpointEvery is the time between two checkpoints.
const DefaultCheckpointEvery = 5 * time.Minute

// shareOfSaving is how much longer than writing a checkpoint it takes at least
// until the next one.
const shareOfSaving = 10

const codeUnsaved diag.Code = "W138" // a checkpoint that cannot be written

// A saver writes checkpoints of a search.
type saver struct {
	dir    string
	every  time.Duration
	owner  checkpoint.Owner
	sample *sample.Sample
	when   atomic.Int64 // of the next one, in nanoseconds
	saved  bool
	err    error // of the last one
}

// newSaver is nil when no checkpoints are wanted.
func (k *check) newSaver(sm *sample.Sample) checkpointer {
	dir := k.opts.Checkpoint
	if dir == "" {
		dir = k.opts.Recover
	}
	if dir == "" {
		return nil
	}
	v := &saver{dir: dir, every: k.opts.CheckpointEvery, owner: k.owner(), sample: sm}
	if v.every <= 0 {
		v.every = DefaultCheckpointEvery
	}
	v.schedule(0)
	return v
}

// owner is what a checkpoint of k belongs to.
func (k *check) owner() checkpoint.Owner {
	return checkpoint.Owner{Spec: checkpoint.SignatureOf(k.Sys), Bits: k.opts.printer().Bits()}
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

// write replaces the checkpoint in the saver's folder.
func (v *saver) write(s *search) error {
	return checkpoint.Write(v.dir, v.owner, func(w *framed.Writer) {
		v.sample.Save(w)
		(&recorder{w}).search(s)
	})
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

// openCheckpoint opens the checkpoint to recover from and reads the sample; nil
// when none is wanted.
func (k *check) openCheckpoint(sm *sample.Sample) (*checkpoint.File, error) {
	if k.opts.Recover == "" {
		return nil, nil
	}
	c, err := checkpoint.Open(k.opts.Recover, k.owner())
	if err == nil {
		sm.Load(c.Reader)
	}
	return c, err
}

// recover brings s to where the checkpoint was written, and closes the file.
func (s *search) recover(from *checkpoint.File) error {
	err := from.Finish((&player{from.Reader}).restore(s))
	if err != nil {
		s.close()
	}
	return err
}
