package session

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/lemma-mc/lemma/job"
)

// TestGraphIsTheSearch: the state graph by the evaluator has as many states, and is
// as deep, as what the compiled search finds, on bundled specs.
func TestGraphIsTheSearch(t *testing.T) {
	whole := 0
	for _, name := range []string{"ElectionLivelock", "LeaderElection", "MinorityElection", "ClientServer", "LockServer", "TwoPhaseCommit", "SimpleElection", "TicketLock"} {
		task := job.Load(t.Context(), &job.Job{Model: name, Engine: "explicit"}, job.Env{})
		if task.Err != nil {
			t.Fatalf("%s: %v", name, task.Err)
		}
		sys := task.System
		sys.Invariants, sys.Properties, sys.CheckDeadlock, sys.Symmetry = nil, nil, false, nil
		r := task.Run(t.Context())
		a, _ := (&Inside{}).Reply(t.Context(), json.RawMessage(fmt.Sprintf(`{"kind": "graph", "job": {"model_name": %q}, "milliseconds": 60000}`, name)))
		if a.Problem != nil || r.Counts == nil {
			t.Fatalf("%s: %+v, %v", name, a.Problem, r.Err)
		}
		if a.More {
			if r.Counts.Distinct <= mostPage {
				t.Errorf("%s: more than %d states, but the search has %d", name, mostPage, r.Counts.Distinct)
			}
			continue
		}
		whole++
		deepest := a.Graph.States[len(a.Graph.States)-1].Depth + 1
		if int64(a.Graph.Known) != r.Counts.Distinct || deepest != r.Counts.Depth {
			t.Errorf("%s: %d states to depth %d, the search has %d to %d", name, a.Graph.Known, deepest, r.Counts.Distinct, r.Counts.Depth)
		}
	}
	if whole < 3 {
		t.Errorf("only %d graphs were compared whole", whole)
	}
}
