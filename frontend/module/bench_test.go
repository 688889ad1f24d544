package module

import (
	"os"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
)

// BenchmarkCorpus loads every public module.
func BenchmarkCorpus(b *testing.B) {
	paths := corpusModules(b)
	for b.Loop() {
		for _, path := range paths {
			(&Loader{Files: &source.Set{}}).Load(path, &diag.List{})
		}
	}
	b.ReportMetric(float64(len(paths)), "modules")
}

// BenchmarkLargest loads the largest public module.
func BenchmarkLargest(b *testing.B) {
	var largest string
	var size int64
	for _, path := range corpusModules(b) {
		if info, err := os.Stat(path); err == nil && info.Size() > size {
			largest, size = path, info.Size()
		}
	}
	for b.Loop() {
		(&Loader{Files: &source.Set{}}).Load(largest, &diag.List{})
	}
	b.ReportMetric(float64(size), "bytes")
}
