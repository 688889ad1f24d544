package main

import (
	"go/parser"
	"go/token"
	"slices"
	"testing"
)

// TestFaultsApply checks that every fault still has its place in the code, and
// that what stands there with it is Go.
func TestFaultsApply(t *testing.T) {
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	texts, err := faulty(root, faults)
	if err != nil {
		t.Fatal(err)
	}
	for path, text := range texts {
		if _, err := parser.ParseFile(token.NewFileSet(), path, text, 0); err != nil {
			t.Error(err)
		}
	}
}

// TestFaultsMany checks that the table is as large as it says, in every package
// that can change a verdict, and that its rows can be told apart.
func TestFaultsMany(t *testing.T) {
	if len(faults) < 60 {
		t.Errorf("%d faults, want 60 or more", len(faults))
	}
	names, dirs := map[string]bool{}, map[string]bool{}
	for _, f := range faults {
		if names[f.name] {
			t.Errorf("two faults are called %q", f.name)
		}
		names[f.name], dirs[f.dir] = true, true
		for _, e := range f.seenBy {
			if !e.isTest() && !slices.Contains(engines, e) {
				t.Errorf("%s: there is no engine %s", f.name, e)
			}
		}
	}
	for _, dir := range []string{"value", "eval", "explicit", "explicit/rows", "temporal", "temporal/liveness", "encode", "bmc", "induction", "induction/prover", "job", "validate", "explain", "smt", "ir", "frontend", "frontend/module", "frontend/pluscal"} {
		if !dirs[dir] {
			t.Errorf("no fault in %s", dir)
		}
	}
}
