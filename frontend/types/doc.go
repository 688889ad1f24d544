// Package types tells what the values of a specification are: integers, sets of
// integers, records with these fields. TLA+ has no types and needs none; a spec
// that has none that fit runs all the same. What is inferred is insight: for
// people who read a spec, for editors, and for a search that needs to know what a
// variable may hold.
//
// # The types
//
// They are those of Snowcat, Apalache's type checker, written as it writes them:
//
//	Bool  Int  Str  SERVER        a sort, of model values
//	Set(a)  Seq(a)  a -> b  <<a, b>>
//	{f: a, g: b}                  a record
//	A({n: Int}) | B({m: Str})     records of several shapes, told apart by a tag
//	(a, b) => c                   an operator
//
// # The idea
//
// Inference is that of Hindley and Milner, with levels in place of a search
// through the environment (Rémy, "Extension of ML type system with a sorted
// equation theory on types", 1992): definitions are polymorphic, variables and
// constants are not. What TLA+ writes in one way and means in several, f[x] and
// <<x, y>>, is decided late. An application f[x] waits until it is known what f
// is (application.go); a tuple is a sequence as soon as it is used as one, and a
// function over integers is a sequence where one is wanted (unify.go). Where
// nothing decides, f is a function and <<x, y>> a tuple.
//
// Records grow: two records that may be the same value have the fields of both,
// and the shapes of both, so that a set of messages has the shapes that are sent
// (records.go). In the end shapes that no tag tells apart are reported, and so is
// a field that no shape has.
//
// A model value, such as NULL, is a member of every type, since it differs from
// all other values whatever they are.
//
// Hints in comments, in Apalache's syntax (@type: Int -> Str;), are taken as what
// the author knows and held against the rest (hint.go).
package types
