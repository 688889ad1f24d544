package ir

// AsMember is e, which is x \subseteq S, as the membership x \in SUBSET S that
// chooses a value for an x that has none yet.
func AsMember(e *App) *App {
	return &App{Span: e.Span, Op: In, Args: []Expr{e.Args[0], &App{Span: e.Args[1].Pos(), Op: Subset, Args: e.Args[1:]}}}
}
