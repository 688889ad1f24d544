package mcp_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/service/mcp"
)

// TestLines checks that a line that is no message is answered with an error, and that
// the next one is heard.
func TestLines(t *testing.T) {
	const ping = `{"jsonrpc":"2.0","id":%d,"method":"ping"}`
	for i, tt := range []struct {
		line string
		code int // of the error that answers it; 0 where nothing does
	}{
		{``, 0},
		{`not JSON`, -32700},
		{`{"jsonrpc": "2.0", "id": 2, "method`, -32700},
		{fmt.Sprintf(ping, 7) + ` x`, -32700},
		{`42`, -32600},
		{`{"id": 3}`, -32600},
		{`[]`, -32600},
		{`[1, 2]`, -32600},
		{`[` + fmt.Sprintf(ping, 7) + `, 2]`, -32600},
		{`"` + strings.Repeat("x", 17<<20) + `"`, -32600},
	} {
		in, typed := io.Pipe()
		said, out := io.Pipe()
		go func() { _ = (&mcp.Tools{}).Server().Run(t.Context(), mcp.Lines{In: in, Out: out}) }()
		go func() { fmt.Fprintf(typed, "%s\n"+ping+"\n", tt.line, i) }()
		answers := bufio.NewReader(said)
		if tt.code != 0 {
			if got := answer(t, answers); got.ID != nil || got.Error.Code != tt.code {
				t.Errorf("%.40s: %+v, want an error %d", tt.line, got, tt.code)
			}
		}
		if got := answer(t, answers); got.ID == nil || *got.ID != i || got.Error.Code != 0 {
			t.Errorf("after %.40s: %+v", tt.line, got)
		}
		typed.Close()
	}
}

// TestLinesOfABatch checks that each message of a batch is answered.
func TestLinesOfABatch(t *testing.T) {
	in, typed := io.Pipe()
	said, out := io.Pipe()
	go func() { _ = (&mcp.Tools{}).Server().Run(t.Context(), mcp.Lines{In: in, Out: out}) }()
	go func() {
		fmt.Fprintln(typed, `[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":2,"method":"ping"}]`)
	}()
	answers := bufio.NewReader(said)
	sum := 0
	for range 2 {
		if got := answer(t, answers); got.ID != nil {
			sum += *got.ID
		}
	}
	if sum != 3 {
		t.Error("not each message of a batch is answered")
	}
	typed.Close()
}

type reply struct {
	ID    *int
	Error struct{ Code int }
}

func answer(t *testing.T, from *bufio.Reader) (r reply) {
	t.Helper()
	line, err := from.ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(line, &r); err != nil {
		t.Fatal(err)
	}
	return r
}
