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
// # Lemmas
//
// What is not inductive is tried with lemmas that package search finds
// (lemmas.go), among them what the variables range over where no formula says
// so. They are proved together with the formulas, from the start, by a prover
// that the search has not touched; those that fail are dropped. A state of a
// small instance that violates a formula ends the attempt with a counterexample.
//
// # Sets of any size
//
// What was proved of an instance with few servers, say, is proved once more for
// any number of them (anysize.go). A proof names the constants that it is about
// any value of, and no others.
//
// What a proof asks, and how, is told in package prover.
//
// # Certificates
//
// certificate.go writes what was proved as a TLA+ module that extends the
// spec, and checks such a module from scratch, with none of the search.
package induction
