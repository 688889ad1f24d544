// Package plan is what a search checks, read off the system before any state is
// known: invariants, action properties, the conditions without which a property says
// nothing, and of temporal properties the problems that are left for the state
// graph, over atoms that they share (Liveness), or a monitor, where finite
// behaviours violate them (Safety).
//
// A temporal property that cannot be read is left out, and does not keep the others
// from being checked (LeftOut).
package plan
