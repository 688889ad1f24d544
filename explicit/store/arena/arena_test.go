package arena

import (
	"os"
	"testing"
)

func TestPlain(t *testing.T) {
	a := New("")
	defer a.Close()
	s, err := Make[uint32](a, 5000)
	if err != nil {
		t.Fatal(err)
	}
	if a.Plain() != 20480 {
		t.Errorf("5000 numbers of 4 bytes take %d bytes", a.Plain())
	}
	for i := range s {
		if s[i] != 0 {
			t.Fatalf("number %d is %d at first", i, s[i])
		}
		s[i] = uint32(i)
	}
	Free(a, s)
	if a.Plain() != 0 {
		t.Errorf("%d bytes are left", a.Plain())
	}
}

// TestSpilled writes more than once to the same part of the file, cooling it
// in between.
func TestSpilled(t *testing.T) {
	if !CanSpill {
		t.Skip("this system cannot spill")
	}
	dir := t.TempDir()
	a := New(dir)
	defer a.Close()
	const n = 100_000
	s, err := Spill[uint64](a, n)
	if err != nil {
		t.Fatal(err)
	}
	for i := range s {
		s[i] = uint64(i) * 3
	}
	Cool(s)
	for i := range s {
		if s[i] != uint64(i)*3 {
			t.Fatalf("number %d is %d after cooling", i, s[i])
		}
	}
	size := a.Spilled()
	FreeSpilled(a, s)
	if s, err = Spill[uint64](a, n); err != nil {
		t.Fatal(err)
	}
	s[n-1] = 7
	if a.Spilled() != size {
		t.Errorf("the file grew to %d though %d were free", a.Spilled(), size)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%s is visible", left[0].Name())
	}
}

func TestBytes(t *testing.T) {
	a := New("")
	defer a.Close()
	b, err := Make[byte](a, 5000)
	if err != nil {
		t.Fatal(err)
	}
	if b[4999] = 1; len(b) != 5000 || a.Plain() != 8192 {
		t.Errorf("%d bytes take %d", len(b), a.Plain())
	}
	Free(a, b)
	if a.Plain() != 0 {
		t.Errorf("%d bytes are left", a.Plain())
	}
}

func TestSpillNowhere(t *testing.T) {
	a := New("/nonexistent")
	defer a.Close()
	if _, err := Spill[uint64](a, 1); err == nil {
		t.Error("a file was made in a folder that is not there")
	}
}
