// Package specgen writes small random specs, by which the engines are held to
// each other: the evaluator, the compiled search and the solver must come
// to the same end on every one of them.
//
// A spec has a few variables of random types (numbers, booleans, model values,
// strings, sets, functions on one domain and on varying ones, records of one and
// of several shapes, sequences, tuples, bags, and these in each other), operators
// that may call themselves, actions and invariants. It is text: what reads specs
// is exercised too. Every variable keeps to a finite type, so that the states can
// be listed; TypeOK says so and always holds.
//
// Some specs have more (feature.go): temporal properties and fairness (claim.go),
// ENABLED, constraints, a view, a symmetry, what is to be possible (bounds.go),
// an instance with substitution and with a definition that the config replaces,
// operators and LET around primes, A \cdot B (primes.go), subsets and actions that
// stand for a constant (action.go),
// registers (registers.go), folds (fold.go), invariants of the states so far and of
// steps (past.go), functions that are applied where they are defined (applied.go),
// quantifiers over sets without end (endless.go).
//
// The reference (the tests' reference_test.go) searches the states by the
// evaluator and decides what is claimed of behaviours by the definition of the
// operators, on the whole graph (definition_test.go): no code of the engines
// tells it what a property means.
//
// Expressions are made by type, top down, in a scope (scope.go). Most cannot
// fail: a sequence is asked for its head only where it is not empty. A part of
// the specs is careless about that, on purpose: an error must be found by every
// engine as well.
//
// A spec is a tree of terms until it is printed, so that one on which engines
// disagree can be made smaller (shrink.go): that is what people read.
package specgen

import (
	"math/rand/v2"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

// A Spec is a module T with its config, a field for each statement that it may have.
type Spec struct {
	extent
	vars     []variable
	sub      *submodule
	ops      []*definition // what expressions call
	init     *term
	actions  []*definition
	next     *term
	inv      *term
	past     *term // what is said of h, the states so far; nil for nothing
	props    []property
	promises []*claim // conjuncts of the specification
	deadlock bool

	constraint, actionConstraint *term  // nil for none
	hidden                       string // what the VIEW leaves out; "" for no VIEW
	view                         string // a format for what it shows
	symmetric                    bool   // in Proc
	folds, registers             bool   // are used
	uneven                       bool   // model values are not treated alike
	standsFor                    string // the action that Put stands for; "" for no Put
	endless, plain               bool   // quantifies over sets without end; says them as finite ones
	alias                        bool   // has an ALIAS
	possible                     *term  // what some state or step is to satisfy; nil for nothing
}

type variable struct {
	name string
	typ  *typ
}

// A definition is name(params) == body, where body may call name when it is
// recursive.
type definition struct {
	name      string
	params    []variable
	body      *term
	recursive bool
	foreign   bool // of the instance: defined elsewhere
	composed  bool // by \cdot
}

// New writes a spec, without some features; the same arguments give the same
// spec.
func New(seed uint64, without ...feature) *Spec {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 1)), spec: &Spec{}, without: without}
	g.careless = g.IntN(5) == 0
	g.write()
	return g.spec
}

// Plainly is s with the finite part of the sets without end that it is about.
func (s *Spec) Plainly() *Spec {
	t := *s
	t.plain = true
	return &t
}

// Load reads the spec as lemma does.
func (s *Spec) Load() (*ir.System, error) {
	read, err := s.LoadWithReader()
	if err != nil {
		return nil, err
	}
	return read.System, nil
}

// LoadWithReader is Load for those who have expressions over the system, too.
func (s *Spec) LoadWithReader() (*frontend.Expressions, error) {
	files := &source.Set{}
	cfg, err := frontend.ParseConfig(files, "T.cfg", s.Config())
	if err != nil {
		return nil, err
	}
	read, _, err := frontend.LoadSpec(frontend.Options{Files: files, Spec: "T.tla", Inline: s.modules(), Config: cfg, Further: true})
	return read, err
}

// modules are the texts of all modules, by file name.
func (s *Spec) modules() map[string]string {
	all := map[string]string{"T.tla": s.Module()}
	if s.sub != nil {
		all["J.tla"] = s.sub.text(s)
	}
	return all
}

// String is all that the spec consists of.
func (s *Spec) String() string {
	text := s.Module() + s.Config()
	if s.sub != nil {
		text = s.sub.text(s) + text
	}
	return text
}
