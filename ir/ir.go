// Package ir is the transition system: the one thing that every engine sees.
//
// A System is a module after resolution: names are pointers, instances are
// expanded into definitions of their own, operators are one closed set of
// nodes, and every node knows the source span it came from, by which trace
// walks back to the text. Engines never see frontend/syntax.
//
// Reading order: ir.go (System, Def), expr.go (nodes), op.go (built-in
// operators), children.go (the one place that knows every node's shape).
package ir

import (
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// A Level is the level of an expression (Specifying Systems, 17.2).
type Level uint8

// Levels.
const (
	ConstantLevel Level = iota
	StateLevel
	ActionLevel
	TemporalLevel
)

// A Constant is a declared CONSTANT of the checked module.
type Constant struct {
	Name  string
	Span  source.Span
	Arity int
	// Value is what the config assigns; nil when none, or when Arity > 0.
	Value value.Value
	// Def is the definition that the config substitutes (CONSTANT C <- D),
	// or that an operator constant stands for; nil when none.
	Def *Def
	// Any is set when the constant is left arbitrary (--any): proofs then
	// hold for every value that the assumptions allow.
	Any bool
	// Given is the value that the config has for a constant that is left
	// arbitrary; nil when none. A proof for sets of any size begins with it.
	Given value.Value
	// ID is the index in System.Constants.
	ID int
}

// A Variable is a declared VARIABLE; ID is its index in System.Variables and
// in every state.
type Variable struct {
	Name string
	Span source.Span
	ID   int
}

// A Name is a bound name: of a quantifier, a function, a parameter, or the @
// of an EXCEPT. Each binding has a Name of its own, so names compare by
// pointer and never clash.
type Name struct {
	Ident string
	Span  source.Span
	// Arity > 0 marks an operator parameter F(_): its value is an operator.
	Arity int
}

// A Def is an operator definition. Recursive definitions reach themselves
// through Call nodes.
type Def struct {
	Name      string // as the user may write it from the root: "Next", "I!Next"
	Params    []*Name
	Body      Expr // nil only for native operators of standard modules
	Span      source.Span
	Level     Level
	Recursive bool
	// Key is "Module!Name" for definitions of standard modules; engines may
	// evaluate such a Def natively instead of by its Body.
	Key string
	// Module is the name of the module that holds the definition.
	Module string
}

// A Formula is a named expression to assume or check.
type Formula struct {
	Name string // the definition's name, or the text of an expression
	Expr Expr
	Span source.Span
}

// A System is what a run checks. It is flat: a field for each thing that a module and
// its config may say, which passes look at in any combination.
type System struct {
	Name      string
	Files     *source.Set
	Constants []*Constant
	Variables []*Variable
	// Defs are the definitions reachable by name from the root module,
	// including instances ("I!Op") and extended modules.
	Defs    map[string]*Def
	Assumes []*Formula
	// Chosen are the last of Variables where these are constants of the spec that
	// the initial predicate chooses and no step changes.
	Chosen []*Variable

	// Init and Next are the behaviour; Sub is v of [][Next]_v. All nil for a
	// module without behaviour (constant evaluation only).
	Init, Next, Sub Expr
	// Written is Next for readers, where that is made of several conjuncts of
	// the specification: their conjunction, while Next has them in copies of its
	// definitions. Nil where Next is as it stands.
	Written Expr
	// Behaviour is what the user calls the behaviour: the name of the
	// specification, or those of Init and Next.
	Behaviour []string
	// Replaced is what the config puts in the place of definitions, as it says
	// it: "Nat <- MyNat".
	Replaced []string
	// Temporal holds the other conjuncts of the specification, fairness
	// above all, as they stand; package temporal reads them.
	Temporal []Expr

	Invariants []*Formula
	Properties []*Formula
	// Histories are formulas about the behaviour so far: each is an OpArg of one
	// parameter, the sequence of the states, records of the variables.
	Histories         []*Formula
	Constraints       []*Formula
	ActionConstraints []*Formula
	Lemmas            []*Formula // a user's own lemmas (--lemma)
	Hints             []*Formula // what a search for lemmas may use (--hint): nothing says that it holds
	// PostConditions are evaluated, in this order, when the search ends.
	PostConditions []*Formula
	// Possible are predicates of states, or of steps, each of which some
	// reachable state or step is to satisfy.
	Possible []*Formula
	// Symmetry is the set of permutations (a constant-level expression), View
	// and Alias as in TLC's config; nil when absent.
	Symmetry, View, Alias Expr
	// CheckDeadlock tells whether a state without successor is an error.
	CheckDeadlock bool
}

// Exprs are the expressions that a check of s evaluates in states and steps:
// all but the assumptions, the alias and the postcondition.
func (s *System) Exprs() []Expr {
	es := append([]Expr{s.Init, s.Next, s.Sub, s.View}, s.Temporal...)
	for _, fs := range [][]*Formula{s.Invariants, s.Properties, s.Constraints, s.ActionConstraints, s.Possible} {
		for _, f := range fs {
			es = append(es, f.Expr)
		}
	}
	return es
}

// ModelValues are the names of the model values that constants have, or hold.
func (s *System) ModelValues() map[string]bool {
	out := map[string]bool{}
	for _, c := range s.Constants {
		if c.Value == nil {
			continue
		}
		value.Walk(c.Value, func(v value.Value) {
			if m, ok := v.(value.Model); ok {
				out[m.Name()] = true
			}
		})
	}
	return out
}

// VariableNames are the names of the variables, by their IDs.
func (s *System) VariableNames() []string {
	names := make([]string, len(s.Variables))
	for i, v := range s.Variables {
		names[i] = v.Name
	}
	return names
}

// Def finds a definition by the name a user writes, or nil.
func (s *System) Def(name string) *Def { return s.Defs[name] }
