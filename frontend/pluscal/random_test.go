package pluscal

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/internal/tlatools"
)

// A draw writes a random algorithm, in either syntax, with everything that the
// grammar has. It need not mean anything: names of labels, procedures and variables
// clash, labels are missing, steps assign twice. What the official translator makes
// of it, or that it refuses it, is what matters.
type draw struct {
	*rand.Rand
	strings.Builder
	c          bool
	indent     int
	vars       []string // that can be assigned here
	bound      []string // that can be read here too
	labels     []string
	macros     map[string]int
	procedures map[string]int
	self       bool
	labelled   int // of ten statements, how many have a label
	inMacro    bool
	inProc     bool
	inWith     bool
	fresh      int
	first      bool // the statement has its label
}

func randomAlgorithm(seed uint64) string {
	r := rand.New(rand.NewPCG(seed, 15))
	d := &draw{Rand: r, c: r.IntN(2) == 0, labelled: 4 + r.IntN(7), macros: map[string]int{}, procedures: map[string]int{}}
	d.all()
	return d.String()
}

func pick[T any](d *draw, of ...T) T { return of[d.IntN(len(of))] }

func (d *draw) maybe(n int) bool { return d.IntN(10) < n }

func (d *draw) line(format string, args ...any) {
	d.WriteString(strings.Repeat("  ", d.indent))
	fmt.Fprintf(d, format+"\n", args...)
	if d.maybe(1) {
		fmt.Fprintf(d, "%s%s\n", strings.Repeat("  ", d.indent), pick(d, `\* a remark`, "(* a remark *)"))
	}
}

// block writes what is enclosed in braces or in words.
func (d *draw) block(head, end string, body func()) {
	switch {
	case d.c:
		d.line("%s {", head)
	default:
		d.line("%s", head)
	}
	d.indent++
	body()
	d.indent--
	if d.c {
		d.line("}%s", pick(d, ";", ""))
	} else {
		d.line("end %s;", end)
	}
}

func (d *draw) all() {
	fmt.Fprintf(d, "---- MODULE M ----\nEXTENDS Integers, Sequences, TLC\n")
	if d.maybe(8) {
		fmt.Fprintf(d, "(* PlusCal options (%s) *)\n", pick(d, "-wf -label", "-sf -label", "-wfNext label", "-nof -label", "-termination -label", "-label", "-label", "-label", "-noDoneDisjunct -label", "-sf", "wf,label", "sf label"))
	}
	d.WriteString("CONSTANT N\n(*\n")
	d.WriteString(pick(d, "--algorithm ", "--algorithm ", "--fair algorithm ") + "Alg")
	if d.c {
		d.WriteString(" {")
	}
	d.WriteString("\n")
	d.declare("variable", pick(d, []string{"x", "y", "f"}, []string{"x", "y", "f", "g"}, []string{"x"}, []string{"x", "y", "f"}, []string{"x", "a"}))
	if d.maybe(3) {
		d.define()
	}
	for _, name := range []string{"Mac", "Twice"}[:d.IntN(3)] {
		d.macro(name)
	}
	names := []string{"Proc", "Other"}[:d.IntN(3)]
	for _, name := range names {
		d.procedures[name] = d.IntN(3)
	}
	processes := d.IntN(3)
	d.self = processes > 0
	for _, name := range names {
		d.procedure(name)
	}
	for i := range processes {
		d.process([]string{"P", "Q"}[i])
	}
	if processes == 0 {
		d.main()
	}
	d.WriteString(pick(d, "", "\n"))
	if d.c {
		d.WriteString("}\n*)\n")
	} else {
		d.WriteString("end algorithm;\n*)\n")
	}
	d.WriteString("====\n")
}

func (d *draw) declare(word string, names []string) {
	var out []string
	for _, name := range names {
		out = append(out, name+pick(d, "", " = "+d.expr(1), " \\in "+d.set(1), " = "+d.expr(2)))
		d.vars = append(d.vars, name)
	}
	d.line("%s %s;", pick(d, word, word+"s"), strings.Join(out, pick(d, ", ", "; ", ",\n    ")))
}

func (d *draw) define() {
	body := func() {
		d.line("Op(p) == p + %s", pick(d, "x", "1", "Len(<<>>)"))
		d.line("Set == {} \\cup {x}")
	}
	if d.c {
		d.block("define", "define", body)
		return
	}
	d.line("define")
	body()
	d.line("end define;")
}

// within runs body with declarations that end with it.
func (d *draw) within(body func()) {
	vars, bound := d.vars, d.bound
	d.vars, d.bound = d.vars[:len(d.vars):len(d.vars)], d.bound[:len(d.bound):len(d.bound)]
	body()
	d.vars, d.bound = vars, bound
}

func (d *draw) macro(name string) {
	d.within(func() {
		params := []string{"m", "n"}[:d.IntN(3)]
		d.macros[name] = -1
		d.inMacro = true
		d.bound = append(d.bound, params...)
		if len(params) > 0 && d.maybe(5) {
			d.vars = append(d.vars, params[0])
		}
		head := fmt.Sprintf("macro %s(%s)", name, strings.Join(params, ", "))
		if !d.c {
			head += " begin"
		}
		d.block(head, "macro", func() { d.stmts(2, 1) })
		d.inMacro = false
		d.macros[name] = len(params)
	})
}

func (d *draw) procedure(name string) {
	d.within(func() {
		var params []string
		for _, p := range []string{"a", "b"}[:d.procedures[name]] {
			d.vars = append(d.vars, p)
			params = append(params, p+pick(d, "", "", " = "+d.expr(1)))
		}
		d.line("procedure %s(%s)", name, strings.Join(params, ", "))
		if d.maybe(5) {
			word := "variable"
			d.vars = append(d.vars, "u")
			d.line("%s u%s;", word, pick(d, "", " = "+d.expr(1)))
		}
		d.inProc = true
		d.body("procedure", 3)
		d.inProc = false
	})
}

func (d *draw) body(end string, n int) {
	d.labels = nil
	write := func() {
		d.indent++
		d.first = d.maybe(9)
		if d.first {
			d.label()
		}
		d.stmts(n, 2)
		if d.inProc && d.maybe(8) {
			d.line("return;")
		}
		d.indent--
	}
	if d.c {
		d.line("{")
		write()
		d.line("}")
		return
	}
	d.line("begin")
	write()
	d.line("end %s;", end)
}

func (d *draw) process(name string) {
	d.within(func() {
		id := pick(d, "= 7", "\\in 1..2", `\in {"a", "b"}`, "\\in 1..N", "= 1 + 1")
		fair := pick(d, "", "", "fair ", "fair+ ")
		switch {
		case d.c:
			d.line("%sprocess (%s %s)", fair, name, id)
		default:
			d.line("%sprocess %s %s", fair, name, id)
		}
		if d.maybe(6) {
			d.declare("variable", pick(d, []string{"l"}, []string{"l", "k"}, []string{"u"}))
		}
		d.body("process", 4)
	})
}

func (d *draw) main() {
	if d.c {
		d.body("", 5)
		return
	}
	d.line("begin")
	d.indent++
	d.stmts(5, 2)
	d.indent--
}

func (d *draw) label() {
	name := pick(d, "l1", "l2", "l3", "l4", "l5", "l6", "l7", "l8", "l9", "one", "two", "three", "four", "five", "six")
	for _, l := range d.labels {
		if l == name {
			return
		}
	}
	d.labels = append(d.labels, name)
	d.line("%s:%s", name, pick(d, "", "", "", "+", "-"))
}

func (d *draw) stmts(n, depth int) {
	for range 1 + d.IntN(n) {
		if !d.first && !d.inMacro && (!d.inWith || d.IntN(100) == 0) && d.IntN(10) < d.labelled {
			d.label()
		}
		d.first = false
		d.stmt(depth)
	}
}

func (d *draw) stmt(depth int) {
	switch n := d.IntN(20); {
	case n < 6:
		d.line("%s;", d.assign())
	case n < 7:
		d.line("%s %s;", pick(d, "await", "when"), d.expr(2))
	case n < 8:
		d.line("%s;", pick(d, "skip", "skip", "print "+d.expr(2), "print <<"+d.expr(1)+", \"done\">>", "assert "+d.expr(2)))
	case n < 10 && depth > 0:
		d.ifStmt(depth)
	case n < 12 && depth > 0:
		d.either(depth)
	case n < 13 && depth > 0 && (!d.inMacro || d.maybe(1)):
		d.loop(depth)
	case n < 15 && depth > 0:
		d.with(depth)
	case n < 16 && len(d.labels) > 0 && d.jumps():
		d.line("goto %s;", pick(d, append([]string{"Done"}, d.labels...)...))
	case n < 18 && len(d.procedures) > 0 && d.jumps():
		d.call()
	case n < 19 && len(d.macros) > 0:
		d.use()
	case n < 20 && d.inProc && d.jumps():
		d.line("return;")
	default:
		d.line("%s;", d.assign())
	}
}

// jumps tells whether a jump may stand here; inside a with statement, or a macro,
// seldom.
func (d *draw) jumps() bool { return !d.inMacro && !d.inWith || d.IntN(50) == 0 }

func (d *draw) args(n int) string {
	var args []string
	for range n {
		args = append(args, d.expr(1))
	}
	return strings.Join(args, ", ")
}

func (d *draw) call() {
	name := pick(d, "Proc", "Other")
	n, ok := d.procedures[name]
	if !ok {
		name, n = "Proc", d.procedures["Proc"]
	}
	d.line("call %s(%s);", name, d.args(n))
	if d.maybe(3) {
		if d.inProc && d.maybe(7) {
			d.line("return;")
		} else {
			d.line("goto Done;")
		}
	}
}

func (d *draw) use() {
	name := pick(d, "Mac", "Twice")
	n, ok := d.macros[name]
	if !ok || n < 0 {
		d.line("skip;")
		return
	}
	args := d.args(n)
	if n > 0 && d.maybe(8) {
		args = strings.Join(append([]string{pick(d, d.vars...)}, strings.Split(args, ", ")[n:]...), ", ")
		if n == 2 {
			args += ", " + d.expr(1)
		}
	}
	d.line("%s(%s);", name, args)
}

func (d *draw) assign() string {
	n := 1
	if d.maybe(2) {
		n = 2
	}
	var parts []string
	for range n {
		parts = append(parts, pick(d, d.vars...)+pick(d, "", "", "", "["+d.expr(1)+"]", ".h", "[1][2]", "[1, 2]", "[1].h")+" := "+d.expr(2))
	}
	return strings.Join(parts, " || ")
}

func (d *draw) ifStmt(depth int) {
	cond := d.expr(2)
	if d.c {
		more := d.maybe(6)
		d.nested(fmt.Sprintf("if (%s)", cond), depth, more)
		if more {
			d.nested("else", depth, false)
		}
		return
	}
	d.line("if %s then", cond)
	d.inner(depth)
	if d.maybe(3) {
		d.line("elsif %s then", d.expr(1))
		d.inner(depth)
	}
	if d.maybe(6) {
		d.line("else")
		d.inner(depth)
	}
	d.line("end if;")
}

// nested is one statement of the c-syntax under a head; more tells that its
// statement goes on after it.
func (d *draw) nested(head string, depth int, more bool) {
	d.line("%s {", head)
	d.inner(depth)
	if more {
		d.line("}")
	} else {
		d.line("};")
	}
}

func (d *draw) inner(depth int) {
	d.indent++
	d.within(func() { d.stmts(2, depth-1) })
	d.indent--
}

func (d *draw) either(depth int) {
	if d.c {
		more := d.maybe(3)
		d.nested("either", depth, true)
		d.nested("or", depth, more)
		if more {
			d.nested("or", depth, false)
		}
		return
	}
	d.line("either")
	d.inner(depth)
	d.line("or")
	d.inner(depth)
	d.line("end either;")
}

func (d *draw) loop(depth int) {
	cond := pick(d, "TRUE", d.expr(2))
	if d.c {
		d.nested(fmt.Sprintf("while (%s)", cond), depth, false)
		return
	}
	d.line("while %s do", cond)
	d.inner(depth)
	d.line("end while;")
}

func (d *draw) with(depth int) {
	d.within(func() {
		was := d.inWith
		d.inWith = true
		var binds []string
		for range 1 + d.IntN(2) {
			d.fresh++
			v := fmt.Sprintf("v%d", d.fresh)
			binds = append(binds, v+pick(d, " = "+d.expr(1), " \\in "+d.set(1)))
			d.bound = append(d.bound, v)
		}
		list := strings.Join(binds, pick(d, ", ", "; "))
		if d.c {
			d.nested(fmt.Sprintf("with (%s)", list), depth, false)
		} else {
			d.line("with %s do", list)
			d.inner(depth)
			d.line("end with;")
		}
		d.inWith = was
	})
}

func (d *draw) name() string {
	names := append(append([]string{"N", "1", "2"}, d.vars...), d.bound...)
	if d.self {
		names = append(names, "self")
	}
	if d.maybe(1) && len(d.procedures) > 0 {
		names = append(names, "pc", "stack")
	}
	return pick(d, names...)
}

func (d *draw) set(depth int) string {
	return pick(d, "{1, 2}", "1..2", "{}", "{"+d.expr(depth-1)+"}", "[1..2 -> {0}]", "{q0 \\in 1..2 : q0 # 1}", "BOOLEAN", "SUBSET {1}")
}

func (d *draw) expr(depth int) string {
	if depth <= 0 {
		return d.name()
	}
	e := func() string { return d.expr(depth - 1) }
	d.fresh++
	b := fmt.Sprintf("b%d", d.fresh)
	switch d.IntN(24) {
	case 0:
		return e() + " + " + e()
	case 1:
		return "((" + e() + ") = (" + e() + "))"
	case 2:
		return "((" + e() + ") # (" + e() + "))"
	case 3:
		return "((" + e() + ") \\/ (" + e() + "))"
	case 4:
		return "~(" + e() + ")"
	case 5:
		return "\\E " + b + " \\in " + d.set(depth) + " : " + b + " = (" + e() + ")"
	case 6:
		return "[" + e() + " EXCEPT ![" + e() + "] = @ + " + e() + "]"
	case 7:
		return "[h |-> " + e() + ", x |-> " + e() + "]"
	case 8:
		return "[" + b + " \\in 1..2 |-> " + b + " + " + e() + "]"
	case 9:
		return "<<" + e() + ", " + e() + ">>"
	case 10:
		return d.name() + "[" + e() + "]"
	case 11:
		return d.name() + ".x"
	case 12:
		return "IF " + e() + " THEN " + e() + " ELSE " + e()
	case 13:
		return "LET " + b + " == " + e() + " IN " + b + " + " + e()
	case 14:
		return "CHOOSE " + b + " \\in " + d.set(depth) + " : (" + e() + ") = " + b
	case 15:
		return "Len(" + e() + ")"
	case 16:
		return "-(" + e() + ")"
	case 17:
		return "{" + e() + " : " + b + " \\in " + d.set(depth) + "}"
	case 18:
		return "Append(" + e() + ", " + e() + ")"
	case 19:
		if depth < 2 {
			return d.name()
		}
		pad := strings.Repeat(" ", 8+2*d.indent)
		return "(\n" + pad + "/\\ " + e() + "\n" + pad + "/\\ " + e() + ")"
	case 20:
		return "CASE " + e() + " -> " + e() + " [] OTHER -> " + e()
	case 21:
		return pick(d, `"a"`, "TRUE", "FALSE", `"x y"`)
	default:
		return d.name()
	}
}

// TestRandom compares with the official translator on random algorithms.
func TestRandom(t *testing.T) {
	j := tlatools.Start(t)
	n := uint64(300)
	if os.Getenv("LEMMA_LONG") != "" {
		n = 5000
	}
	translated := 0
	for seed := range n {
		text := randomAlgorithm(seed)
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			if compareTranslator(t, j, "M.tla", text) {
				translated++
			}
			if t.Failed() {
				t.Log(text)
			}
		})
	}
	t.Logf("%d of %d algorithms translated", translated, n)
}
