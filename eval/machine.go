package eval

import (
	"context"
	"errors"
	"io"
	"maps"
	"math/rand/v2"

	"github.com/lemma-mc/lemma/eval/natives"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Options are what a Machine may use of the world around it.
type Options struct {
	// Context ends an evaluation; nil means never.
	Context context.Context
	// Out receives what Print and PrintT write; nil means nobody.
	Out io.Writer
	// Seed starts RandomElement and the module Randomization.
	Seed uint64
	// Info answers TLCGet of a name such as "level" or "distinct", and what
	// TLCExt!Trace is ("trace"), asked in the state s, which may be nil. Where
	// it is nil, or has no answer, that is an error.
	Info func(name string, s State) (value.Value, error)
	// Exit is called when the spec evaluates TLCSet("exit", TRUE), by which it
	// asks the engine to end; nil ignores the wish.
	Exit func()
	// Files lets the modules Json, CSV and IOUtils read and write files, and
	// read the environment.
	Files bool
	// Exec lets the operators of IOUtils run programs.
	Exec bool
}

// A Machine evaluates the expressions of one System. It holds what an
// evaluation may leave behind: values of constant definitions, registers of
// TLCSet, the state of the random generator. It serves one goroutine.
type Machine struct {
	sys     *ir.System
	opts    Options
	natives map[string]natives.Native
	host    natives.Host // what they find of the run

	constants map[*ir.Def]value.Value     // of parameterless constant definitions
	registers map[value.Value]value.Value // TLCSet, by number or name

	meter  *value.Meter     // of operations on values
	passed int64            // see Passed
	depth  int              // nesting of eval
	making map[*ir.Def]bool // the constant definitions that are being worked out
	// split are the disjuncts of splitOf, an action.
	splitOf ir.Expr
	split   *ir.Disjuncts
	steps   uint
	counters
}

// counters are those by which a caller sees what an evaluation depended on.
type counters struct {
	partialReads uint64 // reads of a state that is still being made
	stateReads   uint64 // reads of any state
	impure       uint64 // reads and writes of registers, output
}

// maxDepth bounds the nesting of evaluations, so that an endless recursion is
// an error and not the end of the process. Go's stack holds several times more.
const maxDepth = 200_000

// pollEvery is the number of evaluations between two looks at the context.
const pollEvery = 4096

// New returns a machine for sys.
func New(sys *ir.System, opts Options) *Machine {
	if opts.Context == nil {
		opts.Context = context.Background()
	}
	if opts.Out == nil {
		opts.Out = io.Discard
	}
	m := &Machine{
		sys:       sys,
		opts:      opts,
		natives:   allNatives,
		constants: map[*ir.Def]value.Value{},
		registers: map[value.Value]value.Value{},
		making:    map[*ir.Def]bool{},
	}
	m.meter = &value.Meter{Ended: m.Ended}
	m.host = natives.Host{
		Context: opts.Context, Meter: m.meter, Random: rand.New(rand.NewPCG(opts.Seed, 0)), Files: opts.Files, Exec: opts.Exec,
	}
	return m
}

// Reseed starts the random generator again, at the given stream of a seed, so
// that what follows does not depend on what was drawn before.
func (m *Machine) Reseed(seed, stream uint64) { m.host.Random = rand.New(rand.NewPCG(seed, stream)) }

// Constant is the value of a constant-level expression without free names, in
// normal form. Errors are *diag.Error of class Eval, *AssertError, or the
// context's cause.
func (m *Machine) Constant(e ir.Expr) (value.Value, error) { return m.Value(e, nil, nil) }

// Value is the value of e in the state s, with next for primed variables, in
// normal form. Both may be nil where e needs none.
func (m *Machine) Value(e ir.Expr, s, next State) (value.Value, error) {
	return m.ValueIn(Env{}, e, s, next)
}

// ValueIn is Value of an expression whose free names at binds.
func (m *Machine) ValueIn(at Env, e ir.Expr, s, next State) (value.Value, error) {
	m.begin()
	v, err := m.eval(e, at.in, newStatePair(s, next))
	if err != nil {
		return nil, err
	}
	n, err := m.meter.Normalize(v)
	return n, m.at(e.Pos(), err)
}

// Bool is Value for a formula.
func (m *Machine) Bool(e ir.Expr, s, next State) (bool, error) {
	m.begin()
	return m.bool(e, nil, newStatePair(s, next))
}

// All tells whether all of fs hold. The first that does not, or has no value,
// decides.
func (m *Machine) All(fs []*ir.Formula, s, next State) (bool, error) {
	for _, f := range fs {
		if ok, err := m.Bool(f.Expr, s, next); err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}

// SetRegister stores v as TLCSet(i, v) does, in a machine that goes on where another
// one was.
func (m *Machine) SetRegister(i, v value.Value) { m.registers[i] = v }

// Silence has what is printed, or written to files, from here on go nowhere.
func (m *Machine) Silence() { m.opts.Out, m.host.Silent = io.Discard, true }

// SetContext makes ctx what ends evaluations from here on.
func (m *Machine) SetContext(ctx context.Context) { m.opts.Context, m.host.Context = ctx, ctx }

// Inherit gives m the registers of another machine for the same System, and
// the values that its constant definitions have come to. Those that are not
// spelled out stay behind: it is the other machine that works on them.
func (m *Machine) Inherit(from *Machine) {
	maps.Copy(m.registers, from.registers)
	for d, v := range from.constants {
		if value.SpelledOut(v) {
			m.constants[d] = v
		}
	}
}

// Fix makes the value of the constant definition d one that others inherit,
// if it can be spelled out.
func (m *Machine) Fix(d *ir.Def) error {
	v, err := m.Constant(&ir.Call{Span: d.Span, Def: d})
	if err == nil && m.constants[d] != nil {
		m.constants[d] = v
	}
	return err
}

// Fixed tells whether the value of the constant definition d is known.
func (m *Machine) Fixed(d *ir.Def) bool { return m.constants[d] != nil }

// Registers are all values that TLCSet stored.
func (m *Machine) Registers() map[value.Value]value.Value { return maps.Clone(m.registers) }

// begin starts an evaluation, whatever has become of the one before.
func (m *Machine) begin() { m.depth = 0 }

// enter and leave guard each nested evaluation.
func (m *Machine) enter(e ir.Expr) error {
	if m.depth++; m.depth > maxDepth {
		return fail(codeDepth, e.Pos(), "The evaluation nests too deeply: probably a recursive definition never reaches its end.")
	}
	return m.tick()
}

// tick counts a step of an evaluation.
func (m *Machine) tick() error {
	if m.steps++; m.steps%pollEvery == 0 {
		return m.Ended()
	}
	return nil
}

// Steps are the evaluations made so far, of expressions and of their parts.
func (m *Machine) Steps() uint64 { return uint64(m.steps) }

// Ended is the error of evaluations once the context has ended, nil before.
func (m *Machine) Ended() error {
	if m.opts.Context.Err() == nil {
		return nil
	}
	return &interrupted{context.Cause(m.opts.Context)}
}

func (m *Machine) leave() { m.depth-- }

// interrupted is the end of the context, which says nothing about the spec.
type interrupted struct{ cause error }

func (e *interrupted) Error() string { return e.cause.Error() }
func (e *interrupted) Unwrap() error { return e.cause }

// Interrupted tells whether err only says that the context ended.
func Interrupted(err error) bool {
	var i *interrupted
	return errors.As(err, &i)
}
