package tlatools

import (
	"strings"
	"testing"
)

// TestTools runs each program once, on what it takes and on what it refuses.
func TestTools(t *testing.T) {
	j := Start(t)
	const algorithm = "---- MODULE M ----\n(* --algorithm A\nbegin skip; end algorithm *)\n====\n"
	module, messages, ok := j.Translate(t, algorithm)
	if !ok || !strings.Contains(module, "END TRANSLATION") {
		t.Errorf("not translated: %s", messages)
	}
	if _, messages, ok := j.Translate(t, strings.Replace(algorithm, "skip", "skipp", 1)); ok {
		t.Errorf("translated: %s", messages)
	}
	if messages, ok := j.Parse(t, "---- MODULE M ----\nA == 1\n====\n"); !ok {
		t.Errorf("not parsed: %s", messages)
	}
	for _, wrong := range []string{"A == ", "A == B", "A == 1 A == 2"} {
		if messages, ok := j.Parse(t, "---- MODULE M ----\n"+wrong+"\n====\n"); ok {
			t.Errorf("parsed: %s", messages)
		}
	}
	if exit, text := j.Run(t, "tlc2.TLC", "/nowhere/M.tla"); exit == 0 {
		t.Errorf("checked: %s", text)
	}
}
