// Package prover decides the conditions that make formulas inductive: whether
// one holds initially, whether a step preserves it, whether it follows from
// others.
//
// # Verification conditions
//
// The first of the states is arbitrary: arbitrary.go finds, among the formulas to
// prove, the sets that the variables range over, and encode makes an arbitrary
// member of each. Integers are integers, a set of messages over an infinite
// universe is a relation, and a sequence is a function of the index with a
// length, so nothing bounds the proof. A next state is a value
// over the terms of the state before it (a weakest precondition, in effect): no
// primed copies exist. For one step each formula and each way to take the step
// is a query of its own (condition.go), the ways are made once, and what was
// shown from some hypotheses is not asked again while they are there.
//
// A constant that is a set of any size is a sort. Then a model is no state that
// the evaluator knows: a proof is one, and a failure shows nothing. A condition
// about a large set that takes long is asked about one of any size first (general.go).
//
// Quantifiers over what cannot be listed become quantified terms; ground.go
// instantiates them: at what their guards are true of, where they are about members
// of relations (guard.go), and only where a model of what was told so far violates
// an instance (lazy.go); with sequences or sets of any size, everywhere from the
// start. That is sound for proofs. A model of the instances is
// decoded (cti.go) and replayed by the evaluator (confirm.go): only a real step of the spec
// from a state that satisfies all hypotheses to one that violates the goal is
// shown as a counterexample to induction (CTI). model.go tells what of such a
// state matters, for those who look for a lemma that excludes it.
package prover
