package explicit

import (
	"github.com/lemma-mc/lemma/explicit/store"
)

// Names for what package store numbers states by.
type (
	ref         = store.Ref
	block       = store.Block
	fingerprint = store.Fingerprint
)

const noRef = store.NoRef
