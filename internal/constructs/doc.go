// Package constructs has no code but its tests: a corpus of small modules, PlusCal
// algorithms and formulas, by construct of the language, whose answers are known.
//
// In testdata, formulas.txt has formulas that are true, line by line, and such as
// fail to be evaluated. The archives beside it have the bodies of modules; lines
// that begin with \*cfg are their configs. What comes out of each, the exit code
// and the states generated and distinct, stands in answers.txt, which was written
// by TLC. Where the answer is to be another one, differs.txt says which, and why.
package constructs
