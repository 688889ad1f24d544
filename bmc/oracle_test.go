package bmc

import (
	"errors"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
)

// bfs lists reachable states by the evaluator alone, as Levels does by the
// solver; errLimit tells that there are more than limit.
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
			return nil, errLimit
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
