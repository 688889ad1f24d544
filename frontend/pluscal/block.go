package pluscal

import (
	"strings"
	"unicode/utf8"
)

// A block is an expression as it stands on paper: lines, of which none begins left
// of column 0.
type block []string

// blockOf puts tokens where their user had them. What is longer than the name that
// it took the place of moves what follows in its line, and a line below moves with
// the token that it stands under.
func blockOf(ts []token) block {
	if len(ts) == 0 {
		return block{""}
	}
	s := &setting{}
	s.set(ts, 0, 0)
	left := 0
	for _, p := range s.pieces {
		left = min(left, p.col)
	}
	var out block
	for _, p := range s.pieces {
		for len(out) <= p.line {
			out = append(out, "")
		}
		last := &out[p.line]
		*last += strings.Repeat(" ", max(0, p.col-left-utf8.RuneCountInString(*last))) + p.text
	}
	return out
}

// A setting is what is set so far.
type setting struct{ pieces []piece }

// A piece is a token in its place.
type piece struct {
	line, col int
	text      string
}

// moved tells of a token in which column it was and is.
type moved struct{ was, is int }

// set puts the first of ts at line and col; the result is where the last ends.
func (s *setting) set(ts []token, line, col int) (endLine, endCol int) {
	var lines [][]moved // of the tokens of ts alone
	end := col
	for i, t := range ts {
		at := end
		switch {
		case i == 0:
			lines = append(lines, nil)
		case t.down > 0:
			line += t.down
			at = t.col + col - ts[0].col
			if m, ok := above(lines, t.col); ok {
				at = t.col + m.is - m.was
			}
			lines = append(lines, nil)
		case t.col > 0 && ts[i-1].col > 0:
			at += t.col - ts[i-1].col - utf8.RuneCountInString(ts[i-1].text)
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], moved{t.col, at})
		if t.inside != nil {
			line, end = s.set(t.inside, line, at)
			continue
		}
		s.pieces = append(s.pieces, piece{line, at, t.text})
		end = at + utf8.RuneCountInString(t.text)
	}
	return line, end
}

// above is the token under which one in the column col stands.
func above(lines [][]moved, col int) (moved, bool) {
	for i := len(lines) - 1; i >= 0; i-- {
		for j := len(lines[i]) - 1; j >= 0; j-- {
			if lines[i][j].was <= col {
				return lines[i][j], true
			}
		}
	}
	return moved{}, false
}
