package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestKilled kills searches at many times, twice each, and recovers them: they
// end as if nothing had been. A few are done always, many with LEMMA_LONG=1.
func TestKilled(t *testing.T) {
	text, err := os.ReadFile("testdata/script/recover.txtar")
	if err != nil {
		t.Fatal(err)
	}
	_, spec, _ := strings.Cut(string(text), "\n-- ")
	searches := []struct{ flags, code, outcome string }{
		{"", "0", "VERIFIED: engine explicit; 2,500,001 states generated, 390,625 distinct, 0 left"},
		{"--fingerprint 128", "0", "VERIFIED: engine explicit; 2,500,001 states generated, 390,625 distinct, 0 left"},
		{"--invariant 'f[1] + f[2] < 8 \\/ f[3] + f[4] < 8'", "12", "Invariant .* is violated in state 17"},
		{"--property '[]<>(f[1] = 3)'", "13", "Temporal property .* is violated"},
	}
	n := len(searches)
	if os.Getenv("LEMMA_LONG") != "" {
		n *= 8
	}
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(3, 3))
	for i := range n {
		s := searches[i%len(searches)]
		script := killTwice(s.flags, s.code, s.outcome, r.IntN(100), r.IntN(100)) + "-- " + spec
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%02d.txtar", i)), []byte(script), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	testscript.Run(t, testscript.Params{Dir: dir, Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits}})
}

// killTwice writes a script: the search that flags ask for is killed so many
// milliseconds after its first checkpoint, goes on and is killed again, and
// ends with the exit code and the outcome.
func killTwice(flags, code, outcome string, first, second int) string {
	const check = "lemma check Counters.tla --explicit --no-progress --checkpoint-every 1ms"
	return fmt.Sprintf(`[!unix] skip
env KILL_AFTER=%d
! exec killed-%[3]s --checkpoint saved %[4]s
! stdout .
env KILL_AFTER=%[2]d
! exec killed-%[3]s --recover saved %[4]s
! stdout .
exits %[5]s %[3]s --recover saved %[4]s
stdout '%[6]s'
`, first, second, check, flags, code, outcome)
}
