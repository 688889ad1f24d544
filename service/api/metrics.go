package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics are what Prometheus may read of a process.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	ran      *prometheus.HistogramVec
	jobs     *prometheus.GaugeVec
}

// NewMetrics returns metrics that nothing has been counted in.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "lemma_http_request_seconds", Help: "Time of HTTP requests."}, []string{"method", "code"}),
		ran: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "lemma_job_seconds", Help: "Time of the jobs that this process ran.",
			Buckets: prometheus.ExponentialBuckets(0.01, 4, 10)}, []string{"status"}),
		jobs: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "lemma_jobs", Help: "Jobs in the database by status."}, []string{"status"}),
	}
	m.registry.MustRegister(m.requests, m.ran, m.jobs, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Ended counts a job that this process ran.
func (m *Metrics) Ended(status string, took time.Duration) {
	m.ran.WithLabelValues(status).Observe(took.Seconds())
}

func (m *Metrics) request(method string, status int, took time.Duration) {
	switch method {
	case http.MethodGet, http.MethodPost, http.MethodDelete:
	default:
		method = "other" // a label has few values, whatever clients send
	}
	m.requests.WithLabelValues(method, strconv.Itoa(status)).Observe(took.Seconds())
}

func (m *Metrics) handler(a *API) http.Handler {
	all := promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if counts, err := a.queue.Counts(r.Context()); err == nil {
			m.jobs.Reset()
			for status, n := range counts {
				m.jobs.WithLabelValues(status).Set(float64(n))
			}
		}
		all.ServeHTTP(w, r)
	})
}
