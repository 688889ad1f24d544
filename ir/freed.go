package ir

// Freed makes the action of an ENABLED one over variables alone. In an instance
// whose variables do not stand for variables one by one, primed occurrences of
// the instance's variables are free there (see Label): they become variables of
// their own, with IDs from first on, of which vars is the list. The action stays
// as it is where nothing is freed, and vars is nil; ok is false where the
// occurrences cannot all be told, under a recursive definition.
func Freed(action Expr, first int) (freed Expr, vars []*Variable, ok bool) {
	f := &freer{vars: map[*Variable]*Variable{}, holds: map[Expr]bool{}}
	Walk(action, func(x Expr) bool {
		l, isLabel := x.(*Label)
		if isLabel && l.Frees != nil && len(vars) == 0 {
			for _, v := range l.Frees {
				own := &Variable{Name: v.Name, Span: v.Span, ID: first + len(vars)}
				vars = append(vars, own)
				f.vars[v] = own
			}
		}
		return len(vars) == 0
	})
	if len(vars) == 0 {
		return action, nil, true
	}
	freed = f.expr(action, false)
	return freed, vars, !f.failed
}

// Frees tells whether the action of an ENABLED frees variables.
func Frees(action Expr) bool {
	frees := false
	Walk(action, func(x Expr) bool {
		l, ok := x.(*Label)
		frees = frees || ok && l.Frees != nil
		return !frees
	})
	return frees
}

// A freer replaces primed occurrences of variables.
type freer struct {
	vars   map[*Variable]*Variable
	holds  map[Expr]bool // whether an expression has occurrences, once asked
	depth  int           // of definitions that are opened
	failed bool
}

// maxFreed bounds how deep definitions are opened.
const maxFreed = 100

// expr is e, which is primed or not, with the occurrences in it replaced.
func (f *freer) expr(e Expr, primed bool) Expr {
	if !f.has(e) {
		return e
	}
	in := func(x Expr) Expr { return f.expr(x, primed) }
	switch e := e.(type) {
	case *Label:
		switch own := f.vars[e.Of]; {
		case e.Shut || e.Of != nil && (own == nil || !primed):
			return e
		case own != nil:
			return &VarRef{Span: e.Span, Var: own}
		}
		return in(e.Body)
	case *Call:
		return f.call(e, in)
	case *Let:
		return &Let{e.Span, e.Defs, in(e.Body)}
	case *App:
		switch e.Op {
		case Enabled:
			return e // it has an action of its own
		case Prime:
			return &App{e.Span, Prime, []Expr{f.expr(e.Args[0], true)}}
		case Unchanged:
			return f.unchanged(e.Args[0])
		}
	case *ActionBox:
		same := f.unchanged(e.Sub)
		if e.Angle {
			return &App{e.Span, And, []Expr{in(e.Action), &App{e.Span, Not, []Expr{same}}}}
		}
		return &App{e.Span, Or, []Expr{in(e.Action), same}}
	case *CallName:
		args := rebuilder{in}.all(e.Args)
		return &CallName{e.Span, e.Name, args}
	}
	return rebuild(e, in)
}

// call opens the definition that e calls.
func (f *freer) call(e *Call, in func(Expr) Expr) Expr {
	if e.Def.Body == nil {
		args := rebuilder{in}.all(e.Args)
		return &Call{e.Span, e.Def, args}
	}
	if f.depth++; e.Def.Recursive || f.depth > maxFreed {
		f.failed = true
		return e
	}
	defer func() { f.depth-- }()
	with := make(map[*Name]Expr, len(e.Args))
	for i, p := range e.Def.Params {
		with[p] = e.Args[i]
	}
	return in(Subst(e.Def.Body, with))
}

// unchanged is UNCHANGED v, part by part where v is a tuple.
func (f *freer) unchanged(v Expr) Expr {
	switch x := v.(type) {
	case *App:
		if x.Op == Tuple {
			parts := make([]Expr, len(x.Args))
			for i, p := range x.Args {
				parts[i] = f.unchanged(p)
			}
			return &App{x.Span, And, parts}
		}
	case *Call:
		if f.has(v) {
			return f.call(x, f.unchanged)
		}
	case *Label:
		if !x.Shut && x.Of == nil {
			return f.unchanged(x.Body)
		}
	}
	return &App{v.Pos(), Eq, []Expr{&App{v.Pos(), Prime, []Expr{f.expr(v, true)}}, f.expr(v, false)}}
}

// has tells whether there is an occurrence in e, or in a definition that it
// calls.
func (f *freer) has(e Expr) bool {
	known, ok := f.holds[e]
	if ok {
		return known
	}
	found := false
	Reach(e, map[*Def]bool{}, func(x Expr) bool {
		l, isLabel := x.(*Label)
		found = found || isLabel && (f.vars[l.Of] != nil || l.Frees != nil)
		return !found
	})
	f.holds[e] = found
	return found
}
