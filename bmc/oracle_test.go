package bmc

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/show"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// bfs lists reachable states by the evaluator alone, as Levels does by the
// solver; errLimit tells that there are more than limit, beside the levels before.
func bfs(sys *ir.System, depth, limit int) ([][]eval.State, error) {
	m := eval.New(sys, eval.Options{})
	seen := map[string]bool{}
	var level []eval.State
	add := func(to *[]eval.State, s eval.State) bool {
		key := stateKey(s)
		if !seen[key] {
			seen[key] = true
			*to = append(*to, slices.Clone(s))
		}
		return len(seen) <= limit
	}
	if err := m.Init(func(s eval.State) bool { return add(&level, s) }); err != nil {
		return nil, err
	}
	var levels [][]eval.State
	for k := 0; len(level) > 0; k++ {
		slices.SortFunc(level, compareStates)
		levels = append(levels, level)
		if k == depth {
			break
		}
		var next []eval.State
		for _, s := range level {
			inside := true
			for _, c := range sys.Constraints {
				ok, err := m.Bool(c.Expr, s, nil)
				if err != nil {
					return nil, err
				}
				inside = inside && ok
			}
			if !inside {
				continue
			}
			if err := m.Successors(s, func(t eval.Successor) bool { return add(&next, t.State) }); err != nil {
				return levels, err
			}
		}
		level = next
		if len(seen) > limit {
			return levels, errLimit
		}
	}
	return levels, nil
}

var errLimit = errors.New("too many states")

func stateKey(s eval.State) string {
	var b strings.Builder
	for _, v := range s {
		b.WriteString(v.String())
		b.WriteByte(0)
	}
	return b.String()
}

// firstViolation is the first state, counted from 1, that violates Inv or has
// no successor, by the evaluator.
func firstViolation(t testing.TB, sys *ir.System, levels [][]eval.State) (step int, kind trace.ViolationKind) {
	t.Helper()
	m := eval.New(sys, eval.Options{})
	for k, level := range levels {
		for _, s := range level {
			if ok, err := m.Bool(sys.Defs["Inv"].Body, s, nil); err != nil {
				t.Fatal(err)
			} else if !ok {
				return k + 1, trace.Invariant
			}
		}
		for _, s := range level {
			stuck := true
			if err := m.Successors(s, func(eval.Successor) bool { stuck = false; return false }); err != nil {
				t.Fatal(err)
			}
			if stuck {
				return k + 1, trace.Deadlock
			}
		}
	}
	return 0, ""
}

// inline loads a module text with Init, Next, invariants and properties.
func inline(t testing.TB, text string, invariants []string, properties ...string) *ir.System {
	t.Helper()
	o := frontend.Options{
		Files: new(source.Set), Spec: "T.tla", Inline: map[string]string{"T.tla": text},
		Init: "Init", Next: "Next", Invariants: invariants, Properties: properties,
	}
	sys, _, err := frontend.Load(o)
	if err != nil {
		t.Fatal(show.RenderError(o.Files, err) + "\n" + text)
	}
	return sys
}
