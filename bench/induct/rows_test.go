package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// The folder of the module, as for go run.
func TestMain(m *testing.M) {
	if err := os.Chdir(filepath.Join("..", "..")); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// TestEveryProtocolHasARow: each row can be read, and each bundled protocol has one.
func TestEveryProtocolHasARow(t *testing.T) {
	for _, r := range rows {
		if _, err := load(r); err != nil {
			t.Error(err)
		}
	}
	files, err := filepath.Glob("specs/protocols/*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		if !slices.ContainsFunc(rows, func(r row) bool { return r.name == filepath.Base(f) }) {
			t.Errorf("%s has no row", f)
		}
	}
}

// TestMedian: runs that prove nothing count as the longest ones.
func TestMedian(t *testing.T) {
	r := row{target: 2 * time.Second}
	for _, test := range []struct {
		seconds []int
		failed  int
		met     bool
	}{
		{[]int{1, 1, 1, 9, 9}, 0, true},
		{[]int{1, 1, 1}, 2, true},
		{[]int{1, 1}, 3, false},
		{[]int{1, 3, 3, 3, 3}, 0, false},
		{[]int{2}, 0, true},
		{nil, 1, false},
	} {
		m := measurement{failed: test.failed}
		for _, s := range test.seconds {
			m.times = append(m.times, time.Duration(s)*time.Second)
		}
		if m.met(r) != test.met {
			t.Errorf("%v, and %d failed: met is %t", test.seconds, test.failed, !test.met)
		}
	}
	some := measurement{times: []time.Duration{time.Second, time.Second}, failed: 1}
	if r.all = true; some.met(r) {
		t.Error("a target for all seeds is met by some")
	}
}
