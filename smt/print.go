package smt

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Printer writes terms of a store as SMT-LIB 2 commands. Each compound term
// is defined once, under the name $N for term number N, and named wherever it
// occurs again; only what depends on the variables of a quantifier stays
// inside it, shared by let. The text is therefore linear in the number of
// terms. A Printer remembers what it has declared and defined, so that later
// commands add only what is new; declarations must be global
// (:global-declarations true) when commands are put under a push.
type Printer struct {
	store   *Store
	out     bytes.Buffer
	sorts   int           // declared sorts are those below
	symbols []bool        // by symbol: declared
	defined []bool        // by term
	local   map[Term]bool // bound by an open let
	count   int
}

// NewPrinter returns a printer that has declared nothing.
func NewPrinter(s *Store) *Printer {
	return &Printer{store: s, sorts: int(firstDeclaredSort), local: map[Term]bool{}}
}

// Take returns the commands written since the last call.
func (p *Printer) Take() string {
	text := p.out.String()
	p.out.Reset()
	return text
}

// Defined returns how many terms have been handed over.
func (p *Printer) Defined() int { return p.count }

// Command writes a line.
func (p *Printer) Command(line string) {
	p.out.WriteString(line)
	p.out.WriteByte('\n')
}

// Assert writes an assertion after what it needs.
func (p *Printer) Assert(t Term) { p.Command("(assert " + p.Ref(t) + ")") }

// Ref writes the declarations and definitions that t needs and returns an
// expression for t, which is short.
func (p *Printer) Ref(t Term) string {
	p.define(t)
	return p.detached(func() { p.write(t) })
}

// Inline returns an expression for t made of what is defined already; all it
// writes are declarations. It serves where definitions are not allowed: cvc5
// takes a definition after a check, but evaluates it to a default.
func (p *Printer) Inline(t Term) string {
	p.declareIn(t, map[Term]bool{})
	return p.detached(func() { p.expression(t) })
}

func (p *Printer) declareIn(t Term, seen map[Term]bool) {
	if seen[t] || p.isDefined(t) {
		return
	}
	seen[t] = true
	if op := p.store.Op(t); op == OpConst || op == OpApp {
		p.declare(p.store.nodes[t].aux)
	}
	for _, x := range p.store.Args(t) {
		p.declareIn(x, seen)
	}
}

// detached returns what write writes instead of keeping it.
func (p *Printer) detached(write func()) string {
	start := p.out.Len()
	write()
	text := string(p.out.Bytes()[start:])
	p.out.Truncate(start)
	return text
}

// String prints t as one SMT-LIB expression, for messages.
func (s *Store) String(t Term) string {
	p := NewPrinter(s)
	p.expression(t)
	return p.Take()
}

// define makes t nameable.
func (p *Printer) define(t Term) {
	if p.isDefined(t) {
		return
	}
	s := p.store
	op := s.Op(t)
	if op == OpForall {
		p.defineClosed(t)
	} else {
		for _, x := range s.Args(t) {
			p.define(x)
		}
	}
	if op == OpConst || op == OpApp {
		p.declare(s.nodes[t].aux)
	}
	if named(op) {
		text := p.detached(func() { p.node(t) })
		fmt.Fprintf(&p.out, "(define-fun $%d () %s %s)\n", t, s.sortSymbol(s.Sort(t)), text)
	}
	p.setDefined(t)
}

// named reports whether terms of this kind are worth a name.
func named(op Op) bool {
	return op != OpFalse && op != OpTrue && op != OpConst && op != OpInt && op != OpNot
}

func (p *Printer) isDefined(t Term) bool { return int(t) < len(p.defined) && p.defined[t] }

func (p *Printer) setDefined(t Term) {
	if n := p.store.Len(); n > len(p.defined) {
		p.defined = append(p.defined, make([]bool, n-len(p.defined))...)
	}
	p.defined[t] = true
	p.count++
}

// defineClosed defines the greatest subterms of a quantifier that are free of
// variables bound in it.
func (p *Printer) defineClosed(forall Term) {
	open := map[Term]bool{}
	p.store.walk(func(t Term) {
		if p.store.Op(t) == OpForall {
			vars, _, _ := p.store.Quantifier(t)
			for _, v := range vars {
				open[v] = true
			}
		}
	}, forall)
	p.store.walk(func(t Term) { // operands come first
		for _, x := range p.store.Args(t) {
			open[t] = open[t] || open[x]
		}
	}, forall)
	p.store.walk(func(t Term) {
		if p.store.Op(t) == OpApp {
			p.declare(p.store.nodes[t].aux)
		}
		for _, x := range p.store.Args(t) {
			if open[t] && !open[x] {
				p.define(x)
			}
		}
	}, forall)
}

// declare writes the declaration of a symbol and of the sorts it needs.
func (p *Printer) declare(sym uint32) {
	s := p.store
	if n := len(s.symbols); n > len(p.symbols) {
		p.symbols = append(p.symbols, make([]bool, n-len(p.symbols))...)
	}
	if p.symbols[sym] {
		return
	}
	p.symbols[sym] = true
	for ; p.sorts < len(s.sorts); p.sorts++ {
		fmt.Fprintf(&p.out, "(declare-sort %s 0)\n", s.sortSymbol(Sort(p.sorts)))
	}
	d := &s.symbols[sym]
	args := make([]string, len(d.args))
	for i, a := range d.args {
		args[i] = s.sortSymbol(a)
	}
	fmt.Fprintf(&p.out, "(declare-fun %s (%s) %s)\n", Symbol(d.name), strings.Join(args, " "), s.sortSymbol(d.result))
}

// expression writes t with a let for each term that occurs twice in it.
func (p *Printer) expression(t Term) {
	shared := p.shared(t)
	for _, x := range shared {
		fmt.Fprintf(&p.out, "(let (($%d ", x)
		p.node(x)
		p.out.WriteString(")) ")
		p.local[x] = true
	}
	p.write(t)
	for _, x := range shared {
		p.out.WriteByte(')')
		delete(p.local, x)
	}
}

// shared returns the nameable terms that occur more than once in t outside of
// inner quantifiers and have no name yet, operands first.
func (p *Printer) shared(t Term) []Term {
	var twice []Term
	times := map[Term]int{}
	var visit func(Term)
	visit = func(t Term) {
		if p.store.Op(t) == OpNot {
			t = p.store.arg(t, 0)
		}
		if p.local[t] || p.isDefined(t) || !named(p.store.Op(t)) {
			return
		}
		times[t]++
		switch times[t] {
		case 1:
			if p.store.Op(t) != OpForall {
				for _, x := range p.store.Args(t) {
					visit(x)
				}
			}
		case 2:
			twice = append(twice, t)
		}
	}
	visit(t)
	slices.Sort(twice)
	return twice
}

// write writes t, by name where it has one.
func (p *Printer) write(t Term) {
	if named(p.store.Op(t)) && (p.local[t] || p.isDefined(t)) {
		p.out.WriteByte('$')
		p.out.WriteString(strconv.Itoa(int(t)))
		return
	}
	p.node(t)
}

// node writes t in full, its operands by name where they have one.
func (p *Printer) node(t Term) {
	s := p.store
	switch n := &s.nodes[t]; n.op {
	case OpFalse:
		p.out.WriteString("false")
	case OpTrue:
		p.out.WriteString("true")
	case OpConst:
		p.out.WriteString(Symbol(s.Name(t)))
	case OpInt, opBig:
		v, _ := s.literalValue(t)
		p.out.WriteString(integer(v))
	case OpApp:
		p.call(Symbol(s.Name(t)), s.Args(t))
	case OpForall:
		p.forall(t)
	default:
		p.call(operators[n.op], s.Args(t))
	}
}

// operators are the SMT-LIB names of the node kinds that have operands.
var operators = [...]string{
	OpNot: "not", OpAnd: "and", OpEq: "=", OpDistinct: "distinct", OpIte: "ite",
	OpAdd: "+", OpMul: "*", OpDiv: "div", OpMod: "mod", OpLe: "<=",
}

func (p *Printer) call(head string, args []Term) {
	p.out.WriteByte('(')
	p.out.WriteString(head)
	for _, x := range args {
		p.out.WriteByte(' ')
		p.write(x)
	}
	p.out.WriteByte(')')
}

// integer returns a literal; SMT-LIB has no negative ones.
func integer(v num) string {
	if v.sign() < 0 {
		return "(- " + v.neg().toBig().String() + ")"
	}
	return v.toBig().String()
}

func (p *Printer) forall(t Term) {
	vars, patterns, body := p.store.Quantifier(t)
	p.out.WriteString("(forall (")
	for i, v := range vars {
		if i > 0 {
			p.out.WriteByte(' ')
		}
		fmt.Fprintf(&p.out, "(%s %s)", Symbol(p.store.Name(v)), p.store.sortSymbol(p.store.Sort(v)))
	}
	p.out.WriteString(") ")
	if len(patterns) == 0 {
		p.expression(body)
		p.out.WriteByte(')')
		return
	}
	p.out.WriteString("(! ")
	p.expression(body)
	for _, pattern := range patterns {
		p.out.WriteString(" :pattern (")
		p.write(pattern)
		p.out.WriteByte(')')
	}
	p.out.WriteString("))")
}
