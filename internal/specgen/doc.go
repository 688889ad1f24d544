// Package specgen writes small random specs, by which the engines are held to
// each other: the plain evaluator, the compiled search and the solver must come
// to the same end on every one of them.
//
// A spec has a few variables of random types (numbers, booleans, model values,
// strings, sets, functions on one domain and on varying ones, records of one and
// of several shapes, sequences, tuples, bags, and these in each other), operators
// that may call themselves, actions and invariants. It is text: what reads specs
// is exercised too. Some have a condition on steps as a property. Every variable
// keeps to a finite type, so that the states can be listed; TypeOK says so and
// always holds.
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
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

// A Spec is a module T with its config.
type Spec struct {
	numbers  int // the largest number
	vars     []variable
	ops      []*definition // what expressions call
	init     *term
	actions  []*definition
	next     *term
	inv      *term
	step     *term // of a property [][step]_vars; nil for none
	deadlock bool
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
}

// helpers are what every spec has.
const helpers = `RECURSIVE Sum(_)
Sum(S) == IF S = {} THEN 0 ELSE LET some == CHOOSE some \in S : TRUE IN some + Sum(S \ {some})
Apply(F(_), arg) == F(arg)
Partial(S, T) == UNION {[D -> T] : D \in SUBSET S}
Clip(B) == [e \in DOMAIN B |-> IF B[e] > 2 THEN 2 ELSE B[e]]
`

// New writes a spec; the same seed gives the same spec.
func New(seed uint64) *Spec {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 1)), spec: &Spec{}}
	g.careless = g.IntN(5) == 0
	g.write()
	return g.spec
}

// Load reads the spec as lemma does.
func (s *Spec) Load() (*ir.System, error) {
	files := &source.Set{}
	cfg, err := frontend.ParseConfig(files, "T.cfg", s.Config())
	if err != nil {
		return nil, err
	}
	sys, _, err := frontend.Load(frontend.Options{
		Files: files, Spec: "T.tla", Inline: map[string]string{"T.tla": s.Module()}, Config: cfg,
	})
	return sys, err
}

// Module is the spec's text.
func (s *Spec) Module() string {
	var b strings.Builder
	b.WriteString("---- MODULE T ----\nEXTENDS Integers, Sequences, FiniteSets, Bags, TLC\nCONSTANTS N, Proc, p1, p2\n")
	names := make([]string, len(s.vars))
	for i, v := range s.vars {
		names[i] = v.name
	}
	fmt.Fprintf(&b, "VARIABLES %s\n", strings.Join(names, ", "))
	b.WriteString(helpers)
	for _, d := range s.ops {
		b.WriteString(d.String())
	}
	fmt.Fprintf(&b, "Init ==%s\n", s.init)
	for _, d := range s.actions {
		b.WriteString(d.String())
	}
	fmt.Fprintf(&b, "Next ==%s\n", s.next)
	fmt.Fprintf(&b, "Inv == %s\nTypeOK ==", s.inv)
	for _, v := range s.vars {
		fmt.Fprintf(&b, "\n  /\\ %s \\in %s", v.name, v.typ.universe())
	}
	if s.step != nil {
		fmt.Fprintf(&b, "\nStep == [][%s]_<<%s>>", s.step, strings.Join(names, ", "))
	}
	b.WriteString("\n====\n")
	return b.String()
}

// Config is the text of the spec's config.
func (s *Spec) Config() string {
	properties := ""
	if s.step != nil {
		properties = "PROPERTY Step\n"
	}
	return properties + fmt.Sprintf("INIT Init\nNEXT Next\nCONSTANTS\n  N = %d\n  p1 = p1\n  p2 = p2\n  Proc = {p1, p2}\nINVARIANTS TypeOK Inv\nCHECK_DEADLOCK %s\n",
		s.numbers, strings.ToUpper(fmt.Sprint(s.deadlock)))
}

func (d *definition) String() string {
	params := ""
	for i, p := range d.params {
		if i > 0 {
			params += ", "
		}
		params += p.name
	}
	if params != "" {
		params = "(" + params + ")"
	}
	text := fmt.Sprintf("%s%s == %s\n", d.name, params, d.body)
	if d.recursive {
		return fmt.Sprintf("RECURSIVE %s(_%s)\n%s", d.name, strings.Repeat(", _", len(d.params)-1), text)
	}
	return text
}
