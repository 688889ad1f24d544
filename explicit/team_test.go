package explicit

import (
	"sync/atomic"
	"testing"
	"time"
)

// TestTeam gives a team many tasks, with and without a rest in between.
func TestTeam(t *testing.T) {
	for _, size := range []int{1, 2, 5} {
		m := &team{size: size}
		for task := range 300 {
			if task%100 == 99 {
				time.Sleep(5 * awake) // until they sleep
			}
			done := make([]int32, size)
			m.do(func(i int) { atomic.AddInt32(&done[i], 1) })
			for i, n := range done {
				if n != 1 {
					t.Fatalf("size %d: member %d did task %d %d times", size, i, task, n)
				}
			}
		}
		m.close()
	}
}

// TestTeamBreaksDown has members panic: do panics when all are done, and the
// team can go on.
func TestTeamBreaksDown(t *testing.T) {
	for who := range 3 {
		ended, told := atomic.Int32{}, atomic.Int32{}
		m := &team{size: 3, panics: panics{told: func() { told.Add(1) }}}
		func() {
			defer func() {
				if b, ok := recover().(*breakdown); !ok || b.cause != "broken" || ended.Load() != 2 || told.Load() != 1 {
					t.Errorf("member %d: %v, %d others ended", who, b, ended.Load())
				}
			}()
			m.do(func(i int) {
				if i == who {
					panic("broken")
				}
				time.Sleep(time.Millisecond)
				ended.Add(1)
			})
			t.Errorf("member %d: no panic", who)
		}()
		m.do(func(int) { ended.Add(1) })
		if ended.Load() != 5 {
			t.Errorf("member %d: the team did not go on", who)
		}
		m.close()
	}
}
