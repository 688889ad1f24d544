package trace

import "github.com/lemma-mc/lemma/source"

// Coverage is what an engine saw of one action.
type Coverage struct {
	Action    string
	Span      source.Span // of its definition
	Generated int64       // states that it made
	// Distinct counts those that were new: a state that several actions make
	// on the same level counts for the first of them in the text. -1 when the
	// engine does not tell states apart.
	Distinct int64
}

// OutDegree is how many steps lead out of a state.
type OutDegree struct {
	Min  int64   `json:"min"`
	Mean float64 `json:"mean"`
	Max  int64   `json:"max"`
}

// Simulated is how much was simulated.
type Simulated struct {
	Behaviours int64
	Steps      int64 // in all behaviours together
	Generated  int64 // states generated, also those on no behaviour
	Longest    int   // steps of the longest behaviour
}
