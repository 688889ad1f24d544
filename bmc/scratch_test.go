package bmc

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"
)

// go test -run Scratch with SPEC, CFG, DEPTH
func TestScratch(t *testing.T) {
	spec := os.Getenv("SPEC")
	if spec == "" {
		t.Skip()
	}
	cfg := os.Getenv("CFG")
	if cfg == "" {
		cfg = spec[:len(spec)-4] + ".cfg"
	}
	sys := load(t, spec, cfg, nil)
	d, _ := strconv.Atoi(os.Getenv("DEPTH"))
	start := time.Now()
	ctx, cancel := context.WithTimeout(context.Background(), 120*time.Second)
	defer cancel()
	r := Check(ctx, sys, Options{Depth: d, Solver: os.Getenv("SOLVER"), Progress: func(p Progress) {
		fmt.Println(p.Depth, p.Terms, p.Queries, p.Solving, time.Since(start))
	}})
	fmt.Println(r.Status, r.Message, r.Err, r.Reason, r.Notes, r.Warnings, r.Duration)
	for _, v := range r.Violations {
		fmt.Println(v.Kind, v.Name, v.Step)
		if v.Behaviour != nil {
		for _, s := range v.Behaviour.Steps {
			fmt.Println(" ", s.Action, s.State)
		}
		}
	}
}
