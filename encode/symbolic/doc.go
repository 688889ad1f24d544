// Package symbolic computes with values that depend on what is left to a solver:
// it makes them, merges them, compares them, applies operators to them, and reads
// them off a model. It knows terms and conditions, no expressions and no states.
//
// No solver constant stands for a set or a function as a whole, and no axiom says
// what membership is: sets and functions are Go structures whose leaves are terms.
// Compare the cells and arenas of Konnov, Kukovec and Tran, "TLA+ model checking
// made symbolic" (OOPSLA 2019), which this design leaves behind, and the symbolic
// unions of Torlak and Bodik, "A lightweight symbolic virtual machine" (PLDI 2014),
// which it follows.
//
// # Rules
//
// The code and the tests cite these by number. Package encode has the others.
//
//	E2   A value of one of several shapes is a Union of guarded alternatives,
//	     one for each shape; merging two values merges what has one shape
//	     part by part (merge.go). Each string, model value and small integer
//	     is a shape of its own, so that those need no arithmetic. More than
//	     unionInts integers become one integer term (integers.go).
//	E3   The terms of a value can be replaced by named constants, so that what
//	     is stated over it stays small (name.go). The guards of one Union are
//	     known to exclude each other (assume.go).
//	E4   A tuple or sequence has a fixed length; one of several lengths is a
//	     Union (sequence.go, byLength).
//	E5   A set is a list of candidates with guards. Candidates that are one
//	     of a few concrete values are split into those, so that equal
//	     members meet (build.go). Those that are more come into a merged set,
//	     and as keys into a merged function, one for all cases (slots.go).
//	E6   SUBSET, [S -> T], record sets, products, Seq, Nat and intervals with
//	     symbolic ends are not listed (lazy.go). They answer membership
//	     (equal.go).
//	E8   The least of several values is so in value order, which is the order
//	     in which the evaluator takes them (less.go).
//	E9   What TLA+ leaves undefined has the value Bottom, and goes on record as
//	     a Failure with the condition under which it is met (failure.go).
//	E10  Integers are unbounded. Operators on few concrete integers are
//	     decided value by value, others are terms; \div and % round as TLA+
//	     says (arith.go). Those whose interval is known from what they are
//	     made of, and from the guards under which, are bounded (bounds.go).
//	E11  Cardinality counts guards by a table of "exactly j of the first i",
//	     again without arithmetic where that is small (sets.go).
//	E13  A member that is chosen from a large or infinite set is made of fresh
//	     constants with the condition that it is a member (pick.go).
//	E15  An arbitrary subset of an infinite set is a Relation: one Bool
//	     function for each combination of finite fields, and a list of
//	     pending updates (relation.go, universe.go).
//	E16  A sequence of any length is a length and a function from index to
//	     entry (seq.go), whose entries are functions of the index (family.go);
//	     in a relation it is an element of a sort (seqsort.go). What is said of
//	     all entries is a quantified term, so that there are such sequences
//	     only where Builder.Quantifiers allows that.
//	E17  A set of any size is a sort (sorts.go): its elements are terms, of which
//	     nothing is known but which are equal; functions on it are families. Its
//	     subsets are elements of another sort, with sizes that obey the laws by
//	     which majorities meet.
//
// # Paths
//
// A Path is the conditions under which a value matters. A Failure is recorded under
// its path, so that x # 0 => y \div x = 1 never fails. Values need no path; they are
// merged under the conditions that select them. What follows from a path without
// asking a solver is looked up (assume.go) or added up (chain.go).
//
// # Where to start
//
//	sym.go, build.go              the kinds of values, and how they are made
//	builder.go, failure.go        who makes them; what cannot be made
//	merge.go, lift.go             one of several values; operators on those
//	equal.go, less.go             = and \in, and the order of values
//	operate.go                    the operators: arith.go, sets.go, sequence.go, seq.go
//	apply.go                      functions
//	pick.go                       arbitrary members
//	decode*.go                    values off a model
package symbolic
