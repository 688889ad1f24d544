package specs

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"testing"

	"github.com/lemma-mc/lemma/internal/testprogram"
)

// program is lemma, built once for all tests of this package: what the specs
// say holds for what a user runs.
var program string

func TestMain(m *testing.M) { testprogram.Main(m, &program) }

// A run is what a command of lemma ended with.
type run struct {
	exit   int
	result result
}

// A result is what the tests look at in the JSON that the program prints.
type result struct {
	Status    string
	Message   string
	Violation struct {
		Kind, Name string
		Step       int
	}
	Generated  int `json:"states_explored"`
	Distinct   int `json:"distinct_states"`
	Depth      int
	Bound      int
	ErrorTrace []any `json:"error_trace"`
	LoopStart  int   `json:"loop_start"`
	Stuttering bool
	Proofs     []struct{ Name string }
	CTIs       []struct{ Goal string }
	Warnings   []struct{ Code, Message, At string }
	Error      struct{ Message, At string }
}

func (r result) summary() string {
	return fmt.Sprintf("%s: %s %s %s; %d generated, %d distinct, depth %d",
		r.Status, r.Message, r.Error.At, r.Error.Message, r.Generated, r.Distinct, r.Depth)
}

// lemma runs the program in folder dir.
func lemma(t testing.TB, dir string, args ...string) *run {
	t.Helper()
	var out, msgs bytes.Buffer
	cmd := exec.CommandContext(t.Context(), program, append(args, "--format", "json")...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &msgs
	r := &run{}
	err := cmd.Run()
	if exit, failed := errors.AsType[*exec.ExitError](err); failed {
		r.exit = exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out.Bytes(), &r.result); err != nil {
		t.Fatalf("lemma %v: no result: %v\n%s%s", args, err, out.Bytes(), msgs.Bytes())
	}
	return r
}

func (r *run) ended(status string, exit int) error {
	if r.result.Status != status || r.exit != exit {
		return fmt.Errorf("%s with exit code %d, not %s with %d", r.result.Status, r.exit, status, exit)
	}
	return nil
}

var exitCodes = map[string]int{"deadlock": 11, "invariant": 12, "liveness": 13}

func (r *run) violated(kind, name string, step int) error {
	if err := r.ended("VIOLATION_FOUND", exitCodes[kind]); err != nil {
		return err
	}
	if v := r.result.Violation; v.Kind != kind || v.Name != name || v.Step != step {
		return fmt.Errorf("violated: %s %s in state %d", v.Kind, v.Name, v.Step)
	}
	return same("states in the trace", len(r.result.ErrorTrace), step)
}

func (r *run) lasso(name string) error {
	if err := r.ended("VIOLATION_FOUND", exitCodes["liveness"]); err != nil {
		return err
	}
	switch v := r.result.Violation; {
	case v.Kind != "liveness" || v.Name != name:
		return fmt.Errorf("violated: %s %s", v.Kind, v.Name)
	case r.result.LoopStart == 0 && !r.result.Stuttering:
		return errors.New("no loop is shown")
	case r.result.LoopStart > len(r.result.ErrorTrace):
		return fmt.Errorf("the loop starts in state %d of %d", r.result.LoopStart, len(r.result.ErrorTrace))
	}
	return nil
}

func (r *run) clean(bound int) error {
	if err := r.ended("NO_VIOLATION_WITHIN_BOUND", 0); err != nil {
		return err
	}
	return same("steps searched", r.result.Bound, bound)
}

func (r *run) proved(name string) error {
	if err := r.ended("VERIFIED", 0); err != nil {
		return err
	}
	if !slices.ContainsFunc(r.result.Proofs, func(p struct{ Name string }) bool { return p.Name == name }) {
		return fmt.Errorf("proved only %v", r.result.Proofs)
	}
	return nil
}

// exitUnknown is the exit code of a run that gave up before an answer.
const exitUnknown = 152

// open wants a CTI, whose steps the engine has replayed, in place of a proof.
func (r *run) open(name string) error {
	if err := r.ended("UNKNOWN", exitUnknown); err != nil {
		return err
	}
	if !slices.ContainsFunc(r.result.CTIs, func(c struct{ Goal string }) bool { return c.Goal == name }) {
		return fmt.Errorf("CTIs only for %v", r.result.CTIs)
	}
	return nil
}

func same(what string, got, want int) error {
	if got != want {
		return fmt.Errorf("%s: %d, want %d", what, got, want)
	}
	return nil
}
