package sat

import (
	"context"

	"github.com/lemma-mc/lemma/smt"
)

// A use says how a term is used: what it implies matters where it is used
// positively, and what implies it where it is used negatively.
type use uint8

const (
	positive use = 1
	negative use = 2
	both     use = positive | negative
)

// negated is the use of an operand that is negated.
func (u use) negated() use { return u>>1 | u<<1&both }

// clauses makes clauses of terms. Literals are as in the DIMACS format.
type clauses struct {
	store *smt.Store
	known *knowledge
	ctx   context.Context // of the present hand-over

	vars      []int32 // by term; 0 where it has none
	given     []use   // by term: the halves of its definition that were made
	numbers   map[smt.Term]number
	ladders   map[smt.Term]ladder
	quotients map[[2]smt.Term][2]number
	gates     map[gate]int32

	last  int32                                // variable
	stays []int32                              // new variables that are defined by nothing
	out   []int32                              // clauses to hand over, each ending in 0
	count int                                  // clauses made
	terms int                                  // terms that got a variable or a number
	spoil func(r rule, clause []int32) []int32 // of tests: makes a mistake
}

func newClauses(store *smt.Store) *clauses {
	c := &clauses{
		store: store, numbers: map[smt.Term]number{}, ladders: map[smt.Term]ladder{}, quotients: map[[2]smt.Term][2]number{}, gates: map[gate]int32{},
		last: yes, spoil: spoiled,
	}
	c.known = newKnowledge(store, c.has)
	c.emit(ruleTrue, yes)
	return c
}

// spoiled is the mistake that tests have every session make; nil for none.
var spoiled func(r rule, clause []int32) []int32

func (c *clauses) emit(r rule, lits ...int32) {
	start := len(c.out)
	for _, l := range lits {
		switch l {
		case yes:
			if r != ruleTrue {
				c.out = c.out[:start]
				return
			}
		case -yes:
			continue
		}
		c.out = append(c.out, l)
	}
	if c.spoil != nil {
		c.out = append(c.out[:start], c.spoil(r, c.out[start:])...)
		if len(c.out) == start && len(lits) > 0 {
			return // a clause left out
		}
	}
	c.out = append(c.out, 0)
	c.count++
}

func (c *clauses) variable() int32 {
	c.last++
	return c.last
}

// free is a variable that no clauses define: one of a constant.
func (c *clauses) free() int32 {
	v := c.variable()
	c.stays = append(c.stays, v)
	return v
}

// has tells whether t has a literal or number already.
func (c *clauses) has(t smt.Term) bool {
	_, numbered := c.numbers[t]
	_, ordered := c.ladders[t]
	return numbered || ordered || int(t) < len(c.vars) && c.vars[t] != 0
}

// grow makes room for the terms made since the last call.
func (c *clauses) grow() {
	if n := c.store.Len(); n > len(c.vars) {
		c.vars = append(c.vars, make([]int32, n-len(c.vars))...)
		c.given = append(c.given, make([]use, n-len(c.given))...)
	}
}

// An ended carries the end of the context out of a deep translation.
type ended struct{ cause error }

func (c *clauses) poll() {
	if c.terms++; c.terms%(1<<12) == 0 && c.ctx.Err() != nil {
		panic(ended{context.Cause(c.ctx)})
	}
}

// assert makes clauses that say t, where guard does not hold: yes for the
// lowest level.
func (c *clauses) assert(t smt.Term, guard int32) {
	args := c.store.Args(t)
	switch op := c.store.Op(t); {
	case op == smt.OpAnd:
		for _, x := range args {
			c.assert(x, guard)
		}
	case op == smt.OpNot && c.store.Op(args[0]) == smt.OpAnd && c.given[args[0]]&negative == 0:
		c.disjunction(c.store.Args(args[0]), guard)
	case guard == yes:
		c.emit(ruleUnit, c.lit(t, positive))
	default:
		c.emit(ruleLevel, -guard, c.lit(t, positive))
	}
}

// disjunction says that one of ts fails.
func (c *clauses) disjunction(ts []smt.Term, guard int32) {
	lits := make([]int32, 0, len(ts)+1)
	r := ruleClause
	if guard != yes {
		r, lits = ruleLevel, append(lits, -guard)
	}
	for _, x := range ts {
		lits = append(lits, -c.lit(x, negative))
	}
	c.emit(r, lits...)
}

// lit returns a literal for t, with the clauses that its use needs.
func (c *clauses) lit(t smt.Term, u use) int32 {
	switch c.store.Op(t) {
	case smt.OpTrue, smt.OpFalse:
		return constant(t == smt.True)
	case smt.OpNot:
		return -c.lit(c.store.Args(t)[0], u.negated())
	case smt.OpConst:
		return c.constLit(t, u)
	case smt.OpLe, smt.OpDistinct:
		return c.gateLit(t)
	case smt.OpEq:
		if c.store.Sort(c.store.Args(t)[0]) == smt.IntSort {
			return c.gateLit(t)
		}
	}
	if c.vars[t] == 0 {
		c.vars[t] = c.variable()
		c.poll()
	}
	v := c.vars[t]
	if missing := u &^ c.given[t]; missing != 0 {
		c.given[t] |= u
		c.define(t, v, missing)
	}
	return v
}

// constLit is the literal of a constant, or of what it is a name for.
func (c *clauses) constLit(t smt.Term, u use) int32 {
	if m, ok := c.known.meaning(t); ok {
		return c.lit(m, u)
	}
	if c.vars[t] == 0 {
		c.vars[t] = c.free()
		c.poll()
	}
	return c.vars[t]
}

// gateLit is the literal of a comparison, defined in both directions.
func (c *clauses) gateLit(t smt.Term) int32 {
	if c.vars[t] == 0 {
		c.vars[t] = c.compare(t)
		c.poll()
	}
	return c.vars[t]
}

// define makes the clauses of the variable v of t that the use asks for.
func (c *clauses) define(t smt.Term, v int32, u use) {
	args := c.store.Args(t)
	switch c.store.Op(t) {
	case smt.OpAnd:
		c.defineAnd(args, v, u)
	case smt.OpEq:
		c.defineEq(c.lit(args[0], both), c.lit(args[1], both), v, u)
	case smt.OpIte:
		c.defineIte(c.lit(args[0], both), c.lit(args[1], u), c.lit(args[2], u), v, u)
	default:
		panic("sat: a term that is not propositional")
	}
}

func (c *clauses) defineAnd(args []smt.Term, v int32, u use) {
	lits := make([]int32, 0, len(args)+1)
	for _, x := range args {
		lits = append(lits, c.lit(x, u))
	}
	if u&positive != 0 {
		for _, l := range lits {
			c.emit(ruleAndDown, -v, l)
		}
	}
	if u&negative != 0 {
		for i, l := range lits {
			lits[i] = -l
		}
		c.emit(ruleAndUp, append(lits, v)...)
	}
}

func (c *clauses) defineEq(x, y, v int32, u use) {
	if u&positive != 0 {
		c.emit(ruleEqDownLR, -v, -x, y)
		c.emit(ruleEqDownRL, -v, x, -y)
	}
	if u&negative != 0 {
		c.emit(ruleEqUpBoth, -x, -y, v)
		c.emit(ruleEqUpNone, x, y, v)
	}
}

func (c *clauses) defineIte(cond, x, y, v int32, u use) {
	if u&positive != 0 {
		c.emit(ruleIteDownThen, -v, -cond, x)
		c.emit(ruleIteDownElse, -v, cond, y)
	}
	if u&negative != 0 {
		c.emit(ruleIteUpThen, -cond, -x, v)
		c.emit(ruleIteUpElse, cond, -y, v)
	}
}
