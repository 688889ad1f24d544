package main

import (
	"io/fs"
	"path"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/specs"
)

// Whatever looks like a row is one.
func TestRows(t *testing.T) {
	found, err := rows()
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	err = fs.WalkDir(specs.FS, ".", func(name string, _ fs.DirEntry, err error) error {
		if err == nil && path.Ext(name) == ".tla" {
			text, _ := specs.FS.ReadFile(name)
			lines += strings.Count(string(text), "\n\\* bench")
		}
		return err
	})
	if err != nil || lines == 0 || lines != len(found) {
		t.Errorf("%d lines look like rows, %d are: %v", lines, len(found), err)
	}
	for _, r := range found {
		if r.what == "" || len(r.flags) == 0 {
			t.Errorf("%s: the row %v says too little", r.spec, r)
		}
	}
}
