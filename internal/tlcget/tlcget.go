// Package tlcget makes the values by which a spec sees the run that checks it:
// what TLCGet tells of the config, the spec and the action, and what TLCExt tells
// of a counterexample. What is told of the progress of a search is the engine's.
//
//	tlcget.go           what does not depend on the engine, and the config
//	spec.go             the spec, its actions, and places
//	counterexample.go   states and behaviours as values
package tlcget

import (
	"strconv"
	"time"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// Known is what is told whatever the engine, and where there is no search.
type Known struct {
	Level          int         // of the state of a counterexample that is looked at
	Trace          value.Value // TLCExt!Trace there; nil for nothing
	CounterExample value.Value // TLCExt!CounterExample; nil for nothing
}

// Get answers TLCGet(name) for a run on sys; nil where it does not know.
func (k *Known) Get(sys *ir.System, name string) value.Value {
	switch name {
	case "spec":
		return spec(sys)
	case "revision":
		return revision
	case "action":
		return Action(sys, eval.Label{Name: unknownAction})
	case "level":
		return value.Int(k.Level)
	case "counterexample":
		return k.CounterExample
	case "trace":
		return k.Trace
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

// Config is TLCGet("config") with the fields that all engines have.
func Config(mode string, deadlock bool, workers int, seed uint64, fingerprint int, more ...Field) value.Value {
	return Record(append(more,
		Field{"mode", value.NewStr(mode)},
		Field{"deadlock", value.Bool(deadlock)},
		Field{"worker", value.Int(max(1, workers))},
		Field{"seed", value.NewStr(strconv.FormatUint(seed, 10))},
		Field{"fingerprint", value.NewStr(strconv.Itoa(max(64, fingerprint)))},
		Field{"install", value.NewStr("")})...)
}

// A Field is one of a record.
type Field struct {
	Name string
	Val  value.Value
}

// Is is the field of that name.
func Is(name string, v value.Value) Field { return Field{name, v} }

// Record is the record of some fields.
func Record(fields ...Field) value.Value {
	names, vals := make([]string, len(fields)), make([]value.Value, len(fields))
	for i, f := range fields {
		names[i], vals[i] = f.Name, f.Val
	}
	return value.NewRecord(names, vals)
}
