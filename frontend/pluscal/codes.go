package pluscal

import "github.com/lemma-mc/lemma/diag"

// The errors of an algorithm. docs/errors.md has an example of each.
const (
	codeSyntax    diag.Code = "P100" // the text is not PlusCal
	codeUnclosed  diag.Code = "P101" // the algorithm, or its comment, does not end
	codeUndefined diag.Code = "P102" // no such label, macro, procedure or variable
	codeTwice     diag.Code = "P103" // a name is declared twice
	codeArgs      diag.Code = "P104" // a call with too many or too few arguments
	codeMissing   diag.Code = "P105" // a label is needed
	codeForbidden diag.Code = "P106" // a label, a loop or a statement that may not stand here
	codeMacro     diag.Code = "P107" // a macro that uses itself
	codeTarget    diag.Code = "P108" // this cannot be assigned to
	codeAgain     diag.Code = "P109" // a second assignment where no label can separate them
	codeReturn    diag.Code = "P110" // return outside a procedure
	codeLarge     diag.Code = "P111" // more than this translator takes

	codeOption diag.Code = "W111" // an unknown PlusCal option
	codeLost   diag.Code = "W112" // a tail call that loses parameters
	codeBehind diag.Code = "W113" // a piece of an algorithm behind its end
)
