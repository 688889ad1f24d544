package syntax

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

// The usual mistakes behind a token that cannot stand where it does.

// hintsAt are told at a token, hintsAfter at what follows the text, which
// parsed as something else: x != y is the operator = of an instance x.
var (
	hintsAt = map[string]string{
		";":    `; belongs to PlusCal; TLA+ joins formulas with /\`,
		"in":   `membership is written x \in S`,
		"else": "TLA+ writes IF ... THEN ... ELSE in capitals; the small words are PlusCal's",
		"then": "TLA+ writes IF ... THEN ... ELSE in capitals; the small words are PlusCal's",
		"and":  `and is written /\`,
		"or":   `or is written \/`,
		"!":    "inequality is written x # y or x /= y, negation ~p",
		"'":    `strings are written "..."; a prime stands after what it primes`,
		"ELSE": "every IF has exactly one THEN and one ELSE",
		"/":    `comments are written \* to the end of the line, or (* ... *)`,
		"//":   `comments are written \* to the end of the line, or (* ... *)`,
		"=":    "= compares two values; a definition is written with ==",
	}
	hintsAfter = map[string]string{
		"!=":     "inequality is written x # y or x /= y",
		"if":     "TLA+ writes IF ... THEN ... ELSE in capitals; the small words are PlusCal's",
		"not":    "negation is written ~p",
		"forall": `"for all" is written \A x \in S : p`,
		"exists": `"there is" is written \E x \in S : p`,
	}
)

// hint is the likeliest reason for t, which is unexpected; it may be empty.
func (p *parser) hint(t lexer.Token) string {
	if h := hintsAt[t.Value]; h != "" {
		return h
	}
	before := ""
	for _, last := range p.before() {
		before += last.Value
	}
	for after, h := range hintsAfter {
		if before == after || strings.HasSuffix(before, after) && p.lastIs(after) {
			return h
		}
	}
	return ""
}

// lastIs tells whether the last token consumed is a word.
func (p *parser) lastIs(word string) bool {
	last := p.before()
	return len(last) > 0 && last[len(last)-1].Value == word
}

// defHint explains == after the name that a list before it ate.
func (p *parser) defHint() string {
	if last := p.before(); len(last) == 2 && last[0].Value == "," {
		return "the list before " + last[1].Value + " ends with a comma"
	}
	return "values are compared with ="
}
