package frontend

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"

	"github.com/lemma-mc/lemma/source"
)

const corpusExamples = "../../shared/corpus/examples"

// BenchmarkLoadCorpus loads every model of the corpus with its config: what an
// engine waits for.
func BenchmarkLoadCorpus(b *testing.B) {
	f, err := os.Open(filepath.Join(corpusExamples, "expected.tsv"))
	if err != nil {
		b.Skipf("the corpus is not here: %v", err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.Comment, r.LazyQuotes, r.FieldsPerRecord = '\t', '#', true, -1
	rows, err := r.ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	loaded := 0
	for b.Loop() {
		loaded = 0
		for _, row := range rows[1:] {
			if loads(row[column["module"]], row[column["cfg"]]) {
				loaded++
			}
		}
	}
	b.ReportMetric(float64(loaded), "models")
}

func loads(module, cfg string) bool {
	files := &source.Set{}
	c, err := ReadConfig(files, filepath.Join(corpusExamples, cfg))
	if err != nil {
		return false
	}
	_, _, err = Load(Options{Files: files, Spec: filepath.Join(corpusExamples, module), Config: c})
	return err == nil
}
