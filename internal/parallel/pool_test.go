package parallel

import (
	"sync/atomic"
	"testing"
	"time"
)

// TestPool gives a pool many tasks, with and without a rest in between.
func TestPool(t *testing.T) {
	for _, size := range []int{1, 2, 5} {
		p := NewPool(size, nil)
		for task := range 300 {
			if task%100 == 99 {
				time.Sleep(5 * spinTime) // until they park
			}
			done := make([]int32, size)
			p.Do(func(i int) { atomic.AddInt32(&done[i], 1) })
			for i, n := range done {
				if n != 1 {
					t.Fatalf("size %d: worker %d did task %d %d times", size, i, task, n)
				}
			}
		}
		p.Close()
	}
}

// TestPoolPanics has workers panic: Do panics when all are done, and the pool
// can go on.
func TestPoolPanics(t *testing.T) {
	for who := range 3 {
		ended, told := atomic.Int32{}, atomic.Int32{}
		p := NewPool(3, func() { told.Add(1) })
		func() {
			defer func() {
				if b, ok := recover().(*Breakdown); !ok || b.Cause != "broken" || ended.Load() != 2 || told.Load() != 1 {
					t.Errorf("worker %d: %v, %d others ended", who, b, ended.Load())
				}
			}()
			p.Do(func(i int) {
				if i == who {
					panic("broken")
				}
				time.Sleep(time.Millisecond)
				ended.Add(1)
			})
			t.Errorf("worker %d: no panic", who)
		}()
		p.Do(func(int) { ended.Add(1) })
		if ended.Load() != 5 {
			t.Errorf("worker %d: the pool did not go on", who)
		}
		p.Close()
	}
}

// caught is the cause with which f breaks down, nil when it does not.
func caught(f func()) (cause any) {
	defer func() {
		if b, ok := recover().(*Breakdown); ok {
			cause = b.Cause
		}
	}()
	f()
	return nil
}

// TestPanicsArePassedOn: a group and a ticker pass a panic on to who waits.
func TestPanicsArePassedOn(t *testing.T) {
	told := make(chan bool, 1)
	g := NewGroup(func() { told <- true })
	g.Go(func() { panic("broken") })
	g.Go(func() {})
	if got := caught(g.Wait); got != "broken" || !<-told {
		t.Errorf("group: %v", got)
	}
	ticked := make(chan bool, 1)
	stop := Every(time.Millisecond, func() { ticked <- true; panic("broken") })
	<-ticked
	if got := caught(stop); got != "broken" {
		t.Errorf("ticker: %v", got)
	}
}
