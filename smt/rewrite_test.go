package smt_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/z3"
)

// A builder makes terms, with or without rewriting.
type builder struct {
	*smt.Store
	raw bool
}

func (b builder) make(op smt.Op, sort smt.Sort, simplified func() smt.Term, args ...smt.Term) smt.Term {
	if b.raw {
		return b.Raw(op, sort, args...)
	}
	return simplified()
}

func (b builder) not(x smt.Term) smt.Term {
	return b.make(smt.OpNot, smt.BoolSort, func() smt.Term { return b.Not(x) }, x)
}

func (b builder) and(ts ...smt.Term) smt.Term {
	return b.make(smt.OpAnd, smt.BoolSort, func() smt.Term { return b.And(ts...) }, ts...)
}

func (b builder) or(ts ...smt.Term) smt.Term {
	if !b.raw {
		return b.Or(ts...)
	}
	inverted := make([]smt.Term, len(ts))
	for i, t := range ts {
		inverted[i] = b.not(t)
	}
	return b.not(b.and(inverted...))
}

func (b builder) eq(x, y smt.Term) smt.Term {
	return b.make(smt.OpEq, smt.BoolSort, func() smt.Term { return b.Eq(x, y) }, x, y)
}

func (b builder) distinct(ts ...smt.Term) smt.Term {
	return b.make(smt.OpDistinct, smt.BoolSort, func() smt.Term { return b.Distinct(ts...) }, ts...)
}

func (b builder) ite(c, x, y smt.Term) smt.Term {
	return b.make(smt.OpIte, b.Sort(x), func() smt.Term { return b.Ite(c, x, y) }, c, x, y)
}

func (b builder) add(ts ...smt.Term) smt.Term {
	return b.make(smt.OpAdd, smt.IntSort, func() smt.Term { return b.Add(ts...) }, ts...)
}

func (b builder) mul(ts ...smt.Term) smt.Term {
	return b.make(smt.OpMul, smt.IntSort, func() smt.Term { return b.Mul(ts...) }, ts...)
}

func (b builder) div(x, y smt.Term) smt.Term {
	return b.make(smt.OpDiv, smt.IntSort, func() smt.Term { return b.Div(x, y) }, x, y)
}

func (b builder) mod(x, y smt.Term) smt.Term {
	return b.make(smt.OpMod, smt.IntSort, func() smt.Term { return b.Mod(x, y) }, x, y)
}

func (b builder) le(x, y smt.Term) smt.Term {
	return b.make(smt.OpLe, smt.BoolSort, func() smt.Term { return b.Le(x, y) }, x, y)
}

// vars are the constants that rules are stated over.
type vars struct{ p, q, r, x, y, z smt.Term }

func newVars(s *smt.Store) vars {
	return vars{
		p: s.Const("p", smt.BoolSort), q: s.Const("q", smt.BoolSort), r: s.Const("r", smt.BoolSort),
		x: s.Const("x", smt.IntSort), y: s.Const("y", smt.IntSort), z: s.Const("z", smt.IntSort),
	}
}

// rewrites has, for each rule of the package, terms to which it applies.
var rewrites = []struct {
	rule  string
	build func(b builder, v vars) smt.Term
}{
	{"R2", func(b builder, v vars) smt.Term { return b.not(smt.True) }},
	{"R2", func(b builder, v vars) smt.Term { return b.not(smt.False) }},
	{"R3", func(b builder, v vars) smt.Term { return b.not(b.not(v.p)) }},
	{"R4", func(b builder, v vars) smt.Term { return b.and(v.p, smt.False, v.q) }},
	{"R5", func(b builder, v vars) smt.Term { return b.and(v.p, smt.True, v.q) }},
	{"R5", func(b builder, v vars) smt.Term { return b.or(v.p, smt.False, v.q) }},
	{"R6", func(b builder, v vars) smt.Term { return b.and(v.p, b.and(v.q, v.r)) }},
	{"R6", func(b builder, v vars) smt.Term { return b.or(b.or(v.p, v.q), v.r) }},
	{"R7", func(b builder, v vars) smt.Term { return b.and(v.p, v.q, v.p) }},
	{"R8", func(b builder, v vars) smt.Term { return b.and(v.p, v.q, b.not(v.p)) }},
	{"R8", func(b builder, v vars) smt.Term { return b.or(v.p, v.q, b.not(v.p)) }},
	{"R9", func(b builder, v vars) smt.Term { return b.and(v.p, b.not(b.and(v.p, v.q))) }},
	{"R9", func(b builder, v vars) smt.Term { return b.and(v.p, b.or(b.not(v.p), v.q, v.r)) }},
	{"R10", func(b builder, v vars) smt.Term { return b.and(v.p, b.or(v.p, v.q)) }},
	{"R10", func(b builder, v vars) smt.Term { return b.or(v.p, b.and(v.p, v.q)) }},
	{"R11", func(b builder, v vars) smt.Term { return b.eq(v.p, v.p) }},
	{"R12", func(b builder, v vars) smt.Term { return b.eq(v.p, smt.True) }},
	{"R12", func(b builder, v vars) smt.Term { return b.eq(smt.False, v.p) }},
	{"R13", func(b builder, v vars) smt.Term { return b.eq(v.p, b.not(v.p)) }},
	{"R14", func(b builder, v vars) smt.Term { return b.eq(b.not(v.p), v.q) }},
	{"R14", func(b builder, v vars) smt.Term { return b.eq(b.not(v.p), b.not(v.q)) }},
	{"R15", func(b builder, v vars) smt.Term { return b.distinct(v.x, v.y, v.x) }},
	{"R16", func(b builder, v vars) smt.Term { return b.distinct(b.Int(3), b.Int(1), b.Int(2)) }},
	{"R17", func(b builder, v vars) smt.Term { return b.distinct(v.p, v.q, v.r) }},
	{"R18", func(b builder, v vars) smt.Term { return b.le(b.ite(smt.True, v.x, v.y), v.z) }},
	{"R18", func(b builder, v vars) smt.Term { return b.le(b.ite(smt.False, v.x, v.y), v.z) }},
	{"R19", func(b builder, v vars) smt.Term { return b.ite(b.not(v.p), v.x, v.y) }},
	{"R20", func(b builder, v vars) smt.Term { return b.ite(v.p, b.ite(v.p, v.x, v.y), v.z) }},
	{"R21", func(b builder, v vars) smt.Term { return b.ite(v.p, v.x, b.ite(v.p, v.y, v.z)) }},
	{"R22", func(b builder, v vars) smt.Term { return b.ite(v.p, v.x, v.x) }},
	{"R23", func(b builder, v vars) smt.Term { return b.ite(v.p, v.x, b.ite(v.q, v.x, v.z)) }},
	{"R24", func(b builder, v vars) smt.Term { return b.ite(v.p, b.ite(v.q, v.x, v.y), v.y) }},
	{"R25", func(b builder, v vars) smt.Term { return b.ite(v.p, smt.True, v.q) }},
	{"R25", func(b builder, v vars) smt.Term { return b.ite(v.p, v.p, v.q) }},
	{"R25", func(b builder, v vars) smt.Term { return b.ite(v.p, smt.False, v.q) }},
	{"R25", func(b builder, v vars) smt.Term { return b.ite(v.p, v.q, smt.True) }},
	{"R25", func(b builder, v vars) smt.Term { return b.ite(v.p, v.q, smt.False) }},
	{"R25", func(b builder, v vars) smt.Term { return b.ite(v.p, v.q, v.p) }},
	{"R25", func(b builder, v vars) smt.Term { return b.ite(v.p, v.q, b.not(v.q)) }},
	{"R30", func(b builder, v vars) smt.Term { return b.add(v.x, b.add(v.y, v.z, b.Int(2)), b.Int(3)) }},
	{"R31", func(b builder, v vars) smt.Term { return b.mul(b.Int(-3), b.add(v.x, b.Int(2), b.mul(b.Int(5), v.y))) }},
	{"R32", func(b builder, v vars) smt.Term { return b.add(v.x, b.mul(b.Int(3), v.x), v.y) }},
	{"R32", func(b builder, v vars) smt.Term { return b.add(v.x, b.mul(b.Int(-1), v.x)) }},
	{"R33", func(b builder, v vars) smt.Term { return b.mul(v.x, b.mul(v.y, v.z)) }},
	{"R34", func(b builder, v vars) smt.Term { return b.mul(v.x, b.Int(0), v.y) }},
	{"R35", func(b builder, v vars) smt.Term { return b.div(b.Int(-7), b.Int(2)) }},
	{"R35", func(b builder, v vars) smt.Term { return b.div(b.Int(-7), b.Int(-2)) }},
	{"R35", func(b builder, v vars) smt.Term { return b.mod(b.Int(-7), b.Int(-2)) }},
	{"R36", func(b builder, v vars) smt.Term { return b.div(v.x, b.Int(1)) }},
	{"R37", func(b builder, v vars) smt.Term { return b.div(v.x, b.Int(-1)) }},
	{"R38", func(b builder, v vars) smt.Term { return b.mod(v.x, b.Int(-1)) }},
	{"R40", func(b builder, v vars) smt.Term { return b.le(b.add(b.Int(1), v.x), v.x) }},
	{"R40", func(b builder, v vars) smt.Term { return b.le(v.x, b.add(b.Int(1), v.x)) }},
	{"R41", func(b builder, v vars) smt.Term { return b.le(b.Int(5), v.x) }},
	{"R42", func(b builder, v vars) smt.Term { return b.le(b.add(b.Int(4), v.x), b.add(b.Int(9), v.y)) }},
	{"R42", func(b builder, v vars) smt.Term { return b.eq(b.add(b.Int(4), v.x), b.add(b.Int(9), v.y)) }},
	{"R43", func(b builder, v vars) smt.Term { return b.le(b.mul(b.Int(3), v.x), b.Int(-7)) }},
	{"R44", func(b builder, v vars) smt.Term { return b.le(b.mul(b.Int(-3), v.x), b.Int(7)) }},
	{"R44", func(b builder, v vars) smt.Term { return b.le(b.mul(b.Int(-3), v.x), b.Int(-6)) }},
	{"R45", func(b builder, v vars) smt.Term { return b.le(b.ite(v.p, b.Int(3), v.x), b.Int(4)) }},
	{"R45", func(b builder, v vars) smt.Term {
		return b.le(b.ite(v.p, b.Int(3), b.ite(v.q, v.x, b.Int(9))), b.Int(4))
	}},
	{"R46", func(b builder, v vars) smt.Term { return b.eq(b.add(b.Int(1), v.x), v.x) }},
	{"R47", func(b builder, v vars) smt.Term { return b.eq(b.mul(b.Int(3), v.x), b.Int(-6)) }},
	{"R47", func(b builder, v vars) smt.Term { return b.eq(b.mul(b.Int(-3), v.x), b.Int(7)) }},
	{"R48", func(b builder, v vars) smt.Term { return b.eq(b.ite(v.p, b.Int(3), b.Int(4)), b.Int(4)) }},
	{"R48", func(b builder, v vars) smt.Term { return b.eq(b.Int(3), b.ite(v.p, v.x, b.Int(4))) }},
}

func TestRewrites(t *testing.T) {
	for _, rw := range rewrites {
		store := smt.NewStore()
		v := newVars(store)
		before, after := rw.build(builder{store, true}, v), rw.build(builder{store, false}, v)
		if before == after {
			t.Errorf("%s does not change %s", rw.rule, store.String(before))
			continue
		}
		solver := z3.New(store)
		solver.Assert(store.Raw(smt.OpNot, smt.BoolSort, store.Raw(smt.OpEq, smt.BoolSort, before, after)))
		answer, err := solver.Check(t.Context())
		if err != nil || answer != smt.Unsat {
			t.Errorf("%s: %s may differ from %s: %v, %v", rw.rule, store.String(before), store.String(after), answer, err)
		}
	}
}

// A quantifier over a truth value needs no solver: sorts have elements.
func TestRewriteForall(t *testing.T) {
	store := smt.NewStore()
	x := store.Fresh("x", smt.IntSort)
	if got := store.Forall([]smt.Term{x}, smt.True); got != smt.True {
		t.Errorf("R1: %s", store.String(got))
	}
	if p := store.Const("p", smt.BoolSort); store.Forall(nil, p) != p {
		t.Error("R1: a quantifier without variables stays")
	}
}

// Each rule that the sources name has a row above.
func TestRewritesAreListed(t *testing.T) {
	listed := map[string]bool{"R1": true}
	for _, rw := range rewrites {
		listed[rw.rule] = true
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	rule := regexp.MustCompile(`// .*\bR[0-9]+\b.*`)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, comment := range rule.FindAllString(string(text), -1) {
			for _, name := range regexp.MustCompile(`\bR[0-9]+\b`).FindAllString(comment, -1) {
				if !listed[name] {
					t.Errorf("%s: %s has no test", file, name)
				}
			}
		}
	}
}
