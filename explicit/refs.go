package explicit

import (
	"github.com/lemma-mc/lemma/explicit/store"
	"github.com/lemma-mc/lemma/temporal/liveness"
)

// Names for what package store numbers states by.
type (
	ref         = store.Ref
	block       = store.Block
	fingerprint = store.Fingerprint
)

const noRef = store.NoRef

// atoms says how the records of steps are made.
func (s *search) atoms() *liveness.Atoms { return s.goals.live.atoms }
