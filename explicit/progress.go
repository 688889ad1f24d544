package explicit

import "time"

// declining is the number of new states for one explored state below which a search
// is taken to near its end.
const declining = 0.9

// rest estimates how long a search goes on that was at before and is now at
// now. When each explored state leads to f < 1 new ones, a queue of q states
// leads to q + fq + ffq + ... = q/(1-f) more. A search that still grows, or
// hardly declines, tells nothing: the estimate is 0.
func rest(before, now Stats) time.Duration {
	explored := (now.Distinct - now.Queue) - (before.Distinct - before.Queue)
	if before.Elapsed == 0 || explored <= 0 || now.Queue <= 0 {
		return 0
	}
	f := float64(now.Distinct-before.Distinct) / float64(explored)
	if f > declining {
		return 0
	}
	perState := float64(now.Elapsed-before.Elapsed) / float64(explored)
	return time.Duration(float64(now.Queue) / (1 - f) * perState)
}

// Stats are how far a search has come.
type Stats struct {
	Generated, Distinct, Queue int64
	Depth                      int
	Elapsed                    time.Duration
	Rest                       time.Duration // estimated; 0 when it cannot be told
}

func (s *search) stats() Stats {
	d := s.distinct.Load()
	return Stats{
		Generated: s.generated.Load(), Distinct: d, Queue: d - s.explored.Load(),
		Depth: s.level, Elapsed: time.Since(s.start),
	}
}
