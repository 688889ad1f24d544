package checkpoint

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"maps"
	"slices"

	"github.com/lemma-mc/lemma/ir"
)

// A Signature stands for all that an engine looks at in a system.
type Signature [sha256.Size]byte

// SignatureOf tells systems apart: by the text of all that the engine looks at.
func SignatureOf(sys *ir.System) (sum Signature) {
	h := sha256.New()
	for _, c := range sys.Constants {
		fmt.Fprintf(h, "CONSTANT %s %v\n", c.Name, c.Value)
		if c.Def != nil {
			fmt.Fprintln(h, c.Def.Text())
		}
	}
	for _, v := range sys.Variables {
		fmt.Fprintf(h, "VARIABLE %s\n", v.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(sys.Defs)) {
		if d := sys.Defs[name]; d.Body != nil {
			fmt.Fprintln(h, name, d.Text())
		}
	}
	for _, e := range append([]ir.Expr{sys.Init, sys.Next, sys.Sub, sys.Symmetry, sys.View}, sys.Temporal...) {
		if e != nil {
			fmt.Fprintln(h, ir.String(e))
		}
		fmt.Fprintln(h)
	}
	formulas(h, sys.Invariants, sys.Properties, sys.Constraints, sys.ActionConstraints, sys.PostConditions, sys.Possible)
	fmt.Fprintln(h, sys.CheckDeadlock)
	h.Sum(sum[:0])
	return sum
}

func formulas(h hash.Hash, lists ...[]*ir.Formula) {
	for _, fs := range lists {
		for _, f := range fs {
			fmt.Fprintln(h, f.Name, ir.String(f.Expr))
		}
		fmt.Fprintln(h)
	}
}
