package explicit

import (
	"strconv"
	"strings"
	"testing"
)

// BenchmarkThroughput searches the corpus's larger models for safety and
// reports states a second, and how many times TLC's CPU time that saves.
func BenchmarkThroughput(b *testing.B) {
	for _, r := range corpusRows(b, "throughput.tsv") {
		b.Run(strings.TrimSuffix(r["cfg"], ".cfg"), func(b *testing.B) {
			sys := loadModel(b, r)
			sys.Properties = nil
			tlc, _ := strconv.ParseFloat(r["tlc_cpu_s"], 64)
			for b.Loop() {
				before := cpuSeconds()
				res := Check(b.Context(), sys, Options{})
				cpu := cpuSeconds() - before
				if res.Counts == nil || res.Counts.Distinct != r.int("distinct") {
					b.Fatalf("%s: %v", res.Message, res.Counts)
				}
				b.ReportMetric(float64(res.Counts.Distinct)/cpu, "distinct/cpu-s")
				b.ReportMetric(float64(res.Counts.Generated)/cpu, "generated/cpu-s")
				b.ReportMetric(tlc/cpu, "times-TLC")
			}
		})
	}
}
