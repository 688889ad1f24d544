package show

import (
	"strings"
	"unicode/utf8"

	"github.com/lemma-mc/lemma/value"
)

// A value that does not fit a line is broken at its elements, as many to a
// line as fit, indented below its opening bracket:
//
//	votes = (Node1 :> {Node1, Node2} @@
//	         Node2 :> {})

// narrowest is the least width that values are laid out in, however deep they
// are nested.
const narrowest = 20

// lay writes v behind the text lead within width columns.
func lay(lead string, v value.Value, width int) []string {
	if whole := lead + v.String(); utf8.RuneCountInString(whole) <= width {
		return []string{whole}
	}
	p := partsOf(v)
	if len(p.elems) == 0 {
		return []string{lead + v.String()}
	}
	margin := strings.Repeat(" ", min(utf8.RuneCountInString(lead), max(0, width-narrowest)))
	indent := margin + strings.Repeat(" ", len(p.open))
	var out []string
	if margin != "" && len(margin) < utf8.RuneCountInString(lead) { // no room beside lead
		out = append(out, strings.TrimRight(lead, " "))
		lead = margin
	}
	line := lead + p.open
	fresh := true // line holds no element yet
	for i, e := range p.elems {
		end := p.sep
		if i == len(p.elems)-1 {
			end = p.close
		}
		laid := lay(e.lead, e.value, max(narrowest, width-len(indent)-len(end)))
		last := len(laid) - 1
		laid[last] += end
		fits := last == 0 && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(laid[0]) <= width
		switch {
		case fresh:
			line += laid[0]
		case fits:
			line += " " + laid[0]
		default:
			out = append(out, line)
			line = indent + laid[0]
		}
		for _, more := range laid[1:] {
			out = append(out, line)
			line = indent + more
		}
		fresh = false
	}
	return append(out, line)
}

// parts are a compound value taken apart for printing.
type parts struct {
	open, sep, close string
	elems            []element
}

type element struct {
	lead  string // what stands before the value: "a |-> "
	value value.Value
}

// partsOf takes v apart; scalars and sets without a member list have no parts.
func partsOf(v value.Value) parts {
	switch v := v.(type) {
	case *value.Tuple:
		return parts{"<<", ",", ">>", leadless(v.Elems)}
	case *value.Set:
		return parts{"{", ",", "}", leadless(v.Elems)}
	case *value.Record:
		if !strings.HasPrefix(v.String(), "[") { // a field is no identifier
			return parts{}
		}
		p := parts{"[", ",", "]", nil}
		for i, name := range v.Names {
			p.elems = append(p.elems, element{name + " |-> ", v.Vals[i]})
		}
		return p
	case *value.Func:
		p := parts{"(", " @@", ")", nil}
		for i, x := range v.Dom.Elems {
			p.elems = append(p.elems, element{x.String() + " :> ", v.Vals[i]})
		}
		return p
	}
	return parts{}
}

func leadless(vals []value.Value) []element {
	out := make([]element, len(vals))
	for i, v := range vals {
		out[i].value = v
	}
	return out
}
