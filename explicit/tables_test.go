package explicit

import (
	"errors"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/explicit/checkpoint"
	"github.com/lemma-mc/lemma/trace"
)

// TestTables: an operator constant may be given by its values; arguments that
// have none are an error.
func TestTables(t *testing.T) {
	const body = `CONSTANT F(_, _)
		VARIABLE x
		Init == x = 0
		Next == x' = F(x, "up")
		Inv == x # 2`
	for _, test := range []struct {
		last   string
		status trace.Status
		code   diag.Code
	}{
		{`F(1, "up") = 2`, trace.Violated, ""},
		{`F(1, "up") = 0`, trace.Verified, ""},
		{`F(1, "down") = 0`, trace.Failed, "R101"},
	} {
		r := Check(t.Context(), load(t, body, plainConfig+"INVARIANT Inv\nCONSTANT F(0, \"up\") = 1 "+test.last+"\n"), Options{Workers: 1})
		var d *diag.Error
		if r.Status != test.status || test.code != "" && (!errors.As(r.Err, &d) || d.Diagnostics[0].Code != test.code) {
			t.Errorf("%s: %v, %v; want %v %s", test.last, r.Status, r.Err, test.status, test.code)
		}
	}
}

// TestSignatureSeesTables: a checkpoint under another table is another's.
func TestSignatureSeesTables(t *testing.T) {
	const body = "CONSTANT F(_)\nVARIABLE x\nInit == x = 0\nNext == x' = F(x)"
	one, two := load(t, body, plainConfig+"CONSTANT F(0) = 1\n"), load(t, body, plainConfig+"CONSTANT F(0) = 2\n")
	if checkpoint.SignatureOf(one) == checkpoint.SignatureOf(two) {
		t.Error("two tables have one signature")
	}
}
