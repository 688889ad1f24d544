package temporal

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
)

// Level is the level of e (Specifying Systems, 17.2): whether it is a constant,
// or speaks of a state, of a step, or of a whole behaviour. Names that are free
// in e are constants. ENABLED A is a state predicate whatever A is, a primed
// expression is an action; definitions, LETs and operators are looked through
// with the arguments that they are given, so that Can(A) == ENABLED A is a state
// predicate of any action. The level is never too low; it is too high at most
// for a recursion in which an operator is an argument, or in a LET.
func Level(e ir.Expr) ir.Level {
	l := leveler{known: map[application]ir.Level{}, within: map[application]bool{}}
	for {
		l.met, l.grown = map[application]bool{}, false
		if level := l.expr(e, nil); !l.grown {
			return level
		}
	}
}

// A leveler evaluates expressions over levels in the place of values. An
// application inside itself counts as what is known of it so far; where that has
// grown since, another round is made.
type leveler struct {
	known  map[application]ir.Level
	within map[application]bool // those that were met inside themselves
	met    map[application]bool // in this round: whether it is done with
	grown  bool
	work   int
}

// maxWork bounds the applications that are looked at one by one.
const maxWork = 100_000

// An application is a definition, where it stands, and the levels of its
// arguments, a byte each.
type application struct {
	def  *ir.Def
	in   *levels
	args string
}

// levels say what names and local definitions mean at one place of the text.
type levels struct {
	outer *levels
	name  *ir.Name
	level ir.Level  // of name, or of def without parameters
	op    *ir.OpArg // what name is, when it is an operator
	def   *ir.Def   // of a LET
	from  *levels   // where op, or def, stands
}

func (in *levels) find(n *ir.Name) *levels {
	for ; in != nil && in.name != n; in = in.outer {
	}
	return in
}

func (in *levels) findDef(d *ir.Def) *levels {
	for ; in != nil && in.def != d; in = in.outer {
	}
	return in
}

// expr is the level of e, which may be nil.
func (l *leveler) expr(e ir.Expr, in *levels) ir.Level {
	if e == nil {
		return ir.ConstantLevel
	}
	if own := ownLevel(e); own > ir.ConstantLevel {
		return own
	}
	switch e := e.(type) {
	case *ir.NameRef:
		if b := in.find(e.Name); b != nil {
			return b.level
		}
	case *ir.ConstRef:
		if e.Const.Value == nil && e.Const.Def != nil {
			return l.def(e.Const.Def, nil, in)
		}
	case *ir.Call:
		return l.def(e.Def, e.Args, in)
	case *ir.CallConst:
		if e.Const.Def != nil {
			return l.def(e.Const.Def, e.Args, in)
		}
	case *ir.CallName:
		if b := in.find(e.Name); b != nil && b.op != nil {
			return l.expr(b.op.Body, l.bind(b.op.Params, e.Args, in, b.from))
		}
	case *ir.Let:
		return l.expr(e.Body, l.let(e, in))
	}
	return l.parts(e, in)
}

// ownLevel is the level that the node e gives to whatever is below it;
// ConstantLevel when it is the levels of its parts that count.
func ownLevel(e ir.Expr) ir.Level {
	switch e := e.(type) {
	case *ir.VarRef:
		return ir.StateLevel
	case *ir.ActionBox:
		return ir.ActionLevel
	case *ir.Fair, *ir.TemporalQuant:
		return ir.TemporalLevel
	case *ir.App:
		switch e.Op {
		case ir.Enabled:
			return ir.StateLevel
		case ir.Prime, ir.Unchanged, ir.Cdot:
			return ir.ActionLevel
		case ir.Always, ir.Eventually, ir.LeadsTo, ir.Guarantees:
			return ir.TemporalLevel
		}
	}
	return ir.ConstantLevel
}

// parts is the highest level of what is directly below e.
func (l *leveler) parts(e ir.Expr, in *levels) ir.Level {
	most := ir.ConstantLevel
	ir.Children(e, func(x ir.Expr) {
		if most < ir.TemporalLevel {
			most = max(most, l.expr(x, in))
		}
	})
	return most
}

// let binds the definitions of e. They may refer to one another, so those
// without parameters are looked at once all are bound, where they are used.
func (l *leveler) let(e *ir.Let, in *levels) *levels {
	for _, d := range e.Defs {
		in = &levels{outer: in, def: d}
	}
	for b := in; b != nil && b.def != nil; b = b.outer {
		if b.from == nil {
			b.from = in
		}
	}
	return in
}

// def is the level of d applied to args, which stand in in.
func (l *leveler) def(d *ir.Def, args []ir.Expr, in *levels) ir.Level {
	var from *levels
	if b := in.findDef(d); b != nil {
		from = b.from
	}
	operators := takesOperators(args)
	switch l.work++; {
	case d.Body == nil:
		return l.all(args, in)
	case l.work > maxWork || d.Recursive && (from != nil || operators):
		return max(l.all(args, in), from.highest(), highest(append(args[:len(args):len(args)], d.Body)))
	case operators:
		return l.applied(d, args, in, from)
	}
	return l.once(application{d, from, l.text(args, in)}, args, in)
}

// once is the level of an application to args, looked at once a round.
func (l *leveler) once(a application, args []ir.Expr, in *levels) ir.Level {
	if done, met := l.met[a]; met {
		if !done {
			l.within[a] = true
		}
		return l.known[a]
	}
	before := l.known[a]
	l.met[a] = false
	level := l.applied(a.def, args, in, a.in)
	l.met[a], l.known[a] = true, level
	l.grown = l.grown || level != before && l.within[a]
	return level
}

func takesOperators(args []ir.Expr) bool {
	return slices.ContainsFunc(args, func(a ir.Expr) bool {
		_, isOp := a.(*ir.OpArg)
		return isOp
	})
}

// text writes the levels of args, which are no operators.
func (l *leveler) text(args []ir.Expr, in *levels) string {
	text := make([]byte, len(args))
	for i, a := range args {
		text[i] = byte(l.expr(a, in))
	}
	return string(text)
}

// applied is the level of d's body with its parameters bound to args, which
// stand in in.
func (l *leveler) applied(d *ir.Def, args []ir.Expr, in, from *levels) ir.Level {
	return l.expr(d.Body, l.bind(d.Params, args, in, from))
}

// bind is from with params bound to args, which stand in in.
func (l *leveler) bind(params []*ir.Name, args []ir.Expr, in, from *levels) *levels {
	for i, p := range params {
		b := &levels{outer: from, name: p, from: in}
		if op, isOp := args[i].(*ir.OpArg); isOp {
			b.op = op
		} else {
			b.level = l.expr(args[i], in)
		}
		from = b
	}
	return from
}

// all is the highest level of es.
func (l *leveler) all(es []ir.Expr, in *levels) ir.Level {
	most := ir.ConstantLevel
	for _, e := range es {
		most = max(most, l.expr(e, in))
	}
	return most
}

// highest is the highest level of what names mean in in, and of what these are made
// of where they stand.
func (in *levels) highest() ir.Level { return in.highestBut(map[*levels]bool{}) }

// highestBut is highest without what is seen.
func (in *levels) highestBut(seen map[*levels]bool) ir.Level {
	most := ir.ConstantLevel
	for ; in != nil && !seen[in]; in = in.outer {
		seen[in] = true
		most = max(most, in.level)
		if in.op != nil {
			most = max(most, highest([]ir.Expr{in.op.Body}), in.from.highestBut(seen))
		}
	}
	return most
}

// highest is the highest level of all that es reach, whatever is made of it.
func highest(es []ir.Expr) ir.Level {
	most := ir.ConstantLevel
	seen := map[*ir.Def]bool{}
	for _, e := range es {
		ir.Reach(e, seen, func(x ir.Expr) bool {
			own := ownLevel(x)
			most = max(most, own)
			return own == ir.ConstantLevel && most < ir.TemporalLevel
		})
	}
	return most
}
