package explicit

import (
	"strings"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// What the assumptions store by TLCSet, and what a constant definition draws
// at random, is the same in every state and for every worker. So both are
// settled before the search, on a machine that all others inherit from.

// settle makes the present machine, which has checked the assumptions, the
// origin of all machines to come.
func (k *check) settle() {
	for _, d := range k.sys.Defs {
		if len(d.Params) == 0 && d.Level == ir.ConstantLevel && d.Body != nil && draws(d.Body) {
			// One that cannot be evaluated is an error only where it is used.
			_, _ = k.machine.Constant(&ir.Call{Span: d.Span, Def: d})
		}
	}
	k.settled = k.machine
	k.machine = k.newMachine(nil)
}

// draws tells whether e depends on the random generator.
func draws(e ir.Expr) bool {
	found := false
	reach(e, map[*ir.Def]bool{}, func(x ir.Expr) bool {
		switch x := x.(type) {
		case *ir.App:
			found = found || x.Op == ir.RandomElem
		case *ir.Call:
			found = found || strings.HasPrefix(x.Def.Key, "Randomization!")
		}
		return !found
	})
	return found
}

// known answers TLCGet of what does not depend on the search, and of the level
// where there is none yet.
func (k *check) known(name string) value.Value {
	switch name {
	case "config":
		return value.NewRecord([]string{"mode", "deadlock", "worker"},
			[]value.Value{value.NewStr("bfs"), value.Bool(k.sys.CheckDeadlock), value.Int(1)})
	case "revision":
		return revision
	case "level":
		return value.Int(k.shown)
	case "counterexample":
		return k.counterexample
	case "trace":
		return k.trace
	}
	return nil
}
