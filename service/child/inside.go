package child

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/job"
	"github.com/lemma-mc/lemma/show"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// Command is the hidden subcommand by which the program runs as a child.
const Command = "run-job"

// An Inside is the child's end.
type Inside struct {
	In      io.Reader
	Out     io.Writer
	Version string
	InUse   func() uint64 // bytes that the process holds
}

// Run reads the order, does it, and writes the answer.
func (c *Inside) Run(ctx context.Context) error {
	in := json.NewDecoder(bufio.NewReader(c.In))
	var o Order
	if err := in.Decode(&o); err != nil {
		return fmt.Errorf("the order: %w", err)
	}
	capMemory(o.Limits.Memory)
	go func() {
		_, _ = io.Copy(io.Discard, c.In)
		if o.Folder != "" {
			_ = os.RemoveAll(o.Folder)
		}
		endGroup()
	}()
	return c.do(ctx, &o)
}

func (c *Inside) do(ctx context.Context, o *Order) error {
	out := &lines{out: json.NewEncoder(c.Out)}
	files := &source.Set{}
	var diags diag.List
	j := job.Parse(files.Add("job.json", o.Request), &diags)
	if err := diags.Err(); err != nil { // it was read before it was taken
		return err
	}
	allow := o.Limits.apply(j)
	if limit := j.MemoryLimit(); limit > 0 {
		debug.SetMemoryLimit(limit / 10 * 9)
	}
	task := job.Load(ctx, j, job.Env{Files: files, Allow: allow, InUse: c.InUse, Observe: out.event})
	r := task.Run(ctx)
	r.JobID = o.ID
	answer, err := AnswerOf(&show.Report{Result: r, Files: task.Files, Version: c.Version})
	if err != nil {
		return err
	}
	return out.write(Line{Answer: answer})
}

// AnswerOf is the answer that r reports.
func AnswerOf(r *show.Report) (*Answer, error) {
	text, err := r.JSON()
	a := &Answer{r.Status.String(), string(text), r.ExitCode(), map[string]string{}}
	for format, write := range map[string]func() ([]byte, error){
		"text": func() ([]byte, error) { return plainText(r) }, "junit": r.JUnit, "sarif": r.SARIF, "github": r.Summarised,
	} {
		shown, wrong := write()
		err = errors.Join(err, wrong)
		a.Shown[format] = string(shown)
	}
	return a, err
}

// plainText is what lemma check says, on both of its outputs.
func plainText(r *show.Report) ([]byte, error) {
	var b bytes.Buffer
	for _, w := range r.Warnings {
		b.WriteString(diag.Render(r.Files, w))
	}
	err := r.Text(&b, show.Style{})
	return b.Bytes(), err
}

// Verdict is an answer without a run: what the service itself has to say about a job.
func Verdict(id, version string, status trace.Status, message string) *Answer {
	r := &trace.Result{JobID: id, Status: status, Bound: -1}
	if status == trace.Failed {
		r.Err = diag.New(diag.System, codeEnded, source.Span{}, message)
	} else {
		r.Message, r.Reason = message, message
	}
	a, err := AnswerOf(&show.Report{Result: r, Files: &source.Set{}, Version: version})
	if err != nil {
		panic(fmt.Sprintf("child: %v", err)) // strings always encode
	}
	return a
}

const codeEnded diag.Code = "S160" // the process that ran the job ended without an answer

// apply cuts down what j asks for, and says what j may do.
func (l *Limits) apply(j *job.Job) job.Allow {
	if limit := j.MemoryLimit(); l.Memory > 0 && (limit == 0 || limit > l.Memory) {
		j.Memory = fmt.Sprint(l.Memory)
	}
	if l.Time > 0 && (j.Timeout == 0 || j.Timeout > l.Time) {
		j.Timeout = l.Time
	}
	if l.Workers > 0 && j.Workers > l.Workers {
		j.Workers = l.Workers
	}
	return job.Allow{Commands: l.Permits(j)}
}

// Permits tells whether j names a solver program that may be run.
func (l *Limits) Permits(j *job.Job) bool {
	command, ok := strings.CutPrefix(j.Solver, "smtlib:")
	return ok && slices.Contains(l.Solvers, command)
}

// lines writes lines, and of those that tell how far an engine has come only as
// many as somebody wants to read.
type lines struct {
	mu   sync.Mutex
	out  *json.Encoder
	last time.Time
}

// between is the least time between two lines of progress.
const between = 200 * time.Millisecond

func (l *lines) event(e job.Event) {
	if e.Kind == job.Progressed && time.Since(l.last) < between {
		return
	}
	l.last = time.Now()
	_ = l.write(Line{Event: eventOf(e)}) // a parent who does not listen ends the process
}

func (l *lines) write(line Line) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.out.Encode(line)
}
