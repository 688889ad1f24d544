package child

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/lemma-mc/lemma/trace"
)

// A Runner is the parent's end.
type Runner struct {
	Program string // this program
	Version string
	Limits  Limits
}

// grace is how long a child may take to end by itself at its own limits.
const grace = 10 * time.Second

// ErrStopped is the cause of a context that ended because nobody wants an answer.
var ErrStopped = errors.New("the job is not to be run here any more")

// Run has a child do the order, within the limits, and calls observe for each event.
// It ends with what came of it, or with an error when ctx ended before or no child
// could be started.
func (r *Runner) Run(ctx context.Context, o Order, observe func(*Event)) (*End, error) {
	folder, err := os.MkdirTemp("", "lemma-job-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	limited, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	p := &process{stop: stop, group: newCgroup(r.Limits.hard())}
	defer func() { p.group.close() }()
	if err := p.start(limited, r.Program, Command, folder); err != nil {
		return nil, err
	}
	o.Limits, o.Folder = r.Limits, folder
	order, err := json.Marshal(o)
	if err != nil {
		return nil, err
	}
	go func() { _, _ = p.in.Write(order) }() // the child may be dead already: Wait tells
	go p.watch(limited, r.Limits)
	end := read(p.out, observe)
	if end != nil {
		stop(nil)
	}
	ended := p.cmd.Wait()
	p.group.kill() // what it left behind
	_ = killAll([]int{p.cmd.Process.Pid})
	switch {
	case end != nil:
		return end, nil
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	}
	return &End{Answer: r.without(o.ID, p, ended, context.Cause(limited))}, nil
}

// without is the answer of a child that gave none.
func (r *Runner) without(id string, p *process, ended, cause error) *Answer {
	said := p.said.String()
	switch {
	case errors.Is(cause, errMemory), p.group.outOfMemory(), strings.Contains(said, "out of memory"), strings.Contains(said, "cannot allocate memory"):
		return Verdict(id, r.Version, trace.LimitReached, errMemory.Error())
	case errors.Is(cause, errTime):
		return Verdict(id, r.Version, trace.LimitReached, errTime.Error())
	}
	return Verdict(id, r.Version, trace.Failed, fmt.Sprintf("the process that ran the job ended without an answer: %v%s", ended, firstLine(said)))
}

func firstLine(text string) string {
	if line, _, _ := strings.Cut(strings.TrimSpace(text), "\n"); line != "" {
		return ": " + line
	}
	return ""
}

var (
	errMemory = errors.New("The memory limit of the job is reached; nothing more is known.")
	errTime   = errors.New("The time limit of the job is reached; nothing more is known.")
)

// A process is a child that runs.
type process struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  io.Reader
	said head // on stderr
	stop context.CancelCauseFunc

	group *cgroup // nil where there are no control groups
}

// start starts the child: in an empty folder, with an empty environment.
func (p *process) start(ctx context.Context, program, command, folder string) error {
	p.cmd = exec.CommandContext(ctx, program, command)
	p.cmd.Dir, p.cmd.Env, p.cmd.Stderr = folder, []string{"TMPDIR=" + folder, "PATH=" + os.Getenv("PATH")}, &p.said
	p.cmd.Cancel = p.kill
	p.cmd.WaitDelay = time.Second
	ownGroup(p.cmd)
	p.group.contain(p.cmd)
	var err error
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return err
	}
	if p.out, err = p.cmd.StdoutPipe(); err != nil {
		return err
	}
	err = p.cmd.Start()
	if err != nil && p.group != nil { // the group may be what it cannot start in
		p.group.close()
		p.group = nil
		return p.start(ctx, program, command, folder)
	}
	return err
}

// kill ends the child and what it started.
func (p *process) kill() error {
	below := descendants(p.cmd.Process.Pid)
	p.group.kill()
	return killAll(below)
}

// hard is how much memory a child may hold in the end, with what it started; 0 for
// any. It is more than its limit, at which it can still say how far it came.
func (l *Limits) hard() int64 { return l.Memory + l.Memory/4 }

// pause is a moment in which a process that was killed may end.
func pause() { time.Sleep(10 * time.Millisecond) }

// watch ends the child past its limits.
func (p *process) watch(ctx context.Context, l Limits) {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	var over <-chan time.Time
	if l.Time > 0 {
		over = time.After(l.Time + grace)
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-over:
			p.stop(errTime)
		case <-tick.C:
			if l.Memory > 0 && p.resident() > l.hard() {
				p.stop(errMemory)
			}
		}
	}
}

// read calls observe for the events that the child writes, and returns what came of
// its order; nil when it ends without.
func read(out io.Reader, observe func(*Event)) *End {
	dec := json.NewDecoder(out)
	for {
		var line Line
		if err := dec.Decode(&line); err != nil {
			return nil
		}
		switch {
		case line.End != nil:
			return line.End
		case line.Event != nil:
			observe(line.Event)
		}
	}
}

// A head keeps the first bytes that are written to it.
type head struct{ bytes.Buffer }

// kept is how much of stderr is kept: a panic names its cause first.
const kept = 16 << 10

func (t *head) Write(p []byte) (int, error) {
	if room := kept - t.Len(); room > 0 {
		t.Buffer.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}
