package service_test

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// runs is lemma with arguments, in a folder: both of its outputs, and its exit code.
func (s *site) runs(folder string, args ...string) (out, err string, code int) {
	s.Helper()
	cmd := exec.Command(lemma, args...)
	var stdout, stderr bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr = folder, &stdout, &stderr
	if e := cmd.Run(); e != nil && cmd.ProcessState == nil {
		s.Fatal(e)
	}
	return stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()
}

// TestSubmit sends specs from files, with modules that they extend, and compares
// with lemma check.
func TestSubmit(t *testing.T) {
	s := newSite(t, "")
	s.serve()
	s.file("Base.tla", "---- MODULE Base ----\nEXTENDS Naturals\nCONSTANT N\nVARIABLE x\nInit == x = 0\nNext == x' = (x + 1) % N\n====")
	spec := s.file("Top.tla", "---- MODULE Top ----\nEXTENDS Base\nSmall == x < 3\n====")
	s.file("Top.cfg", "CONSTANT N = 5\nINVARIANT Small\n")
	s.file("Bad.tla", "---- MODULE Bad ----\nVARIABLE x\nInit == x = y\n====")
	s.file("job.json", `{"root_module": "Top.tla", "constants": {"N": 2}, "invariants": ["Small"], "init": "Init", "next": "Next"}`)
	tests := [][]string{
		{"Top.tla"}, {"Top.tla", "--constant", "N=3"}, {"Top.tla", "--bmc", "--depth", "2"}, {"Bad.tla"},
		{"-c", "job.json"}, {"Top.tla", "--invariant", "x < 2"},
	}
	for _, args := range tests {
		_, _, want := s.runs(filepath.Dir(spec), append([]string{"check"}, args...)...)
		out, err, got := s.runs(filepath.Dir(spec), append([]string{"submit", "--server", s.url}, args...)...)
		if got != want {
			t.Errorf("%v: exit code %d, check gives %d\n%s%s", args, got, want, out, err)
		}
	}
	if out, _, code := s.runs(filepath.Dir(spec), "submit", "--server", s.url, "Top.tla", "--format", "junit"); code != 12 || !strings.Contains(out, "<testsuite") {
		t.Errorf("junit: exit code %d\n%s", code, out)
	}
	if _, err, code := s.runs(filepath.Dir(spec), "submit", "--server", s.url, "Top.tla", "--solver", "smtlib:z3 -in", "--bmc"); code != 153 || !strings.Contains(err, "not one that this server allows") {
		t.Errorf("a solver that is not allowed: exit code %d\n%s", code, err)
	}
}
