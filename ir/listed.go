package ir

// Listed calls f for each variable of a tuple of variables, which may be of
// tuples and definitions: the vars of UNCHANGED vars and [Next]_vars. What is no
// variable is passed over.
func Listed(e Expr, f func(*Variable)) {
	switch e := e.(type) {
	case *VarRef:
		f(e.Var)
	case *App:
		if e.Op == Tuple {
			for _, x := range e.Args {
				Listed(x, f)
			}
		}
	case *Call:
		if len(e.Args) == 0 && e.Def.Body != nil && !e.Def.Recursive {
			Listed(e.Def.Body, f)
		}
	case *Label:
		Listed(e.Body, f)
	case *Let:
		Listed(e.Body, f)
	}
}
