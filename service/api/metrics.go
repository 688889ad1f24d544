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
	running  prometheus.Gauge
	jobs     *prometheus.GaugeVec
	parts    *prometheus.GaugeVec
}

// NewMetrics returns metrics that nothing has been counted in.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "lemma_http_request_seconds", Help: "Time of HTTP requests."}, []string{"method", "code"}),
		ran: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "lemma_job_seconds", Help: "Time of the jobs, and parts of jobs, that this process ran.",
			Buckets: prometheus.ExponentialBuckets(0.01, 4, 10)}, []string{"kind", "status"}),
		running: prometheus.NewGauge(prometheus.GaugeOpts{Name: "lemma_running", Help: "Jobs, and parts of jobs, that this process runs."}),
		jobs:    prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "lemma_jobs", Help: "Jobs in the database by status."}, []string{"status"}),
		parts:   prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "lemma_parts", Help: "Parts of jobs in the database by status."}, []string{"status"}),
	}
	m.registry.MustRegister(m.requests, m.ran, m.running, m.jobs, m.parts, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Began counts a job, or a part of one, that this process begins to run.
func (m *Metrics) Began() { m.running.Inc() }

// Ended counts a job, or a part of one, that this process ran, by the status that it
// gave it; "" for none.
func (m *Metrics) Ended(part bool, status string, took time.Duration) {
	kind := "job"
	if part {
		kind = "part"
	}
	m.running.Dec()
	if status != "" {
		m.ran.WithLabelValues(kind, status).Observe(took.Seconds())
	}
}

func (m *Metrics) request(method string, status int, took time.Duration) {
	switch method {
	case http.MethodGet, http.MethodPost, http.MethodDelete:
	default:
		method = "other" // a label has few values, whatever clients send
	}
	m.requests.WithLabelValues(method, strconv.Itoa(status)).Observe(took.Seconds())
}

func setAll(gauge *prometheus.GaugeVec, counts map[string]int) {
	gauge.Reset()
	for status, n := range counts {
		gauge.WithLabelValues(status).Set(float64(n))
	}
}

func (m *Metrics) handler(a *API) http.Handler {
	all := promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if jobs, parts, err := a.queue.Counts(r.Context()); err == nil {
			setAll(m.jobs, jobs)
			setAll(m.parts, parts)
		}
		all.ServeHTTP(w, r)
	})
}
