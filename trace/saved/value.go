package saved

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/lemma-mc/lemma/value"
)

// A parser reads values as TLC prints them: numbers, strings, TRUE and FALSE, model
// values by their names, <<a, b>>, {a, b}, [f |-> a], (a :> b @@ c :> d), 1..3.
type parser struct {
	text  string
	at    int
	depth int
}

// deepest is how deep values may be nested.
const deepest = 10_000

func (p *parser) rest() string { return p.text[p.at:] }

func (p *parser) brief() string { return p.rest()[:min(40, len(p.rest()))] }

func (p *parser) space() {
	p.at = len(p.text) - len(strings.TrimLeft(p.rest(), " \t\r\n"))
}

// accept goes on behind token, if it comes next.
func (p *parser) accept(token string) bool {
	p.space()
	if !strings.HasPrefix(p.rest(), token) {
		return false
	}
	p.at += len(token)
	return true
}

func (p *parser) expect(token string) error {
	if !p.accept(token) {
		return fmt.Errorf("%s is missing before %q", token, p.brief())
	}
	return nil
}

// word is the name or number that comes next.
func (p *parser) word() string {
	p.space()
	isPart := func(r rune) bool {
		return r == '_' || r == '!' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	end := strings.IndexFunc(p.rest(), func(r rune) bool { return !isPart(r) })
	if end < 0 {
		end = len(p.rest())
	}
	word := p.rest()[:end]
	p.at += end
	return word
}

func (p *parser) value() (value.Value, error) {
	if p.depth++; p.depth > deepest {
		return nil, fmt.Errorf("nested deeper than %d", deepest)
	}
	defer func() { p.depth-- }()
	switch {
	case p.accept("<<"):
		elems, err := p.list(">>")
		return value.NewTuple(elems), err
	case p.accept("{"):
		elems, err := p.list("}")
		return value.NewSet(elems), err
	case p.accept("["):
		return p.record()
	case p.accept("("):
		return p.function()
	case p.accept(`"`):
		return p.str()
	}
	return p.scalar()
}

// list reads values up to end.
func (p *parser) list(end string) ([]value.Value, error) {
	var out []value.Value
	for !p.accept(end) {
		if len(out) > 0 {
			if err := p.expect(","); err != nil {
				return nil, err
			}
		}
		v, err := p.value()
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

func (p *parser) record() (value.Value, error) {
	var names []string
	var vals []value.Value
	for !p.accept("]") {
		if len(names) > 0 {
			if err := p.expect(","); err != nil {
				return nil, err
			}
		}
		name := p.word()
		if name == "" || slices.Contains(names, name) {
			return nil, fmt.Errorf("no field of a record: %q", p.brief())
		}
		if err := p.expect("|->"); err != nil {
			return nil, err
		}
		v, err := p.value()
		if err != nil {
			return nil, err
		}
		names, vals = append(names, name), append(vals, v)
	}
	return value.NewRecord(names, vals), nil
}

// function reads a :> b @@ c :> d ), or a value in brackets.
func (p *parser) function() (value.Value, error) {
	type pair struct{ key, val value.Value }
	var pairs []pair
	for {
		key, err := p.value()
		if err != nil {
			return nil, err
		}
		if len(pairs) == 0 && p.accept(")") {
			return key, nil
		}
		if err := p.expect(":>"); err != nil {
			return nil, err
		}
		val, err := p.value()
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, pair{key, val})
		if p.accept(")") {
			break
		}
		if err := p.expect("@@"); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int { return value.Compare(a.key, b.key) })
	var keys, vals []value.Value
	for i, q := range pairs {
		if i > 0 && value.Compare(q.key, keys[len(keys)-1]) == 0 {
			return nil, fmt.Errorf("two values for the argument %v", q.key)
		}
		keys, vals = append(keys, q.key), append(vals, q.val)
	}
	return value.NewFunc(value.NewSetSorted(keys), vals), nil
}

// str reads a string behind its first quote.
func (p *parser) str() (value.Value, error) {
	for i := p.at; i < len(p.text); i++ {
		switch p.text[i] {
		case '\\':
			i++
		case '"':
			s, err := strconv.Unquote(`"` + p.text[p.at:i] + `"`)
			p.at = i + 1
			return value.NewStr(s), err
		}
	}
	return nil, fmt.Errorf("a string does not end: %q", p.brief())
}

func (p *parser) scalar() (value.Value, error) {
	sign := ""
	if p.accept("-") {
		sign = "-"
	}
	word := p.word()
	n, isNumber := new(big.Int).SetString(sign+word, 10)
	switch {
	case isNumber && p.accept(".."):
		hi, err := p.scalar()
		if err != nil {
			return nil, err
		}
		return value.DotDot(value.FromBig(n), hi)
	case isNumber:
		return value.FromBig(n), nil
	case word == "" || sign != "":
		return nil, fmt.Errorf("no value: %q", p.brief())
	case word == "TRUE", word == "FALSE":
		return value.Bool(word == "TRUE"), nil
	}
	return value.NewModel(word), nil
}
