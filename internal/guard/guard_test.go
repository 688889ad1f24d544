package guard

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
)

func ended() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

func TestWorkThatEnds(t *testing.T) {
	got, ok := Do(context.Background(), Watch{}, func() int { return 7 })
	if got != 7 || !ok {
		t.Errorf("got %d, %v, want 7, true", got, ok)
	}
}

func TestDeafWork(t *testing.T) {
	stuck := make(chan struct{})
	defer close(stuck)
	got, ok := Do(ended(), Watch{}, func() int { <-stuck; return 7 })
	if got != 0 || ok {
		t.Errorf("got %d, %v, want 0, false", got, ok)
	}
}

func TestHurry(t *testing.T) {
	stuck, hurry := make(chan struct{}), make(chan struct{})
	defer close(stuck)
	close(hurry)
	if _, ok := Do(ended(), Watch{Hurry: hurry, Busy: func() bool { return true }}, func() int { <-stuck; return 7 }); ok {
		t.Error("the work was waited for")
	}
}

// TestBusyWork: work that says that it is ending is waited for.
func TestBusyWork(t *testing.T) {
	var asked atomic.Int64
	free := make(chan struct{})
	busy := func() bool {
		if asked.Add(1) == 2 {
			close(free)
		}
		return true
	}
	got, ok := Do(ended(), Watch{Busy: busy}, func() int { <-free; return 7 })
	if got != 7 || !ok {
		t.Errorf("got %d, %v, want 7, true", got, ok)
	}
}

func TestPanic(t *testing.T) {
	defer func() {
		p, ok := recover().(*Panic)
		if !ok || p.Value != "broken" || !strings.Contains(string(p.Stack), "TestPanic") {
			t.Errorf("got the panic %v", p)
		}
		if !errors.As(error(p), &p) {
			t.Error("a panic is no error")
		}
	}()
	Do(context.Background(), Watch{}, func() int { panic("broken") })
}
