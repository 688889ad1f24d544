// Command bounded runs lemma's bounded search on the specs under specs/bench,
// at the sizes at which bounded checkers are compared, and prints a table: how
// long each takes, how that compares with what is aimed at, and with the best
// figure published for Apalache.
//
//	go build -o bin/lemma ./cmd/lemma && go run ./bench/bounded
//
// The rows stand in the specs themselves, as comments:
//
//	\* bench FLAGS: what it is; target SECONDS; published SECONDS
//
// The published figures are those of the CSV files of apalache-tests and
// apalache-bench (2020 to 2022), of their own texts of these protocols.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"

	"github.com/olekukonko/tablewriter"

	"github.com/lemma-mc/lemma/specs"
)

func main() {
	lemma := flag.String("lemma", "bin/lemma", "the `program` to measure")
	only := flag.String("only", "", "only rows that have this `text` in them")
	timeout := flag.Duration("timeout", 2*time.Minute, "end a row after this time")
	flag.Parse()
	if err := run(*lemma, *only, *timeout); err != nil {
		fmt.Fprintln(os.Stderr, "bounded:", err)
		os.Exit(1)
	}
}

// A row is one line of the table.
type row struct {
	spec              string // path of the module in specs.FS
	flags             []string
	what              string
	target, published string // seconds; "" where there is none
}

var rowLine = regexp.MustCompile(`(?m)^\\\* bench (.*?): ([^;\n]*)(?:; target (\d+))?(?:; published (\d+))?$`)

// rows finds the rows in all bundled specs, in order of their paths.
func rows() (out []row, err error) {
	err = fs.WalkDir(specs.FS, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".tla" {
			return err
		}
		text, err := specs.FS.ReadFile(name)
		for _, m := range rowLine.FindAllStringSubmatch(string(text), -1) {
			out = append(out, row{name, strings.Fields(m[1]), m[2], m[3], m[4]})
		}
		return err
	})
	return out, err
}

func run(lemma, only string, timeout time.Duration) error {
	program, err := filepath.Abs(lemma)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "bounded")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := os.CopyFS(dir, specs.FS); err != nil {
		return err
	}
	all, err := rows()
	if err != nil {
		return err
	}
	table := tablewriter.NewTable(os.Stdout)
	table.Header("what", "flags", "outcome", "seconds", "CPU", "target", "Apalache")
	for _, r := range all {
		if !strings.Contains(r.what+strings.Join(r.flags, " "), only) {
			continue
		}
		m, err := r.measure(program, dir, timeout)
		if err != nil {
			return fmt.Errorf("%s %v: %w", r.spec, r.flags, err)
		}
		cells := []string{r.what, strings.Join(r.flags, " "), m.outcome, fmt.Sprintf("%.2f", m.wall.Seconds()), fmt.Sprintf("%.2f", m.cpu.Seconds()), r.target, r.published}
		if err := table.Append(cells); err != nil {
			return err
		}
	}
	return table.Render()
}

// A measure is how a row went.
type measure struct {
	outcome   string
	wall, cpu time.Duration
}

func (r row) measure(program, dir string, timeout time.Duration) (m measure, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout+20*time.Second)
	defer cancel()
	args := append([]string{"check", path.Base(r.spec), "--bmc", "--format", "json", "--no-progress", "--timeout", timeout.String()}, r.flags...)
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = filepath.Join(dir, path.Dir(r.spec))
	start := time.Now()
	out, err := cmd.Output()
	m.wall = time.Since(start)
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return m, err
	}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		m.cpu = time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
	}
	var result struct {
		Status string
		Bound  *int
	}
	if err := json.Unmarshal(out, &result); err != nil {
		return m, err
	}
	m.outcome = result.Status
	if result.Bound != nil && result.Status == "LIMIT_REACHED" {
		m.outcome = fmt.Sprintf("limit after depth %d", *result.Bound)
	}
	return m, nil
}
