// Package explore goes through the behaviours of a system by hand: somebody
// looks at a state, evaluates what he likes in it, chooses one of the steps that
// lead on, and goes back. The web explorer and the command line are built on it.
//
// An Explorer keeps no path: a state is a value that the caller holds, and every
// question names the state that it is about. So going back costs nothing, and a
// state of a saved counterexample is as good a place to begin as an initial one.
//
// Steps come from the evaluator (package eval), in the order of the text, with
// the names that traces have. What a constraint keeps a search from going through
// is shown all the same, and marked.
package explore

import (
	"errors"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explain"
	"github.com/lemma-mc/lemma/internal/tlcget"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// A Reader resolves an expression in the scope of the spec; most is the highest
// level that it may have. The result is nil where text is none, which is reported
// to diags. See frontend.Expressions.
type Reader interface {
	Parse(text string, most ir.Level, diags *diag.List) ir.Expr
}

// Options say what an Explorer may use.
type Options struct {
	// Eval is what evaluations may use of the world around. Its Info, if nil,
	// answers TLCGet of what does not depend on a search, "level" with Explorer.Level.
	Eval eval.Options
	// Reader reads the expressions of Evaluate; nil: there are none.
	Reader Reader
	// Most is how many steps of one state are made; 0 for DefaultMost.
	Most int
}

// DefaultMost is how many steps of one state are made, where Options do not say.
const DefaultMost = 1000

// An Explorer answers questions about the states of one system. It serves one
// goroutine.
type Explorer struct {
	System *ir.System
	// Level is what TLCGet("level") is: the number of states on the path to the
	// state at hand, itself included. The caller keeps it; 1 to begin with.
	Level int

	options Options
	machine *eval.Machine
	read    map[string]ir.Expr // what Evaluate was given before
}

// Open returns an explorer of sys.
func Open(sys *ir.System, o Options) *Explorer {
	x := &Explorer{System: sys, Level: 1, options: o, read: map[string]ir.Expr{}}
	if o.Eval.Info == nil {
		o.Eval.Info = x.info
	}
	if x.options.Most == 0 {
		x.options.Most = DefaultMost
	}
	x.machine = eval.New(sys, o.Eval)
	return x
}

func (x *Explorer) info(name string, _ eval.State) (value.Value, error) {
	if name == "config" {
		return tlcget.Config("bfs", x.System.CheckDeadlock, 1, x.options.Eval.Seed, 0), nil
	}
	return (&tlcget.Known{Level: x.Level}).Get(x.System, name), nil
}

// Machine is what x evaluates with. Its context may be set for each question.
func (x *Explorer) Machine() *eval.Machine { return x.machine }

// A Step is a way to a state: from another one, or to an initial one.
type Step struct {
	State  eval.State
	Action eval.Label // its String is "InitialState" for an initial state
	// Changed are the variables, by ID, whose value is another than before, in
	// order; all of them for an initial state.
	Changed []int
	// Outside names the constraint that keeps a search from going through the
	// state, or from taking the step; "" for none.
	Outside string
}

// Steps are those of one state. More tells that there are others, which were not
// made.
type Steps struct {
	List []Step
	More bool
}

// initialState is how traces call what leads to an initial state.
const initialState = "InitialState"

// Initial are the initial states, each once. With an error come those that were
// found before.
func (x *Explorer) Initial() (Steps, error) {
	c := collector{x: x}
	x.Level = 1
	err := x.machine.Init(func(s eval.State) bool { return c.add(Step{State: s, Action: eval.Label{Name: initialState}}) })
	return c.result(nil, err)
}

// Successors are the steps from s, in the order of the text; a state to which
// several actions lead comes once for each. With an error come those that were
// found before: an action further down could not be evaluated.
func (x *Explorer) Successors(s eval.State) (Steps, error) {
	c := collector{x: x}
	err := x.machine.Successors(s, func(t eval.Successor) bool { return c.add(Step{State: t.State, Action: t.Action}) })
	return c.result(s, err)
}

// A collector keeps steps, each once, and not too many.
type collector struct {
	x    *Explorer
	seen value.Map[bool]
	Steps
}

func (c *collector) add(s Step) bool {
	key := value.NewTuple([]value.Value{value.NewTuple(s.State), value.NewStr(s.Action.String())})
	if _, known := c.seen.Get(key); known {
		return true
	}
	if c.More = len(c.List) == c.x.options.Most; c.More {
		return false
	}
	c.seen.Put(key, true)
	c.List = append(c.List, s)
	return true
}

// result says of each step what it changes, and whether a search would take it.
func (c *collector) result(from eval.State, err error) (Steps, error) {
	for i := range c.List {
		s := &c.List[i]
		s.Changed = Changed(from, s.State)
		var wrong error
		if s.Outside, wrong = c.x.Outside(from, s.State); err == nil {
			err = wrong
		}
	}
	return c.Steps, err
}

// Outside names the constraint that the step from one state, nil for none, to s
// does not satisfy; the state's own ones come first.
func (x *Explorer) Outside(from, s eval.State) (string, error) {
	if from != nil {
		x.Level++
		defer func() { x.Level-- }()
	}
	name, err := x.fails(x.System.Constraints, s, nil)
	if name != "" || err != nil || from == nil {
		return name, err
	}
	return x.fails(x.System.ActionConstraints, from, s)
}

// fails is the name of the first formula that is false; "" for none.
func (x *Explorer) fails(formulas []*ir.Formula, s, next eval.State) (string, error) {
	for _, f := range formulas {
		if ok, err := x.machine.Bool(f.Expr, s, next); err != nil || !ok {
			return f.Name, err
		}
	}
	return "", nil
}

// Changed are the indices of the values in t that are others than in s; all where
// s is nil.
func Changed(s, t eval.State) []int {
	var out []int
	for i, v := range t {
		if s == nil || value.Compare(s[i], v) != 0 {
			out = append(out, i)
		}
	}
	return out
}

// Violated are the invariants that are false in s. The error is that of the first
// one that cannot be evaluated.
func (x *Explorer) Violated(s eval.State) ([]*ir.Formula, error) {
	var out []*ir.Formula
	for _, f := range x.System.Invariants {
		ok, err := x.machine.Bool(f.Expr, s, nil)
		if err != nil {
			return out, err
		}
		if !ok {
			out = append(out, f)
		}
	}
	return out, nil
}

// mostRead bounds the expressions that are kept: each is part of the texts of the
// run for as long as the Explorer lives.
const mostRead = 10_000

// Evaluate is the value of an expression in s, with next for primed variables;
// nil where there is no next state. The error is a *diag.Error with the place in
// the text, or one of the evaluator.
func (x *Explorer) Evaluate(text string, s, next eval.State) (value.Value, error) {
	e, err := x.expression(text)
	if err != nil {
		return nil, err
	}
	return x.machine.Value(e, s, next)
}

var errNoExpressions = errors.New("no further expressions can be read here")

// Explain tells why the formula text is true, or false, in s, or of the step to
// next. Its errors are those of Evaluate.
func (x *Explorer) Explain(text string, s, next eval.State) (*trace.Reason, error) {
	e, err := x.expression(text)
	if err != nil {
		return nil, err
	}
	return explain.New(x.System, x.machine).Why(e, s, next), nil
}

func (x *Explorer) expression(text string) (ir.Expr, error) {
	if e := x.read[text]; e != nil {
		return e, nil
	}
	if x.options.Reader == nil || len(x.read) >= mostRead {
		return nil, errNoExpressions
	}
	var diags diag.List
	e := x.options.Reader.Parse(text, ir.ActionLevel, &diags)
	if err := diags.Err(); err != nil {
		return nil, err
	}
	x.read[text] = e
	return e, nil
}

// Variables are the names of the variables, in the order of a state.
func (x *Explorer) Variables() []string {
	names := make([]string, len(x.System.Variables))
	for i, v := range x.System.Variables {
		names[i] = v.Name
	}
	return names
}
