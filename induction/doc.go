// Package induction proves invariants for every reachable state, without a
// bound on steps, and for every value of the constants that are left open.
//
// # The argument
//
// A set G of formulas (the config's invariants and the user's lemmas) is
// k-inductive when
//
//	base  every state reachable in fewer than k steps satisfies G, and
//	step  whenever k successive states satisfy G, so does the next.
//
// Then every reachable state satisfies G (Sheeran, Singh and Stålmarck,
// "Checking safety properties using induction and a SAT-solver", FMCAD 2000).
// All of G is proved together, each formula with the others as hypotheses. A
// formula whose step fails is taken out and the rest is tried again, until
// what is left holds together (Flanagan and Leino's Houdini, FME 2001). What
// is proved with a smaller k is known when a larger one is tried.
//
// # Verification conditions
//
// The first of the k states is arbitrary: typing.go finds, among the formulas
// of G, the sets that the variables range over, and encode makes an arbitrary
// member of each. Integers are integers and a set of messages over an infinite
// universe is a relation, so nothing bounds the proof. A next state is a value
// over the terms of the state before it (a weakest precondition, in effect): no
// primed copies exist. For k = 1 each formula and each way to take a step is a
// query of its own (condition.go).
//
// Quantifiers over what cannot be listed become quantified terms; ground.go
// instantiates them. That is sound for proofs. A model of the instances is
// decoded and replayed by the evaluator (cti.go): only a real step of the spec
// from a state that satisfies all hypotheses to one that violates the goal is
// shown as a counterexample to induction (CTI).
//
// # Certificates
//
// certificate.go writes what was proved as a TLA+ module that extends the
// spec, and checks such a module from scratch, with none of the search.
package induction
