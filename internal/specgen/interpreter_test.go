package specgen

import (
	"fmt"
	"maps"
	"slices"

	"github.com/lemma-mc/lemma/value"
)

// A moment of an algorithm: numbers by name, "u@1" for the u of process 1, labels
// and stacks by process. The only process of a sequential algorithm is 0.
type setting struct {
	nums   map[string]int
	pc     map[int]string
	stacks map[int][]activation // the latest call last
}

// An activation is what a call puts by: where to go on, and what the procedure's
// variables were.
type activation struct {
	procedure, back string
	param, local    int
}

func (s *setting) clone() *setting {
	t := &setting{maps.Clone(s.nums), maps.Clone(s.pc), map[int][]activation{}}
	for i, st := range s.stacks {
		t.stacks[i] = slices.Clone(st)
	}
	return t
}

// A rest is what is still to be done of a body: a list of statements, then the
// test of the loop that they are in, or what comes after.
type rest struct {
	list []*stmt
	loop *stmt
	up   *rest
}

// An interpreter runs an algorithm.
type interpreter struct {
	a       *Algorithm
	labels  map[string]*rest // what is to be done from a label on
	first   map[string]string
	local   map[string]bool // names of which each process has one
	bodyOf  map[string]string
	minus   map[string]bool
	plus    []string
	procOf  map[string]*procedure
	members []int // the processes
}

func newInterpreter(a *Algorithm) *interpreter {
	r := &interpreter{a: a, labels: map[string]*rest{}, first: map[string]string{}, local: map[string]bool{},
		bodyOf: map[string]string{}, minus: map[string]bool{}, procOf: map[string]*procedure{}}
	for _, p := range a.procedures {
		r.procOf[p.name] = p
		r.local[p.param], r.local[p.local.name] = true, true
		r.index(p.name, &rest{list: p.body})
		r.first[p.name] = p.body[0].label
	}
	for _, p := range a.processes {
		for _, v := range p.locals {
			r.local[v.name] = true
		}
		r.index(p.name, &rest{list: p.body})
		r.first[p.name] = p.body[0].label
		r.members = append(r.members, p.ids...)
	}
	if len(a.processes) == 0 {
		r.index("", &rest{list: a.body})
		r.members = []int{0}
	}
	return r
}

// index notes where every label is.
func (r *interpreter) index(body string, at *rest) {
	for i, s := range at.list {
		here := &rest{at.list[i:], at.loop, at.up}
		if s.label != "" {
			r.labels[s.label], r.bodyOf[s.label] = here, body
			r.minus[s.label] = s.sign == "-"
			if s.sign == "+" {
				r.plus = append(r.plus, s.label)
			}
		}
		after := &rest{at.list[i+1:], at.loop, at.up}
		for _, b := range s.bodies {
			if s.kind == whileStmt {
				r.index(body, &rest{list: b, loop: s})
			} else {
				r.index(body, &rest{list: b, up: after})
			}
		}
	}
}

// nextLabel is the label that comes when what is done now is done.
func nextLabel(at *rest) string {
	for ; at != nil; at = at.up {
		switch {
		case len(at.list) > 0:
			return at.list[0].label
		case at.loop != nil:
			return at.loop.label
		}
	}
	return "Done"
}

func (r *interpreter) key(name string, self int) string {
	if r.local[name] {
		return fmt.Sprintf("%s@%d", name, self)
	}
	return name
}

// starts are all first settings.
func (r *interpreter) starts() []*setting {
	s := &setting{map[string]int{}, map[int]string{}, map[int][]activation{}}
	out := []*setting{s}
	choose := func(key string, values []int) {
		var next []*setting
		for _, s := range out {
			for _, v := range slices.Compact(slices.Clone(values)) {
				t := s.clone()
				t.nums[key] = v
				next = append(next, t)
			}
		}
		out = next
	}
	for _, v := range r.a.globals {
		if v.array {
			choose(v.name+"1", v.values[:1])
			choose(v.name+"2", v.values[1:])
			continue
		}
		choose(v.name, v.values)
	}
	for _, p := range r.a.procedures {
		for _, self := range r.members {
			choose(r.key(p.param, self), []int{0})
			choose(r.key(p.local.name, self), p.local.values)
		}
	}
	for _, p := range r.a.processes {
		for _, self := range p.ids {
			for _, v := range p.locals {
				choose(r.key(v.name, self), v.values)
			}
		}
	}
	for _, s := range out {
		for _, p := range r.a.processes {
			for _, self := range p.ids {
				s.pc[self] = r.first[p.name]
			}
		}
		if len(r.a.processes) == 0 {
			s.pc[0] = r.a.body[0].label
		}
	}
	return out
}

// steps are the settings to which a process leads.
func (r *interpreter) steps(s *setting, self int) []*setting {
	at := r.labels[s.pc[self]]
	if at == nil {
		return nil // Done
	}
	var out []*setting
	x := &execution{r: r, self: self, emit: func(t *setting) { out = append(out, t) }}
	x.run(at, s, map[string]int{}, true)
	return out
}

// An execution runs one step of a process.
type execution struct {
	r    *interpreter
	self int
	emit func(*setting)
}

func (x *execution) stop(s *setting, label string) {
	s.pc[x.self] = label
	x.emit(s)
}

// run goes on from at until the next label; begun tells that the first statement
// has the label where the step begins.
func (x *execution) run(at *rest, s *setting, bound map[string]int, begun bool) {
	for len(at.list) == 0 {
		if at.loop != nil || at.up == nil {
			x.stop(s.clone(), nextLabel(at))
			return
		}
		at = at.up
	}
	do := at.list[0]
	if do.label != "" && !begun {
		x.stop(s.clone(), do.label)
		return
	}
	after := &rest{at.list[1:], at.loop, at.up}
	num := func(e *num) int { return x.r.num(e, s, x.self, bound) }
	switch do.kind {
	case assignStmt:
		t := s.clone()
		for i, target := range do.targets {
			name := x.r.key(target.name, x.self)
			if target.op == "f" {
				name = fmt.Sprintf("%s%d", target.name, 1+num(target.args[0])%2)
			}
			t.nums[name] = num(do.exprs[i])
		}
		x.run(after, t, bound, false)
	case ifStmt:
		branch := do.bodies[0]
		if num(do.cond) == 0 {
			branch = do.bodies[1]
		}
		x.run(&rest{list: branch, up: after}, s, bound, false)
	case eitherStmt:
		for _, b := range do.bodies {
			x.run(&rest{list: b, up: after}, s, bound, false)
		}
	case whileStmt:
		if num(do.cond) == 0 {
			x.run(after, s, bound, false)
			return
		}
		x.run(&rest{list: do.bodies[0], loop: do}, s, bound, false)
	case withStmt:
		for _, e := range do.exprs {
			inner := maps.Clone(bound)
			inner[do.name] = num(e)
			x.run(&rest{list: do.bodies[0], up: after}, s, inner, false)
		}
	case awaitStmt:
		if num(do.cond) != 0 {
			x.run(after, s, bound, false)
		}
	case skipStmt:
		x.run(after, s, bound, false)
	case gotoStmt:
		x.stop(s.clone(), do.name)
	case callStmt:
		x.call(do, num(do.exprs[0]), s.clone(), nextLabel(after))
	case returnStmt:
		x.giveBack(s.clone())
	}
}

func (x *execution) call(do *stmt, arg int, s *setting, back string) {
	p := x.r.procOf[do.name]
	param, local := x.r.key(p.param, x.self), x.r.key(p.local.name, x.self)
	s.stacks[x.self] = append(s.stacks[x.self], activation{p.name, back, s.nums[param], s.nums[local]})
	s.nums[param], s.nums[local] = arg, p.local.values[0]
	x.stop(s, x.r.first[p.name])
}

func (x *execution) giveBack(s *setting) {
	st := s.stacks[x.self]
	top := st[len(st)-1]
	s.stacks[x.self] = st[:len(st)-1]
	p := x.r.procOf[top.procedure]
	s.nums[x.r.key(p.param, x.self)], s.nums[x.r.key(p.local.name, x.self)] = top.param, top.local
	x.stop(s, top.back)
}

// num is the value of an expression; conditions are 0 or 1.
func (r *interpreter) num(e *num, s *setting, self int, bound map[string]int) int {
	arg := func(i int) int { return r.num(e.args[i], s, self, bound) }
	truth := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	switch e.op {
	case "n":
		return e.n
	case "self":
		return self
	case "v":
		if v, ok := bound[e.name]; ok {
			return v
		}
		return s.nums[r.key(e.name, self)]
	case "f":
		return s.nums[fmt.Sprintf("%s%d", e.name, 1+arg(0)%2)]
	case "+":
		return (arg(0) + arg(1)) % 3
	case "-":
		return ((arg(0)-arg(1))%3 + 3) % 3
	case "=":
		return truth(arg(0) == arg(1))
	case "<":
		return truth(arg(0) < arg(1))
	case "#":
		return truth(arg(0) != arg(1))
	case "and":
		return truth(arg(0) == 1 && arg(1) == 1)
	case "not":
		return truth(arg(0) == 0)
	}
	panic("specgen: operator " + e.op)
}

// state is the setting as the translation has it, by the names of its variables.
func (r *interpreter) state(s *setting) map[string]value.Value {
	out := map[string]value.Value{}
	each := func(ids []int, of func(self int) value.Value) value.Value {
		if len(r.a.processes) == 0 {
			return of(0)
		}
		elems := make([]value.Value, len(ids))
		for i, id := range ids {
			elems[i] = value.Int(id)
		}
		vals := make([]value.Value, len(ids))
		for i, id := range ids {
			vals[i] = of(id)
		}
		return value.NewFunc(value.NewSet(elems), vals)
	}
	local := func(name string) func(int) value.Value {
		return func(self int) value.Value { return value.Int(s.nums[r.key(name, self)]) }
	}
	for _, v := range r.a.globals {
		if v.array {
			out[v.name] = value.NewTuple([]value.Value{value.Int(s.nums[v.name+"1"]), value.Int(s.nums[v.name+"2"])})
			continue
		}
		out[v.name] = value.Int(s.nums[v.name])
	}
	for _, p := range r.a.procedures {
		out[p.param], out[p.local.name] = each(r.members, local(p.param)), each(r.members, local(p.local.name))
	}
	for _, p := range r.a.processes {
		for _, v := range p.locals {
			if p.set {
				out[v.name] = each(p.ids, local(v.name))
			} else {
				out[v.name] = local(v.name)(p.ids[0])
			}
		}
	}
	out["pc"] = each(r.members, func(self int) value.Value { return value.NewStr(s.pc[self]) })
	if len(r.a.procedures) > 0 {
		out["stack"] = each(r.members, func(self int) value.Value { return r.stack(s.stacks[self]) })
	}
	return out
}

// stack is a stack as a sequence of records, the latest call first.
func (r *interpreter) stack(calls []activation) value.Value {
	var out []value.Value
	for _, c := range slices.Backward(calls) {
		p := r.procOf[c.procedure]
		out = append(out, value.NewRecord([]string{"procedure", "pc", p.param, p.local.name},
			[]value.Value{value.NewStr(c.procedure), value.NewStr(c.back), value.Int(c.param), value.Int(c.local)}))
	}
	return value.NewTuple(out)
}
