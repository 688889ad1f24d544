package main

import (
	"github.com/schollz/progressbar/v3"

	"github.com/lemma-mc/lemma/service/child"
)

// A bar shows how far a job on a server is, on stderr when that is a terminal: a bar
// where it can be told how much is done, and else something that moves, with what
// the server says last.
type bar struct {
	bar  *progressbar.ProgressBar // nil: show nothing
	full bool                     // it is a bar, and no spinner
	make func(full bool) *progressbar.ProgressBar
}

// thousandths are the units of a bar.
const thousandths = 1000

func (c *check) newBar() *bar {
	if c.noProgress || !isTerminal(c.app.err) {
		return &bar{}
	}
	b := &bar{make: func(full bool) *progressbar.ProgressBar {
		most := -1
		if full {
			most = thousandths
		}
		return progressbar.NewOptions(most, progressbar.OptionSetWriter(c.app.err), progressbar.OptionThrottle(between/10),
			progressbar.OptionSetWidth(20), progressbar.OptionClearOnFinish(), progressbar.OptionSetElapsedTime(!full),
			progressbar.OptionSetPredictTime(full), progressbar.OptionSpinnerType(14), progressbar.OptionSetRenderBlankState(true))
	}}
	b.bar = b.make(false)
	return b
}

// show shows an event.
func (b *bar) show(e *child.Event) {
	if b.bar == nil {
		return
	}
	if full := e.Done > 0; full != b.full {
		b.wipe()
		b.bar, b.full = b.make(full), full
	}
	b.bar.Describe(shortened(e.Message))
	if b.full {
		_ = b.bar.Set(min(int(e.Done*thousandths), thousandths-1)) // a full one is wiped
	} else {
		_ = b.bar.Add(1)
	}
}

// wipe removes the bar.
func (b *bar) wipe() {
	if b.bar != nil {
		_ = b.bar.Finish() // which ends what moves it
		_ = b.bar.Clear()
	}
}

// longest is how much of a message stands beside a bar, so that both fit into a line.
const longest = 50

func shortened(message string) string {
	if r := []rune(message); len(r) > longest {
		return string(r[:longest-1]) + "…"
	}
	return message
}
