package types

import "github.com/lemma-mc/lemma/ir"

// operators are the types of the built-in operators, as hints are written. Those
// that take any number of arguments, or mean several things, are in infer.go.
var operators = map[ir.Op]string{
	ir.Not: "Bool => Bool", ir.Implies: "(Bool, Bool) => Bool", ir.Iff: "(Bool, Bool) => Bool",
	ir.In: "(a, Set(a)) => Bool", ir.NotIn: "(a, Set(a)) => Bool", ir.Subseteq: "(Set(a), Set(a)) => Bool",
	ir.Cup: "(Set(a), Set(a)) => Set(a)", ir.Cap: "(Set(a), Set(a)) => Set(a)", ir.Diff: "(Set(a), Set(a)) => Set(a)",
	ir.Subset: "Set(a) => Set(Set(a))", ir.Union: "Set(Set(a)) => Set(a)", ir.FuncSet: "(Set(a), Set(b)) => Set(a -> b)",
	ir.Unchanged: "a => Bool", ir.Enabled: "Bool => Bool", ir.Cdot: "(Bool, Bool) => Bool", ir.Prime: "a => a",
	ir.Always: "Bool => Bool", ir.Eventually: "Bool => Bool", ir.LeadsTo: "(Bool, Bool) => Bool", ir.Guarantees: "(Bool, Bool) => Bool",
	ir.Add: "(Int, Int) => Int", ir.Sub: "(Int, Int) => Int", ir.Neg: "Int => Int", ir.Mul: "(Int, Int) => Int",
	ir.Quo: "(Int, Int) => Int", ir.Mod: "(Int, Int) => Int", ir.Pow: "(Int, Int) => Int", ir.Div: "(Int, Int) => Int",
	ir.Lt: "(Int, Int) => Bool", ir.Le: "(Int, Int) => Bool", ir.Gt: "(Int, Int) => Bool", ir.Ge: "(Int, Int) => Bool",
	ir.DotDot: "(Int, Int) => Set(Int)", ir.NatSet: "Set(Int)", ir.IntSet: "Set(Int)", ir.RealSet: "Set(Int)", ir.Infinity: "Int",
	ir.StringSet: "Set(Str)", ir.BoolSet: "Set(Bool)",
	ir.Seq: "Set(a) => Set(Seq(a))", ir.Len: "Seq(a) => Int", ir.Concat: "(Seq(a), Seq(a)) => Seq(a)",
	ir.Append: "(Seq(a), a) => Seq(a)", ir.Head: "Seq(a) => a", ir.Tail: "Seq(a) => Seq(a)", ir.SubSeq: "(Seq(a), Int, Int) => Seq(a)",
	ir.Cardinality: "Set(a) => Int", ir.IsFinite: "Set(a) => Bool",
	ir.ColonGt: "(a, b) => a -> b", ir.PrintVal: "(a, b) => b", ir.PrintT: "a => Bool", ir.Assert: "(Bool, a) => Bool",
	ir.ToString: "a => Str", ir.TLCEval: "a => a", ir.TLCGet: "a => b", ir.TLCSet: "(a, b) => Bool",
	ir.RandomElem: "Set(a) => a", ir.Perms: "Set(a) => Set(a -> a)", ir.AnySet: "Set(a)",
}

// modules are the types of operators of modules that are computed natively, or
// are written in TLA+ in a way that says less than is meant.
var modules = map[string]string{
	"Sequences!SelectSeq":              "(Seq(a), a => Bool) => Seq(a)",
	"TLC!SortSeq":                      "(Seq(a), (a, a) => Bool) => Seq(a)",
	"TLC!JavaTime":                     "Int",
	"TLC!RandomElement":                "Set(a) => a",
	"SequencesExt!ToSet":               "Seq(a) => Set(a)",
	"SequencesExt!SetToSeq":            "Set(a) => Seq(a)",
	"SequencesExt!SetToSortSeq":        "(Set(a), (a, a) => Bool) => Seq(a)",
	"SequencesExt!Reverse":             "Seq(a) => Seq(a)",
	"SequencesExt!Contains":            "(Seq(a), a) => Bool",
	"SequencesExt!FlattenSeq":          "Seq(Seq(a)) => Seq(a)",
	"SequencesExt!FoldLeft":            "((b, a) => b, b, Seq(a)) => b",
	"SequencesExt!FoldRight":           "((a, b) => b, Seq(a), b) => b",
	"SequencesExt!BoundedSeq":          "(Set(a), Int) => Set(Seq(a))",
	"SequencesExt!SeqOf":               "(Set(a), Int) => Set(Seq(a))",
	"SequencesExt!SelectInSeq":         "(Seq(a), a => Bool) => Int",
	"SequencesExt!SelectLastInSeq":     "(Seq(a), a => Bool) => Int",
	"FiniteSetsExt!FoldSet":            "((a, b) => b, b, Set(a)) => b",
	"FiniteSetsExt!ReduceSet":          "((a, b) => b, Set(a), b) => b",
	"FiniteSetsExt!SumSet":             "Set(Int) => Int",
	"FiniteSetsExt!ProductSet":         "Set(Int) => Int",
	"FiniteSetsExt!MapThenSumSet":      "(a => Int, Set(a)) => Int",
	"FiniteSetsExt!Quantify":           "(Set(a), a => Bool) => Int",
	"FiniteSetsExt!kSubset":            "(Int, Set(a)) => Set(Set(a))",
	"FiniteSetsExt!Max":                "Set(Int) => Int",
	"FiniteSetsExt!Min":                "Set(Int) => Int",
	"Functions!Range":                  "(a -> b) => Set(b)",
	"Functions!Restrict":               "(a -> b, Set(a)) => a -> b",
	"Functions!IsInjective":            "(a -> b) => Bool",
	"Functions!FoldFunction":           "((b, c) => c, c, a -> b) => c",
	"Functions!FoldFunctionOnSet":      "((b, c) => c, c, a -> b, Set(a)) => c",
	"Folds!MapThenFoldSet":             "((b, c) => c, c, a => b, Set(a) => a, Set(a)) => c",
	"Bags!IsABag":                      "a => Bool",
	"Bags!BagCardinality":              "(a -> Int) => Int",
	"Bags!SubBag":                      "(a -> Int) => Set(a -> Int)",
	"BagsExt!FoldBag":                  "((a, b) => b, b, a -> Int) => b",
	"Bitwise!&":                        "(Int, Int) => Int",
	"Bitwise!|":                        "(Int, Int) => Int",
	"Bitwise!^^":                       "(Int, Int) => Int",
	"Bitwise!shiftR":                   "(Int, Int) => Int",
	"Randomization!RandomSubset":       "(Int, Set(a)) => Set(a)",
	"Randomization!RandomSetOfSubsets": "(Int, Int, Set(a)) => Set(Set(a))",
	"TLCExt!AssertEq":                  "(a, a) => Bool",
	"TLCExt!AssertError":               "(Str, a) => Bool",
	"TLCExt!TLCModelValue":             "Str => a",
	"TLCExt!TLCDefer":                  "a => Bool",
	"TLCExt!TLCEvalDefinition":         "Str => a",
	"TLCExt!TLCGetOrDefault":           "(a, b) => b",
	"TLCExt!TLCGetAndSet":              "(a, (b, b) => b, b, b) => b",
	"TLCExt!TLCFP":                     "a => Int",
	"Json!ToJson":                      "a => Str",
	"IOUtils!atoi":                     "Str => Int",
}

// given takes the type of d from modules, if it is there.
func (c *checker) given(d *ir.Def, t *Type) bool {
	text, ok := modules[d.Key]
	if !ok {
		return false
	}
	of, err := c.read(text, nil, d.Span)
	return err == nil && unify(t, of)
}
