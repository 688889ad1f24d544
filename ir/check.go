package ir

import "fmt"

// Check tells whether d keeps the rules that every engine relies on:
//
//   - no child is nil, except where expr.go allows it;
//   - built-in operators have their arity, calls as many arguments as the
//     definition has parameters;
//   - an argument is an OpArg exactly where the parameter is an operator;
//   - every Name is bound around its use, and bound once.
//
// It returns the first breach. A breach is a bug of the pass that made d, never
// a mistake of the user's.
func Check(d *Def) error {
	c := checker{bound: map[*Name]bool{}}
	for _, p := range d.Params {
		c.bind(p)
	}
	if d.Body != nil {
		c.expr(d.Body)
	}
	if c.err != nil {
		return fmt.Errorf("%s: %w", d.Name, c.err)
	}
	return nil
}

// CheckExpr is Check for an expression without free names.
func CheckExpr(e Expr) error {
	c := checker{bound: map[*Name]bool{}}
	c.expr(e)
	return c.err
}

type checker struct {
	bound map[*Name]bool
	err   error
}

func (c *checker) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
}

func (c *checker) bind(n *Name) {
	if n == nil {
		c.fail("a nil name is bound")
		return
	}
	if c.bound[n] {
		c.fail("the name %s is bound twice", n.Ident)
	}
	c.bound[n] = true
}

func (c *checker) expr(e Expr) {
	if e == nil {
		c.fail("an expression is nil")
	}
	if c.err != nil {
		return
	}
	c.shape(e)
	// Binding a name for the whole node is a little too generous: domains are
	// outside the scope. What matters is that no name escapes.
	var mine []*Name
	Binders(e, func(n *Name) {
		c.bind(n)
		mine = append(mine, n)
	})
	Children(e, c.expr)
	for _, n := range mine {
		delete(c.bound, n)
	}
}

func (c *checker) shape(e Expr) {
	switch e := e.(type) {
	case *NameRef:
		c.use(e.Name)
	case *CallName:
		c.use(e.Name)
		c.count(e.Name.Ident, e.Name.Arity, len(e.Args))
	case *CallConst:
		c.count(e.Const.Name, e.Const.Arity, len(e.Args))
	case *App:
		if e.Op == 0 || e.Op >= lastOp {
			c.fail("operator number %d does not exist", e.Op)
		} else if n := e.Op.Arity(); n >= 0 {
			c.count(e.Op.String(), n, len(e.Args))
		}
	case *Call:
		c.call(e)
	case *Record:
		c.count("record", len(e.Names), len(e.Vals))
	case *RecordSet:
		c.count("record set", len(e.Names), len(e.Sets))
	}
}

func (c *checker) use(n *Name) {
	if !c.bound[n] {
		c.fail("the name %s is used outside its scope", n.Ident)
	}
}

func (c *checker) count(what string, want, got int) {
	if want != got {
		c.fail("%s has %d arguments instead of %d", what, got, want)
	}
}

func (c *checker) call(e *Call) {
	c.count(e.Def.Name, len(e.Def.Params), len(e.Args))
	if c.err != nil {
		return
	}
	for i, a := range e.Args {
		op, isOp := a.(*OpArg)
		want := e.Def.Params[i].Arity
		if isOp != (want > 0) || isOp && len(op.Params) != want {
			c.fail("argument %d of %s does not fit an arity of %d", i+1, e.Def.Name, want)
		}
	}
}
