package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// noColour respects https://no-color.org.
func noColour() bool { return os.Getenv("NO_COLOR") != "" }

// between is the least time between two lines: a bit less than the second at
// which engines report, or every other report would come too early.
const between = 900 * time.Millisecond

// A ticker shows one line of progress on stderr, about once a second, when
// stderr is a terminal. The line is wiped before anything else is written.
type ticker struct {
	w     io.Writer // nil: show nothing
	start time.Time
	mu    sync.Mutex
	last  time.Time
	shown bool
}

func (c *check) newTicker() *ticker {
	t := &ticker{start: time.Now(), last: time.Now()}
	if !c.noProgress && isTerminal(c.app.err) {
		t.w = c.app.err
	}
	return t
}

// restart counts the time of another engine from here on.
func (t *ticker) restart() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.start, t.last = time.Now(), time.Now()
}

// show replaces the line. It may be called from any goroutine and as often as
// the engine likes.
func (t *ticker) show(line string) {
	if t.w == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if time.Since(t.last) < between {
		return
	}
	t.last, t.shown = time.Now(), true
	fmt.Fprintf(t.w, "\r\x1b[K[%s] %s", time.Since(t.start).Round(time.Second), line)
}

// say writes a line that stays.
func (t *ticker) say(line string) {
	if t.w == nil {
		return
	}
	t.wipe()
	fmt.Fprintln(t.w, line)
}

// wipe removes the line.
func (t *ticker) wipe() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.shown {
		fmt.Fprint(t.w, "\r\x1b[K")
		t.shown = false
	}
}
