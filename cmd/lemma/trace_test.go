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
