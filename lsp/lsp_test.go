package lsp

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/source"
)

// An editor drives a server.
type editor struct {
	t    *testing.T
	in   io.WriteCloser
	out  *bufio.Reader
	last int                          // request
	said map[string][]json.RawMessage // notifications by method
	done chan error
}

func start(t *testing.T) *editor {
	inR, inW := io.Pipe()
	outR, outW := io.Pipe()
	e := &editor{t: t, in: inW, out: bufio.NewReader(outR), said: map[string][]json.RawMessage{}, done: make(chan error, 1)}
	s := Server{Version: "test", FS: source.Disk}
	go func() {
		e.done <- s.Serve(context.Background(), inR, outW)
		outW.Close()
	}()
	t.Cleanup(func() { inW.Close() })
	return e
}

func (e *editor) send(body string) {
	if _, err := fmt.Fprintf(e.in, "Content-Length: %d\r\n\r\n%s", len(body), body); err != nil {
		e.t.Fatal(err)
	}
}

func (e *editor) notify(method string, params any) {
	text, _ := json.Marshal(params)
	e.send(fmt.Sprintf(`{"jsonrpc":"2.0","method":%q,"params":%s}`, method, text))
}

type reply struct {
	ID     json.RawMessage
	Method string
	Params json.RawMessage
	Result json.RawMessage
	Error  *failure
}

// next is the next message of the server.
func (e *editor) next() reply {
	e.t.Helper()
	m, err := (&reader{e.out}).header()
	if err != nil {
		e.t.Fatal(err)
	}
	body := make([]byte, m)
	if _, err := io.ReadFull(e.out, body); err != nil {
		e.t.Fatal(err)
	}
	var r reply
	if err := json.Unmarshal(body, &r); err != nil {
		e.t.Fatal(err)
	}
	return r
}

// ask sends a request and waits for its answer.
func (e *editor) ask(method string, params any) reply {
	e.t.Helper()
	e.last++
	text, _ := json.Marshal(params)
	e.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":%q,"params":%s}`, e.last, method, text))
	for {
		r := e.next()
		if r.Method != "" {
			e.said[r.Method] = append(e.said[r.Method], r.Params)
			continue
		}
		return r
	}
}

type M = map[string]any

func doc(uri string) M { return M{"uri": uri} }

func (e *editor) open(uri, text string) {
	e.notify("textDocument/didOpen", M{"textDocument": M{"uri": uri, "languageId": "tlaplus", "version": 1, "text": text}})
}

// problems are the next diagnostics that are told of uri: "line:column code".
func (e *editor) problems(uri string) (out []string) {
	e.t.Helper()
	for {
		r := e.next()
		var p struct {
			URI         string
			Diagnostics []diagnostic
		}
		if r.Method != "textDocument/publishDiagnostics" || json.Unmarshal(r.Params, &p) != nil || p.URI != uri {
			continue
		}
		for _, d := range p.Diagnostics {
			out = append(out, fmt.Sprintf("%d:%d %s", d.Range.Start.Line, d.Range.Start.Character, d.Code))
		}
		return out
	}
}

const ring = `---- MODULE Ring ----
EXTENDS Integers, Sequences
CONSTANT N
VARIABLES at, seen \* the token, and where it was

\* One step of the token, to
\* the next node.
Pass(to) ==
  /\ at' = to
  /\ seen' = Append(seen, at)
Next == \E i \in 0..N : Pass(i)
Twice == LET two == at + at IN two + two
𝔸 == at
====
`

// at is the position of the n-th occurrence of word in text, from 1.
func at(text, word string, n int) M {
	i := 0
	for range n {
		i += strings.Index(text[i:], word) + 1
	}
	p := place(text, i-1)
	return M{"line": p.Line, "character": p.Character}
}

// TestNames: what a name is, where it is defined, and where it is used.
func TestNames(t *testing.T) {
	ring := strings.Replace(ring, "𝔸", "A", 1)
	e := start(t)
	if r := e.ask("initialize", M{"capabilities": M{}}); r.Error != nil {
		t.Fatal(r.Error)
	}
	uri := uriOf(filepath.Join(t.TempDir(), "Ring.tla"))
	e.open(uri, ring)
	if got := e.problems(uri); got != nil {
		t.Fatalf("problems: %v", got)
	}
	for _, c := range []struct {
		word  string
		n     int
		hover string
		line  int // of the definition, from 0; -1 for none
		uses  int
	}{
		{"at'", 1, "variable, `Int`", 3, 6},
		{"Pass(i", 1, "Pass(to)\n```\ndefinition of level action, module Ring, `(Int) => Bool`\n\nOne step of the token, to\nthe next node.", 7, 2},
		{"to\n  /\\ seen", 1, "parameter", 7, 2},
		{"i)", 1, "bound name", 10, 2},
		{"two + two", 1, "definition of level state", 11, 3},
		{"N :", 1, "constant, `Int`", 2, 2},
		{"seen'", 1, "variable, `Seq(Int)`", 3, 3},
		{"MODULE", 1, "", -1, 0},
	} {
		p := M{"textDocument": doc(uri), "position": at(ring, c.word, c.n)}
		if r := e.ask("textDocument/hover", p); !strings.Contains(strings.ReplaceAll(string(r.Result), `\n`, "\n"), strings.ReplaceAll(c.hover, "=>", `=\u003e`)) {
			t.Errorf("hover of %s: %s; want %q in it", c.word, r.Result, c.hover)
		}
		var where location
		r := e.ask("textDocument/definition", p)
		_ = json.Unmarshal(r.Result, &where)
		if c.line < 0 && string(r.Result) != "null" || c.line >= 0 && (where.URI != uri || where.Range.Start.Line != c.line) {
			t.Errorf("definition of %s: %s; want line %d", c.word, r.Result, c.line)
		}
		var uses []location
		r = e.ask("textDocument/references", p)
		if _ = json.Unmarshal(r.Result, &uses); len(uses) != c.uses {
			t.Errorf("references of %s: %s; want %d", c.word, r.Result, c.uses)
		}
	}
	if r := e.ask("textDocument/documentSymbol", M{"textDocument": doc(uri)}); strings.Count(string(r.Result), `"name"`) != 7 {
		t.Errorf("symbols: %s", r.Result)
	}
}

// TestTyping: what is wrong is told after each change, and what was right before
// still answers; columns are in UTF-16 units.
func TestTyping(t *testing.T) {
	e := start(t)
	uri := uriOf(filepath.Join(t.TempDir(), "Ring.tla"))
	text := strings.Replace(ring, "𝔸 == at\n", "A == \"𝔸\" # Nobody\n", 1)
	e.open(uri, text)
	if got := fmt.Sprint(e.problems(uri)); got != "[12:12 E201]" {
		t.Fatalf("problems: %s", got)
	}
	edit := func(word, by string) {
		from := at(text, word, 1)
		to := place(text, strings.Index(text, word)+len(word))
		e.notify("textDocument/didChange", M{"textDocument": doc(uri), "contentChanges": []M{{"range": M{"start": from, "end": M{"line": to.Line, "character": to.Character}}, "text": by}}})
		text = strings.Replace(text, word, by, 1)
	}
	edit("Nobody", "at")
	if got := e.problems(uri); got != nil {
		t.Fatalf("problems: %v", got)
	}
	edit("at' = to", "at' = ")
	if got := fmt.Sprint(e.problems(uri)); !strings.HasPrefix(got, "[9:2 E") {
		t.Fatalf("problems: %s", got)
	}
	if r := e.ask("textDocument/hover", M{"textDocument": doc(uri), "position": at(text, "seen", 1)}); !strings.Contains(string(r.Result), "variable") {
		t.Errorf("hover while the text has errors: %s", r.Result)
	}
	if r := e.ask("textDocument/completion", M{"textDocument": doc(uri), "position": at(text, "Sequences", 1)}); !strings.Contains(string(r.Result), "FiniteSets") {
		t.Errorf("completion behind EXTENDS: %s", r.Result)
	}
	if r := e.ask("textDocument/completion", M{"textDocument": doc(uri), "position": at(text, "Pass(i", 1)}); !strings.Contains(string(r.Result), "Twice") || !strings.Contains(string(r.Result), "UNCHANGED") {
		t.Errorf("completion: %s", r.Result)
	}
	e.notify("textDocument/didClose", M{"textDocument": doc(uri)})
	if got := e.problems(uri); got != nil {
		t.Errorf("problems of a closed document: %v", got)
	}
}

// TestOtherModules: a module that another one extends counts as the editor has it.
func TestOtherModules(t *testing.T) {
	e := start(t)
	folder := t.TempDir()
	base, top := uriOf(filepath.Join(folder, "Base.tla")), uriOf(filepath.Join(folder, "Top.tla"))
	e.open(top, "---- MODULE Top ----\nEXTENDS Base\nB == One\n====\n")
	if got := fmt.Sprint(e.problems(top)); !strings.HasPrefix(got, "[1:8 ") {
		t.Fatalf("problems: %s", got)
	}
	e.open(base, "---- MODULE Base ----\nOne == 1\n====\n")
	if got := e.problems(top); got != nil {
		t.Fatalf("problems: %v", got)
	}
	r := e.ask("textDocument/definition", M{"textDocument": doc(top), "position": M{"line": 2, "character": 6}})
	if !strings.Contains(string(r.Result), base) || !strings.Contains(string(r.Result), `"line":1`) {
		t.Errorf("definition in another module: %s", r.Result)
	}
}

// TestMalformed: messages that are none are answered with what is wrong with them,
// and the server goes on.
func TestMalformed(t *testing.T) {
	e := start(t)
	for _, c := range []struct {
		raw  string
		code int
	}{
		{"Content-Length: 5\r\n\r\n{oops", codeParse},
		{"Content-Length: 2\r\n\r\n[]", codeParse},
		{"Content-Length: nine\r\n\r\n", codeParse},
		{"Content-Length: -7\r\n\r\n", codeParse},
		{"X: y\r\n\r\n", codeParse},
	} {
		if _, err := io.WriteString(e.in, c.raw); err != nil {
			t.Fatal(err)
		}
		if r := e.next(); r.Error == nil || r.Error.Code != c.code {
			t.Errorf("%q: %+v", c.raw, r)
		}
	}
	for _, c := range []struct {
		method string
		params any
		code   int
	}{
		{"textDocument/nothing", M{}, codeNoMethod},
		{"textDocument/hover", []int{1}, codeInvalidParams},
		{"textDocument/hover", M{"textDocument": doc("file:///never/opened.tla")}, codeInvalidParams},
		{"textDocument/completion", M{"textDocument": 3}, codeInvalidParams},
	} {
		if r := e.ask(c.method, c.params); r.Error == nil || r.Error.Code != c.code {
			t.Errorf("%s: %+v", c.method, r)
		}
	}
	uri := uriOf(filepath.Join(t.TempDir(), "M.tla"))
	e.open(uri, "---- MODULE M ----\n====\n")
	e.problems(uri)
	e.notify("textDocument/didChange", M{"textDocument": doc(uri), "contentChanges": []M{{"range": M{"start": M{"line": 99, "character": 9}, "end": M{"line": 0, "character": 0}}, "text": "x"}}})
	e.problems(uri)
	if r := e.ask("textDocument/hover", M{"textDocument": doc(uri), "position": M{"line": -4, "character": 7777}}); r.Error != nil {
		t.Errorf("a place that is nowhere: %+v", r.Error)
	}
	if r := e.ask("shutdown", nil); r.Error != nil {
		t.Error(r.Error)
	}
	e.notify("exit", nil)
	if err := <-e.done; err != nil {
		t.Error(err)
	}
}

// FuzzServer: no stream of bytes ends the server but by its end, or in a panic.
func FuzzServer(f *testing.F) {
	f.Add([]byte("Content-Length: 2\r\n\r\n{}"), "x")
	f.Add([]byte(`Content-Length: 58`+"\r\n\r\n"+`{"jsonrpc":"2.0","id":1,"method":"textDocument/hover"}    `), ring)
	f.Fuzz(func(t *testing.T, raw []byte, text string) {
		body, _ := json.Marshal(M{"method": "textDocument/didOpen", "params": M{"textDocument": M{"uri": "file:///x/Ring.tla", "text": text}}})
		ask := `{"id":2,"method":"textDocument/references","params":{"textDocument":{"uri":"file:///x/Ring.tla"},"position":{"line":3,"character":4}}}`
		var in, out bytes.Buffer
		for _, m := range [][]byte{body, []byte(ask)} {
			fmt.Fprintf(&in, "Content-Length: %d\r\n\r\n%s", len(m), m)
		}
		in.Write(raw)
		s := Server{FS: source.Nothing}
		if err := s.Serve(t.Context(), &in, &out); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), "internal error") {
			t.Fatal(out.String())
		}
	})
}

// BenchmarkChange is a change in a module of 2,000 lines, until what is wrong is told.
func BenchmarkChange(b *testing.B) {
	var text strings.Builder
	text.WriteString("---- MODULE Large ----\nEXTENDS Integers\nVARIABLES x, y\n")
	for i := range 660 {
		fmt.Fprintf(&text, "Op%d(a) == /\\ x' = a + %d\n  /\\ y' = [y EXCEPT ![a] = x]\n  /\\ \\A i \\in 1..x : i > y[i]\n", i, i)
	}
	text.WriteString("====\n")
	s := Server{FS: source.Nothing, out: &writer{out: io.Discard}, docs: map[string]*document{}}
	d := &document{uri: "file:///x/Large.tla", path: "/x/Large.tla", text: text.String()}
	s.docs[d.uri] = d
	for b.Loop() {
		s.diagnose(d)
	}
}
