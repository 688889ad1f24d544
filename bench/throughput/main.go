// Command throughput runs lemma on the corpus's larger models, as a user runs
// it, and prints how fast it is and how that compares with TLC's figures, which
// stand beside the models. CPU seconds are compared, not wall time: they
// depend less on what else the machine does. A short model runs several times,
// and the run in the middle counts.
//
//	go build -o bin/lemma ./cmd/lemma && go run ./bench/throughput
//
// Without the corpus it says so and ends.
package main

import (
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/olekukonko/tablewriter"
)

func main() {
	lemma := flag.String("lemma", "bin/lemma", "the `program` to measure")
	corpus := flag.String("corpus", "../shared/corpus", "the `folder` of the models")
	only := flag.String("only", "", "only models whose name has this `text` in it")
	scaling := flag.Bool("scaling", false, "run each model with one worker, too, and compare wall times")
	timeout := flag.Duration("timeout", 10*time.Minute, "end a model after this time")
	flag.Parse()
	models, err := readModels(filepath.Join(*corpus, "throughput.tsv"))
	if errors.Is(err, fs.ErrNotExist) {
		fmt.Println("throughput: skipped, the corpus is not here:", err)
		return
	}
	if err == nil {
		b := bench{*lemma, filepath.Join(*corpus, "examples"), *timeout, *scaling}
		err = b.compare(models, *only)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "throughput:", err)
		os.Exit(1)
	}
}

// A model is a row of throughput.tsv, by the names of its columns.
type model map[string]string

func (m model) number(column string) float64 {
	x, _ := strconv.ParseFloat(m[column], 64) // an empty field is 0: unknown
	return x
}

// A bench is how models are measured.
type bench struct {
	lemma, examples string
	timeout         time.Duration
	scaling         bool
}

// workers is how many TLC's figures were measured with.
const workers = 2

// compare measures every model and prints the table.
func (b *bench) compare(models []model, only string) error {
	table := tablewriter.NewWriter(os.Stdout)
	table.Header("model", "kind", "result", "distinct/s", "generated/s", "cpu s", "wall s", "peak MB", "TLC cpu / ours", "TLC MB / ours", "1 worker / 2")
	var faster, smaller, scaled mean
	for _, m := range models {
		if !strings.Contains(m["cfg"], only) {
			continue
		}
		fmt.Fprintln(os.Stderr, m["cfg"])
		r, alone, err := b.rounds(m)
		if err != nil {
			return fmt.Errorf("%s: %w", m["cfg"], err)
		}
		ratio := ""
		if alone != nil {
			scaled.add(alone.wall / r.wall)
			ratio = hundredths(alone.wall / r.wall)
		}
		speed, memory := m.number("tlc_cpu_s")/r.cpu, m.number("tlc_rss_mb")/r.megabytes
		if r.complete(m) {
			faster.add(speed)
			smaller.add(memory)
		}
		if err := table.Append(strings.TrimSuffix(m["cfg"], ".cfg"), m["kind"], r.verdict(m),
			rounded(r.Distinct/r.cpu), rounded(r.Generated/r.cpu), tenths(r.cpu), tenths(r.wall),
			rounded(r.megabytes), tenths(speed), tenths(memory), ratio); err != nil {
			return err
		}
	}
	table.Footer("geometric mean", "", "", "", "", "", "", "", tenths(faster.value()), tenths(smaller.value()), hundredths(scaled.value()))
	return table.Render()
}

func rounded(x float64) string { return fmt.Sprintf("%.0f", x) }
func tenths(x float64) string  { return fmt.Sprintf("%.1f", x) }

func hundredths(x float64) string { return fmt.Sprintf("%.2f", x) }

func readModels(path string) ([]model, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.Comment, r.LazyQuotes, r.FieldsPerRecord = '\t', '#', true, -1
	rows, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s: an empty table", path)
	}
	var models []model
	for _, row := range rows[1:] {
		m := model{}
		for i, field := range row {
			m[rows[0][i]] = field
		}
		models = append(models, m)
	}
	return models, nil
}

// A measurement is one run of lemma on a model.
type measurement struct {
	Status               string
	Distinct             float64 `json:"distinct_states"`
	Generated            float64 `json:"states_explored"`
	cpu, wall, megabytes float64
}

// A model that is done sooner than enough runs again, up to most times in all.
const (
	enough = 12 * time.Second
	most   = 15
)

// rounds measures m, in turn with all workers and, for the scaling, with one,
// which is nil else. Of each it returns the run whose wall time is the median.
func (b *bench) rounds(m model) (all, alone *measurement, err error) {
	var alls, alones []*measurement
	for begin := time.Now(); len(alls) == 0 || len(alls) < most && time.Since(begin) < enough; {
		if all, err = b.measure(m, workers); err != nil {
			return nil, nil, err
		}
		alls = append(alls, all)
		if !b.scaling {
			continue
		}
		if alone, err = b.measure(m, 1); err != nil {
			return nil, nil, fmt.Errorf("one worker: %w", err)
		}
		alones = append(alones, alone)
	}
	return median(alls), median(alones), nil
}

// median is the measurement with the median wall time, nil of none.
func median(rs []*measurement) *measurement {
	if len(rs) == 0 {
		return nil
	}
	slices.SortFunc(rs, func(a, b *measurement) int { return cmp.Compare(a.wall, b.wall) })
	return rs[len(rs)/2]
}

// measure runs lemma with n workers. That it finds a violation, or stops at a limit, is no
// error here but shown in the table.
func (b *bench) measure(m model, n int) (*measurement, error) {
	ctx, cancel := context.WithTimeout(context.Background(), b.timeout+time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, b.lemma, "check", filepath.Join(b.examples, m["module"]), "-c", filepath.Join(b.examples, m["cfg"]),
		"--explicit", "--workers", strconv.Itoa(n), "--format", "json", "--timeout", b.timeout.String())
	start := time.Now()
	out, err := cmd.Output()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		return nil, err
	}
	r := &measurement{wall: time.Since(start).Seconds()}
	if err := json.Unmarshal(out, r); err != nil {
		return nil, fmt.Errorf("no result: %w", err)
	}
	r.cpu = (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		r.megabytes = float64(usage.Maxrss) / 1024 // Linux counts kilobytes
	}
	return r, nil
}

// complete tells whether the run ended as TLC's did: only such runs compare.
func (r *measurement) complete(m model) bool {
	return r.Status == "VERIFIED" && r.Distinct == m.number("distinct") && r.Generated == m.number("generated")
}

func (r *measurement) verdict(m model) string {
	if r.Status == "VERIFIED" && !r.complete(m) {
		return "other counts than TLC"
	}
	return r.Status
}

// A mean is the geometric mean of what is added to it.
type mean struct {
	logs float64
	n    int
}

func (m *mean) add(x float64) {
	m.logs += math.Log(x)
	m.n++
}

// value is 0 as long as nothing was added.
func (m *mean) value() float64 {
	if m.n == 0 {
		return 0
	}
	return math.Exp(m.logs / float64(m.n))
}
