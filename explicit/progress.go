package explicit

import (
	"fmt"
	"math"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/explicit/estimate"
)

// declining is the number of new states for one explored state below which a search
// is taken to near its end.
const declining = 0.9

// rest estimates how long a search goes on that was at before and is now at
// now. When each explored state leads to f < 1 new ones, a queue of q states
// leads to q + fq + ffq + ... = q/(1-f) more. A search that still grows, or
// hardly declines, tells nothing: the estimate is 0.
func rest(before, now Stats) time.Duration {
	explored := (now.Distinct - now.Queue) - (before.Distinct - before.Queue)
	if before.Elapsed == 0 || explored <= 0 || now.Queue <= 0 {
		return 0
	}
	f := float64(now.Distinct-before.Distinct) / float64(explored)
	if f > declining {
		return 0
	}
	perState := float64(now.Elapsed-before.Elapsed) / float64(explored)
	return time.Duration(float64(now.Queue) / (1 - f) * perState)
}

// Stats are how far a search has come.
type Stats struct {
	Generated, Distinct, Queue int64
	Depth                      int
	Elapsed                    time.Duration
	Rest                       time.Duration // estimated; 0 when it cannot be told
}

func (s *search) stats() Stats {
	d := s.distinct.Load()
	return Stats{
		Generated: s.generated.Load(), Distinct: d, Queue: d - s.explored.Load(),
		Depth: int(s.level.Load()), Elapsed: time.Since(s.start),
	}
}

// hintSymbolic is what to try when a search cannot end.
const hintSymbolic = "--bmc looks for violations within a bound, and --induct for a proof, without going through the states"

const codeOutgrows diag.Code = "W139" // more initial states than can be searched

// leastBytes is what a state takes in the store at the very least: its place in
// the table, its fingerprint and its parent.
const leastBytes = 16 + 8 + 4 + 8

// announce says how large the search may get; the result says it again where a
// limit ends the search. It warns where the candidates for initial states alone are
// more than the memory holds.
func (k *check) announce() {
	k.typeNote = estimate.OfTypes(k.Machine, k.Sys)
	if k.typeNote != "" && k.opts.Announce != nil {
		k.opts.Announce(k.typeNote)
	}
	most := int64(math.MaxUint32)
	if k.opts.Memory > 0 {
		most = min(most, k.opts.Memory/leastBytes)
	}
	n := estimate.OfInit(k.Machine, k.Sys, most)
	if n == "" {
		return
	}
	d := &diag.Diagnostic{Span: k.Sys.Init.Pos(), Message: fmt.Sprintf("Init alone has %s candidates for initial states, more than this machine can search", n), Hint: hintSymbolic}
	k.Warn(codeOutgrows, d)
	if k.opts.Announce != nil {
		k.opts.Announce("Warning: " + d.Message + "; " + hintSymbolic + ".")
	}
}
