package temporal

import "github.com/lemma-mc/lemma/ir"

// Restricts tells whether the temporal formula e may be violated by what has
// happened so far, as [](P => []Q) is when Q fails after P. A formula that only
// promises something, as <>P, P ~> Q and fairness do, never is: whatever has
// happened, the promise may still be kept. The answer may be yes where it is no,
// never the other way round.
//
// It does not look at what else a specification says: one that promises what its
// next-state action cannot do forbids behaviours all the same, but is not
// machine closed (Abadi and Lamport, "The existence of refinement mappings").
func Restricts(e ir.Expr) bool { return !promises(e, false, 0) }

// promises tells whether e, or ~e when not is set, only promises.
func promises(e ir.Expr, not bool, depth int) bool {
	switch e := e.(type) {
	case *ir.Fair:
		return true
	case *ir.App:
		return appPromises(e, not, depth)
	case *ir.Call:
		return e.Def.Body != nil && depth < maxOpen && promises(Unfold(e), not, depth+1)
	case *ir.Let:
		return promises(e.Body, not, depth)
	case *ir.Label:
		return promises(e.Body, not, depth)
	case *ir.If:
		return promises(e.Then, not, depth) && promises(e.Else, not, depth)
	case *ir.Quant:
		return promises(e.Body, not, depth)
	}
	return false
}

func appPromises(e *ir.App, not bool, depth int) bool {
	part := func(i int, not bool) bool { return promises(e.Args[i], not, depth) }
	switch e.Op {
	case ir.Not:
		return part(0, !not)
	case ir.And, ir.Or:
		every := (e.Op == ir.And) != not // one promise is enough for a disjunction
		for i := range e.Args {
			if part(i, not) != every {
				return !every
			}
		}
		return every
	case ir.Implies:
		if not {
			return part(0, false) && part(1, true)
		}
		return part(0, true) || part(1, false)
	case ir.Always, ir.Eventually:
		return (e.Op == ir.Eventually) != not || part(0, not)
	case ir.LeadsTo:
		return true // its negation is <>(P /\ []~Q)
	}
	return false
}
