package show

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/lemma-mc/lemma/trace"
	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// A Style is how text is shown: the width in columns, and whether colour may
// be used.
type Style struct {
	Width  int
	Colour bool
	Last   int // how many steps of a behaviour a table has; 0 for all
}

// Widths of the table: what a state gets at least, and what an action gets at
// most.
const (
	defaultWidth = 100
	leastState   = 30
	mostAction   = 36
)

// Table writes b as a table with a row a step. Variables that the step changed
// stand out: bold in colour, with a "*" before the name otherwise.
func (r *Report) Table(w io.Writer, b *trace.Behaviour, style Style) error {
	left := 0
	if style.Last > 0 {
		left = max(0, len(b.Steps)-style.Last)
	}
	rows := make([][]string, len(b.Steps)-left)
	action := len("ACTION")
	for i := range rows {
		head := actionCell(&b.Steps[left+i], r.place(b.Steps[left+i].Span))
		for _, line := range head {
			action = max(action, utf8.RuneCountInString(line))
		}
		rows[i] = []string{fmt.Sprint(left + i + 1), strings.Join(head, "\n"), ""}
	}
	width := style.Width
	if width <= 0 {
		width = defaultWidth
	}
	number := max(len("STEP"), len(fmt.Sprint(len(b.Steps))))
	const frame = 10 // four borders and a space on each side of three cells
	room := max(leastState, width-frame-number-action)
	for i := range rows {
		vars := bindings(b, left+i)
		if left+i == 0 { // nothing stands out where everything is new
			for j := range vars {
				vars[j].Changed = false
			}
		}
		rows[i][2] = strings.Join(stateCell(vars, room, style.Colour && left+i > 0), "\n")
	}
	if left > 0 {
		if _, err := fmt.Fprintf(w, "The last %d of %d states; --trace-out writes all.\n", style.Last, len(b.Steps)); err != nil {
			return err
		}
	}
	table := newTable(w)
	table.Header([]string{"STEP", "ACTION", "STATE"})
	if err := table.Bulk(rows); err != nil {
		return err
	}
	if err := table.Render(); err != nil {
		return err
	}
	if end := closing(b); end != "" {
		_, err := fmt.Fprintln(w, end)
		return err
	}
	return nil
}

// newTable is a table that leaves cells as they are: their text is laid out
// already.
func newTable(w io.Writer) *tablewriter.Table {
	return tableWith(w, tw.Settings{Separators: tw.Separators{BetweenRows: tw.On}})
}

// newPlainTable is newTable for rows of one line, without rules between them.
func newPlainTable(w io.Writer) *tablewriter.Table { return tableWith(w, tw.Settings{}) }

func tableWith(w io.Writer, settings tw.Settings) *tablewriter.Table {
	cell := tw.CellConfig{
		Formatting: tw.CellFormatting{AutoWrap: tw.WrapNone, AutoFormat: tw.Off},
		Alignment:  tw.CellAlignment{Global: tw.AlignLeft},
	}
	return tablewriter.NewTable(w,
		tablewriter.WithConfig(tablewriter.Config{Header: cell, Row: cell, Behavior: tw.Behavior{TrimSpace: tw.Off, TrimLine: tw.Off}}),
		tablewriter.WithTrimSpace(tw.Off),
		tablewriter.WithTrimLine(tw.Off),
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Settings: settings,
		})))
}

// actionCell is an action, broken behind commas where it is long, over its
// place and the line of a log that it explains.
func actionCell(s *trace.Step, place string) []string {
	out := breakText(s.Action, mostAction)
	for _, at := range []string{place, s.Line} {
		if at != "" {
			out = append(out, at)
		}
	}
	return out
}

// breakText cuts text into lines of at most width characters, behind commas
// and brackets where it can.
func breakText(text string, width int) []string {
	var out []string
	for utf8.RuneCountInString(text) > width {
		head := string([]rune(text)[:width])
		cut := strings.LastIndexAny(head, ",([{")
		if cut < width/3 {
			cut = len(head) - 1
		}
		out = append(out, text[:cut+1])
		text = "  " + strings.TrimLeft(text[cut+1:], " ")
	}
	return append(out, text)
}

const (
	bold  = "\x1b[1m"
	faint = "\x1b[2m"
	reset = "\x1b[0m"
)

func stateCell(vars []binding, width int, colour bool) []string {
	var out []string
	for _, v := range vars {
		mark, on := "  ", faint
		if v.Changed {
			on = bold
			if !colour {
				mark = "* "
			}
		}
		if colour {
			mark = ""
		}
		for j, line := range lay(v.Name+" = ", v.Value, width-len(mark)) {
			if j > 0 {
				mark = strings.Repeat(" ", len(mark))
			}
			if colour {
				line = on + line + reset
			}
			out = append(out, mark+line)
		}
	}
	return out
}

// closing says how an infinite behaviour goes on, or "".
func closing(b *trace.Behaviour) string {
	if b.Stuttering || b.LoopStart > 0 {
		return "The behaviour " + b.Ending() + "."
	}
	return ""
}
