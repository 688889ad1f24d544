package job

import (
	"context"
	"fmt"
	"testing"
	"testing/fstest"
)

// TestFurtherInvariants: a job's invariants may be about steps, and about the
// states so far where an engine keeps them; those of a config may not.
func TestFurtherInvariants(t *testing.T) {
	const spec = `---- MODULE Climb ----
EXTENDS Integers, Sequences
VARIABLE n
Init == n = 0
Next == n' \in {n, n + 1, 0} /\ n' < 4
ByOne == n' <= n + 1
Up == n' > n
Started(h) == h[1].n = 0
Short(h) == Len(h) < 3 \/ h[2].n # 1
Plain == n < 4
====
`
	for _, c := range []struct {
		settings string
		exit     int
	}{
		{`"invariants": ["ByOne"]`, 0},
		{`"invariants": ["Up"]`, 13},
		{`"invariants": ["Up"], "engine": "bmc"`, 13},
		{`"invariants": ["n' # 3", "Plain"]`, 13},
		{`"invariants": ["Started", "Plain"]`, 0},
		{`"invariants": ["Short"], "engine": "bmc"`, 12},
		{`"invariants": ["Short"]`, 12},
		{`"invariants": ["Short"], "engine": "explicit"`, 121},
		{`"invariants": ["Short"], "engine": "simulate"`, 121},
		{`"invariants": ["Short"], "engine": "induct"`, 121},
		{`"invariants": ["Short"], "cross_check": true`, 121},
		{`"config": "Short.cfg"`, 151},
		{`"config": "Up.cfg"`, 151},
	} {
		files := fstest.MapFS{"Climb.tla": {Data: []byte(spec)},
			"Short.cfg": {Data: []byte("INIT Init NEXT Next INVARIANT Short")}, "Up.cfg": {Data: []byte("INIT Init NEXT Next INVARIANT Up")}}
		_, r := run(t, context.Background(), fmt.Sprintf(`{"root_module": "Climb", %s}`, c.settings), Env{FS: files})
		if r.ExitCode() != c.exit {
			t.Errorf("%s: exit code %d, %s; want %d", c.settings, r.ExitCode(), r.Headline(), c.exit)
		}
	}
}
