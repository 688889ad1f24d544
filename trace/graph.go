package trace

import "github.com/lemma-mc/lemma/value"

// A Graph is a whole state graph: what --dump writes.
type Graph struct {
	Vars   []string // names, in the order of each state
	States [][]value.Value
	Inits  int         // the first so many states are initial
	Steps  []GraphStep // in the order of From
}

// A GraphStep leads from one state to another, by index.
type GraphStep struct {
	From, To int
	Action   string
}
