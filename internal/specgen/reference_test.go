package specgen

import (
	"errors"
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// An ending is how a breadth-first search by the evaluator ends: with all states
// searched, or with what is wrong on the first level that has anything.
type ending struct {
	counts trace.Counts
	merged trace.Counts // when states that the symmetry maps to each other are one
	found  []finding
	levels int  // searched to the end
	cut    bool // too many states, or deeper than asked
	open   bool // an infinite set is gone through, from which a solver may choose

	impossible bool // what is to be possible is not

	single bool // there is but one behaviour that ends only where it must

	// Of behaviours, when all states were searched; see behaviours.
	broken []string // the properties that some fair behaviour violates
	unsure bool
	judge  func(name string, b *trace.Behaviour) string // a counterexample that ends in a loop
	prefix func(name string, b *trace.Behaviour) string // one that is finite
	short  func(name string, steps int) bool            // there is one in a loop of so many steps
}

// A finding is a violation; kind is "" for an error of evaluation.
type finding struct {
	kind trace.ViolationKind
	name string
	step int
}

// A limit says how far a reference search goes.
type limit struct {
	levels int // searched to the end
	states int // about
	all    bool
	past   bool // formulas about the states so far are checked
}

// reference searches the states of a system the slow and plain way.
type reference struct {
	limit
	spec    *Spec
	sys     *ir.System
	machine *eval.Machine
	level   int // of the states that are made, from 1
	kept    []eval.State
	index   map[uint64][]int // of states kept, by hash
	inits   []int
	arcs    [][2]int
	next    []int
	even    map[uint64][]eval.State // one of each orbit
	safety  []check
	seen    bool    // what is to be possible
	keeps   []check // what the specification says of states and steps
	ending
}

// A check is a part of a property that is about states or steps alone.
type check struct {
	kind    trace.ViolationKind
	name    string
	formula *formula
	meaning *meaning
	initial bool // of initial states alone
}

// search checks the states of sys level by level. On the last level it also
// looks for deadlock, and for errors in what comes next, but not at the states
// that do. With all, it goes on when something is found.
func search(s *Spec, sys *ir.System, l limit) *ending {
	if s.endless { // the engines have the sets without end
		plain, err := s.Plainly().Load()
		if err != nil {
			panic(err)
		}
		sys = plain
	}
	r := newReference(s, sys, l)
	r.explore()
	if l.past && s.past != nil {
		r.histories()
	}
	r.impossible = s.possible != nil && !r.seen
	r.single = len(r.inits) == 1 && !slices.ContainsFunc(r.degrees(), func(n int) bool { return n > 1 })
	if r.counts.Distinct <= maxGraph && !r.cut && (len(r.found) == 0 || l.all) {
		r.behaviours()
	}
	return &r.ending
}

// degrees are the numbers of states that each state leads to.
func (r *reference) degrees() []int {
	out := make([]int, len(r.kept))
	arcs := slices.Clone(r.arcs)
	slices.SortFunc(arcs, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	for _, a := range slices.Compact(arcs) {
		out[a[0]]++
	}
	return out
}

func newReference(s *Spec, sys *ir.System, l limit) *reference {
	r := &reference{limit: l, spec: s, sys: sys, index: map[uint64][]int{}, even: map[uint64][]eval.State{}}
	r.machine = eval.New(sys, eval.Options{Info: func(name string, _ eval.State) (value.Value, error) {
		if name == "level" {
			return value.Int(r.level), nil
		}
		return nil, nil
	}})
	for _, a := range sys.Assumes {
		if ok, err := r.machine.Bool(a.Expr, nil, nil); !ok || err != nil {
			panic(fmt.Sprintf("specgen: an assumption fails: %v", err))
		}
	}
	for _, p := range s.props {
		for _, c := range p.claim.conjuncts() {
			r.safety = append(r.safety, r.safetyOf(p.name, c)...)
		}
	}
	for _, c := range s.promises {
		if c.op == alwaysOp {
			r.keeps = append(r.keeps, r.safetyOf("", c)...)
		}
	}
	return r
}

// maxHistory is how many states a behaviour has at most whose past is checked.
const maxHistory = 30

// histories checks formulas about the states so far on all behaviours of as many
// states as there are levels, or until one is violated: then on all others that are
// as long, where something else may be wrong.
func (r *reference) histories() {
	next := make([][]int, len(r.kept))
	for _, a := range r.arcs {
		if !slices.Contains(next[a[0]], a[1]) {
			next[a[0]] = append(next[a[0]], a[1])
		}
	}
	var walks [][]int
	for _, i := range r.inits {
		walks = append(walks, []int{i})
	}
	for tries, n := 0, 1; n <= min(r.limit.levels, maxHistory) && len(walks) > 0; n++ {
		var longer [][]int
		violated := false
		for _, w := range walks {
			if tries++; tries > maxTries {
				r.cut, r.ending.levels = true, 0
				return
			}
			violated = !r.checkHistory(w) || violated
			for _, to := range next[w[len(w)-1]] {
				longer = append(longer, append(slices.Clone(w), to))
			}
		}
		if violated {
			return
		}
		walks = longer
	}
}

// checkHistory checks them on one behaviour, and reports what is wrong.
func (r *reference) checkHistory(walk []int) bool {
	states := make([]eval.State, len(walk))
	for i, at := range walk {
		states[i] = r.kept[at]
	}
	for _, f := range r.sys.Histories {
		switch ok, err := r.machine.History(f.Expr.(*ir.OpArg), states); {
		case err != nil:
			r.failed(len(walk))
			return false
		case !ok:
			r.report(trace.Invariant, f.Name, len(walk))
			return false
		}
	}
	return true
}

// excluded tells whether the specification forbids s, or the step there.
func (r *reference) excluded(from int, s eval.State) bool {
	for _, c := range r.keeps {
		var l letter
		switch {
		case c.kind == trace.Invariant:
			l = c.meaning.letter(s, nil)
		case from < 0:
			continue
		default:
			l = c.meaning.letter(r.kept[from], s)
		}
		if !c.formula.now(l, 0) {
			return true
		}
	}
	return false
}

// conjuncts are what c claims, each for itself.
func (c *claim) conjuncts() []*claim {
	if c.op == andOp && c.temporal() {
		return append(c.parts[0].conjuncts(), c.parts[1].conjuncts()...)
	}
	return []*claim{c}
}

// temporal tells whether c is about more than a state.
func (c *claim) temporal() bool {
	switch c.op {
	case alwaysOp, eventuallyOp, leadsToOp, weakOp, strongOp:
		return true
	}
	return slices.ContainsFunc(c.parts, (*claim).temporal)
}

// safetyOf is the check that c comes to, if it is about states or steps.
func (r *reference) safetyOf(name string, c *claim) []check {
	k := check{kind: trace.ActionProp, name: name, meaning: newMeaning(r.sys, r.machine, r.spec.extent)}
	about := c
	switch {
	case !c.temporal():
		k.initial = true
	case c.op == alwaysOp && !c.parts[0].temporal():
		about = c.parts[0]
		if about.op != boxOp {
			k.kind = trace.Invariant
		}
	case c.op == forallOp:
		inner := r.safetyOf(name, c.parts[0])
		if len(inner) == 0 {
			return nil
		}
		k.kind, k.initial = inner[0].kind, inner[0].initial
		about = &claim{op: forallOp, bound: c.bound, parts: []*claim{c.parts[0]}}
		if !k.initial {
			about.parts = []*claim{c.parts[0].parts[0]}
		}
		if c.parts[0].op == forallOp {
			return nil // one quantifier is all that the generator writes
		}
	default:
		return nil
	}
	k.formula = k.meaning.ground(about, nil)
	return []check{k}
}

func (r *reference) explore() {
	r.counts.Depth, r.merged.Depth, r.level = 1, 1, 1
	if err := r.machine.Init(func(s eval.State) bool { r.generated(-1, s); return true }); err != nil {
		r.open = r.open || isInfinite(err)
		r.failed(1)
	}
	if r.inits = slices.Clone(r.next); len(r.inits) == 0 {
		r.counts.Depth, r.merged.Depth = 0, 0
	}
	for level := 1; len(r.next) > 0 && (len(r.found) == 0 || r.all); level++ {
		r.ending.levels, r.counts.Depth, r.merged.Depth = level, level, level
		if level > r.limit.levels || r.counts.Distinct > int64(r.states) || r.counts.Generated > int64(20*r.states) {
			r.cut = true
			break
		}
		r.expand(level)
	}
}

// expand makes the successors of all states of a level.
func (r *reference) expand(level int) {
	states := r.next
	r.next = nil
	for _, from := range states {
		stuck, passed := true, r.machine.Passed()
		s := r.kept[from]
		count := r.counts.Generated
		r.level = level
		err := r.machine.Successors(s, func(t eval.Successor) bool {
			stuck = stuck && r.excluded(from, t.State)
			r.level = level + 1
			r.generated(from, t.State)
			r.level = level
			return true
		})
		r.counts.Generated += r.machine.Passed() - passed
		if r.isFirst(s) {
			r.merged.Generated += r.counts.Generated - count
		}
		switch {
		case err != nil:
			r.open = r.open || isInfinite(err)
			r.failed(level + 1)
		case stuck && r.sys.CheckDeadlock:
			r.report(trace.Deadlock, "", level)
		}
	}
}

// isInfinite tells whether err is only that a set has no end.
func isInfinite(err error) bool {
	list := diag.Of(err)
	return len(list) > 0 && list[0].Code == eval.CodeInfinite
}

func (r *reference) failed(step int) { r.report("", "", step) }

// report notes what is wrong; of each thing the first.
func (r *reference) report(kind trace.ViolationKind, name string, step int) {
	if !slices.ContainsFunc(r.found, func(f finding) bool { return f.kind == kind && f.name == name && f.step < step }) {
		r.found = append(r.found, finding{kind, name, step})
	}
}

// generated counts a state, and checks the step that led to it, if any, and the
// invariants in one that is new.
func (r *reference) generated(from int, s eval.State) {
	if r.excluded(from, s) {
		return
	}
	r.counts.Generated++
	if from < 0 {
		r.merged.Generated++
	}
	last := r.ending.levels == r.limit.levels
	if !last {
		r.checkStep(from, s)
	}
	to := r.known(s)
	inside := r.inside(from, s)
	if to < 0 && !last {
		r.checkState(s)
	}
	if !inside {
		return
	}
	if to < 0 {
		to = r.keep(s)
	}
	if from >= 0 {
		r.arcs = append(r.arcs, [2]int{from, to})
	}
}

func (r *reference) hash(s eval.State) uint64 {
	if r.sys.View != nil {
		v, err := r.machine.Value(r.sys.View, s, nil)
		if err != nil {
			panic(err)
		}
		return value.Hash(v)
	}
	h := uint64(0)
	for _, v := range s {
		h = h*31 + value.Hash(v)
	}
	return h
}

// known is the number of s, or of a state with the same view; -1 when there is none.
func (r *reference) known(s eval.State) int {
	for _, i := range r.index[r.hash(s)] {
		if r.alike(s, r.kept[i]) {
			return i
		}
	}
	return -1
}

func (r *reference) alike(s, t eval.State) bool {
	if r.sys.View == nil {
		return s.Equal(t)
	}
	v, _ := r.machine.Value(r.sys.View, s, nil)
	w, _ := r.machine.Value(r.sys.View, t, nil)
	return value.Compare(v, w) == 0
}

func (r *reference) keep(s eval.State) int {
	n := len(r.kept)
	r.kept = append(r.kept, s)
	h := r.hash(s)
	r.index[h] = append(r.index[h], n)
	r.next = append(r.next, n)
	r.counts.Distinct++
	if r.spec.symmetric && r.isFirst(s) {
		r.merged.Distinct++
	}
	return n
}

// inside tells whether the constraints let the search go on to s.
func (r *reference) inside(from int, s eval.State) bool {
	ask := func(f *ir.Formula, s, t eval.State) bool {
		ok, err := r.machine.Bool(f.Expr, s, t)
		if err != nil {
			r.failed(r.ending.levels + 1)
		}
		return ok && err == nil
	}
	for _, f := range r.sys.Constraints {
		if !ask(f, s, nil) {
			return false
		}
	}
	if from >= 0 {
		r.level--
		defer func() { r.level++ }()
		for _, f := range r.sys.ActionConstraints {
			if !ask(f, r.kept[from], s) {
				return false
			}
		}
	}
	return true
}

// checkPossible looks for what is to be possible in a state, or in a step.
func (r *reference) checkPossible(s, t eval.State) {
	for _, f := range r.sys.Possible {
		ok, err := r.machine.Bool(f.Expr, s, t)
		r.seen = r.seen || ok && err == nil
	}
}

// checkState checks the invariants.
func (r *reference) checkState(s eval.State) {
	at := r.ending.levels + 1
	r.checkPossible(s, nil)
	for _, inv := range r.sys.Invariants {
		switch ok, err := r.machine.Bool(inv.Expr, s, nil); {
		case err != nil:
			r.failed(at)
		case !ok:
			r.report(trace.Invariant, inv.Name, at)
		}
	}
	for _, c := range r.safety {
		if c.kind == trace.Invariant {
			c.ask(r, at, s, nil)
		}
	}
}

// checkStep checks what properties say of a step, or of an initial state.
func (r *reference) checkStep(from int, s eval.State) {
	at := r.ending.levels + 1
	if from >= 0 {
		r.checkPossible(r.kept[from], s)
	}
	for _, c := range r.safety {
		switch {
		case c.kind != trace.ActionProp || c.initial != (from < 0):
		case c.initial:
			c.ask(r, at, s, nil)
		default:
			c.ask(r, at, r.kept[from], s)
		}
	}
}

// ask reports what the check says of a step, or of a state.
func (c check) ask(r *reference, at int, s, t eval.State) {
	ok := c.formula.now(c.meaning.letter(s, t), 0)
	switch {
	case c.meaning.err != nil:
		c.meaning.err = nil
		r.failed(at)
	case !ok:
		r.report(c.kind, c.name, at)
	}
}

// isFirst tells whether s is the first state found of those that a symmetry
// makes of it.
func (r *reference) isFirst(s eval.State) bool {
	if !r.spec.symmetric {
		return true
	}
	images := r.images(s)
	h := uint64(0)
	for _, t := range images {
		h += r.hash(t)
	}
	for _, t := range r.even[h] {
		if r.alike(t, s) {
			return true
		}
		if slices.ContainsFunc(images, func(u eval.State) bool { return r.alike(t, u) }) {
			return false
		}
	}
	r.even[h] = append(r.even[h], s)
	return true
}

// images are what the permutations of Proc make of s, itself among them.
func (r *reference) images(s eval.State) (out []eval.State) {
	names := r.spec.procs()
	for _, p := range permutations(len(names)) {
		to := map[value.Model]value.Value{}
		for i, name := range names {
			to[value.NewModel(name)] = value.NewModel(names[p[i]])
		}
		image := make(eval.State, len(s))
		for i, v := range s {
			image[i] = renamed(v, to)
		}
		out = append(out, image)
	}
	return out
}

// permutations are all of 0..n-1.
func permutations(n int) [][]int {
	if n == 0 {
		return [][]int{nil}
	}
	var out [][]int
	for _, p := range permutations(n - 1) {
		for i := range n {
			out = append(out, slices.Insert(slices.Clone(p), i, n-1))
		}
	}
	return out
}

// renamed is v with other model values in the place of its own.
func renamed(v value.Value, to map[value.Model]value.Value) value.Value {
	all := func(vs []value.Value) []value.Value {
		out := make([]value.Value, len(vs))
		for i, w := range vs {
			out[i] = renamed(w, to)
		}
		return out
	}
	switch v := v.(type) {
	case value.Model:
		return to[v]
	case *value.Tuple:
		return value.NewTuple(all(v.Elems))
	case *value.Record:
		return value.NewRecord(v.Names, all(v.Vals))
	case *value.Set:
		return value.NewSet(all(v.Elems))
	case *value.Func:
		// The domain's order may change: pairs go back in by it.
		doms, vals := all(v.Dom.Elems), all(v.Vals)
		by := &value.Map[value.Value]{}
		for i, d := range doms {
			by.Put(d, vals[i])
		}
		dom := value.NewSet(doms)
		elems, err := value.Elements(dom)
		if err != nil {
			panic(err)
		}
		for i, d := range elems {
			vals[i], _ = by.Get(d)
		}
		return value.NewFunc(dom, vals)
	}
	return v
}

// first are the findings of the first level that has any.
func (e *ending) first() []finding {
	var out []finding
	for _, f := range e.found {
		switch {
		case len(out) == 0 || f.level() < out[0].level():
			out = []finding{f}
		case f.level() == out[0].level():
			out = append(out, f)
		}
	}
	return out
}

// level is the level that is searched when f comes up: a deadlock and an error
// come up at the states before.
func (f finding) level() int {
	if f.kind == trace.Deadlock {
		return f.step + 1
	}
	return f.step
}

// allows is "" when an engine's result is one of the reference's endings, and
// else what it should be.
func (e *ending) allows(r *trace.Result) string {
	first := e.first()
	switch r.Status {
	case trace.Violated:
		v := r.Violations[0]
		if v.Kind == trace.Assumption && e.impossible && len(first) == 0 {
			return ""
		}
		if slices.Contains(first, finding{v.Kind, v.Name, v.Step}) {
			return ""
		}
		switch b := v.Behaviour; {
		case b == nil || e.judge == nil:
		case b.LoopStart > 0 || b.Stuttering:
			if v.Kind == trace.Liveness && (len(first) == 0 || r.Engine == "bmc") {
				return e.judge(v.Name, b)
			}
		case (v.Kind == trace.Invariant || v.Kind == trace.ActionProp) && (len(first) == 0 || v.Step <= first[0].level()):
			return e.prefix(v.Name, b)
		}
	case trace.Failed:
		var user *diag.Error
		if errors.As(r.Err, &user) && slices.ContainsFunc(first, func(f finding) bool { return f.kind == "" }) {
			return ""
		}
	case trace.Verified:
		if len(first) == 0 && len(e.broken) == 0 && !e.impossible {
			return ""
		}
	case trace.Clean:
		if len(first) == 0 && !slices.ContainsFunc(e.broken, func(p string) bool { return e.short(p, r.Bound) }) {
			return ""
		}
	}
	return "want " + e.String()
}
