package validate

import (
	"errors"
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/encode"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/smt"
	"github.com/lemma-mc/lemma/smt/backend"
	"github.com/lemma-mc/lemma/trace"
)

// symbolic asks a solver: all candidates after a line are one symbolic state. It
// is for one node, whose lines have an order.
func (s *search) symbolic() error {
	if len(s.nodes) > 1 {
		s.unknown(fmt.Sprintf("there are more candidates than were looked at, %d, and the solver is asked only where the order of all lines is known", s.looked))
		return nil
	}
	store := smt.NewStore()
	solver, err := backend.OpenDumping(s.ctx, store, s.options.Solver, "")
	if err != nil {
		return err
	}
	defer func() { _ = solver.Close() }()
	u := &unrolling{search: s, store: store, solver: solver, enc: encode.New(s.ctx, store, s.sys)}
	err = u.run()
	s.result.Solver = solver.Name()
	var gaveUp *undecided
	switch {
	case errors.As(err, &gaveUp):
		s.unknown(gaveUp.Error())
		return nil
	case unsupported(err):
		return err
	case err != nil:
		return s.interrupted(err)
	}
	return nil
}

func (s *search) unknown(why string) {
	s.result.Status, s.result.Reason = trace.Unknown, why
	s.result.Message = fmt.Sprintf("It is not known whether the log is a behaviour of the spec: %s. Behaviours explain up to %d of %d lines.", why, s.deepest, s.lines)
}

// undecided is the end of a solver that gave up.
type undecided struct{ why string }

func (u *undecided) Error() string { return "the solver gave up: " + u.why }

// An unrolling is the lines taken so far as constraints on a row of states.
type unrolling struct {
	*search
	store  *smt.Store
	solver smt.Solver
	enc    *encode.Encoder

	states []encode.State
	lines  []*event // that the step to each state explains; nil for none
}

func (u *unrolling) run() error {
	if ok, err := u.take(u.sys.Init, nil); err != nil || !ok {
		if err == nil {
			err = u.reject()
		}
		return err
	}
	for i, e := range u.nodes[0] {
		n := len(u.states)
		ok, err := u.line(e)
		if err != nil {
			return err
		}
		if !ok {
			return u.rejectLine(n)
		}
		u.deepest = max(u.deepest, i+1)
		u.progress("solver")
	}
	if _, err := u.solver.Check(u.ctx); err != nil {
		return err
	}
	c, err := u.decoded(len(u.states))
	if err != nil {
		return err
	}
	return u.accept(u.behaviour(c))
}

// line adds the steps that may be missing before e, and e; false where no behaviour
// has them.
func (u *unrolling) line(e *event) (bool, error) {
	for range u.most {
		if ok, err := u.take(u.orNone(u.hidden), nil); err != nil || !ok {
			return ok, err
		}
	}
	action := e.action
	switch {
	case action == nil:
		action = u.orNone(nil)
	case e.still:
		action = u.orNone(action)
	}
	return u.take(action, e)
}

// orNone is action, or no step.
func (u *unrolling) orNone(action ir.Expr) ir.Expr {
	at := u.sys.Next.Pos()
	vars := &ir.App{Span: at, Op: ir.Tuple}
	for _, v := range u.sys.Variables {
		vars.Args = append(vars.Args, &ir.VarRef{Span: at, Var: v})
	}
	none := &ir.App{Span: at, Op: ir.Unchanged, Args: []ir.Expr{vars}}
	if action == nil {
		return none
	}
	return &ir.App{Span: at, Op: ir.Or, Args: []ir.Expr{action, none}}
}

// take adds a step by x, or the initial state, that explains e, nil for no line. It
// tells whether there still is a behaviour; where there is none it adds nothing.
func (u *unrolling) take(x ir.Expr, e *event) (bool, error) {
	var cur encode.State
	if len(u.states) > 0 {
		cur = u.states[len(u.states)-1]
	}
	step, err := u.enc.Step(x, cur, fmt.Sprintf("@%d", len(u.states)))
	if err != nil {
		return false, err
	}
	if step.Next == nil {
		return false, nil
	}
	claims := append([]smt.Term{}, step.Taken...)
	for _, f := range step.Fails {
		claims = append(claims, u.store.Not(f.When))
	}
	if e != nil {
		seen := step.Next
		if u.before {
			seen = cur
		}
		more, err := u.sights(e, seen)
		if err != nil {
			return false, err
		}
		claims = append(claims, more...)
		claims = append(claims, u.enc.TakeConstraints()...)
		a, err := u.solver.Check(u.ctx, claims...)
		switch {
		case err != nil:
			return false, err
		case a == smt.Unknown:
			return false, &undecided{u.solver.Reason()}
		case a == smt.Unsat:
			return false, nil
		}
	}
	for _, t := range claims {
		u.solver.Assert(t)
	}
	u.states, u.lines = append(u.states, step.Next), append(u.lines, e)
	return true, nil
}

// sights says that e saw the state.
func (u *unrolling) sights(e *event, state encode.State) ([]smt.Term, error) {
	var out []smt.Term
	for i := range e.seen {
		o := &e.seen[i]
		v, fails, err := u.enc.Value(o.substituted(), state)
		if err != nil {
			return nil, err
		}
		for _, f := range fails {
			out = append(out, u.store.Not(f.When))
		}
		t, err := (&matcher{u.enc, o.renames}).term(v, o.logged)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// substituted is the expression with the values of the bound names in their place.
func (o *sighting) substituted() ir.Expr {
	with := map[*ir.Name]ir.Expr{}
	for _, n := range o.names {
		if n != nil {
			with[n] = &ir.Lit{Span: n.Span, Value: o.at.Bound(n)}
		}
	}
	return ir.Subst(o.expr, with)
}

// decoded is a candidate that the model has after the first n states. Steps that may
// be missing and are none are left out.
func (u *unrolling) decoded(n int) (*candidate, error) {
	var c *candidate
	taken := int32(0)
	for i := range n {
		state, err := u.enc.Decode(u.solver, u.states[i], nil)
		if err != nil {
			return nil, err
		}
		e := u.lines[i]
		if c != nil && e == nil && sameState(c.state, state) {
			continue
		}
		if e != nil {
			taken++
		}
		next := &candidate{state: state, taken: []int32{taken}, from: c, line: e}
		if err := u.confirm(next); err != nil {
			return nil, err
		}
		c = next
	}
	return c, nil
}

// confirm asks the evaluator whether the step to c is one, and names it.
func (u *unrolling) confirm(c *candidate) error {
	if c.from == nil {
		c.action = "InitialState"
		return nil
	}
	action := u.hidden
	if e := c.line; e != nil {
		action = e.action
		seen := c.state
		if u.before {
			seen = c.from.state
		}
		ok, err := e.holds(u.machine, seen)
		if err != nil {
			return err
		}
		if !ok {
			return answer.Internal("the solver's behaviour is not what %s says", e.Place())
		}
		if e.still && sameState(c.from.state, c.state) {
			c.action = "Stuttering"
			return nil
		}
	}
	way, ok, err := u.machine.Way(action, c.from.state, c.state)
	if err != nil {
		return err
	}
	if !ok {
		return answer.Internal("the solver's behaviour has a step that is none")
	}
	c.action, c.span = way.String(), way.Span
	return nil
}

// rejectLine is the answer where no behaviour goes on behind the first n states to
// explain the next line.
func (u *unrolling) rejectLine(n int) error {
	a, err := u.solver.Check(u.ctx)
	switch {
	case err != nil:
		return err
	case a != smt.Sat:
		return &undecided{u.solver.Reason()}
	}
	c, err := u.decoded(n)
	if err != nil {
		return err
	}
	u.deepest, u.furthest = c.explained(), []*candidate{c}
	return u.reject()
}

// unsupported tells whether err is only that the encoding lacks something.
func unsupported(err error) bool {
	list := diag.Of(err)
	return len(list) > 0 && (list[0].Class == diag.Unsupported || list[0].Class == diag.Type)
}

// infinite tells whether err is only that a set has no end.
func infinite(err error) bool {
	list := diag.Of(err)
	return len(list) > 0 && list[0].Code == eval.CodeInfinite
}
