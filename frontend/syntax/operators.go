package syntax

// Fix tells where an operator stands.
type Fix uint8

// The three places of an operator symbol.
const (
	PrefixOp Fix = iota + 1
	InfixOp
	PostfixOp
)

// Assoc tells whether a op b op c is (a op b) op c, or an error.
type Assoc uint8

// No TLA+ operator associates to the right.
const (
	NonAssoc Assoc = iota
	LeftAssoc
)

// OpInfo is how an operator symbol binds. Precedences are ranges: of two
// neighbours the one whose whole range is higher binds tighter, and when the
// ranges overlap the expression needs parentheses.
type OpInfo struct {
	Op     string // canonical spelling
	Lo, Hi int
	Assoc  Assoc
	Fix    Fix
}

// Operator looks up an operator symbol in any spelling; ok is false when there
// is no such symbol in that place.
func Operator(symbol string, fix Fix) (info OpInfo, ok bool) {
	r := roles[symbol]
	if r == nil {
		return OpInfo{}, false
	}
	var found *OpInfo
	switch fix {
	case PrefixOp:
		found = r.prefix
	case InfixOp:
		found = r.infix
	case PostfixOp:
		found = r.postfix
	}
	if found == nil {
		return OpInfo{}, false
	}
	return *found, true
}

// Canonical gives the one ASCII spelling that the tree uses for an operator
// symbol or punctuation in any spelling, and any other text unchanged. It
// prefers short symbols: /\ \/ ~ => <=> /= <= >= \in \notin \cup \cap \X \o
// (+) (-) (.) (/) (\X) [] <> == <- -> |-> << >> \A \E. Prefix minus is "-." in
// the tree; the text "-" alone stays "-".
func Canonical(op string) string {
	if c, ok := spellings[op]; ok {
		return c
	}
	if c, ok := slips[op]; ok {
		return Canonical(c)
	}
	return op
}

// opRoles is what a spelling may be. The same symbol can be prefix and infix.
type opRoles struct {
	canon                  string
	prefix, infix, postfix *OpInfo
}

// opRow is a line of the precedence table: operators by canonical spelling.
type opRow struct {
	fix    Fix
	lo, hi int
	assoc  Assoc
	ops    []string
}

// opTable has the precedences of SANY, which differ from those of Specifying
// Systems for SUBSET, UNION and DOMAIN: the book's would make UNION A \cup B
// an error.
var opTable = []opRow{
	{PrefixOp, 4, 4, NonAssoc, []string{"~"}},
	{PrefixOp, 4, 15, NonAssoc, []string{"ENABLED", "UNCHANGED", "[]", "<>"}},
	{PrefixOp, 10, 13, NonAssoc, []string{"SUBSET", "UNION", "DOMAIN"}},
	{PrefixOp, 12, 12, NonAssoc, []string{"-."}},

	{InfixOp, 1, 1, NonAssoc, []string{"=>"}},
	{InfixOp, 2, 2, NonAssoc, []string{"<=>", "-+->", "~>"}},
	{InfixOp, 3, 3, LeftAssoc, []string{`/\`, `\/`}},
	{InfixOp, 5, 5, NonAssoc, []string{
		"=", "/=", "::=", ":=", "<", ">", "<=", ">=", "|-", "|=", "-|", "=|",
		`\in`, `\notin`, `\approx`, `\asymp`, `\cong`, `\doteq`, `\gg`, `\ll`, `\prec`, `\preceq`,
		`\propto`, `\sim`, `\simeq`, `\sqsubset`, `\sqsubseteq`, `\sqsupset`, `\sqsupseteq`,
		`\subset`, `\subseteq`, `\succ`, `\succeq`, `\supset`, `\supseteq`,
	}},
	{InfixOp, 5, 14, LeftAssoc, []string{`\cdot`}},
	{InfixOp, 6, 6, LeftAssoc, []string{"@@"}},
	{InfixOp, 7, 7, NonAssoc, []string{":>", "<:"}},
	{InfixOp, 8, 8, NonAssoc, []string{`\`}},
	{InfixOp, 8, 8, LeftAssoc, []string{`\cup`, `\cap`}},
	{InfixOp, 9, 9, NonAssoc, []string{"..", "..."}},
	{InfixOp, 9, 13, NonAssoc, []string{"!!"}},
	{InfixOp, 9, 13, LeftAssoc, []string{"##", "$", "$$", "??", `\sqcap`, `\sqcup`, `\uplus`}},
	{InfixOp, 9, 14, NonAssoc, []string{`\wr`}},
	{InfixOp, 10, 10, LeftAssoc, []string{"(+)", "+", "++"}},
	{InfixOp, 10, 11, NonAssoc, []string{"%"}},
	{InfixOp, 10, 11, LeftAssoc, []string{"%%", "|", "||"}},
	{InfixOp, 10, 13, LeftAssoc, []string{`\X`}},
	{InfixOp, 11, 11, LeftAssoc, []string{"(-)", "-", "--"}},
	{InfixOp, 13, 13, LeftAssoc, []string{
		"&", "&&", "(.)", `(\X)`, "*", "**", `\bigcirc`, `\bullet`, `\o`, `\star`,
	}},
	{InfixOp, 13, 13, NonAssoc, []string{"(/)", "/", "//", `\div`}},
	{InfixOp, 14, 14, NonAssoc, []string{"^", "^^"}},

	{PostfixOp, 15, 15, NonAssoc, []string{"'", "^+", "^*", "^#"}},
}

// spellings maps every spelling that is not canonical to the one that is. The
// second half is the Unicode repertoire of TLA+.
var spellings = map[string]string{
	`\land`: `/\`, `\lor`: `\/`, `\lnot`: "~", `\neg`: "~", `\equiv`: "<=>",
	"#": "/=", `\leq`: "<=", "=<": "<=", `\geq`: ">=",
	`\union`: `\cup`, `\intersect`: `\cap`, `\times`: `\X`, `\circ`: `\o`,
	`\oplus`: "(+)", `\ominus`: "(-)", `\odot`: "(.)", `\oslash`: "(/)", `\otimes`: `(\X)`,

	"≜": "==", "←": "<-", "→": "->", "↦": "|->", "⟨": "<<", "⟩": ">>", "⟩_": ">>_", "∷": "::",
	"∀": `\A`, "∃": `\E`, "∀∀": `\AA`, "∃∃": `\EE`,
	"∧": `/\`, "∨": `\/`, "¬": "~", "⇒": "=>", "⇔": "<=>", "⟺": "<=>", "≡": "<=>",
	"∈": `\in`, "∉": `\notin`, "≠": "/=", "≤": "<=", "≥": ">=",
	"∪": `\cup`, "∩": `\cap`, "×": `\X`, "∘": `\o`, "÷": `\div`,
	"⊆": `\subseteq`, "⊂": `\subset`, "⊇": `\supseteq`, "⊃": `\supset`,
	"⊑": `\sqsubseteq`, "⊏": `\sqsubset`, "⊒": `\sqsupseteq`, "⊐": `\sqsupset`,
	"⊓": `\sqcap`, "⊔": `\sqcup`, "⊎": `\uplus`, "≀": `\wr`,
	"⊢": "|-", "⊨": "|=", "⊣": "-|", "⫤": "=|",
	"↝": "~>", "⇝": "~>", "⇸": "-+->", "□": "[]", "◻": "[]", "◇": "<>", "⋄": "<>",
	"‥": "..", "…": "...", "‖": "||", "‼": "!!", "⁇": "??",
	"⊕": "(+)", "⊖": "(-)", "⊗": `(\X)`, "⊘": "(/)", "⊙": "(.)",
	"◯": `\bigcirc`, "●": `\bullet`, "•": `\bullet`, "⋆": `\star`, "★": `\star`,
	"⋅": `\cdot`, "·": `\cdot`, "≔": ":=", "⩴": "::=", "′": "'", "⁺": "^+",
	"≺": `\prec`, "⪯": `\preceq`, "≼": `\preceq`, "≻": `\succ`, "⪰": `\succeq`, "≽": `\succeq`,
	"≪": `\ll`, "≫": `\gg`, "∼": `\sim`, "≃": `\simeq`, "≅": `\cong`, "≈": `\approx`,
	"≐": `\doteq`, "≍": `\asymp`, "∝": `\propto`, "∖": `\`,
}

// slips are spellings of other notations that are no TLA+ and can only mean
// one thing.
var slips = map[string]string{
	`\and`: `/\`, `\wedge`: `/\`, `\or`: `\/`, `\vee`: `\/`, `\not`: "~",
	`\forall`: `\A`, `\exists`: `\E`, `\implies`: "=>", `\iff`: "<=>",
	`\ne`: "/=", `\neq`: "/=", `\le`: "<=", `\ge`: ">=", `\lt`: "<", `\gt`: ">",
	`\mapsto`: "|->", `\to`: "->", `\setminus`: `\`, `\mod`: "%", `\leadsto`: "~>",
	`\box`: "[]", `\diamond`: "<>",
}

// roles maps every spelling of every operator symbol to what it may be.
var roles = makeRoles()

func makeRoles() map[string]*opRoles {
	m := map[string]*opRoles{}
	role := func(op string) *opRoles {
		if m[op] == nil {
			m[op] = &opRoles{canon: op}
		}
		return m[op]
	}
	for _, row := range opTable {
		for _, op := range row.ops {
			info := &OpInfo{Op: op, Lo: row.lo, Hi: row.hi, Assoc: row.assoc, Fix: row.fix}
			switch row.fix {
			case PrefixOp:
				role(op).prefix = info
			case InfixOp:
				role(op).infix = info
			case PostfixOp:
				role(op).postfix = info
			}
		}
	}
	m["-"].prefix = m["-."].prefix
	for _, also := range []map[string]string{spellings, slips} {
		for spelling, canon := range also {
			if r := m[canon]; r != nil {
				m[spelling] = r
			}
		}
	}
	return m
}
