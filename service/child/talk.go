package child

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
)

// A Talk is a child that lives on and answers questions, one at a time, each a line
// of JSON, as the answer is. It serves one goroutine.
type Talk struct {
	process *process
	folder  string
	in      *json.Encoder
	out     *json.Decoder
	end     context.CancelCauseFunc
}

// TalkCommand is the hidden subcommand by which the program runs as a child that
// answers questions.
const TalkCommand = "answer-questions"

// ErrGone says that a child has ended without an answer: past its memory limit, or
// because it took too long.
var ErrGone = errors.New("the process that had the spec loaded ended without an answer")

// StartTalk starts a child that lives until End, or until it is past the memory
// limit.
func StartTalk(program string, l Limits) (*Talk, error) {
	folder, err := os.MkdirTemp("", "lemma-talk-")
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancelCause(context.Background())
	t := &Talk{process: &process{stop: stop, group: newCgroup(l.hard())}, folder: folder, end: stop}
	if err := t.process.start(ctx, program, TalkCommand, folder); err != nil {
		stop(nil)
		t.process.group.close()
		_ = os.RemoveAll(folder)
		return nil, err
	}
	t.in, t.out = json.NewEncoder(t.process.in), json.NewDecoder(bufio.NewReader(t.process.out))
	l.Time = 0 // each question has its own
	go t.process.watch(ctx, l)
	if err := t.in.Encode(Order{Limits: l, Folder: folder}); err != nil {
		t.End()
		return nil, ErrGone
	}
	return t, nil
}

// Ask writes the question and waits for the answer. After an error the child is of
// no more use.
func (t *Talk) Ask(ctx context.Context, question, answer any) error {
	stop := context.AfterFunc(ctx, func() { t.end(context.Cause(ctx)) })
	defer stop()
	if t.in.Encode(question) != nil || t.out.Decode(answer) != nil {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		return ErrGone
	}
	return nil
}

// End ends the child.
func (t *Talk) End() {
	t.end(ErrStopped)
	_ = t.process.cmd.Wait()
	t.process.group.kill() // what it left behind
	t.process.group.close()
	_ = killAll([]int{t.process.cmd.Process.Pid})
	_ = os.RemoveAll(t.folder)
}

// AnswerAll is the child's end of a Talk: reply is called for each question and gives
// the answer; false ends the child after it. The child ends when the parent does.
func AnswerAll(in io.Reader, out io.Writer, reply func(question json.RawMessage) (answer any, more bool)) error {
	questions := json.NewDecoder(bufio.NewReader(in))
	var o Order
	if err := questions.Decode(&o); err != nil {
		return err
	}
	capMemory(o.Limits.Memory)
	heard := make(chan json.RawMessage)
	go func() { // while a question is answered, too: the parent may be gone
		for {
			var q json.RawMessage
			if questions.Decode(&q) != nil {
				farewell(o.Folder)
			}
			heard <- q
		}
	}()
	answers := json.NewEncoder(out)
	answers.SetEscapeHTML(false) // people and agents read them
	for q := range heard {
		answer, more := reply(q)
		if err := answers.Encode(answer); err != nil || !more {
			return err
		}
	}
	return nil
}
