package liveness

import (
	"context"
	"errors"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/lemma-mc/lemma/temporal"
)

// join has some goroutines search, and tells how many of them say that they have
// the answer.
func join(h *SharedCheck, n int) (last int) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	for range n {
		wg.Go(func() {
			if h.Join() {
				mu.Lock()
				last++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return last
}

// slow is g, where every look at a state lets others go first.
func slow(g *Graph) *Graph {
	out, record := *g, g.Record
	out.Record = func(s uint32) []byte {
		runtime.Gosched()
		return record(s)
	}
	if label := g.Label; label != nil {
		var mu sync.Mutex
		labelled := map[uint32]bool{}
		out.Label = func(states []uint32) error {
			mu.Lock()
			defer mu.Unlock()
			if states == nil {
				for s := range g.States {
					states = append(states, uint32(s))
				}
			}
			states = slices.DeleteFunc(slices.Clone(states), func(s uint32) bool { return labelled[s] })
			for _, s := range states {
				labelled[s] = true
			}
			if len(states) == 0 {
				return nil
			}
			return label(states)
		}
	}
	return &out
}

// TestSharedFindsTheSame compares checks by several with checks by one.
func TestSharedFindsTheSame(t *testing.T) {
	found, joined := 0, 0
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 7))
		d, p := randomGraph(r), randomProblem(r)
		want, err := Check(context.Background(), d.graph(false), p, heap{})
		h := NewSharedCheck(context.Background(), slow(d.graph(seed%2 == 0)), p, heap{}, 3)
		if n := join(h, 3); n != 1 {
			t.Fatalf("seed %d: %d had the answer", seed, n)
		}
		got, err2 := h.Answer()
		if err != nil || err2 != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("seed %d: %v %v, and alone %v %v", seed, got, err2, want, err)
		}
		if got != nil {
			found++
		}
		if h.joined.Load() > 1 {
			joined++
		}
	}
	if found < 300 || joined < 300 {
		t.Errorf("%d lassos, %d checks by several: too few to test much", found, joined)
	}
}

// TestSharedOfManyStates searches in a graph of many components, so that searchers
// come across what others have done with, and leave when it is all.
func TestSharedOfManyStates(t *testing.T) {
	const n = 6 * pollEvery
	found, joined := 0, 0
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 8))
		d := &drawn{make([][]uint32, n), make([][]uint64, n)}
		for s := range n {
			for range 3 {
				to := s + r.IntN(50)
				if r.IntN(4) == 0 {
					to = s - r.IntN(3)
				}
				d.to[s] = append(d.to[s], uint32(max(0, min(to, n-1))))
			}
			d.bits[s] = []uint64{0, 1, 4, 0}
			if seed%2 == 0 && s > n/2 && r.IntN(1000) == 0 {
				d.bits[s] = []uint64{2, 2, 2, 2}
			}
		}
		// For ever again atom 2, and in the end always atom 1.
		p := &Problem{Formula: temporal.Eventually{F: temporal.Always{F: temporal.Atom{ID: 1}}}, Recurrent: [][]temporal.Atom{{{ID: 2, Not: true}}}}
		want, err := Check(context.Background(), d.graph(false), p, heap{})
		if err != nil {
			t.Fatal(err)
		}
		h := NewSharedCheck(context.Background(), slow(d.graph(seed%2 == 0)), p, heap{}, 3)
		join(h, 3)
		if got, err := h.Answer(); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("seed %d: %v %v, and alone %v", seed, got, err, want)
		}
		if h.joined.Load() > 1 {
			joined++
		}
		if want != nil {
			found++
		}
	}
	if found == 0 || found == 12 || joined < 3 { // on a busy machine the others may come when all is done
		t.Errorf("%d of 12 have a lasso, %d checks by several", found, joined)
	}
}

// scarce is memory for so many lists at a time.
type scarce struct {
	mu   sync.Mutex
	left int
}

var errScarce = errors.New("no memory left")

func (m *scarce) Make(n int) ([]uint32, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.left == 0 {
		return nil, errScarce
	}
	m.left--
	return make([]uint32, n), nil
}

func (m *scarce) Free([]uint32) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.left++
}

// TestSharedInLittleMemory has no room for several: then one goes on alone, if he
// has enough. Everything is given back.
func TestSharedInLittleMemory(t *testing.T) {
	const n = 2 * pollEvery
	d := &drawn{make([][]uint32, n), make([][]uint64, n)}
	for s := range n {
		d.to[s], d.bits[s] = []uint32{uint32((s + 1) % n)}, []uint64{0, 0}
	}
	p := &Problem{Formula: temporal.Always{F: temporal.Eventually{F: temporal.Atom{ID: 0}}}}
	failed, answered := 0, 0
	for room := range 12 {
		mem := &scarce{left: room}
		h := NewSharedCheck(context.Background(), slow(d.graph(false)), p, mem, 3)
		join(h, 3)
		switch lasso, err := h.Answer(); {
		case errors.Is(err, errScarce):
			failed++
		case lasso != nil || err != nil:
			t.Errorf("room for %d: %v %v", room, lasso, err)
		default:
			answered++
		}
		if mem.left != room {
			t.Errorf("room for %d: %d are not given back", room, room-mem.left)
		}
	}
	if failed == 0 || answered == 0 {
		t.Errorf("%d failed and %d were answered", failed, answered)
	}
}

// TestSharedJudgesWhatWaits has one searcher put the only fair component among
// those that wait to be labelled, and the other leave it out and be done first.
func TestSharedJudgesWhatWaits(t *testing.T) {
	d := &drawn{to: [][]uint32{{1}, {2}, {1}}, bits: [][]uint64{{0, 0}, {4, 0}, {0, 0}}}
	p := &Problem{Formula: temporal.And{}, Recurrent: [][]temporal.Atom{{{ID: 2}}}}
	h := NewSharedCheck(context.Background(), slow(d.graph(true)), p, heap{}, 2)
	var searchers [2]*search
	for i := range searchers {
		turn, ok := h.enter()
		s, err := h.searcher(turn)
		if !ok || err != nil {
			t.Fatal(ok, err)
		}
		searchers[i] = s
	}
	late, early := searchers[0], searchers[1]
	slot, err := late.slot(0)
	if err != nil {
		t.Fatal(err)
	}
	if err := late.walk(late.node(slot, 1)); err != nil || late.waiting.n == 0 {
		t.Fatal(err, late.waiting.n)
	}
	if err := early.searchShared(); err != nil || early.found || h.leave(early, nil) {
		t.Fatal(err, early.found)
	}
	late.polls = pollEvery - 1
	if err := late.searchShared(); err != nil || !late.found {
		t.Fatal(err, late.found)
	}
	if !h.leave(late, nil) {
		t.Fatal("the last one is not the last")
	}
	if lasso, err := h.Answer(); lasso == nil || err != nil {
		t.Errorf("%v %v: the lasso is lost", lasso, err)
	}
}

// TestSharedWithoutSearchers: as long as nobody has searched, "nothing found" is no
// answer.
func TestSharedWithoutSearchers(t *testing.T) {
	d := &drawn{to: [][]uint32{{0}}, bits: [][]uint64{{0, 0}}}
	h := NewSharedCheck(context.Background(), d.graph(false), &Problem{Formula: temporal.And{}}, heap{}, 0)
	if lasso, err := h.Answer(); err == nil {
		t.Errorf("%v, no error", lasso)
	}
	if !h.Join() {
		t.Error("there is no room for one")
	}
	if lasso, err := h.Answer(); lasso == nil || err != nil {
		t.Errorf("%v %v, want a lasso", lasso, err)
	}
}
