package parallel

import "time"

// Every calls f every d in a goroutine of its own, until the result is called,
// which waits for a call that is under way.
func Every(d time.Duration, f func()) (stop func()) {
	done := make(chan struct{})
	var g Group
	g.Go(func() {
		tick := time.NewTicker(d)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				f()
			}
		}
	})
	return func() { close(done); g.Wait() }
}
