package show

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestWriteTrace(t *testing.T) {
	dir := t.TempDir()
	r := election()
	for _, f := range formats {
		path := filepath.Join(dir, "out"+f.ending)
		for range 2 { // the second replaces the first
			if err := r.WriteTrace(path); err != nil {
				t.Fatal(err)
			}
		}
		if text, err := os.ReadFile(path); err != nil || len(text) == 0 {
			t.Errorf("%s: %d bytes, %v", path, len(text), err)
		}
	}
	entries, _ := os.ReadDir(dir)
	if len(entries) != len(formats) {
		t.Errorf("%d files in the folder, want %d: temporary files are left", len(entries), len(formats))
	}
}

func TestWriteTraceErrors(t *testing.T) {
	r := election()
	if err := CheckEnding("trace.pdf"); err == nil {
		t.Error("no error for an unknown ending")
	}
	if err := r.WriteTrace(filepath.Join(t.TempDir(), "no", "such", "folder.json")); err == nil {
		t.Error("no error for a folder that is not there")
	}
	full := filepath.Join(t.TempDir(), "full.json")
	if err := os.Symlink("/dev/full", full); err != nil {
		t.Skip("no symbolic links: ", err)
	}
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("no /dev/full: ", err)
	}
	if err := r.WriteTrace(full); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("full disk: %v", err)
	}
}
