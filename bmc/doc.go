// Package bmc searches for violations within a bounded number of steps, with a
// solver.
//
// The states of all behaviours of length k are one symbolic state (package
// encode); the question whether one of them violates a property is one query.
// The depths are worked off in order, so that the first violation found is a
// shortest one, and what was shown of a depth is asserted for the later ones.
//
// A verdict never rests on the encoding alone: a model is decoded into a
// behaviour, and the evaluator replays it step by step and decides anew what
// it violates (package eval). A behaviour that does not replay is an internal
// error, never a violation.
//
// What is asked at depth k, in this order: does an invariant fail in state k,
// does an action property fail in the step to it, does evaluation fail in it
// or on the way from it, is it a deadlock. States that a constraint excludes
// are checked and not extended, as in TLC.
//
// Besides what was shown of a depth, what follows from the form of the steps
// alone is asserted: sums that no step changes (conserved.go), bounds of integers
// (encode), that independent steps come in one order (order.go), and values that
// nothing tells apart, too (symmetry.go).
//
// Whether an action can be taken that chooses from a set is a question about all its
// members; it is answered by instances, for which the solver finds choices
// (deadlock.go). That there is no choice from an infinite set the evaluator cannot
// confirm, and a warning says that it is not known.
//
// An invariant that cannot be encoded, or whose formula outgrows a budget, is checked
// for the values that its variables have at a depth, one by one (values.go).
//
// From Seq(S) short sequences are chosen: what violates something is found, and a
// run that finds nothing is not clean, as a warning says.
//
// After these, temporal properties are asked for: is there a behaviour of k steps
// that ends in a loop, is fair, and violates the property (lasso.go)? The formulas
// are those that package temporal reads for explicit search, and the evaluator
// judges what is found by the definition of the operators. Under a VIEW the loop may
// also lead to a state that only looks like the one where it began (lasso_view.go).
//
// Start at check.go; search.go asks at each depth, unroll.go takes the next step,
// constraint.go cuts behaviours off; reach.go lists reachable states one by one, for
// comparison with explicit search.
package bmc
