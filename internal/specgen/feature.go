package specgen

import "slices"

// A feature is a construct that only some specs have.
type feature string

const (
	temporal   feature = "temporal"   // properties of behaviours, fairness
	enabled    feature = "enabled"    // ENABLED in invariants, guards and properties
	bounds     feature = "bounds"     // CONSTRAINT and ACTION_CONSTRAINT
	view       feature = "view"       // VIEW, that hides what nobody reads
	symmetry   feature = "symmetry"   // SYMMETRY
	asymmetry  feature = "asymmetry"  // SYMMETRY that is none
	instance   feature = "instance"   // INSTANCE with substitution
	primes     feature = "primes"     // operators and LET around primes
	composed   feature = "composed"   // A \cdot B
	registers  feature = "registers"  // TLCSet, TLCGet and their like
	folds      feature = "folds"      // folds, and recursion through records
	restricted feature = "restricted" // []P and more than one [][A]_v in the specification
	subsets    feature = "subsets"    // x' \subseteq S, which gives x its values
	standing   feature = "standing"   // an action that stands for an operator constant
	replaced   feature = "replaced"   // a definition of the instance that the config replaces
	possible   feature = "possible"   // _POSSIBLE
	prefix     feature = "prefix"     // safety that is no invariant: P => []Q
	initial    feature = "initial"    // initial values that depend on each other
	past       feature = "past"       // an invariant of the states so far
	moves      feature = "moves"      // an invariant of steps
	third      feature = "third"      // three members of Proc
	applied    feature = "applied"    // functions that are applied where they are defined
	unending   feature = "unending"   // quantifiers over Nat and Seq(S)
	alias      feature = "alias"      // ALIAS
)

// has tells whether the spec is to have f: one in n has, where it may.
func (g *generator) has(f feature, n int) bool {
	return g.IntN(n) == 0 && g.may(f)
}

// may tells whether the spec may have f.
func (g *generator) may(f feature) bool { return !slices.Contains(g.without, f) }
