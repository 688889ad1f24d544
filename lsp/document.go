package lsp

import (
	"io/fs"
	"net/url"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/lemma-mc/lemma/source"
)

// A position is a place as editors count: from 0, columns in UTF-16 units.
type position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

// A span is the text from Start up to, not including, End.
type span struct {
	Start position `json:"start"`
	End   position `json:"end"`
}

// A location is a span of a file.
type location struct {
	URI   string `json:"uri"`
	Range span   `json:"range"`
}

// pathOf is the path of a file: URI; another one is its own path.
func pathOf(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" {
		return uri
	}
	return filepath.FromSlash(u.Path)
}

// uriOf is the URI of a path.
func uriOf(path string) string {
	if strings.Contains(path, "://") {
		return path
	}
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()
}

// An overlay is the disk with the texts that an editor has open, by path.
type overlay struct {
	open map[string]string
	source.FileSystem
}

func (o overlay) ReadFile(name string) ([]byte, error) {
	if text, ok := o.open[name]; ok {
		return []byte(text), nil
	}
	if text, ok := o.open[filepath.Clean(name)]; ok {
		return []byte(text), nil
	}
	return o.FileSystem.ReadFile(name)
}

func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) { return o.FileSystem.ReadDir(name) }

// offset is where p is in text, in bytes; what is outside is moved to the nearest
// place inside.
func offset(text string, p position) int {
	at := 0
	for range p.Line {
		n := strings.IndexByte(text[at:], '\n')
		if n < 0 {
			return len(text)
		}
		at += n + 1
	}
	for units := 0; at < len(text) && text[at] != '\n' && units < p.Character; {
		r, size := utf8.DecodeRuneInString(text[at:])
		units += utf16Units(r)
		at += size
	}
	return at
}

// place is where the byte offset at is in text.
func place(text string, at int) position {
	before := text[:min(at, len(text))]
	line := strings.Count(before, "\n")
	p := position{Line: line}
	for _, r := range before[strings.LastIndexByte(before, '\n')+1:] {
		p.Character += utf16Units(r)
	}
	return p
}

func utf16Units(r rune) int {
	if r >= 0x10000 {
		return 2
	}
	return 1
}

// A change is an edit: Text in the place of Range, or of the whole text.
type change struct {
	Range *span  `json:"range"`
	Text  string `json:"text"`
}

// edited is text with the changes, one after the other.
func edited(text string, changes []change) string {
	for _, c := range changes {
		if c.Range == nil {
			text = c.Text
			continue
		}
		from, to := offset(text, c.Range.Start), offset(text, c.Range.End)
		text = text[:from] + c.Text + text[max(from, to):]
	}
	return text
}
