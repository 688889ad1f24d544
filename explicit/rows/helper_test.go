package rows

import "github.com/lemma-mc/lemma/internal/testspec"

const plainConfig = testspec.Config

var (
	load   = testspec.Load
	textOf = testspec.Text
)
