package explicit

import "github.com/lemma-mc/lemma/internal/testspec"

const plainConfig = testspec.Config

var (
	load     = testspec.Load
	loadText = testspec.LoadWith
	textOf   = testspec.Text
	explain  = testspec.Explain
)
