// Package source keeps the texts that a run reads and turns compact positions
// back into file, line and column.
//
// Every node of the syntax tree and of the ir carries a Span of two Pos. A Pos
// is one number: the byte offset in the concatenation of all files of a Set,
// plus one, so that the zero Pos means "no place". Lines and columns are found
// only when something is printed.
package source

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

// A Pos is a byte offset in a Set, counted from 1; zero is no position.
type Pos uint32

// A Span is the text from Start up to, not including, End.
type Span struct{ Start, End Pos }

// Valid tells whether s names a place.
func (s Span) Valid() bool { return s.Start != 0 }

// To returns the smallest span that covers s and t.
func (s Span) To(t Span) Span {
	switch {
	case !s.Valid():
		return t
	case !t.Valid():
		return s
	}
	return Span{min(s.Start, t.Start), max(s.End, t.End)}
}

// A File is one source text. Name is the path as the user gave it; texts that
// have no path (standard modules, command-line expressions) have a name in
// angle brackets.
type File struct {
	Name  string
	Text  string
	base  Pos
	lines []int // byte offset of each line's first byte
}

// Pos returns the position of byte offset in f; offset may be len(f.Text).
func (f *File) Pos(offset int) Pos { return f.base + Pos(offset) }

// Offset is the inverse of Pos.
func (f *File) Offset(p Pos) int { return int(p - f.base) }

// Line returns the text of line n, counted from 1, without its line end.
func (f *File) Line(n int) string {
	if n < 1 || n > len(f.lines) {
		return ""
	}
	end := len(f.Text)
	if n < len(f.lines) {
		end = f.lines[n]
	}
	return strings.TrimRight(f.Text[f.lines[n-1]:end], "\r\n")
}

// A Position is a place as people write it. Line and Column count from 1;
// columns count characters, not bytes.
type Position struct {
	File         *File
	Line, Column int
}

// A Set is a growing collection of files. It may be used by several goroutines.
type Set struct {
	mu    sync.RWMutex
	files []*File
	next  Pos
}

// Add puts a text into s and returns its file.
func (s *Set) Add(name, text string) *File {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := &File{Name: name, Text: text, base: s.next + 1, lines: []int{0}}
	for i := 0; i < len(text); i++ {
		if text[i] == '\n' {
			f.lines = append(f.lines, i+1)
		}
	}
	s.next += Pos(len(text)) + 1
	s.files = append(s.files, f)
	return f
}

// Names lists the names of all files, in the order in which they were added.
func (s *Set) Names() []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	names := make([]string, len(s.files))
	for i, f := range s.files {
		names[i] = f.Name
	}
	return names
}

// Sum is a hash of all files, their names and their order: where it is the same, a
// position means the same.
func (s *Set) Sum() string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	h := sha256.New()
	for _, f := range s.files {
		fmt.Fprintf(h, "%q %d\n%s\n", f.Name, len(f.Text), f.Text)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// File is the first file of that name; nil when there is none.
func (s *Set) File(name string) *File {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, f := range s.files {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// Position finds p. The second result is false when p is in no file of s.
func (s *Set) Position(p Pos) (Position, bool) {
	if s == nil || p == 0 {
		return Position{}, false
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	i := sort.Search(len(s.files), func(i int) bool { return s.files[i].base > p }) - 1
	if i < 0 || int(p-s.files[i].base) > len(s.files[i].Text) {
		return Position{}, false
	}
	f := s.files[i]
	off := f.Offset(p)
	line := sort.Search(len(f.lines), func(i int) bool { return f.lines[i] > off })
	col := 1 + utf8.RuneCountInString(f.Text[f.lines[line-1]:off])
	return Position{File: f, Line: line, Column: col}, true
}
