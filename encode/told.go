package encode

import (
	"slices"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// SetLevel says that s is the state of that number in its behaviour: what
// TLCGet("level") is there.
func (e *Encoder) SetLevel(s State, level int) {
	if len(s) > 0 {
		e.levels[first(s)] = level
	}
}

// told is the value of x, which is TLCGet of a name, where it is the number of the
// state and known, or the same for the whole run.
func (e *Encoder) told(x *ir.App, c evalContext) (Sym, bool) {
	name, isLit := x.Args[0].(*ir.Lit)
	switch {
	case !isLit:
	case slices.Contains(lasting, name.Value):
		v, err := e.Machine.Value(x, nil, nil)
		return Known{V: v}, err == nil
	case name.Value == levelName && len(c.cur) > 0:
		level, ok := e.levels[first(c.cur)]
		if c.primed {
			level++
		}
		return Known{V: value.Int(level)}, ok
	}
	return nil, false
}

var (
	levelName value.Value = value.NewStr("level")
	lasting               = []value.Value{value.NewStr("config"), value.NewStr("spec"), value.NewStr("revision")}
)

// writers are the natives that write a file and are TRUE whatever they write.
// Nothing is written while states are symbolic.
var writers = []string{"Json!JsonSerialize", "Json!ndJsonSerialize", "SVG!SVGSerialize", "CSV!CSVWrite", "CSV!CSVWriteRecord"}

// writes tells whether applying d is TRUE and writes a file.
func writes(d *ir.Def) bool { return slices.Contains(writers, d.Key) }
