// Package encode turns expressions of the ir into terms for a solver: it
// evaluates them on symbolic values.
//
// Encoding is evaluation. A Sym, of package symbolic, is the value of an expression
// while part of the state is left to the solver; where nothing is left to it the
// value is concrete and folds through packages eval and value, so that a formula
// shrinks to what is really open.
//
// # Rules
//
// The code and the tests cite these by number. Those that are missing here are
// about values: see package symbolic.
//
//	E1   Concrete stays concrete. What depends on nothing symbolic is given
//	     to the evaluator (fold.go), and operators on concrete operands to
//	     package value. What a binder says of a concrete candidate is decided
//	     once for all steps (decided.go).
//	E3   After a step the terms of a state are replaced by named constants,
//	     so that every step is stated over names and its terms stay small
//	     (step.go).
//	E7   A quantifier over a listed set is spelled out (logic.go); over an
//	     infinite one for what its guards leave, as the evaluator does
//	     (narrow.go), or where Quantifiers allows that, it is a quantified term
//	     over the infinite parts.
//	E8   CHOOSE is the least member, in value order, that satisfies its
//	     condition, which is what the evaluator takes (choose.go).
//	E9   What TLA+ leaves undefined (application outside the domain, CASE
//	     without a match) goes on record as a Failure with the condition under
//	     which it is met. Engines ask whether a Failure can happen; where none
//	     does, values are exact.
//	E12  An action is read as the evaluator reads it: disjunctions, \E and IF
//	     branch, x' = e assigns (action.go). A formula that reads a variable
//	     before it has a value waits until it has, so that assignments may
//	     stand in any order. Branches whose guard is plainly false are
//	     dropped.
//	E14  A step is the choice of one branch, and the next state the merge of
//	     their states under that choice; what no branch changes costs
//	     nothing (step.go).
//
// Start at expr.go for the meaning of expressions, and step.go for what the engines
// use: Step unrolls, Ways gives the branches over the terms of the state before (for
// weakest preconditions), Truth and Value evaluate in a state, Arbitrary makes a
// state of unknown values, and Decode reads a state off a model.
package encode
