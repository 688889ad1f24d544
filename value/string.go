package value

import (
	"math"
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

func (t *Tuple) String() string     { return text(t, noLimit) }
func (s *Set) String() string       { return text(s, noLimit) }
func (r *Record) String() string    { return text(r, noLimit) }
func (f *Func) String() string      { return text(f, noLimit) }
func (r Range) String() string      { return text(r, noLimit) }
func (s *Powerset) String() string  { return text(s, noLimit) }
func (s *KSubsets) String() string  { return text(s, noLimit) }
func (s *SeqSet) String() string    { return text(s, noLimit) }
func (s *FuncSet) String() string   { return text(s, noLimit) }
func (s *RecordSet) String() string { return text(s, noLimit) }
func (s *Product) String() string   { return text(s, noLimit) }
func (s *Combine) String() string   { return text(s, noLimit) }
func (s *BigUnion) String() string  { return text(s, noLimit) }
func (s *Filter) String() string    { return text(s, noLimit) }
func (f *LazyFunc) String() string  { return text(f, noLimit) }

// noLimit is a length that no text has.
const noLimit = math.MaxInt

// text is v as text, or the beginning of it, of at least most bytes.
func text(v Value, most int) string {
	p := printer{most: most}
	p.value(v)
	return p.String()
}

// A printer writes values until it has most bytes.
type printer struct {
	strings.Builder
	most int
}

func (p *printer) full() bool { return p.Len() >= p.most }

func (p *printer) value(v Value) {
	switch v := v.(type) {
	case *Tuple:
		p.list("<<", v.Elems, ">>")
	case *Set:
		p.list("{", v.Elems, "}")
	case Range:
		p.interval(v)
	case *Record:
		p.record(v)
	case *Func:
		p.pairs(len(v.Vals), func(i int) { p.value(v.Dom.Elems[i]) }, v.Vals)
	case *Powerset:
		p.WriteString("SUBSET ")
		p.value(v.Base)
	case *KSubsets:
		p.WriteString("kSubset(" + strconv.Itoa(v.K) + ", ")
		p.value(v.Base)
		p.WriteByte(')')
	case *SeqSet:
		p.WriteString("Seq(")
		p.value(v.Base)
		p.WriteByte(')')
	case *FuncSet:
		p.enclosed("[", v.Dom, " -> ", v.Rng, "]", p.value)
	case *RecordSet:
		p.fields(v.Names, v.Sets, " : ")
	case *Product:
		p.WriteByte('(')
		p.separated(len(v.Sets), ` \X `, func(i int) { p.operand(v.Sets[i]) })
		p.WriteByte(')')
	case *Combine:
		p.enclosed("(", v.X, map[byte]string{'u': ` \cup `, 'n': ` \cap `, 'm': ` \ `}[v.Op], v.Y, ")", p.operand)
	case *BigUnion:
		p.list("UNION {", v.Sets, "}")
	case *Filter:
		p.WriteString(`{x \in `)
		p.value(v.Base)
		p.WriteString(" : ...}")
	case *LazyFunc:
		p.WriteString(`[x \in `)
		p.value(v.Dom)
		p.WriteString(" |-> ...]")
	default:
		p.WriteString(v.String())
	}
}

// separated writes n items with sep between them.
func (p *printer) separated(n int, sep string, item func(i int)) {
	for i := range n {
		if p.full() {
			return
		}
		if i > 0 {
			p.WriteString(sep)
		}
		item(i)
	}
}

func (p *printer) list(open string, vs []Value, end string) {
	p.WriteString(open)
	p.separated(len(vs), ", ", func(i int) { p.value(vs[i]) })
	p.WriteString(end)
}

func (p *printer) enclosed(open string, x Value, op string, y Value, end string, write func(Value)) {
	p.WriteString(open)
	write(x)
	p.WriteString(op)
	write(y)
	p.WriteString(end)
}

// interval writes {1, 2, 3}, and lo..hi for what is longer.
func (p *printer) interval(r Range) {
	if explicitLen(r) > longestRange {
		p.WriteString(Int(r.Lo).String() + ".." + Int(r.Hi).String())
		return
	}
	p.WriteByte('{')
	p.separated(int(explicitLen(r)), ", ", func(i int) { p.WriteString(Int(r.Lo + int64(i)).String()) })
	p.WriteByte('}')
}

// record writes [a |-> 1, b |-> 2], or "a b" :> 1 @@ ... where a field is no
// identifier.
func (p *printer) record(r *Record) {
	if !slices.ContainsFunc(r.Names, func(n string) bool { return !IsIdentifier(n) }) {
		p.fields(r.Names, r.Vals, " |-> ")
		return
	}
	p.pairs(len(r.Vals), func(i int) { p.WriteString(Quote(r.Names[i])) }, r.Vals)
}

func (p *printer) fields(names []string, vs []Value, arrow string) {
	p.WriteByte('[')
	p.separated(len(vs), ", ", func(i int) {
		p.WriteString(names[i] + arrow)
		p.value(vs[i])
	})
	p.WriteByte(']')
}

// pairs writes (x :> 1 @@ y :> 2).
func (p *printer) pairs(n int, key func(i int), vs []Value) {
	p.WriteByte('(')
	p.separated(n, " @@ ", func(i int) {
		key(i)
		p.WriteString(" :> ")
		p.value(vs[i])
	})
	p.WriteByte(')')
}

// operand writes v beside an infix operator.
func (p *printer) operand(v Value) {
	open := false
	switch v := v.(type) {
	case *Powerset, *BigUnion:
		open = true
	case Range:
		open = explicitLen(v) > longestRange
	}
	if open {
		p.WriteByte('(')
	}
	p.value(v)
	if open {
		p.WriteByte(')')
	}
}

// Quote is s as a TLA+ string literal.
func Quote(s string) string {
	return `"` + escapes.Replace(s) + `"`
}

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`, "\f", `\f`)

// IsIdentifier tells whether s may be a name: of a module, or before |-> in a record.
func IsIdentifier(s string) bool {
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
