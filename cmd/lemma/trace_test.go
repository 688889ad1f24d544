package main

import (
	"context"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/source"
)

// example is a command in a document, with what it prints.
var example = regexp.MustCompile("(?s)```console\n\\$ lemma ([^\n]*)\n(.*?)```")

var elapsed = regexp.MustCompile(`; [0-9.µm]* ?m?s\n`)

// TestTraceDocument runs the commands of docs/trace-validation.md: they print what
// it says, but for the time that they take.
func TestTraceDocument(t *testing.T) {
	text, err := os.ReadFile("../../docs/trace-validation.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir("../../docs/trace-validation")
	all := example.FindAllStringSubmatch(string(text), -1)
	if len(all) == 0 {
		t.Fatal("the document has no example")
	}
	for _, ex := range all {
		var out strings.Builder
		a := &app{in: strings.NewReader(""), out: &out, err: &out, files: &source.Set{}, phase: "starting"}
		a.run(context.Background(), strings.Fields(ex[1]))
		got, want := elapsed.ReplaceAllString(out.String(), "; ...\n"), elapsed.ReplaceAllString(ex[2], "; ...\n")
		if begin, more := strings.CutSuffix(want, "\n...\n"); got != want && !(more && strings.HasPrefix(got, begin+"\n")) {
			t.Errorf("lemma %s prints\n%s\nand the document says\n%s", ex[1], got, ex[2])
		}
	}
}

// TestTraceSpec checks a spec that reads its log itself, as CCF's and etcd's do: a log
// that it does not follow is a deadlock, and --explain says which conjunct is in the
// way of the next line.
func TestTraceSpec(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"Count.tla": "---- MODULE Count ----\nEXTENDS Naturals\nCONSTANT Nodes\nVARIABLE x\nInit == x = [n \\in Nodes |-> 0]\nAdd(n) == x' = [x EXCEPT ![n] = @ + 1]\n====",
		"TraceCount.tla": `---- MODULE TraceCount ----
EXTENDS Count, Sequences, Json
VARIABLE l
Log == ndJsonDeserialize("log.ndjson")
TraceInit == Init /\ l = 1
Line == /\ l <= Len(Log)
        /\ l' = l + 1
        /\ Add(Log[l].node)
        /\ "x" \in DOMAIN Log[l] => x'[Log[l].node] = Log[l].x
Done == l > Len(Log) /\ UNCHANGED <<x, l>>
TraceNext == Line \/ Done
====`,
		"TraceCount.cfg": "INIT TraceInit\nNEXT TraceNext\nCONSTANT Nodes = {\"a\", \"b\"}\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		last string
		code int
		want string
	}{
		{`{"node": "b", "x": 1}`, 0, "VERIFIED"},
		{`{"node": "b", "x": 2}`, 11, `Line: "x" \in DOMAIN Log[l] => x'[Log[l].node] = Log[l].x is false`},
	} {
		if err := os.WriteFile("log.ndjson", []byte("{\"node\": \"a\"}\n{\"node\": \"a\", \"x\": 2}\n"+tt.last+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		a := &app{in: strings.NewReader(""), out: &out, err: &out, files: &source.Set{}, phase: "starting"}
		if code := a.run(context.Background(), []string{"check", "TraceCount.tla", "--explain"}); code != tt.code || !strings.Contains(out.String(), tt.want) {
			t.Errorf("%d, want %d and %s\n%s", code, tt.code, tt.want, out.String())
		}
	}
}
