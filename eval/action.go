package eval

import (
	"errors"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// An actionReader reads an expression as a recipe for states. It goes through the
// expression in the order of the text and keeps the state in the making in
// target; whatever stands after the part at hand is a continuation, called
// once for each way in which that part can be made true. What a part assigns
// it takes back when its continuation returns.
type actionReader struct {
	m *Machine
	// target is the state in the making: w.next, or w.s for initial states.
	target State
	init   bool
	// fixed tells that target is complete from the start and only checked.
	fixed bool
	// given tells that some values of target come from elsewhere.
	given bool
	// counts tells that the number of ways is asked for: see onlyTested.
	counts bool
	// undecided is the error of a choice that fixed found no member for.
	undecided error
	label     *label
	leaf      leaf
	// passed counts the states in the middle of A \cdot B; TLC counts those of
	// the outermost only, so not while composing is set.
	passed    int64
	composing bool
	frees     freeing // see statePair
}

// A continuation is called with the target as made so far. It returns errStop
// to end the whole enumeration.
type continuation func() error

var errStop = errors.New("stop")

// Init yields the initial states, duplicates included, until yield returns
// false. The receiver may keep the state.
func (m *Machine) Init(yield func(State) bool) error {
	if m.sys.Init == nil {
		return nil
	}
	m.begin()
	mk := &actionReader{m: m, target: make(State, len(m.sys.Variables)), init: true, counts: true}
	w := &statePair{s: mk.target, partial: true}
	err := mk.run(m.sys.Init, nil, w, false, func() error {
		if err := mk.complete(m.sys.Init); err != nil {
			return err
		}
		return keepGoing(yield(append(State(nil), mk.target...)))
	})
	return unlessStopped(err)
}

// A Successor is a state with the action that made it.
type Successor struct {
	State  State
	Action Label
}

// Successors yields the states to which Next leads from s, one for each way
// (so the same state may come several times), until yield returns false.
func (m *Machine) Successors(s State, yield func(Successor) bool) error {
	if m.sys.Next == nil {
		return nil
	}
	return m.SuccessorsOf(m.sys.Next, s, yield)
}

// SuccessorsOf is Successors by another action than Next.
func (m *Machine) SuccessorsOf(action ir.Expr, s State, yield func(Successor) bool) error {
	return m.successors(&actionReader{m: m, target: make(State, len(m.sys.Variables)), counts: true}, action, s, yield)
}

// SuccessorsTo is SuccessorsOf for next states that have the values of known,
// which is nil for a variable whose value is open. They are found without making
// the others: x' \in S is a test where x' is known. The same state may come more
// or less often than from SuccessorsOf.
func (m *Machine) SuccessorsTo(known State, action ir.Expr, s State, yield func(Successor) bool) error {
	return m.successors(&actionReader{m: m, target: slices.Clone(known), given: true}, action, s, yield)
}

func (m *Machine) successors(mk *actionReader, action ir.Expr, s State, yield func(Successor) bool) error {
	m.begin()
	w := &statePair{s: s, next: mk.target, nextPartial: true}
	err := mk.run(action, nil, w, true, func() error {
		if err := mk.complete(action); err != nil {
			return err
		}
		return keepGoing(yield(Successor{append(State(nil), mk.target...), mk.resolve(action)}))
	})
	m.passed += mk.passed
	return unlessStopped(err)
}

// Passed is the number of states that Successors has made in the middle of
// A \cdot B so far. TLC counts them as generated.
func (m *Machine) Passed() int64 { return m.passed }

// Check tells whether the step from s to next satisfies action. It goes
// through the action as Successors does, so that x' \in S and x' = e mean the
// same, but only follows what leads to next.
func (m *Machine) Check(action ir.Expr, s, next State) (bool, error) {
	_, ok, err := m.Way(action, s, next)
	return ok, err
}

// A Way is how a step satisfies an action: its name, and the part of the action
// that the way ends at, with what names mean there.
type Way struct {
	Label
	Part ir.Expr
	At   Env
}

// Way is the first way found in which the step from s to next satisfies action;
// ok is false where none does.
func (m *Machine) Way(action ir.Expr, s, next State) (way Way, ok bool, err error) {
	m.begin()
	mk := &actionReader{m: m, target: next, fixed: true}
	err = mk.run(action, nil, newStatePair(s, next), true, func() error {
		way, ok = Way{mk.resolve(action), mk.leaf.expr, Env{mk.leaf.env}}, true
		return errStop
	})
	return way, ok, mk.verdict(ok, err)
}

// verdict is the error of a check that ended with err: where nothing was found,
// that a choice was left undecided is one.
func (mk *actionReader) verdict(ok bool, err error) error {
	if err = unlessStopped(err); err == nil && !ok {
		return mk.undecided
	}
	return err
}

// IsInitial tells whether s satisfies Init.
func (m *Machine) IsInitial(s State) (ok bool, err error) {
	if m.sys.Init == nil {
		return true, nil
	}
	m.begin()
	mk := &actionReader{m: m, target: s, init: true, fixed: true}
	err = mk.run(m.sys.Init, nil, newStatePair(s, nil), false, func() error {
		ok = true
		return errStop
	})
	return ok, mk.verdict(ok, err)
}

// cdot tells whether A \cdot B holds: A leads to a state from which B leads on
// to the next state.
func (m *Machine) cdot(e *ir.App, en *env, w *statePair) (value.Value, error) {
	if w.next == nil {
		return nil, fail(codeNoNext, e.Span, `\cdot is used where there is no next state.`)
	}
	mk := &actionReader{m: m, target: w.next, fixed: true}
	ok := false
	err := mk.cdot(e, en, w, func() error {
		ok = true
		return errStop
	})
	return value.Bool(ok), mk.verdict(ok, err)
}

func keepGoing(more bool) error {
	if more {
		return nil
	}
	return errStop
}

func unlessStopped(err error) error {
	if err == errStop {
		return nil
	}
	return err
}

// complete says which variables the target lacks.
func (mk *actionReader) complete(e ir.Expr) error {
	var missing []string
	var last *ir.Variable
	for i, v := range mk.target {
		if v == nil {
			last = mk.m.sys.Variables[i]
			missing = append(missing, mk.m.sys.Variables[i].Name)
		}
	}
	if missing == nil {
		return nil
	}
	names := strings.Join(missing, ", ")
	if mk.init {
		return mk.m.rangeless(last, fail(codeIncomplete, e.Pos(), "The initial state is not completely specified: no value is assigned to %s.", names))
	}
	at, name := e.Pos(), "the next-state relation"
	if l := mk.label; l != nil {
		at, name = l.def.Span, "the action "+l.def.Name
	}
	return fail(codeIncomplete, at, "The successor state is not completely specified by %s: no value is assigned to %s.", name, primed(missing))
}

func primed(names []string) string { return strings.Join(names, "', ") + "'" }

// run makes e true in every way and calls k after each. In split, e has been
// reached through disjunctions, quantifiers and definitions alone, so that a
// definition entered here names the action.
func (mk *actionReader) run(e ir.Expr, en *env, w *statePair, split bool, k continuation) error {
	if err := mk.m.enter(e); err != nil {
		return err
	}
	err := mk.runNode(e, en, w, split, k)
	mk.m.leave()
	return err
}

func (mk *actionReader) runNode(e ir.Expr, en *env, w *statePair, split bool, k continuation) error {
	m := mk.m
	if split && !passesOn(e) {
		defer func(old leaf) { mk.leaf = old }(mk.leaf)
		mk.leaf = leaf{e, en}
	}
	if splits(e) && mk.onlyTested() {
		return mk.test(e, en, w, k)
	}
	switch e := e.(type) {
	case *ir.App:
		return mk.app(e, en, w, split, k)
	case *ir.Quant:
		return mk.quant(e, en, w, split, k)
	case *ir.If:
		branch, err := m.branch(e, en, w)
		if err != nil {
			return err
		}
		return mk.run(branch, en, w, false, k)
	case *ir.Case:
		arm, err := m.arm(e, en, w)
		if err != nil {
			return err
		}
		return mk.run(arm, en, w, false, k)
	case *ir.Let:
		return mk.run(e.Body, en.bindLet(e.Defs), w, split, k)
	case *ir.Label:
		if e.Shut && mk.frees != nil {
			return mk.shut(e.Body, en, w, k)
		}
		return mk.run(e.Body, en, w, split, k)
	case *ir.Call:
		return mk.call(e.Def, e.Args, en, w, split, e.Span, k)
	case *ir.CallName:
		body, inner := m.openName(e, en)
		return mk.run(body, inner, w, split, k)
	case *ir.NameRef:
		if b := en.find(e.Name); b != nil && b.thunk != nil {
			return mk.run(b.thunk.expr, b.thunk.env, w, split, k)
		}
	case *ir.ConstRef:
		if e.Const.Value == nil && e.Const.Def != nil {
			return mk.call(e.Const.Def, nil, en, w, split, e.Span, k)
		}
	case *ir.CallConst:
		if e.Const.Def != nil {
			return mk.call(e.Const.Def, e.Args, en, w, split, e.Span, k)
		}
	case *ir.ActionBox:
		return mk.actionBox(e, en, w, k)
	case *ir.Index:
		return mk.index(e, en, w, k)
	}
	return mk.test(e, en, w, k)
}

// passesOn tells whether the way to the parts of an action goes on below e: see
// ir.Disjuncts.
func passesOn(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.App:
		return e.Op == ir.Or
	case *ir.Quant:
		return !e.All
	case *ir.Call:
		return e.Def.NamesSteps()
	case *ir.ConstRef:
		return e.Const.Def.NamesSteps()
	case *ir.CallConst:
		return e.Const.Def.NamesSteps()
	case *ir.Let, *ir.Label:
		return true
	}
	return false
}

// onlyTested tells whether what remains of an action counts as one way, however
// many ways it is true in: as in TLC, that is so once every variable has a value.
func (mk *actionReader) onlyTested() bool {
	return mk.counts && !mk.composing && !slices.ContainsFunc(mk.target, func(v value.Value) bool { return v == nil })
}

// splits tells whether e may be made true in several ways by what it says itself.
func splits(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.App:
		return e.Op == ir.Or
	case *ir.Quant:
		return !e.All
	case *ir.ActionBox:
		return !e.Angle
	}
	return false
}

// test goes on when e is TRUE.
func (mk *actionReader) test(e ir.Expr, en *env, w *statePair, k continuation) error {
	ok, err := mk.m.bool(e, en, w)
	if err != nil || !ok {
		return err
	}
	return k()
}

func (mk *actionReader) app(e *ir.App, en *env, w *statePair, split bool, k continuation) error {
	switch e.Op {
	case ir.And:
		return mk.and(e.Args, en, w, k)
	case ir.Or:
		for _, x := range e.Args {
			if err := mk.run(x, en, w, split, k); err != nil {
				return err
			}
		}
		return nil
	case ir.Implies:
		if !mk.init {
			return mk.implies(e, en, w, k)
		}
	case ir.Eq:
		if v := mk.assignable(e.Args[0], en); v != nil {
			return mk.assign(v, e, en, w, k)
		}
		if x, ok := mk.derivable(e.Args[0], en, w); ok {
			v, err := mk.m.eval(e.Args[1], en, w)
			if err != nil {
				return err
			}
			return mk.derive(x, v, w, k)
		}
	case ir.In:
		if v := mk.assignable(e.Args[0], en); v != nil {
			return mk.choose(v, e, en, w, k)
		}
		if x, ok := mk.derivable(e.Args[0], en, w); ok {
			return mk.deriveEach(x, e, en, w, k)
		}
	case ir.Subseteq:
		if v := mk.assignable(e.Args[0], en); v != nil {
			return mk.choose(v, ir.AsMember(e), en, w, k)
		}
		if x, ok := mk.derivable(e.Args[0], en, w); ok {
			return mk.deriveEach(x, ir.AsMember(e), en, w, k)
		}
	case ir.Unchanged:
		if !mk.init {
			return mk.unchanged(e.Args[0], en, w, k)
		}
	case ir.Cdot:
		if !mk.init {
			return mk.cdot(e, en, w, k)
		}
	}
	return mk.test(e, en, w, k)
}

// implies is P => Q in an action: Q is entered where P holds. In an initial
// predicate an implication is a test, as in TLC.
func (mk *actionReader) implies(e *ir.App, en *env, w *statePair, k continuation) error {
	holds, err := mk.m.bool(e.Args[0], en, w)
	if err != nil {
		return err
	}
	if !holds {
		return k()
	}
	return mk.run(e.Args[1], en, w, false, k)
}

// and makes the conjuncts true from left to right.
func (mk *actionReader) and(conjuncts []ir.Expr, en *env, w *statePair, k continuation) error {
	if len(conjuncts) == 0 {
		return k()
	}
	if len(conjuncts) == 1 {
		return mk.run(conjuncts[0], en, w, false, k)
	}
	return mk.run(conjuncts[0], en, w, false, func() error {
		return mk.and(conjuncts[1:], en, w, k)
	})
}

func (mk *actionReader) quant(e *ir.Quant, en *env, w *statePair, split bool, k continuation) error {
	if e.All {
		var envs []*env
		for inner, err := range mk.m.bindings(e.Bounds, en, w) {
			if err != nil {
				return err
			}
			envs = append(envs, inner)
		}
		return mk.forAll(e.Body, envs, w, k)
	}
	for inner, err := range mk.choices(e, en, w) {
		if err != nil {
			return err
		}
		if err := mk.run(e.Body, inner, w, split, k); err != nil {
			return err
		}
	}
	return nil
}

// forAll makes body true in all of envs.
func (mk *actionReader) forAll(body ir.Expr, envs []*env, w *statePair, k continuation) error {
	if len(envs) == 0 {
		return k()
	}
	return mk.run(body, envs[0], w, false, func() error {
		return mk.forAll(body, envs[1:], w, k)
	})
}

func (mk *actionReader) call(d *ir.Def, args []ir.Expr, en *env, w *statePair, split bool, at source.Span, k continuation) error {
	m := mk.m
	outer, _, local := en.findDef(d)
	if !local && m.native(d).Run != nil {
		v, err := m.callDef(d, args, en, w, at)
		if err != nil {
			return err
		}
		return mk.test(&ir.Lit{Span: at, Value: v}, en, w, k)
	}
	body, inner, err := m.open(d, args, outer, en, at)
	if err != nil {
		return err
	}
	if split = split && d.NamesSteps(); split {
		defer func(old *label) { mk.label = old }(mk.label)
		mk.label = &label{def: d, env: inner, states: w}
	}
	later := false // an error of the continuation did not happen in d
	err = mk.run(body, inner, w, split, func() error {
		err := k()
		later = err != nil
		return err
	})
	if later {
		return err
	}
	return calledFrom(err, d.Name, at)
}

// actionBox is A \/ UNCHANGED v, or A /\ v' # v.
func (mk *actionReader) actionBox(e *ir.ActionBox, en *env, w *statePair, k continuation) error {
	if !e.Angle {
		if err := mk.run(e.Action, en, w, false, k); err != nil {
			return err
		}
		return mk.unchanged(e.Sub, en, w, k)
	}
	return mk.run(e.Action, en, w, false, func() error {
		same, err := mk.m.unchanged(e.Sub, en, w)
		if err != nil || same {
			return err
		}
		return k()
	})
}

// cdot goes by way of a state of its own. What the first action leaves open in
// it may have any value: an error for the second only where that reads it.
func (mk *actionReader) cdot(e *ir.App, en *env, w *statePair, k continuation) error {
	first := &actionReader{m: mk.m, target: make(State, len(mk.target))}
	half := &statePair{s: w.s, partial: w.partial, mark: w.mark, next: first.target, nextPartial: true}
	return first.run(e.Args[0], en, half, false, func() error {
		outer := mk.composing
		if !outer {
			mk.passed++
		}
		mk.composing = true
		defer func() { mk.composing = outer }()
		between := append(State(nil), first.target...)
		rest := &statePair{s: between, next: w.next, nextPartial: w.nextPartial}
		return mk.run(e.Args[1], en, rest, false, func() error {
			mk.composing = outer // what follows is not in the middle any more
			defer func() { mk.composing = true }()
			return k()
		})
	})
}
