package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/term"

	"github.com/lemma-mc/lemma/internal/guard"
)

const replHelp = `An expression is evaluated: {x \in 1..10 : x % 3 = 0}
A definition is kept, in the place of one of its name: Double(n) == 2 * n
A line goes on below while a bracket is open.
?help  this text     ?defs  the definitions     ?quit, or Ctrl-D, ends
Ctrl-C ends an evaluation, or drops the line; the arrow keys edit and recall.
`

// A repl evaluates what is typed, line by line, until the input ends. A line
// with an error does not end it.
type repl struct {
	app      *app
	options  evalOptions
	defs     []definition
	current  *evaluator
	terminal bool
}

// A definition is one that was typed.
type definition struct{ name, text string }

// definitionHead is how the text of a definition begins: Op ==, Op(x) ==,
// f[x \in S] ==.
var definitionHead = regexp.MustCompile(`^\s*([A-Za-z0-9_]+)\s*(\([^=]*\)|\[[^=]*\])?\s*==([^=]|$)`)

// A lineReader gives the lines of an input; io.EOF ends them.
type lineReader interface{ ReadLine() (string, error) }

func (a *app) repl(ctx context.Context, o evalOptions) error {
	r := &repl{app: a, options: o}
	if err := r.load(ctx, nil); err != nil {
		return err
	}
	in, terminal, err := a.lines()
	if err != nil {
		return err
	}
	if r.terminal = terminal; terminal {
		fmt.Fprintf(a.out, "lemma %s. An expression is evaluated, a definition kept; ?help says more.\n", version())
	}
	for {
		text, err := readEntry(in)
		if err != nil {
			a.code = 0 // wrong lines do not make a wrong session
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		if text == "?quit" {
			a.code = 0
			return nil
		}
		if err := r.line(ctx, text); err != nil {
			if ctx.Err() != nil {
				return err
			}
			a.fail(err)
		}
	}
}

// readEntry reads one entry: a line, and further ones while a bracket is open.
func readEntry(in lineReader) (string, error) {
	text, err := in.ReadLine()
	for err == nil && open(text) {
		var more string
		if more, err = in.ReadLine(); err == nil {
			text += "\n" + more
		}
	}
	return strings.TrimSpace(text), err
}

// open tells whether a bracket in text has no partner; strings may hold any.
func open(text string) bool {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case strings.IndexByte("([{", c) >= 0:
			depth++
		case strings.IndexByte(")]}", c) >= 0:
			depth--
		}
	}
	return depth > 0
}

// line does what one entry asks for.
func (r *repl) line(ctx context.Context, text string) error {
	switch {
	case text == "":
		return nil
	case text == "?help" || text == "?":
		_, err := io.WriteString(r.app.out, replHelp)
		return err
	case text == "?defs":
		for _, d := range r.defs {
			fmt.Fprintln(r.app.out, d.text)
		}
		return nil
	case strings.HasPrefix(text, "?"):
		return usage("there is no command %s; ?help lists them", text)
	}
	ctx, done := r.interruptible(ctx)
	defer done()
	err, ended := guard.Do(ctx, guard.Watch{}, func() error {
		if m := definitionHead.FindStringSubmatch(text); m != nil {
			return r.define(ctx, definition{m[1], text})
		}
		return r.current.print(ctx, text)
	})
	if !ended {
		return errors.Join(context.Cause(ctx), r.load(context.WithoutCancel(ctx), r.defs)) // what was left behind has the old one
	}
	return err
}

// define keeps d, if it is right together with the others.
func (r *repl) define(ctx context.Context, d definition) error {
	defs := slices.DeleteFunc(slices.Clone(r.defs), func(old definition) bool { return old.name == d.name })
	return r.load(ctx, append(defs, d))
}

// load makes defs the definitions.
func (r *repl) load(ctx context.Context, defs []definition) error {
	texts := make([]string, len(defs))
	for i, d := range defs {
		texts[i] = d.text
	}
	e, err := r.app.evaluator(ctx, r.options, texts)
	if err == nil {
		r.current, r.defs = e, defs
	}
	return err
}

// interruptible is ctx, which the next Ctrl-C ends in the place of the process
// when somebody sits at the terminal.
func (r *repl) interruptible(ctx context.Context) (context.Context, func()) {
	if !r.terminal {
		return ctx, func() {}
	}
	ctx, cancel := context.WithCancelCause(ctx)
	r.app.interrupt.Store(&cancel)
	return ctx, func() {
		r.app.interrupt.Store(nil)
		cancel(nil)
	}
}

// takesInterrupt ends the evaluation of the REPL that is under way, if any.
func (a *app) takesInterrupt() bool {
	cancel := a.interrupt.Swap(nil)
	if cancel != nil {
		(*cancel)(errInterrupted)
	}
	return cancel != nil
}

// lines is the input: edited at a terminal, with a history, else as it comes.
func (a *app) lines() (in lineReader, terminal bool, err error) {
	file, isFile := a.in.(*os.File)
	if !isFile || !isTerminal(a.in) || !isTerminal(a.out) {
		scan := bufio.NewScanner(a.in)
		scan.Buffer(nil, 1<<24)
		return plainLines{scan}, false, nil
	}
	state, err := term.GetState(int(file.Fd()))
	if err != nil {
		return nil, false, err
	}
	restore := func() { _ = term.Restore(int(file.Fd()), state) }
	a.restore.Store(&restore)
	return &editedLines{file: file, edit: term.NewTerminal(keyboard{file, a.out}, "> ")}, true, nil
}

type plainLines struct{ scan *bufio.Scanner }

func (p plainLines) ReadLine() (string, error) {
	if !p.scan.Scan() {
		if err := p.scan.Err(); err != nil {
			return "", err
		}
		return "", io.EOF
	}
	return p.scan.Text(), nil
}

// editedLines has the terminal give each key while a line is edited, and only
// then, so that Ctrl-C is a signal again during an evaluation.
type editedLines struct {
	file *os.File
	edit *term.Terminal
}

func (e *editedLines) ReadLine() (line string, err error) {
	before, err := term.MakeRaw(int(e.file.Fd()))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, term.Restore(int(e.file.Fd()), before)) }()
	return e.edit.ReadLine()
}

// A keyboard has Ctrl-C drop the line, as Ctrl-U does.
type keyboard struct {
	in  io.Reader
	out io.Writer
}

const (
	ctrlC = 0x03
	ctrlU = 0x15
)

func (k keyboard) Read(keys []byte) (int, error) {
	n, err := k.in.Read(keys)
	for i := range keys[:n] {
		if keys[i] == ctrlC {
			keys[i] = ctrlU
		}
	}
	return n, err
}

func (k keyboard) Write(text []byte) (int, error) { return k.out.Write(text) }
