package encode

import "github.com/lemma-mc/lemma/encode/symbolic"

// The values of package symbolic, under the names by which engines know them.
type (
	// A Sym is a symbolic value.
	Sym = symbolic.Sym

	// Known, and those that follow, are the kinds of values.
	Known  = symbolic.Known
	Bool   = symbolic.Bool
	Int    = symbolic.Int
	Elem   = symbolic.Elem
	Tuple  = symbolic.Tuple
	Record = symbolic.Record
	Func   = symbolic.Func
	Set    = symbolic.Set
	Union  = symbolic.Union
	Bottom = symbolic.Bottom

	// Seq and Relation are made by choosing from infinite sets.
	Seq      = symbolic.Seq
	Relation = symbolic.Relation

	// Powerset, and those that follow, are sets that are not listed.
	Powerset  = symbolic.Powerset
	Product   = symbolic.Product
	RecordSet = symbolic.RecordSet
	Filter    = symbolic.Filter

	// Member and Alt are values with the condition under which they are.
	Member = symbolic.Member
	Alt    = symbolic.Alt

	// A Failure is an evaluation error with the condition under which it occurs.
	Failure = symbolic.Failure

	// A Model evaluates terms; smt.Solver is one after Sat.
	Model = symbolic.Model
)

// ErrTooLong is wrapped by the error of a Decode that meets a sequence which is
// too long to show.
var ErrTooLong = symbolic.ErrTooLong
