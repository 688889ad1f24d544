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
	"github.com/lemma-mc/lemma/value"
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
		farewell(o.Folder)
	}()
	return c.do(ctx, &o)
}

// farewell ends the process, whose parent is gone, and all that it started.
func farewell(folder string) {
	if folder != "" {
		_ = os.RemoveAll(folder)
	}
	endGroup()
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
	split := o.parts(j)
	j.Split = 0 // how it is divided is the service's business
	if j.Timeout > 0 {
		j.Timeout = max(j.Timeout-o.Used, time.Millisecond)
	}
	if limit := j.MemoryLimit(); limit > 0 {
		debug.SetMemoryLimit(limit / 10 * 9)
	}
	out.prefix = o.prefix()
	w := &work{Inside: c, Order: o, task: job.Load(ctx, j, job.Env{Files: files, Allow: allow, InUse: c.InUse, Observe: out.event})}
	w.texts = w.task.Files.Sum()
	end, err := w.end(ctx, split)
	if err != nil {
		return err
	}
	return out.write(Line{End: end})
}

// mostParts is how many parts a job may have.
const mostParts = 64

// parts is how many parts j may have; less than 2 where it is one.
func (o *Order) parts(j *job.Job) int {
	if j.Split > 0 {
		return min(j.Split, mostParts)
	}
	return min(o.Limits.Split, mostParts)
}

// prefix is what the events of a share begin with.
func (o *Order) prefix() string {
	if o.Plan == nil || o.Share == Join || o.Share >= len(o.Plan.Shares()) {
		return ""
	}
	return o.Plan.Shares()[o.Share].Name + ": "
}

// A work is one order at work.
type work struct {
	*Inside
	*Order
	task  *job.Task
	texts string // see exact
}

// end does the order.
func (w *work) end(ctx context.Context, split int) (*End, error) {
	switch {
	case w.Plan == nil:
		return w.whole(ctx, split)
	case w.Share == Join:
		return w.join(ctx)
	}
	shares := w.Plan.Shares()
	if w.Share >= len(shares) {
		return nil, fmt.Errorf("the order: there is no share %d", w.Share)
	}
	return w.answer(w.task.RunShare(ctx, shares[w.Share]))
}

// whole divides the job, or runs it.
func (w *work) whole(ctx context.Context, split int) (*End, error) {
	note := ""
	if split > 1 && w.task.Err == nil {
		plan, why := w.task.Plan(split)
		if plan != nil {
			return &End{Plan: plan}, nil
		}
		note = "The job was not divided: " + why + "."
	}
	return w.run(ctx, note)
}

// run answers in one run.
func (w *work) run(ctx context.Context, note string) (*End, error) {
	r := w.task.Run(ctx)
	if note != "" {
		r.Notes = append(r.Notes, note)
	}
	return w.answer(r)
}

// join makes the answer of what is known of the shares. A result that cannot be
// carried from one process to another leaves no way but to run the whole.
func (w *work) join(ctx context.Context) (*End, error) {
	of := make([]job.Standing, len(w.Parts))
	for i, p := range w.Parts {
		of[i].Worker = p.Worker
		if !p.Ended {
			continue
		}
		r, err := w.carried(p.Exact)
		if err != nil {
			return w.run(ctx, fmt.Sprintf("The parts could not be joined, so that the job was run as one: %v.", err))
		}
		of[i].Result = r
	}
	r, beyond := w.task.Join(ctx, w.Plan, of)
	if r == nil {
		return &End{Wait: &Wait{beyond}}, nil
	}
	if r.Status != trace.Failed || w.task.Err == nil {
		r.Duration += w.Used
	}
	return w.answer(r)
}

// answer is r as the end of the order.
func (w *work) answer(r *trace.Result) (*End, error) {
	r.JobID = w.ID
	a, err := AnswerOf(&show.Report{Result: r, Files: w.task.Files, Version: w.Version})
	if err == nil && w.Plan != nil && w.Share != Join {
		a.Exact, err = exact(r, w.texts+" "+w.Version)
	}
	return &End{Answer: a}, err
}

// An exactly is a result on its way to the child that joins it with others. Places
// in it mean the same there only if Texts does.
type exactly struct {
	Texts  string          `json:"texts"` // "" where there is no place in it
	Result json.RawMessage `json:"result"`
}

// exact is the exact form of r with its texts; "" where there is none.
func exact(r *trace.Result, texts string) (string, error) {
	text, err := r.Exact()
	if errors.Is(err, value.ErrNotSpelledOut) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	out, err := json.Marshal(exactly{texts, text})
	return string(out), err
}

// carried is the result that has the exact form text.
func (w *work) carried(text string) (*trace.Result, error) {
	var e exactly
	switch err := json.Unmarshal([]byte(text), &e); {
	case text == "":
		return nil, errors.New("a result holds a value that is not spelled out")
	case err != nil:
		return nil, err
	case e.Texts != "" && e.Texts != w.texts+" "+w.Version:
		return nil, errors.New("the workers have different versions of lemma")
	}
	return trace.ParseExact(e.Result)
}

// AnswerOf is the answer that r reports.
func AnswerOf(r *show.Report) (*Answer, error) {
	text, err := r.JSON()
	a := &Answer{Status: r.Status.String(), Result: string(text), Exit: r.ExitCode(), Shown: map[string]string{}}
	for format, write := range map[string]func() ([]byte, error){
		"text": func() ([]byte, error) { return plainText(r) }, "junit": r.JUnit, "sarif": r.SARIF, "github": r.Summarised, "view": r.View,
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
	return plain(r, version)
}

// Beyond is the answer of a part that was ended because it got further than another
// one which found something.
func Beyond(id, version string, states int64) *Answer {
	const reason = "another part found something before that"
	return plain(&trace.Result{JobID: id, Status: trace.LimitReached, Reason: reason, Bound: -1, Counts: &trace.Counts{Generated: states}}, version)
}

// plain is the answer of a result without places.
func plain(r *trace.Result, version string) *Answer {
	a, err := AnswerOf(&show.Report{Result: r, Files: &source.Set{}, Version: version})
	if err == nil {
		a.Exact, err = exact(r, "")
	}
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
	mu     sync.Mutex
	out    *json.Encoder
	prefix string // of the events' messages
	last   time.Time
}

// between is the least time between two lines of progress.
const between = 200 * time.Millisecond

func (l *lines) event(e job.Event) {
	if e.Kind == job.Progressed && time.Since(l.last) < between {
		return
	}
	l.last = time.Now()
	e.Text = l.prefix + e.Text
	_ = l.write(Line{Event: eventOf(e)}) // a parent who does not listen ends the process
}

func (l *lines) write(line Line) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.out.Encode(line)
}
