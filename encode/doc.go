// Package encode turns expressions of the ir into terms for a solver: it
// evaluates them on symbolic values.
//
// Encoding is evaluation. A Sym is the value of an expression while part of
// the state is left to the solver; where nothing is left to it the value is
// concrete and folds through packages eval and value, so that a formula
// shrinks to what is really open. No solver constant stands for a set or a
// function as a whole, and no axiom says what membership is: sets and
// functions are Go structures whose leaves are terms. Compare the cells and
// arenas of Konnov, Kukovec and Tran, "TLA+ model checking made symbolic"
// (OOPSLA 2019), which this design leaves behind, and the symbolic unions of
// Torlak and Bodik, "A lightweight symbolic virtual machine" (PLDI 2014),
// which it follows.
//
// # Rules
//
// The code and the tests cite these by number.
//
//	E1   Concrete stays concrete. What depends on nothing symbolic is given
//	     to the evaluator (fold.go), and operators on concrete operands to
//	     package value (operate.go).
//	E2   A value of one of several shapes is a Union of guarded alternatives,
//	     one for each shape; merging two values merges what has one shape
//	     part by part (merge.go). Each string, model value and small integer
//	     is a shape of its own, so that those need no arithmetic. More than
//	     unionInts integers become one integer term.
//	E3   After a step the terms of a state are replaced by named constants,
//	     so that every step is stated over names and its terms stay small
//	     (step.go). The guards of one Union are known to exclude each other.
//	E4   A tuple or sequence has a fixed length; one of several lengths is a
//	     Union (sequence.go, byLength).
//	E5   A set is a list of candidates with guards. Candidates that are one
//	     of a few concrete values are split into those, so that equal
//	     members meet (build.go).
//	E6   SUBSET, [S -> T], record sets, products, Seq, Nat and intervals with
//	     symbolic ends are not listed. They answer membership (equal.go).
//	E7   A quantifier over a listed set is spelled out (logic.go); over an
//	     unlisted one it is a quantified term over its infinite parts
//	     (relation.go), where Encoder.Quantifiers allows that.
//	E8   CHOOSE is the least member, in value order, that satisfies its
//	     condition, which is what the evaluator takes.
//	E9   What TLA+ leaves undefined (application outside the domain, CASE
//	     without a match) has the value Bottom, and goes on record as a
//	     Failure with the condition under which it is met. Engines ask
//	     whether a Failure can happen; where none does, values are exact.
//	E10  Integers are unbounded. Operators on few concrete integers are
//	     decided value by value, others are terms; \div and % round as TLA+
//	     says (arith.go). Those whose interval is known from what they are
//	     made of, and from the guards under which, are bounded (bounds.go).
//	E11  Cardinality counts guards by a table of "exactly j of the first i",
//	     again without arithmetic where that is small (sets.go).
//	E12  An action is read as the evaluator reads it: disjunctions, \E and IF
//	     branch, x' = e assigns (action.go). A formula that reads a variable
//	     before it has a value waits until it has, so that assignments may
//	     stand in any order. Branches whose guard is plainly false are
//	     dropped (assume.go).
//	E13  A member that is chosen from a large or infinite set is made of fresh
//	     constants with the condition that it is a member (pick.go).
//	E14  A step is the choice of one branch, and the next state the merge of
//	     their states under that choice; what no branch changes costs
//	     nothing (step.go).
//	E15  An arbitrary subset of an infinite set is a Relation: one Bool
//	     function for each combination of finite fields, and a list of
//	     pending updates (relation.go, universe.go).
//	E16  A sequence of any length is a length and a function from index to
//	     entry (seq.go), whose entries are functions of the index (family.go);
//	     in a relation it is an element of a sort (seqsort.go). What is said of
//	     all entries is a quantified term, so that there are such sequences
//	     only where Encoder.Quantifiers allows that.
//	E17  A set of any size is a sort (sorts.go): its elements are terms, of which
//	     nothing is known but which are equal; functions on it are families. Its
//	     subsets are elements of another sort, with sizes that obey the laws by
//	     which majorities meet.
//
// # Failures and paths
//
// A context carries the path to the place of evaluation: the conditions under
// which its value matters. A Failure is recorded under its path, so that
// x # 0 => y \div x = 1 never fails. Values need no path; they are merged
// under the conditions that select them.
//
// Start at sym.go for the values, expr.go for the meaning of expressions, and
// step.go for what the engines use: Step unrolls, Ways gives the branches over
// the terms of the state before (for weakest preconditions), Truth and Value
// evaluate in a state, Arbitrary makes a state of unknown values, and Decode
// reads a state off a model.
package encode
