package module

import (
	"fmt"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
)

// The codes of this package.
const (
	codeUnknownName   diag.Code = "E201" // a name that nothing in scope has
	codeNoModule      diag.Code = "E202" // a module that is nowhere on the path
	codeTwice         diag.Code = "E203" // a name defined or declared a second time
	codeArity         diag.Code = "E204" // too many or too few arguments
	codeNotOperator   diag.Code = "E205" // arguments for what takes none, or an operator where a value belongs
	codeLevel         diag.Code = "E206" // a formula of too high a level
	codeCycle         diag.Code = "E207" // modules that extend or instantiate each other in a circle
	codeSubstitution  diag.Code = "E208" // INSTANCE ... WITH that does not fit the module
	codeRecursive     diag.Code = "E209" // RECURSIVE without a fitting definition
	codeAt            diag.Code = "E210" // @ outside of EXCEPT
	codeSelector      diag.Code = "E212" // a subexpression name that selects nothing
	codeTooEarly      diag.Code = "E213" // a name used before its definition
	codeField         diag.Code = "E214" // a record field given twice
	codeFileName      diag.Code = "E215" // a module whose name is not its file's
	codeDoublePrime   diag.Code = "E216" // a prime of what has a prime already
	codeNotFormula    diag.Code = "E217" // an ASSUME/PROVE, a module or an instance where an expression belongs
	codeOverride      diag.Code = "C150" // a config substitution that fits nothing in the spec
	codeVariable      diag.Code = "C151" // a value for a variable
	codeSlip          diag.Code = "W101" // a spelling that is not TLA+
	codeNotExtended   diag.Code = "W102" // a standard operator whose module is not extended
	codeConflict      diag.Code = "W103" // two imported definitions of one name
	codeNoConstant    diag.Code = "W104" // a value for a name that the spec does not have
	codeRedeclared    diag.Code = "W107" // a constant or variable declared a second time
	codeStrictSlip    diag.Code = "E291" // W101 under --strict
	codeStrictExtends diag.Code = "E292" // W102 under --strict
	codeStrictClash   diag.Code = "E293" // W103 under --strict
	codeStrictStale   diag.Code = "E294" // pluscal's W110 under --strict
	codeStrictNoConst diag.Code = "E295" // W104 under --strict
	codeStrictAgain   diag.Code = "E296" // W107 under --strict
)

// strictCode is the error that a warning becomes under --strict.
var strictCode = map[diag.Code]diag.Code{
	codeSlip: codeStrictSlip, diag.CodeStale: codeStrictStale, codeNotExtended: codeStrictExtends, codeConflict: codeStrictClash,
	codeNoConstant: codeStrictNoConst, codeRedeclared: codeStrictAgain,
}

// A note is a diagnostic in the making; add sends it off.
type note struct{ *diag.Diagnostic }

func problem(code diag.Code, at source.Span, format string, args ...any) note {
	return note{&diag.Diagnostic{
		Code: code, Class: diag.Syntax, Span: at, Message: fmt.Sprintf(format, args...),
	}}
}

func (n note) hint(format string, args ...any) note {
	n.Hint = fmt.Sprintf(format, args...)
	return n
}

func (n note) related(at source.Span, message string) note {
	if at.Valid() {
		n.Related = append(n.Related, diag.Related{Span: at, Message: message})
	}
	return n
}

// report adds a problem; a warning becomes an error under Strict.
func (r *run) report(n note) {
	if code, ok := strictCode[n.Code]; ok && r.loader.Strict {
		n.Code = code
	}
	r.diags.Add(n.Diagnostic)
}

// hide keeps a problem of a silent copy. What is wrong in an instance's copy is
// wrong in the module itself, where it is reported; should it not be, the run
// must not end as if nothing were wrong.
func (r *run) hide(n note) {
	if r.hidden == nil && !n.Code.Warning() {
		r.hidden = n.Diagnostic
	}
}

// reportHidden reports the hidden problem when there is no other.
func (r *run) reportHidden() {
	if r.hidden != nil && r.diags.Err() == nil && !r.incomplete {
		r.diags.Add(r.hidden)
	}
	r.hidden = nil
}

// a puts the article before a noun.
func a(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

// plural writes a count with its noun.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
