package value

import (
	"slices"
	"strconv"
	"strings"
)

// longestRange is the size up to which an interval prints as {1, 2, 3}, like
// any other set; longer ones print as lo..hi.
const longestRange = 1000

func (b Bool) String() string {
	if b {
		return "TRUE"
	}
	return "FALSE"
}

func (n Int) String() string     { return strconv.FormatInt(int64(n), 10) }
func (n *BigInt) String() string { return n.V.String() }
func (s Str) String() string     { return Quote(s.Text()) }
func (m Model) String() string   { return m.Name() }
func (t *Tuple) String() string  { return "<<" + join(t.Elems, ", ") + ">>" }
func (s *Set) String() string    { return "{" + join(s.Elems, ", ") + "}" }

// String writes [a |-> 1, b |-> 2], or "a b" :> 1 @@ ... where a field is no
// identifier.
func (r *Record) String() string {
	if !slices.ContainsFunc(r.Names, func(n string) bool { return !isIdentifier(n) }) {
		return fields(r.Names, r.Vals, "[", " |-> ", "]")
	}
	var b strings.Builder
	for i, n := range r.Names {
		writePair(&b, i, Quote(n), r.Vals[i])
	}
	return b.String() + ")"
}

func (f *Func) String() string {
	var b strings.Builder
	for i, x := range f.Dom.Elems {
		writePair(&b, i, x.String(), f.Vals[i])
	}
	return b.String() + ")"
}

func (r Range) String() string {
	if uint64(r.Hi-r.Lo) >= longestRange {
		return Int(r.Lo).String() + ".." + Int(r.Hi).String()
	}
	var b strings.Builder
	b.WriteByte('{')
	for n := r.Lo; ; n++ {
		b.WriteString(strconv.FormatInt(n, 10))
		if n == r.Hi {
			return b.String() + "}"
		}
		b.WriteString(", ")
	}
}

func (u Universe) String() string {
	switch u {
	case Nat:
		return "Nat"
	case Integers:
		return "Int"
	case Reals:
		return "Real"
	}
	return "STRING"
}

func (s *Powerset) String() string { return "SUBSET " + s.Base.String() }
func (s *SeqSet) String() string   { return "Seq(" + s.Base.String() + ")" }
func (s *FuncSet) String() string  { return "[" + s.Dom.String() + " -> " + s.Rng.String() + "]" }
func (s *RecordSet) String() string {
	return fields(s.Names, s.Sets, "[", " : ", "]")
}
func (s *Product) String() string {
	sets := make([]string, len(s.Sets))
	for i, x := range s.Sets {
		sets[i] = operand(x)
	}
	return "(" + strings.Join(sets, ` \X `) + ")"
}
func (s *Combine) String() string {
	op := map[byte]string{'u': ` \cup `, 'n': ` \cap `, 'm': ` \ `}[s.Op]
	return "(" + operand(s.X) + op + operand(s.Y) + ")"
}
func (s *BigUnion) String() string { return "UNION {" + join(s.Sets, ", ") + "}" }
func (s *Filter) String() string   { return `{x \in ` + s.Base.String() + " : ...}" }
func (f *LazyFunc) String() string { return `[x \in ` + f.Dom.String() + " |-> ...]" }

// operand is v as text beside an infix operator.
func operand(v Value) string {
	switch v := v.(type) {
	case *Powerset, *BigUnion:
		return "(" + v.String() + ")"
	case Range:
		if explicitLen(v) > longestRange {
			return "(" + v.String() + ")"
		}
	}
	return v.String()
}

// Quote is s as a TLA+ string literal.
func Quote(s string) string {
	return `"` + escapes.Replace(s) + `"`
}

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`, "\f", `\f`)

func join(vs []Value, sep string) string {
	var b strings.Builder
	for i, v := range vs {
		if i > 0 {
			b.WriteString(sep)
		}
		b.WriteString(v.String())
	}
	return b.String()
}

func fields(names []string, vs []Value, open, arrow, end string) string {
	var b strings.Builder
	b.WriteString(open)
	for i, n := range names {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(n + arrow + vs[i].String())
	}
	return b.String() + end
}

func writePair(b *strings.Builder, i int, key string, v Value) {
	if i == 0 {
		b.WriteByte('(')
	} else {
		b.WriteString(" @@ ")
	}
	b.WriteString(key + " :> " + v.String())
}

// isIdentifier tells whether s may stand before |-> in a record.
func isIdentifier(s string) bool {
	letter := false
	for _, c := range s {
		switch {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			letter = true
		case c == '_' || c >= '0' && c <= '9':
		default:
			return false
		}
	}
	return letter && !slices.Contains(reserved, s) &&
		!strings.HasPrefix(s, "WF_") && !strings.HasPrefix(s, "SF_")
}

// reserved are the words that no identifier may be.
var reserved = strings.Fields(`ASSUME ASSUMPTION AXIOM BOOLEAN CASE CHOOSE
	CONSTANT CONSTANTS DOMAIN ELSE ENABLED EXCEPT EXTENDS FALSE IF IN INSTANCE
	LAMBDA LET LOCAL MODULE OTHER RECURSIVE STRING SUBSET THEN THEOREM TRUE
	UNCHANGED UNION VARIABLE VARIABLES WITH`)
