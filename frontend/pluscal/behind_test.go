package pluscal

import (
	"strings"
	"testing"
)

// TestBehind expects a warning for a piece of an algorithm behind its last brace,
// and none for prose.
func TestBehind(t *testing.T) {
	for text, warned := range map[string]bool{
		"":                             false,
		";":                            false,
		"*******":                      false,
		"Notes: none, if any.":         false,
		"Notes on the process":         false,
		"(* process *)":                false,
		"process (p = 1) { l: skip; }": true,
		"fair process (p = 1) { }":     true,
		"}":                            true,
		"; }":                          true,
		"l2: x := 2; }":                true,
		"x := 2; }":                    true,
		"{ skip; }":                    true,
		"l2: skip; }":                  true,
		"l2: if (x = 1) skip; }":       true,
		"l2: await x = 1; }":           true,
		"l2: goto l; }":                true,
		"note: if this fails, print x": false,
		"note: print everything":       false,
		"skip what follows; it is old": false,
	} {
		x := translateText(t, "M.tla", "---- MODULE M ----\n(* --algorithm A { variables x = 0; { l: x := 1; } }\n"+text+"\n*)\n====\n")
		if x.units == nil {
			t.Fatalf("%s: %s", text, x.messages())
		}
		if got := strings.Contains(x.messages(), "behind the end of the algorithm"); got != warned {
			t.Errorf("%q: warned %v, want %v: %s", text, got, warned, x.messages())
		}
	}
}
