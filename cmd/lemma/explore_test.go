package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/source"
)

const savedFolder = "../../trace/saved/testdata/"

// explored is what a session prints, and its exit code.
func explored(t *testing.T, input string, args ...string) (string, int) {
	t.Helper()
	var out strings.Builder
	a := &app{in: strings.NewReader(input), out: &out, err: &out, files: &source.Set{}, phase: "starting"}
	code := a.run(context.Background(), append([]string{"explore"}, args...))
	return out.String(), code
}

// TestExplore walks through what TLC printed: forward, by hand, and back.
func TestExplore(t *testing.T) {
	saved := filepath.Join(t.TempDir(), "mine.itf.json")
	out, code := explored(t, `
count[n1]
Len(items')
?steps
?take 2
?why
?only n1
?watch owner
?g 9
?b
?trace
?save `+saved+`
?reset
?g 12

1 +
`, savedFolder+"Q.tla", savedFolder+"tlc.txt")
	for _, want := range []string{
		"State 1 of 12: InitialState\n", "State 2 of 12: Put(n1)  Q.tla:7:1\n", "\n0\n2\n",
		"2. Take(n1)\n", "State 3 of 3: Take(n1)", "items # <<>> is true", "* count[n1] = 1\n", "  owner = n1\n", "?g takes a state from 1 to 3",
		"3. Take(n1)\n", "count[n1]: 0 -> 1", "State 12 of 12", "The behaviour returns to step 7", "State 7 of 12", "E110",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
			break
		}
	}
	if code != 0 {
		t.Errorf("exit code %d", code)
	}
	out, code = explored(t, "\n\n", savedFolder+"Q.tla", saved)
	if code != 0 || !strings.Contains(out, "State 3 of 3: Take(n1)") {
		t.Errorf("%d: what was saved is opened as\n%s", code, out)
	}
}

// TestExploreInitial begins without a trace.
func TestExploreInitial(t *testing.T) {
	out, code := explored(t, "?take 1\n?steps\n", savedFolder+"Q.tla")
	if code != 0 || !strings.Contains(out, "State 2 of 2: Put(n1)") {
		t.Errorf("%d: %s", code, out)
	}
}

func TestExploreErrors(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "bad")
	if err := os.WriteFile(bad, []byte("State 1: <Initial predicate>\n/\\ x = 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		trace, want string
		code        int
	}{
		{bad, "S122: " + bad + ": state 1 of the trace has no value for items, owner, count, last; it has x", 153},
		{savedFolder + "Q.tla", "no trace of a known form", 153},
		{bad + ".no", "cannot read", 153},
	} {
		if out, code := explored(t, "", savedFolder+"Q.tla", tt.trace); code != tt.code || !strings.Contains(out, tt.want) {
			t.Errorf("%d: %s, want %d: %s", code, out, tt.code, tt.want)
		}
	}
}

// TestExploreWeb serves the pages with the behaviour until it is interrupted.
func TestExploreWeb(t *testing.T) {
	in, out := io.Pipe()
	ctx, cancel := context.WithCancel(context.Background())
	a := &app{in: strings.NewReader(""), out: out, err: io.Discard, files: &source.Set{}, phase: "starting"}
	ended := make(chan int, 1)
	go func() {
		ended <- a.run(ctx, []string{"explore", savedFolder + "Q.tla", savedFolder + "tlc.txt", "--web"})
		out.Close()
	}()
	line, err := bufio.NewReader(in).ReadString('\n')
	url, _, ok := strings.Cut(line, "/#/")
	if err != nil || !ok {
		t.Fatalf("%q %v", line, err)
	}
	r, err := http.Get(url + "/api/v1/local")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r.Body)
	r.Body.Close()
	if err != nil || !strings.Contains(string(text), `"Put(n1)"`) || !strings.Contains(string(text), "MODULE Q") {
		t.Errorf("%v: %.300s", err, text)
	}
	cancel()
	select {
	case code := <-ended:
		if code != 0 {
			t.Errorf("exit code %d", code)
		}
	case <-time.After(10 * time.Second):
		t.Error("it does not end")
	}
}
