// Package pluscal translates PlusCal algorithms, in either of their two
// syntaxes, to TLA+.
//
// An algorithm stands in a comment of a module. Its translation is a list of
// units of that module: variables, Init, an action for each step, Next, Spec.
// The names and the meaning are those of the official translator, whose output
// people have in their files and refer to in their properties; the corpus of
// published translations is the test for it.
//
// The way of an algorithm:
//
//   - find.go finds it, and the translation that is in the file.
//   - grammar.go, psyntax.go and csyntax.go are the participle grammars; the
//     expressions are package syntax's. convert.go brings both to one tree,
//     algorithm.go.
//   - prepare.go has expand.go replace macros and labels.go check the label
//     rules and add labels. names.go resolves names and renames what clashes;
//     shape.go sees how the algorithm runs as a whole.
//   - steps.go cuts bodies into steps, from label to label; action.go and
//     procedure.go turn each into an action. lost.go warns of calls that lose
//     parameters, behind.go of pieces behind the last brace.
//   - translate.go puts these in order and declare.go, init.go and spec.go
//     make the rest.
//   - insert.go writes a translation into the file, compare.go tells whether
//     the one that is there is stale.
//
// The tree keeps places: the action of a label points to the label, its parts
// to their statements, and expressions to where they stand, so that errors and
// traces speak of the algorithm and never of its translation.
//
// Two things are as in the official translator and surprise people. A variable
// that a step has assigned is primed in the later expressions of that step, but
// not inside operators of the define block, which go on to see the old value.
// And pc is left out when every process is a single step that repeats forever.
package pluscal
