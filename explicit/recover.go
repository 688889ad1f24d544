package explicit

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/internal/framed"
	"github.com/lemma-mc/lemma/source"
)

var errOtherLayout = errors.New("it was written by another version of lemma")

// A checkpoint is a file that a search is recovered from, read up to where the
// search begins.
type checkpoint struct {
	path string
	file io.Closer
	*player
}

// openCheckpoint opens the checkpoint to recover from and reads the sample; nil
// when none is wanted.
func (k *check) openCheckpoint(sm *sample) (*checkpoint, error) {
	if k.opts.Recover == "" {
		return nil, nil
	}
	path := filepath.Join(k.opts.Recover, checkpointFile)
	f, err := os.Open(path)
	if err != nil {
		return nil, badCheckpoint(path, err)
	}
	var magic string
	var format int
	if _, err := fmt.Fscanf(f, "lemma %s %d\n", &magic, &format); err != nil || magic != "checkpoint" {
		f.Close()
		return nil, badCheckpoint(path, errors.New("it is no checkpoint"))
	}
	if format != checkpointFormat {
		f.Close()
		return nil, badCheckpoint(path, errOtherLayout)
	}
	c := &checkpoint{path, f, &player{framed.NewReader(f)}}
	spec := signatureOf(k.Sys)
	same, bits := bytes.Equal(c.Bytes(), spec[:]), int(c.Int())
	switch {
	case c.Err() != nil:
		err = badCheckpoint(path, c.Err())
	case !same:
		err = otherSpec(path)
	case bits != k.opts.printer().Bits():
		err = otherPrints(path, bits)
	default:
		sm.Load(c.Reader)
		return c, nil
	}
	f.Close()
	return nil, err
}

// restore brings s to where the checkpoint was written, and closes the file.
func (c *checkpoint) restore(s *search) error {
	defer c.file.Close()
	err := c.player.restore(s)
	if err == nil {
		err = c.Close()
	}
	if err != nil {
		s.close()
		return badCheckpoint(c.path, err)
	}
	return nil
}

func badCheckpoint(path string, err error) error {
	return diag.New(diag.System, codeBadCheckpoint, source.Span{}, fmt.Sprintf("the checkpoint %s cannot be used: %v", path, err))
}

func otherSpec(path string) error {
	return diag.New(diag.Config, codeOtherSpec, source.Span{},
		fmt.Sprintf("the checkpoint %s is of another spec or config: a search can only be recovered with what it was begun with", path))
}

func otherPrints(path string, bits int) error {
	return diag.New(diag.Config, codeOtherPrints, source.Span{},
		fmt.Sprintf("the checkpoint %s has fingerprints of %d bits: the search goes on with --fingerprint %d", path, bits, bits))
}
