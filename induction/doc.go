// Package induction proves invariants for every reachable state, without a
// bound on steps.
package induction
