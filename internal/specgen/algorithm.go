package specgen

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

// An Algorithm is a random PlusCal algorithm. Its variables are numbers from 0 to
// 2, and one array of two of them; it is a tree that can be printed in both
// syntaxes, and run by an interpreter that knows nothing of the translation.
type Algorithm struct {
	c          bool // C-syntax
	fair       bool
	deadlock   bool
	globals    []variableOf
	procedures []*procedure
	processes  []*process // none: the algorithm is sequential
	body       []*stmt    // of a sequential one
}

// A variableOf is declared with a value, or with a set of two.
type variableOf struct {
	name   string
	values []int
	array  bool
}

type process struct {
	name   string
	ids    []int // of p \in 1..2; one for p = 3
	set    bool
	fair   string // "", "fair" or "fair+"
	locals []variableOf
	body   []*stmt
}

type procedure struct {
	name   string
	param  string
	local  variableOf
	body   []*stmt
	called bool
}

type stmtKind uint8

const (
	assignStmt stmtKind = iota // exprs[i] to targets[i], all at once
	ifStmt                     // bodies: THEN and ELSE
	eitherStmt
	whileStmt
	withStmt // name in the set exprs, or equal to the one
	awaitStmt
	skipStmt
	gotoStmt
	callStmt
	returnStmt
)

// A stmt is a statement, of a step or with labels inside.
type stmt struct {
	label, sign string // "" for none; "", "+" or "-"
	kind        stmtKind
	targets     []*num
	exprs       []*num
	cond        *num
	bodies      [][]*stmt
	name        string // that WITH binds, that is called or gone to
	macro       string // the statement as a macro's call
}

// A num is an expression: a number, or a condition (0 or 1).
type num struct {
	op   string // "n", "v", "f", "self", "+", "-", "=", "<", "#", "and", "not"
	n    int
	name string
	args []*num
}

func (e *num) String() string {
	switch e.op {
	case "n":
		return fmt.Sprint(e.n)
	case "v":
		return e.name
	case "f":
		return fmt.Sprintf("%s[1 + (%s %% 2)]", e.name, e.args[0])
	case "self":
		return "self"
	case "+", "-":
		return fmt.Sprintf("((%s %s %s) %% 3)", e.args[0], e.op, e.args[1])
	case "and":
		return fmt.Sprintf(`(%s /\ %s)`, e.args[0], e.args[1])
	case "not":
		return fmt.Sprintf("(~%s)", e.args[0])
	}
	return fmt.Sprintf("(%s %s %s)", e.args[0], e.op, e.args[1])
}

// NewAlgorithm writes an algorithm; the same seed gives the same.
func NewAlgorithm(seed uint64) *Algorithm {
	w := &writer{Rand: rand.New(rand.NewPCG(seed, 2)), a: &Algorithm{}}
	w.write()
	return w.a
}

// Load reads it as lemma does.
func (a *Algorithm) Load() (*ir.System, error) {
	files := &source.Set{}
	cfg, err := frontend.ParseConfig(files, "T.cfg", a.Config())
	if err != nil {
		return nil, err
	}
	sys, _, err := frontend.Load(frontend.Options{Files: files, Spec: "T.tla", Inline: map[string]string{"T.tla": a.String()}, Config: cfg})
	return sys, err
}

// Config is the text of the config.
func (a *Algorithm) Config() string {
	return fmt.Sprintf("SPECIFICATION Spec\nPROPERTY Termination\nCHECK_DEADLOCK %s\n", strings.ToUpper(fmt.Sprint(a.deadlock)))
}

// A writer writes one algorithm.
type writer struct {
	*rand.Rand
	a       *Algorithm
	labels  int
	bound   int
	vars    []string // what may be read and assigned
	consts  []string // what may be read: bound by WITH
	self    bool
	earlier []string // labels of the body so far
	inside  *procedure
}

// macros are what the algorithms call: name, parameters and what it does.
var macros = []string{"Move", "Wait", "Clear"}

func (w *writer) write() {
	a := w.a
	a.c, a.fair, a.deadlock = w.IntN(2) == 0, w.IntN(5) == 0, w.IntN(2) == 0
	a.globals = []variableOf{w.declared("x"), w.declared("y"), {name: "f", values: []int{w.IntN(3), w.IntN(3)}, array: true}}
	w.vars = []string{"x", "y", "f"}
	for i := range w.IntN(3) {
		w.procedure(i)
	}
	if w.IntN(3) == 0 {
		a.body = w.body(2 + w.IntN(2))
		return
	}
	if w.IntN(8) == 0 {
		w.handshake()
		return
	}
	w.process("p", []int{1, 2}, true)
	if w.IntN(2) == 0 {
		w.process("q", []int{3}, false)
	}
}

// handshake writes a process that waits for what comes and goes, and one that
// goes on until it has been seen: whether they end is a question of fairness.
func (w *writer) handshake() {
	v := func(name string) *num { return &num{op: "v", name: name} }
	n := func(i int) *num { return &num{op: "n", n: i} }
	w.a.globals[0].values = []int{w.IntN(2)}
	wait := &stmt{label: "L1", sign: []string{"", "+"}[w.IntN(2)], kind: awaitStmt, cond: &num{op: "=", args: []*num{v("y"), n(w.IntN(3))}}}
	seen := &stmt{kind: assignStmt, targets: []*num{v("x")}, exprs: []*num{n(2)}}
	next := &stmt{kind: assignStmt, targets: []*num{v("y")}, exprs: []*num{{op: "+", args: []*num{v("y"), n(1)}}}}
	loop := &stmt{label: "L2", kind: whileStmt, cond: &num{op: "#", args: []*num{v("x"), n(2)}}, bodies: [][]*stmt{{next}}}
	for _, p := range []*process{{name: "p", ids: []int{1}, body: []*stmt{wait, seen}}, {name: "q", ids: []int{3}, body: []*stmt{loop}}} {
		p.fair, p.locals = []string{"fair", "fair", "fair+"}[w.IntN(3)], []variableOf{w.declared("u" + p.name)}
		w.a.processes = append(w.a.processes, p)
	}
}

func (w *writer) declared(name string) variableOf {
	if w.IntN(4) == 0 {
		return variableOf{name: name, values: []int{0, 1 + w.IntN(2)}}
	}
	return variableOf{name: name, values: []int{w.IntN(3)}}
}

func (w *writer) process(name string, ids []int, set bool) {
	p := &process{name: name, ids: ids, set: set, fair: []string{"", "fair", "fair+"}[w.IntN(3)], locals: []variableOf{w.declared("u" + name)}}
	outer := w.vars
	w.vars, w.self = append(slices.Clone(outer), p.locals[0].name), true
	p.body = w.body(2 + w.IntN(2))
	w.vars, w.self = outer, false
	w.a.processes = append(w.a.processes, p)
}

func (w *writer) procedure(i int) {
	p := &procedure{name: fmt.Sprintf("P%d", i), param: fmt.Sprintf("a%d", i), local: variableOf{name: fmt.Sprintf("b%d", i), values: []int{w.IntN(3)}}}
	outer := w.vars
	w.vars, w.inside = append(slices.Clone(outer), p.param, p.local.name), p
	w.earlier = nil
	p.body = append(w.blocks(1+w.IntN(3), 1), w.labelled(&stmt{kind: returnStmt}))
	w.vars, w.inside = outer, nil
	w.a.procedures = append(w.a.procedures, p)
}

// body is what a process does.
func (w *writer) body(n int) []*stmt {
	w.earlier = nil
	return w.blocks(n, 2)
}

func (w *writer) labelled(s *stmt) *stmt {
	w.labels++
	s.label = fmt.Sprintf("L%d", w.labels)
	if w.inside == nil && w.IntN(4) == 0 {
		s.sign = []string{"+", "-"}[w.IntN(2)]
	}
	w.earlier = append(w.earlier, s.label)
	return s
}

// blocks writes n pieces that begin with labels, with pieces in them up to d.
func (w *writer) blocks(n, d int) []*stmt {
	var out []*stmt
	for range n {
		out = append(out, w.block(d)...)
	}
	return out
}

func (w *writer) block(d int) []*stmt {
	switch k := w.IntN(9); {
	case d > 0 && k < 2:
		loop := w.labelled(&stmt{kind: whileStmt, cond: w.cond(1)})
		inner := w.step(map[string]bool{}, 1)
		if w.IntN(2) == 0 {
			inner = append(inner, w.blocks(1, d-1)...)
		}
		loop.bodies = [][]*stmt{inner}
		if w.IntN(2) == 0 {
			return append([]*stmt{loop}, w.step(map[string]bool{}, 1)...)
		}
		return []*stmt{loop}
	case d > 0 && k == 2:
		choice := w.labelled(&stmt{kind: ifStmt, cond: w.cond(1)})
		if w.IntN(2) == 0 {
			choice.kind = eitherStmt
		}
		first := append(w.step(map[string]bool{}, 1), w.blocks(1, d-1)...)
		choice.bodies = [][]*stmt{first, w.step(map[string]bool{}, 1)}
		return []*stmt{choice}
	case k == 3 && len(w.earlier) > 0:
		back := w.earlier[w.IntN(len(w.earlier))]
		s := w.begun(w.step(map[string]bool{}, 1))
		return append(s, &stmt{kind: ifStmt, cond: w.cond(1), bodies: [][]*stmt{{{kind: gotoStmt, name: back}}, {{kind: skipStmt}}}})
	case k < 6 && len(w.a.procedures) > 0:
		p := w.a.procedures[w.IntN(len(w.a.procedures))]
		p.called = true
		call := &stmt{kind: callStmt, name: p.name, exprs: []*num{w.num(1)}}
		if w.IntN(2) == 0 {
			return []*stmt{w.labelled(call)}
		}
		return append(w.begun(w.step(map[string]bool{}, 1)), call)
	case (k == 6 || k == 7) && w.inside != nil && d > 0:
		p := w.inside
		down := &num{op: "-", args: []*num{{op: "v", name: p.param}, {op: "n", n: 1}}}
		again := []*stmt{{kind: callStmt, name: p.name, exprs: []*num{down}}}
		positive := &num{op: "<", args: []*num{{op: "n"}, {op: "v", name: p.param}}}
		return []*stmt{w.labelled(&stmt{kind: ifStmt, cond: positive, bodies: [][]*stmt{again, {{kind: skipStmt}}}})}
	}
	return w.begun(w.step(map[string]bool{}, 2))
}

// begun puts a label before a step, which may have to wait.
func (w *writer) begun(step []*stmt) []*stmt {
	if w.IntN(5) == 0 {
		step = append([]*stmt{{kind: awaitStmt, cond: w.cond(1)}}, step...)
	}
	w.labelled(step[0])
	return step
}

// step writes statements without labels. What assigned has may not be assigned
// again; it is extended.
func (w *writer) step(assigned map[string]bool, d int) []*stmt {
	var out []*stmt
	for range 1 + w.IntN(2) {
		out = append(out, w.simple(assigned, d))
	}
	return out
}

func (w *writer) simple(assigned map[string]bool, d int) *stmt {
	branches := func(n int) (bodies [][]*stmt) {
		after := map[string]bool{}
		for range n {
			mine := map[string]bool{}
			for k := range assigned {
				mine[k] = true
			}
			bodies = append(bodies, w.step(mine, d-1))
			for k := range mine {
				after[k] = true
			}
		}
		for k := range after {
			assigned[k] = true
		}
		return bodies
	}
	switch k := w.IntN(10); {
	case d > 0 && k == 0:
		return &stmt{kind: ifStmt, cond: w.cond(1), bodies: branches(2)}
	case d > 0 && k == 1:
		return &stmt{kind: eitherStmt, bodies: branches(2 + w.IntN(2))}
	case d > 0 && k == 2:
		w.bound++
		s := &stmt{kind: withStmt, name: fmt.Sprintf("w%d", w.bound), exprs: []*num{w.num(1)}}
		if w.IntN(2) == 0 {
			s.exprs = append(s.exprs, w.num(1))
		}
		w.consts = append(w.consts, s.name)
		s.bodies = branches(1)
		w.consts = w.consts[:len(w.consts)-1]
		return s
	case k == 3:
		return &stmt{kind: awaitStmt, cond: w.cond(1)}
	case k == 4:
		return &stmt{kind: skipStmt}
	case k == 5:
		if s := w.both(assigned); s != nil {
			return s
		}
	case k == 6:
		if s := w.macro(assigned); s != nil {
			return s
		}
	}
	name, ok := w.unassigned(assigned)
	if !ok {
		return &stmt{kind: skipStmt}
	}
	return &stmt{kind: assignStmt, targets: []*num{w.target(name)}, exprs: []*num{w.num(2)}}
}

// unassigned draws a variable for an assignment.
func (w *writer) unassigned(assigned map[string]bool) (string, bool) {
	var free []string
	for _, v := range w.vars {
		if !assigned[v] {
			free = append(free, v)
		}
	}
	if len(free) == 0 {
		return "", false
	}
	name := free[w.IntN(len(free))]
	assigned[name] = true
	return name, true
}

func (w *writer) target(name string) *num {
	if name == "f" {
		return &num{op: "f", name: name, args: []*num{w.num(0)}}
	}
	return &num{op: "v", name: name}
}

// both assigns two variables at once.
func (w *writer) both(assigned map[string]bool) *stmt {
	a, ok := w.unassigned(assigned)
	if !ok {
		return nil
	}
	s := &stmt{kind: assignStmt, targets: []*num{w.target(a)}, exprs: []*num{w.num(1)}}
	if b, ok := w.unassigned(assigned); ok {
		s.targets, s.exprs = append(s.targets, w.target(b)), append(s.exprs, w.num(1))
	}
	return s
}

// macro calls one of the macros with a variable and an expression.
func (w *writer) macro(assigned map[string]bool) *stmt {
	name, ok := w.unassigned(assigned)
	if !ok || name == "f" {
		return nil
	}
	v, e := w.target(name), w.num(1)
	s := &stmt{kind: assignStmt, targets: []*num{v}}
	which := macros[w.IntN(len(macros))]
	switch which {
	case "Move": // mv := mv + me
		s.exprs = []*num{{op: "+", args: []*num{v, e}}}
	case "Wait": // await me # mv; mv := me
		s.exprs = []*num{e}
		s = &stmt{kind: ifStmt, cond: &num{op: "=", args: []*num{e, e}}, bodies: [][]*stmt{
			{{kind: awaitStmt, cond: &num{op: "#", args: []*num{e, v}}}, s}, {{kind: skipStmt}}}}
	case "Clear": // if me = mv then mv := 0
		s.exprs = []*num{{op: "n"}}
		s = &stmt{kind: ifStmt, cond: &num{op: "=", args: []*num{e, v}}, bodies: [][]*stmt{{s}, {{kind: skipStmt}}}}
	}
	s.macro = fmt.Sprintf("%s(%s, %s)", which, v, e)
	return s
}

func (w *writer) num(d int) *num {
	if d > 0 && w.IntN(2) == 0 {
		return &num{op: []string{"+", "-"}[w.IntN(2)], args: []*num{w.num(d - 1), w.num(d - 1)}}
	}
	readable := append(slices.Clone(w.vars), w.consts...)
	switch k := w.IntN(5); {
	case k == 0:
		return &num{op: "n", n: w.IntN(3)}
	case k == 1 && w.self:
		return &num{op: "self"}
	}
	name := readable[w.IntN(len(readable))]
	if name == "f" {
		return &num{op: "f", name: name, args: []*num{w.num(0)}}
	}
	return &num{op: "v", name: name}
}

func (w *writer) cond(d int) *num {
	if d > 0 && w.IntN(4) == 0 {
		return &num{op: "and", args: []*num{w.cond(d - 1), w.cond(d - 1)}}
	}
	if d > 0 && w.IntN(5) == 0 {
		return &num{op: "not", args: []*num{w.cond(d - 1)}}
	}
	return &num{op: []string{"=", "<", "#", "#"}[w.IntN(4)], args: []*num{w.num(1), w.num(1)}}
}
