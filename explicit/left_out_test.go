package explicit

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/explicit/plan"
	"github.com/lemma-mc/lemma/trace"
)

// TestLeftOut: a temporal property that cannot be checked keeps none of the others
// from being violated, wherever it stands among them, and is never passed over.
func TestLeftOut(t *testing.T) {
	const large, endless, fine, wrong = `~((\A i \in 0..69 : <>(t = i % 3 /\ i >= 0)) /\ [](t < 3))`, "Endless(0)", "[]<>(t = 2)", "<>[](t = 0)"
	for _, tt := range []struct {
		properties []string
		status     trace.Status
		left       int
		code       diag.Code // of the error
	}{
		{[]string{large, wrong}, trace.Violated, 1, ""},
		{[]string{endless, wrong}, trace.Violated, 1, ""},
		{[]string{wrong, endless}, trace.Violated, 1, ""},
		{[]string{large, endless, wrong}, trace.Violated, 2, ""},
		{[]string{fine, endless, "t = 0 => [](t < 2)"}, trace.Violated, 1, ""},
		{[]string{endless, "[](t < 2)"}, trace.Violated, 0, ""}, // it was not its turn
		{[]string{large, fine}, trace.Failed, 0, "U155"},
		{[]string{fine, large}, trace.Failed, 0, "U155"},
		{[]string{large, endless}, trace.Failed, 0, "U152"},
		{[]string{`\E k \in Nat : <>(t = k)`, wrong}, trace.Violated, 1, ""},
		{[]string{wrong, `\A k \in 0..t : <>(t = k)`}, trace.Violated, 1, ""},
		{[]string{`\E k \in Nat : <>(t = k)`, fine}, trace.Failed, 0, "U153"},
		{[]string{fine}, trace.Verified, 0, ""},
	} {
		config := "SPECIFICATION Runs\nCHECK_DEADLOCK FALSE\n"
		_, body, _ := strings.Cut(strings.TrimSuffix(clock, "===="), "EXTENDS Naturals\n")
		for i, p := range tt.properties {
			config += fmt.Sprintf("PROPERTY P%d\n", i)
			body += fmt.Sprintf("P%d == %s\n", i, p)
		}
		for workers := range 2 {
			r := Check(t.Context(), load(t, body, config), Options{Workers: workers + 1})
			left := 0
			for _, w := range r.Warnings {
				if w.Code == plan.CodeLeft {
					left++
				}
			}
			code := diag.Code("")
			if ds := diag.Of(r.Err); len(ds) > 0 {
				code = ds[0].Code
			}
			if r.Status != tt.status || left != tt.left || code != tt.code {
				t.Errorf("%v, %d workers: %v, %d left out, %s; want %v, %d, %s", tt.properties, workers+1, r.Status, left, code, tt.status, tt.left, tt.code)
			}
		}
	}
}
