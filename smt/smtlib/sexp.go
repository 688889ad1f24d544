package smtlib

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// An sexp is an S-expression: an atom, or a list when list is not nil.
type sexp struct {
	atom string // as read; without the quotes of a string or the bars of a symbol
	list []sexp
}

// String prints x for messages and as the name of a model's element.
func (x sexp) String() string {
	if x.list == nil {
		return x.atom
	}
	parts := make([]string, len(x.list))
	for i, y := range x.list {
		parts[i] = y.String()
	}
	return "(" + strings.Join(parts, " ") + ")"
}

// head returns the first atom of a list, or "".
func (x sexp) head() string {
	if len(x.list) == 0 {
		return ""
	}
	return x.list[0].atom
}

// maxDepth bounds the nesting of what a solver may send.
const maxDepth = 10_000

// readSexp reads the next expression. It returns io.EOF only between
// expressions.
func readSexp(r *bufio.Reader) (sexp, error) { return readNested(r, 0) }

func readNested(r *bufio.Reader, depth int) (sexp, error) {
	c, err := skipSpace(r)
	if err != nil {
		return sexp{}, err
	}
	switch {
	case depth > maxDepth:
		return sexp{}, fmt.Errorf("the answer is nested more than %d deep", maxDepth)
	case c == '(':
		return readList(r, depth)
	case c == ')':
		return sexp{}, fmt.Errorf("the answer has a ) without (")
	case c == '"' || c == '|':
		return readQuoted(r, c)
	}
	return readAtom(r, c)
}

func readList(r *bufio.Reader, depth int) (sexp, error) {
	list := []sexp{}
	for {
		c, err := skipSpace(r)
		if err != nil {
			return sexp{}, inside(err)
		}
		if c == ')' {
			return sexp{list: list}, nil
		}
		if err := r.UnreadByte(); err != nil {
			return sexp{}, err
		}
		x, err := readNested(r, depth+1)
		if err != nil {
			return sexp{}, inside(err)
		}
		list = append(list, x)
	}
}

// readQuoted reads up to the closing quote; a doubled one in a string stands
// for itself.
func readQuoted(r *bufio.Reader, quote byte) (sexp, error) {
	var b strings.Builder
	for {
		c, err := r.ReadByte()
		if err != nil {
			return sexp{}, inside(err)
		}
		if c == quote {
			next, err := r.Peek(1)
			if quote != '"' || err != nil || next[0] != quote {
				return sexp{atom: b.String()}, nil
			}
			if _, err := r.ReadByte(); err != nil {
				return sexp{}, err
			}
		}
		b.WriteByte(c)
	}
}

func readAtom(r *bufio.Reader, c byte) (sexp, error) {
	var b strings.Builder
	for {
		b.WriteByte(c)
		next, err := r.ReadByte()
		if err == io.EOF {
			return sexp{atom: b.String()}, nil
		}
		if err != nil {
			return sexp{}, err
		}
		if isSpace(next) || strings.IndexByte("()\"|;", next) >= 0 {
			return sexp{atom: b.String()}, r.UnreadByte()
		}
		c = next
	}
}

// skipSpace returns the first byte after blanks and comments.
func skipSpace(r *bufio.Reader) (byte, error) {
	for {
		c, err := r.ReadByte()
		switch {
		case err != nil:
			return 0, err
		case c == ';':
			if _, err := r.ReadString('\n'); err != nil {
				return 0, err
			}
		case !isSpace(c):
			return c, nil
		}
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func inside(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
