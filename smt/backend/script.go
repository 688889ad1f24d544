package backend

import (
	"context"
	"fmt"
	"os/exec"
	"strings"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/z3"
)

// Decide has the solver called name answer an SMT-LIB 2 script that asserts and
// then asks once: by its own reading of the text, which is the point. The SAT
// solver reads none, and leaves it to Z3.
func Decide(ctx context.Context, name, script string) (smt.Answer, error) {
	command, piped := strings.CutPrefix(name, "smtlib:")
	if !piped {
		return z3.Decide(ctx, script)
	}
	words := strings.Fields(command)
	if len(words) == 0 {
		return smt.Unknown, fmt.Errorf("there is no program in %q", name)
	}
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	cmd.Stdin = strings.NewReader(script)
	out, err := cmd.Output()
	switch strings.TrimSpace(string(out)) { // some exit with a code of their own
	case "unsat":
		return smt.Unsat, nil
	case "sat":
		return smt.Sat, nil
	case "unknown":
		return smt.Unknown, nil
	}
	switch {
	case ctx.Err() != nil:
		return smt.Unknown, context.Cause(ctx)
	case err != nil:
		return smt.Unknown, fmt.Errorf("%s: %w", words[0], err)
	}
	return smt.Unknown, fmt.Errorf("%s answers %.80q", words[0], out)
}
