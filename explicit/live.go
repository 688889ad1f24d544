package explicit

import "github.com/lemma-mc/lemma/trace"

// liveness decides the temporal goals on the explored graph of s, whose rows
// and edges were kept.
func (k *check) liveness(s *search) {
	k.res.Status = trace.Unknown
	k.res.Reason = "liveness properties were not checked"
	k.res.Message = "No safety error was found; liveness properties were not checked."
}
