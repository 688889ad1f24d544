package explicit

import (
	"slices"

	"github.com/lemma-mc/lemma/temporal/liveness"
	"github.com/lemma-mc/lemma/trace"
)

// A specification may look at TLCGet("level"). The graph has the steps that
// the search found, each at the level where its state was met first; so that is
// the level of a state also when a behaviour comes to it again.

// count gives the states their levels, by going through the graph breadth-first
// as the search did.
func (g *liveGraph) count() {
	g.levels = make([]int32, g.States)
	found := slices.Clone(g.Init)
	for _, r := range found {
		g.levels[r] = 1
	}
	for i := 0; i < len(found); i++ {
		r := found[i]
		steps := g.Steps(r)
		for k := range steps.N {
			if to := steps.To(k); g.levels[to] == 0 {
				g.levels[to] = g.levels[r] + 1
				found = append(found, to)
			}
		}
	}
}

// level is that of the state which step e leaves, for state number i of a
// behaviour where levels do not matter.
func (g *liveGraph) level(e liveness.Taken, i int) int {
	if g.levels == nil {
		return i
	}
	return int(g.levels[e.From])
}

// replay checks that path is a behaviour of the spec, each step at its level.
func (k *check) replay(path *trace.Behaviour, levels []int) error {
	defer func() { k.Told.Level = 0 }()
	if levels == nil {
		return k.Machine.Replay(path, nil, false)
	}
	k.Told.Level = 0
	if err := k.Machine.Replay(&trace.Behaviour{Vars: path.Vars, Steps: path.Steps[:1]}, nil, false); err != nil {
		return err
	}
	for i := range path.Steps[1:] {
		k.Told.Level = levels[i]
		if err := k.Machine.Replay(&trace.Behaviour{Vars: path.Vars, Steps: path.Steps[i : i+2]}, nil, true); err != nil {
			return err
		}
	}
	return nil
}
