package service_test

import (
	"slices"
	"sync"
	"testing"
	"time"
)

// BenchmarkLoad sends a thousand small jobs and asks for the status of some
// meanwhile: jobs a second from the first request to the last result, and the time
// that 99 of 100 status requests stay below.
func BenchmarkLoad(b *testing.B) {
	b.Run("SQLite", func(b *testing.B) { load(newSite(b, ""), b) })
	b.Run("PostgreSQL", func(b *testing.B) { load(newSite(b, startPostgres(b).url), b) })
}

const loadJobs = 1000

func load(s *site, b *testing.B) {
	s.serve()
	for range b.N {
		begin := time.Now()
		ids := s.flood()
		took := s.watch(ids)
		b.ReportMetric(loadJobs/time.Since(begin).Seconds(), "jobs/s")
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	}
}

// flood submits the jobs by four clients.
func (s *site) flood() []string {
	ids := make([]string, loadJobs)
	var wg sync.WaitGroup
	for c := range 4 {
		wg.Go(func() {
			for i := c; i < loadJobs; i += 4 {
				a, err := s.ask("POST", jobs, small[i%len(small)].body)
				if err != nil || a.StatusCode != 202 {
					s.Errorf("job %d: %v", i, err)
					return
				}
				ids[i] = a.field(s, "job_id").(string)
			}
		})
	}
	wg.Wait()
	return ids
}

// watch asks for each job until it has a result, about fifty times a second, and
// returns how long the answers took.
func (s *site) watch(ids []string) []time.Duration {
	var took []time.Duration
	for _, id := range ids {
		for {
			begin := time.Now()
			a, err := s.ask("GET", jobs+"/"+id, "")
			if err != nil {
				s.Fatal(err)
			}
			took = append(took, time.Since(begin))
			if a.Header.Get("ETag") != "" {
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	return took
}
