package explicit

import (
	"strconv"
	"time"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// What TLCGet tells of the run in general: what it was asked for, the spec, and
// the program. What it tells of the search is the runner's or walker's.

// known answers TLCGet of what does not depend on the search, and of the level
// where there is none yet.
func (k *check) known(name string) value.Value {
	switch name {
	case "config":
		return configRecord("bfs", k.sys.CheckDeadlock, k.opts.Workers, k.opts.Seed, k.opts.Fingerprint)
	case "spec":
		return k.specRecord()
	case "revision":
		return revision
	case "action":
		return k.actionRecord(eval.Label{Name: unknownAction})
	case "level":
		return value.Int(k.shown)
	case "counterexample":
		return k.counterexample
	case "trace":
		return k.trace
	}
	return nil
}

// unknownAction is the name of the action in a breadth-first search, where a
// state may come from several.
const unknownAction = "UnknownAction"

// revision is TLCGet("revision"), by which specs ask for a TLC of at least some
// age: what it has learned since is here, too.
var revision = func() value.Value {
	made := time.Unix(1_750_000_000, 0).UTC()
	return value.NewRecord([]string{"count", "date", "tag", "timestamp"}, []value.Value{
		value.Int(10_000), value.NewStr(made.Format("2006-01-02T15:04:05.0Z")), value.NewStr("lemma"), value.Int(made.Unix())})
}()

// configRecord is TLCGet("config") with the fields that all engines have.
func configRecord(mode string, deadlock bool, workers int, seed uint64, fingerprint int, more ...recordField) value.Value {
	return recordOf(append(more,
		recordField{"mode", value.NewStr(mode)},
		recordField{"deadlock", value.Bool(deadlock)},
		recordField{"worker", value.Int(max(1, workers))},
		recordField{"seed", value.NewStr(strconv.FormatUint(seed, 10))},
		recordField{"fingerprint", value.NewStr(strconv.Itoa(max(64, fingerprint)))},
		recordField{"install", value.NewStr("")})...)
}

// A recordField is one of a record.
type recordField struct {
	name string
	val  value.Value
}

func recordOf(fields ...recordField) value.Value {
	names, vals := make([]string, len(fields)), make([]value.Value, len(fields))
	for i, f := range fields {
		names[i], vals[i] = f.name, f.val
	}
	return value.NewRecord(names, vals)
}

// specRecord is TLCGet("spec"): the parts of the specification by name and
// place, as the config and the text have them.
func (k *check) specRecord() value.Value {
	formulas := func(fs []*ir.Formula) value.Value {
		var out []value.Value
		for _, f := range fs {
			out = append(out, k.namedRecord(f.Name, f.Expr.Pos(), k.sys.Name))
		}
		return value.NewSet(out)
	}
	var actions []value.Value
	for _, a := range ir.DisjunctsOf(k.sys.Next).List {
		in := k.sys.Name
		if a.Def != nil {
			in = a.Def.Module
		}
		actions = append(actions, k.namedRecord(a.Name(), a.Span, in))
	}
	var inits []value.Value
	if k.sys.Init != nil {
		name, at, in := "Initial predicate", k.sys.Init.Pos(), k.sys.Name
		if c, ok := k.sys.Init.(*ir.Call); ok {
			name, at, in = c.Def.Name, c.Def.Span, c.Def.Module
		}
		inits = append(inits, k.namedRecord(name, at, in))
	}
	return recordOf(
		recordField{"actions", value.NewSet(actions)},
		recordField{"inits", value.NewSet(inits)},
		recordField{"invariants", formulas(k.sys.Invariants)},
		recordField{"impliedinits", value.EmptySet},
		recordField{"impliedtemporals", formulas(k.sys.Properties)},
		recordField{"temporals", value.EmptySet})
}

func (k *check) namedRecord(name string, at source.Span, module string) value.Value {
	return recordOf(recordField{"name", value.NewStr(name)}, recordField{"location", k.locationRecord(at, module)})
}

// actionRecord is TLCGet("action"): the name, the place, and the parameters
// with their values.
func (k *check) actionRecord(l eval.Label) value.Value {
	name, module := l.Name, k.sys.Name
	if name == "" {
		name = "Initial predicate"
	}
	if l.Def != nil {
		module = l.Def.Module
	}
	var params []recordField
	for i, a := range l.Args {
		if a != nil {
			params = append(params, recordField{l.Def.Params[i].Ident, a})
		}
	}
	return recordOf(recordField{"name", value.NewStr(name)}, recordField{"location", k.locationRecord(l.Span, module)}, recordField{"context", recordOf(params...)})
}
