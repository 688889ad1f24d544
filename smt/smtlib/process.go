package smtlib

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// A process is a running solver. It is spoken to in exchanges: commands, then
// an echo whose answer ends what the solver had to say to them.
//
// A program that babbles is told from a solver that thinks: an exchange has
// few answers, and an answer that has begun goes on within the pause allowed.
type process struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	pipe   io.ReadCloser
	out    *bufio.Reader
	errors tail
	turn   int          // exchanges so far
	heard  atomic.Int64 // when it last said something within an answer, in Unix nanoseconds; else 0
}

const (
	maxAnswers = 8               // to one exchange
	pause      = 3 * time.Second // within an answer
)

// start runs command in a process group of its own: a Ctrl-C is ours to
// handle, and a wrapper script dies together with what it runs.
func start(command []string) (*process, error) {
	p := &process{cmd: exec.Command(command[0], command[1:]...)}
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	p.cmd.Stderr = &p.errors
	p.cmd.WaitDelay = time.Second
	in, err := p.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("cannot start the solver: %w", err)
	}
	p.in, p.pipe = in, out
	p.out = bufio.NewReader(listener{p})
	return p, nil
}

// A listener is what the process says, with a note of the time.
type listener struct{ p *process }

func (l listener) Read(b []byte) (int, error) {
	n, err := l.p.pipe.Read(b)
	if n > 0 {
		l.p.heard.Store(time.Now().UnixNano())
	}
	return n, err
}

// stuck tells that the process has stopped within an answer.
func (p *process) stuck() bool {
	heard := p.heard.Load()
	return heard != 0 && time.Since(time.Unix(0, heard)) > pause
}

// kill ends the process at once, and what waits for it. It may be called while
// an exchange does.
func (p *process) kill() {
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL) // an error means that it has ended already
	_ = p.in.Close()
	_ = p.pipe.Close()
}

// stop ends the process and frees what it held.
func (p *process) stop() {
	p.kill()
	_ = p.cmd.Wait() // killed: how it ended says nothing
}

// exchange sends commands and returns the answers to them. It fails when the
// solver reports an error, when it ends, and when ctx does; the process must
// be stopped after that.
func (p *process) exchange(ctx context.Context, commands string) ([]sexp, error) {
	type result struct {
		answers []sexp
		err     error
	}
	done := make(chan result, 1)
	go func() {
		answers, err := p.converse(commands)
		done <- result{answers, err}
	}()
	watch := time.NewTicker(pause / 4)
	defer watch.Stop()
	for {
		select {
		case r := <-done:
			return r.answers, r.err
		case <-ctx.Done():
			p.kill()
			<-done
			return nil, context.Cause(ctx)
		case <-watch.C:
			if p.stuck() {
				p.kill()
				<-done
				return nil, fmt.Errorf("the solver stopped in the middle of an answer and said no more for %v", pause)
			}
		}
	}
}

func (p *process) converse(commands string) ([]sexp, error) {
	p.turn++
	end := fmt.Sprintf("turn-%d", p.turn)
	if _, err := io.WriteString(p.in, commands+"(echo \""+end+"\")\n"); err != nil {
		if refusal := p.refusal(); refusal != nil {
			return nil, refusal
		}
		return nil, p.died(err)
	}
	var answers []sexp
	for {
		p.between()
		x, err := readSexp(p.out)
		switch {
		case err != nil:
			return nil, p.died(err)
		case x.head() == "error":
			return nil, fmt.Errorf("the solver reports: %s", message(x))
		case x.list == nil && x.atom == end:
			p.heard.Store(0)
			return answers, nil
		case x.list == nil && x.atom == "unsupported":
			return nil, errors.New("the solver does not support a command that it was sent")
		case len(answers) == maxAnswers:
			return nil, fmt.Errorf("this does not behave like a solver: more than %d answers to one question, beginning with %.60s", maxAnswers, answers[0].String())
		}
		answers = append(answers, x)
	}
}

// between notes that no answer has begun when none has: the process may think
// as long as it likes.
func (p *process) between() {
	for p.out.Buffered() > 0 {
		if c, _ := p.out.Peek(1); !isSpace(c[0]) {
			return
		}
		_, _ = p.out.Discard(1) // it is buffered
	}
	p.heard.Store(0)
}

// refusal looks for an error that the solver has left behind before it ended.
func (p *process) refusal() error {
	for {
		x, err := readSexp(p.out)
		if err != nil {
			return nil
		}
		if x.head() == "error" {
			return fmt.Errorf("the solver reports: %s", message(x))
		}
	}
}

func message(x sexp) string {
	parts := make([]string, 0, len(x.list))
	for _, y := range x.list[1:] {
		parts = append(parts, strings.TrimSpace(y.String()))
	}
	return strings.Join(parts, " ")
}

// died tells that the solver went away, with its last words.
func (p *process) died(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.EPIPE) {
		p.stop() // waits for the last of stderr
		err = errors.New("the solver ended without an answer")
		if state := p.cmd.ProcessState; state != nil {
			err = fmt.Errorf("%w (%s)", err, state)
		}
	}
	if words := p.errors.String(); words != "" {
		err = fmt.Errorf("%w: %s", err, words)
	}
	return err
}

// A tail keeps the end of what is written to it.
type tail struct {
	lock sync.Mutex
	text []byte
}

const tailSize = 2000

func (t *tail) Write(b []byte) (int, error) {
	t.lock.Lock()
	defer t.lock.Unlock()
	t.text = append(t.text, b...)
	if extra := len(t.text) - tailSize; extra > 0 {
		t.text = t.text[extra:]
	}
	return len(b), nil
}

func (t *tail) String() string {
	t.lock.Lock()
	defer t.lock.Unlock()
	return strings.TrimSpace(string(t.text))
}
