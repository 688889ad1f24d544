package frontend

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
)

// incomplete are modules of the corpus that extend modules it does not have.
var incomplete = map[string]bool{"braf/BufferedRandomAccessFile.tla": true}

// TestCorpus loads every model of the corpus that TLC runs.
func TestCorpus(t *testing.T) {
	root := "../../shared/corpus/examples"
	table, err := os.Open(filepath.Join(root, "expected.tsv"))
	if err != nil {
		t.Skip("the corpus is not there: ", err)
	}
	defer table.Close()
	lines := bufio.NewScanner(table)
	for lines.Scan() {
		row := strings.Split(lines.Text(), "\t")
		if strings.HasPrefix(row[0], "#") || row[0] == "spec" {
			continue
		}
		t.Run(row[2], func(t *testing.T) {
			if incomplete[row[1]] {
				t.Skip("the corpus lacks modules that it extends")
			}
			files := &source.Set{}
			cfg, err := ReadConfig(files, filepath.Join(root, row[2]))
			if err == nil {
				_, _, err = Load(Options{Files: files, Spec: filepath.Join(root, row[1]), Config: cfg})
			}
			var d *diag.Error
			if errors.As(err, &d) {
				for _, one := range d.Diagnostics {
					t.Error(diag.Render(files, one))
				}
			}
		})
	}
}
