// Package sample holds reachable states of small instances of a system, and
// answers on which of them a formula is true.
//
// A Set is one instance. A variable has far fewer values than there are states,
// so each value is kept once and a state is a row of numbers. A formula with
// free names is evaluated once for each combination of values of the variables
// that it reads and each assignment of its names; the answer for all states is
// a Column, one bit a state. Columns of many formulas are combined by bitwise
// operations, which is what a search for lemmas does all day: a clause is true
// on the sample when the conjunction of its negated literals has no bit left.
//
// instances.go chooses the instances: sets of model values larger and smaller
// than the config's, and small values for constants that are left open. States
// that are all alike, as under three servers, where any two are a majority,
// teach lemmas that do not hold for five. The config's constraints bound a model
// checker, not the protocol: every instance is sampled with and without them, the
// latter not all too deep.
//
// How much is sampled of an instance (collect.go) is bounded by counts alone: states
// generated, steps that make and check them, bytes that they take. No clock is read,
// so that a seed gives one sample, and one search, on every machine.
package sample
