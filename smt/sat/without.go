//go:build !cgo || nocadical

package sat

import (
	"context"

	"github.com/lemma-mc/lemma/smt"
)

// Available tells whether a SAT solver is linked in.
const Available = false

// A cadical is never made here.
type cadical struct{}

func newCadical() *cadical { panic("sat: CaDiCaL is not linked in") }
func signature() string    { return "no SAT solver" }

func (*cadical) close()                                         {}
func (*cadical) sparse()                                        {}
func (*cadical) add([]int32)                                    {}
func (*cadical) freeze([]int32)                                 {}
func (*cadical) solve(context.Context, []int32, int) smt.Answer { return smt.Unknown }
func (*cadical) value(int32) bool                               { return false }
func (*cadical) failed(int32) bool                              { return false }
func (*cadical) prove(*clauseFile)                              {}

// A clauseFile is never made either.
type clauseFile struct{}

func createClauses(string) (*clauseFile, error) { panic("sat: CaDiCaL is not linked in") }

func (*clauseFile) write([]int32) {}
func (*clauseFile) close() error  { return nil }
