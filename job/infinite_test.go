package job

import (
	"context"
	"strings"
	"testing"
)

// TestGuardedChoices: choices from sets without end that their guards bound are those
// from sets that are as large as need be, in initial predicates, steps and ENABLED.
func TestGuardedChoices(t *testing.T) {
	const spec = `---- MODULE M ----
EXTENDS Integers
VARIABLES x, y
Init == \E v \in Nat : v <= 1 /\ x = v /\ y = 0
Next == \E v \in Nat, d \in Int : v <= x + 1 /\ d = v - x /\ x' = v /\ y' = d
Small == x < 5
Spec == Init /\ [][Next]_<<x, y>> /\ WF_<<x, y>>(Next)
Inv == ENABLED Next /\ ENABLED (\E v \in Nat : <<v, 1>> \in {<<x, 1>>, <<-1, 1>>} /\ x' = v)
Live == []<>(y = 0)
====
`
	run := func(text string) (code, generated, distinct int) {
		j := &Job{Root: "M", Config: "M.cfg", Engine: "explicit", Workers: 1, Modules: map[string]string{
			"M.tla": text, "M.cfg": "SPECIFICATION Spec\nINVARIANT Inv\nPROPERTY Live\nCONSTRAINT Small\n"}}
		r := Load(context.Background(), j, Env{}).Run(context.Background())
		if r.Counts == nil {
			t.Fatal(r.Err)
		}
		return r.ExitCode(), int(r.Counts.Generated), int(r.Counts.Distinct)
	}
	code, generated, distinct := run(spec)
	c, g, d := run(strings.NewReplacer(`\in Nat`, `\in 0..9`, `\in Int`, `\in -9..9`).Replace(spec))
	if code != c || generated != g || distinct != d || distinct < 10 {
		t.Errorf("%d, %d states generated, %d distinct; of finite sets %d, %d, %d", code, generated, distinct, c, g, d)
	}
}
