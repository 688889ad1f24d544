package module

import (
	"embed"
	"strings"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

// The standard modules are TLA+ texts. Every definition has a body that states
// its meaning, but for the operators of opTable, which ir has nodes for, and
// for those whose body is the word NATIVE: they have an effect outside the
// specification, or a meaning that TLA+ cannot state, and only an engine that
// knows their Key evaluates them.
//
//go:embed std/*.tla
var stdFiles embed.FS

// nativeBody is the body that marks a definition without one.
const nativeBody = "NATIVE"

// coreModules are part of the language: a file of that name beside the spec
// does not replace them, as in TLC, which evaluates them natively.
var coreModules = map[string]bool{
	"Naturals": true, "Integers": true, "Reals": true, "Sequences": true,
	"FiniteSets": true, "Bags": true, "TLC": true,
}

// coreOrder is the order in which they are searched for a name that is used
// without EXTENDS.
var coreOrder = []string{"Naturals", "Integers", "Sequences", "FiniteSets", "TLC", "Bags", "Reals"}

// bundled finds a standard module's text.
func (r *run) bundled(name string) (f *source.File, std bool) {
	data, err := stdFiles.ReadFile("std/" + name + ".tla")
	if err != nil {
		return nil, false
	}
	return r.loader.Files.Add("<"+name+".tla>", string(data)), true
}

// Standard lists the standard modules that come with the program, in order.
func Standard() []string {
	entries, _ := stdFiles.ReadDir("std")
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".tla"))
	}
	return names
}

// opTable maps definitions of standard modules to the operators of ir.
var opTable = map[string]ir.Op{
	"Naturals!+": ir.Add, "Naturals!-": ir.Sub, "Naturals!*": ir.Mul, "Naturals!^": ir.Pow,
	"Naturals!<": ir.Lt, "Naturals!<=": ir.Le, "Naturals!>": ir.Gt, "Naturals!>=": ir.Ge,
	`Naturals!\div`: ir.Quo, "Naturals!%": ir.Mod, "Naturals!..": ir.DotDot, "Naturals!Nat": ir.NatSet,
	"Integers!-.": ir.Neg, "Integers!Int": ir.IntSet,
	"Reals!Real": ir.RealSet, "Reals!/": ir.Div, "Reals!Infinity": ir.Infinity,

	"Sequences!Seq": ir.Seq, "Sequences!Len": ir.Len, `Sequences!\o`: ir.Concat,
	"Sequences!Append": ir.Append, "Sequences!Head": ir.Head, "Sequences!Tail": ir.Tail,
	"Sequences!SubSeq": ir.SubSeq,

	"FiniteSets!Cardinality": ir.Cardinality, "FiniteSets!IsFiniteSet": ir.IsFinite,

	"TLC!:>": ir.ColonGt, "TLC!@@": ir.AtAt, "TLC!Print": ir.PrintVal, "TLC!PrintT": ir.PrintT,
	"TLC!Assert": ir.Assert, "TLC!ToString": ir.ToString, "TLC!TLCEval": ir.TLCEval,
	"TLC!TLCGet": ir.TLCGet, "TLC!TLCSet": ir.TLCSet, "TLC!RandomElement": ir.RandomElem,
	"TLC!Permutations": ir.Perms, "TLC!Any": ir.AnySet,
}

// builtins are the operator symbols of the language itself.
var builtins = map[string]ir.Op{
	`/\`: ir.And, `\/`: ir.Or, "~": ir.Not, "=>": ir.Implies, "<=>": ir.Iff,
	"=": ir.Eq, "/=": ir.Neq, `\in`: ir.In, `\notin`: ir.NotIn, `\subseteq`: ir.Subseteq,
	`\cup`: ir.Cup, `\cap`: ir.Cap, `\`: ir.Diff, "SUBSET": ir.Subset, "UNION": ir.Union,
	`\X`: ir.Product, "DOMAIN": ir.Domain, "'": ir.Prime, "UNCHANGED": ir.Unchanged,
	"ENABLED": ir.Enabled, `\cdot`: ir.Cdot, "[]": ir.Always, "<>": ir.Eventually,
	"~>": ir.LeadsTo, "-+->": ir.Guarantees, "BOOLEAN": ir.BoolSet, "STRING": ir.StringSet,
}
