// Package checkpoint is the file into which a search is saved: it is replaced as a
// whole, and says what it belongs to, so that no search is taken up with another
// spec, config or size of fingerprints than it was begun with. What the search writes
// into it is the search's (package framed).
package checkpoint

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/internal/framed"
	"github.com/lemma-mc/lemma/internal/wholefile"
	"github.com/lemma-mc/lemma/source"
)

// Name is the name of the file in its folder.
const Name = "lemma.checkpoint"

const (
	magic  = "lemma checkpoint"
	format = 3 // to be raised when what a search writes is laid out otherwise
)

// The codes of what may be wrong with a checkpoint.
const (
	CodeOtherSpec   diag.Code = "C160" // a checkpoint of another spec or config
	CodeOtherPrints diag.Code = "C161" // a checkpoint with fingerprints of another size
	CodeBad         diag.Code = "S130" // a checkpoint that cannot be read
)

// ErrOtherVersion tells that what stands in a checkpoint is laid out otherwise.
var ErrOtherVersion = errors.New("it was written by another version of lemma")

// An Owner is what a checkpoint belongs to.
type Owner struct {
	Spec Signature
	Bits int // of a fingerprint
}

// Write replaces the checkpoint in a folder, all at once, by what body writes.
func Write(dir string, o Owner, body func(*framed.Writer)) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	err := wholefile.Create(filepath.Join(dir, Name), func(to io.Writer) error {
		if _, err := fmt.Fprintf(to, "%s %d\n", magic, format); err != nil {
			return err
		}
		w := framed.NewWriter(to)
		w.Bytes(o.Spec[:])
		w.Int(int64(o.Bits))
		body(w)
		return w.Close()
	})
	if err != nil {
		return err
	}
	return syncFolder(dir)
}

func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// A File is a checkpoint that is open for reading what body wrote.
type File struct {
	*framed.Reader
	path string
	file io.Closer
}

// Open opens the checkpoint in a folder, which is to belong to o. Its errors are
// *diag.Error.
func Open(dir string, o Owner) (*File, error) {
	path := filepath.Join(dir, Name)
	f, err := os.Open(path)
	if err != nil {
		return nil, bad(path, err)
	}
	c := &File{path: path, file: f}
	if err := c.head(f, o); err != nil {
		f.Close()
		return nil, err
	}
	return c, nil
}

// head reads up to what body wrote.
func (c *File) head(f io.Reader, o Owner) error {
	var word string
	var version int
	if _, err := fmt.Fscanf(f, "lemma %s %d\n", &word, &version); err != nil || word != "checkpoint" {
		return bad(c.path, errors.New("it is no checkpoint"))
	}
	if version != format {
		return bad(c.path, ErrOtherVersion)
	}
	c.Reader = framed.NewReader(f)
	same, bits := bytes.Equal(c.Bytes(), o.Spec[:]), int(c.Int())
	switch {
	case c.Err() != nil:
		return bad(c.path, c.Err())
	case !same:
		return diag.New(diag.Config, CodeOtherSpec, source.Span{},
			fmt.Sprintf("the checkpoint %s is of another spec or config: a search can only be recovered with what it was begun with", c.path))
	case bits != o.Bits:
		return diag.New(diag.Config, CodeOtherPrints, source.Span{},
			fmt.Sprintf("the checkpoint %s has fingerprints of %d bits: the search goes on with --fingerprint %d", c.path, bits, bits))
	}
	return nil
}

// Finish closes the file. The error is err, which came up while reading, or that the
// file does not end where it should, with the path of the file.
func (c *File) Finish(err error) error {
	defer c.file.Close()
	if err == nil {
		err = c.Reader.Close()
	}
	if err != nil {
		return bad(c.path, err)
	}
	return nil
}

func bad(path string, err error) error {
	return diag.New(diag.System, CodeBad, source.Span{}, fmt.Sprintf("the checkpoint %s cannot be used: %v", path, err))
}
