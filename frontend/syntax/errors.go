package syntax

import (
	"errors"
	"fmt"
	"strings"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
)

// The codes of this package.
const (
	NoModule       diag.Code = "E101" // text without a module header
	BadCharacter   diag.Code = "E102" // a character that is no TLA+
	OpenString     diag.Code = "E103" // a string that does not end on its line
	OpenComment    diag.Code = "E104" // (* without *)
	BadOperator    diag.Code = "E105" // \im
	BadEscape      diag.Code = "E106" // "\q"
	Unexpected     diag.Code = "E110" // any other token that cannot stand there
	SingleEquals   diag.Code = "E111" // F(x) = e as a unit
	DefInExpr      diag.Code = "E112" // == within an expression
	Precedence     diag.Code = "E113" // a /\ b \/ c
	Misaligned     diag.Code = "E114" // left of the junction list it belongs to
	Unclosed       diag.Code = "E115" // ( without )
	OpenModule     diag.Code = "E116" // no ==== at the end
	TooDeep        diag.Code = "E117" // nested deeper than maxDepth
	ProofStructure diag.Code = "E118" // steps without QED, wrong level, a fact that is no step before it
	NotExpression  diag.Code = "E119" // text after a whole expression
)

// A ParseError is a diagnostic on its way through a participle grammar.
type ParseError struct {
	Diagnostic *diag.Diagnostic
	at         lexer.Position
}

func (e *ParseError) Error() string            { return e.Diagnostic.Message }
func (e *ParseError) Message() string          { return e.Diagnostic.Message }
func (e *ParseError) Position() lexer.Position { return e.at }

func failure(t lexer.Token, code diag.Code, message, hint string) *ParseError {
	return &ParseError{at: t.Pos, Diagnostic: &diag.Diagnostic{
		Code: code, Class: diag.Syntax, Span: SpanOf(t), Message: message, Hint: hint,
	}}
}

// Diagnose turns any error of a participle grammar over this package's tokens
// into a diagnostic. Errors of hooks keep their own code; what the grammar
// itself expected gets the code given.
func Diagnose(err error, code diag.Code) *diag.Diagnostic {
	var own *ParseError
	if errors.As(err, &own) {
		return own.Diagnostic
	}
	var unexpected *participle.UnexpectedTokenError
	if errors.As(err, &unexpected) {
		t := unexpected.Unexpected
		if t.Type == TokBad {
			return badToken(t).Diagnostic
		}
		message := "unexpected " + describe(t)
		if want := expectation(unexpected.Message()); want != "" {
			message = fmt.Sprintf("expected %s, found %s", want, describe(t))
		}
		return failure(t, code, message, "").Diagnostic
	}
	d := &diag.Diagnostic{Code: code, Class: diag.Syntax, Message: err.Error()}
	var placed participle.Error
	if errors.As(err, &placed) {
		at := source.Pos(placed.Position().Offset)
		d.Span, d.Message = source.Span{Start: at, End: at}, placed.Message()
	}
	return d
}

// grammarNames says in the user's words what participle calls its symbols.
var grammarNames = map[string]string{
	"IdentGrammar": "a name", "<ident>": "a name", "<def>": "==", "<dashline>": "a line of dashes", "<in>": `\in`,
}

// expectation takes what participle expected first out of its message; "" when
// that says nothing to a user.
func expectation(message string) string {
	_, want, ok := strings.Cut(message, "(expected ")
	if !ok {
		return ""
	}
	want, _, _ = strings.Cut(strings.TrimSuffix(want, ")"), " ")
	if strings.HasPrefix(want, `"`) {
		return strings.Trim(want, `"`)
	}
	return grammarNames[want]
}

// describe names a token in a message.
func describe(t lexer.Token) string {
	switch {
	case t.EOF():
		return "the end of the text"
	case t.Type == TokKeyword:
		return "the reserved word " + t.Value
	case t.Type == TokDashLine:
		return "a line of dashes"
	case t.Type == TokEqLine:
		return "the line of = that ends the module"
	case t.Type == TokString:
		return "the string " + shorten(t.Value)
	case t.Type == TokIdent:
		return "the name " + t.Value
	}
	return shorten(t.Value)
}

func shorten(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:37]) + "..."
	}
	return text
}

// badToken explains text that is no token.
func badToken(t lexer.Token) *ParseError {
	first := lexer.Token{Value: t.Value[:1], Pos: t.Pos}
	switch {
	case t.Value[0] == '"' && len(t.Value) > 1 && t.Value[len(t.Value)-1] == '"':
		return failure(t, BadEscape, `this string has a \ that escapes nothing`,
			`in a string a backslash is \\; the other escapes are \" \n \t \r \f`)
	case t.Value[0] == '"':
		return failure(t, OpenString, "this string is not closed on its line",
			`close it with "; a line break inside a string is written \n`)
	case strings.HasPrefix(t.Value, "(*"):
		first.Value = t.Value[:2]
		return failure(first, OpenComment, "this comment is not closed",
			"every (* needs its own *); comments nest")
	}
	return failure(t, BadCharacter, fmt.Sprintf("%q is not a character of TLA+", t.Value), badCharacterHint(t.Value))
}

func badCharacterHint(c string) string {
	switch c {
	case "`", "´", "‘", "’", "“", "”", "„":
		return `strings are written "..." with plain quotes, the prime is a plain '`
	case "−", "–", "—":
		return "minus is the plain -"
	case "\u00a0", "\u200b", "\ufeff":
		return "this is an invisible character; replace it by a plain space"
	}
	return "names have letters without accents, digits and _"
}

// misspelt recognises in two tokens an operator whose name was mistyped:
// x \im S reads as x \ im S, so the mistake shows only at S.
func misspelt(pair []lexer.Token) *ParseError {
	if len(pair) < 2 || !strings.HasPrefix(pair[0].Value, `\`) || pair[1].Type != TokIdent {
		return nil
	}
	op, name := pair[0], pair[1]
	if SpanOf(op).End != SpanOf(name).Start {
		return nil
	}
	wrote := op.Value + name.Value
	whole := lexer.Token{Type: TokOp, Value: wrote, Pos: op.Pos}
	hint := "set difference is written with spaces: S \\ T"
	if near := nearestOperator(wrote); near != "" {
		hint = "did you mean " + near + "?"
	}
	return failure(whole, BadOperator, "there is no operator "+wrote, hint)
}

func nearestOperator(wrote string) string {
	best, distance := "", 3
	for word := range words {
		if d := editDistance(wrote, word); d < distance || d == distance && word < best {
			best, distance = word, d
		}
	}
	if best == "" {
		return ""
	}
	return Canonical(best)
}

// editDistance counts the insertions, deletions and replacements from a to b.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
