package specgen

import (
	"fmt"
	"strings"
)

// helpers are what every module has.
const helpers = `RECURSIVE Sum(_)
Sum(S) == IF S = {} THEN 0 ELSE LET some == CHOOSE some \in S : TRUE IN some + Sum(S \ {some})
RECURSIVE Gather(_, _, _)
Gather(Op(_, _), S, acc) == IF S = {} THEN acc ELSE LET some == CHOOSE some \in S : TRUE IN Gather(Op, S \ {some}, Op(some, acc))
Apply(F(_), arg) == F(arg)
Do(Act(_), arg) == Act(arg)
Keeps(val) == val' = val
SetTo(var, val) == var' = val
Among(var, val) == var' \in val
Partial(S, T) == UNION {[D -> T] : D \in SUBSET S}
Clip(B) == [e \in DOMAIN B |-> IF B[e] > 2 THEN 2 ELSE B[e]]
`

// Sets without end, and what is asked of them where the plain reading is wanted: all
// that quantifiers over them are about (endless.go).
const (
	endlessSets = "Numbers == Nat\nLists(S) == Seq(S)\n"
	plainSets   = "Numbers == 0..N\nLists(S) == UNION {[1..len -> S] : len \\in 0..2}\n"
)

// helpers are the definitions that every module of s has.
func (s *Spec) helpers() string {
	switch {
	case !s.endless:
		return helpers
	case s.plain:
		return helpers + plainSets
	}
	return helpers + endlessSets
}

// extends is what a module of s extends.
func (s *Spec) extends() string {
	text := "EXTENDS Integers, Sequences, FiniteSets, Bags, TLC"
	if s.folds {
		text += ", FiniteSetsExt, SequencesExt, Functions"
	}
	if s.registers {
		text += ", TLCExt"
	}
	return text
}

// Module is the text of T.
func (s *Spec) Module() string {
	var b strings.Builder
	fmt.Fprintf(&b, "---- MODULE T ----\n%s\nCONSTANTS N, Proc, %s\nVARIABLES %s\n%s", s.extends(), strings.Join(s.procs(), ", "), names(s.vars), s.helpers())
	if s.standsFor != "" {
		b.WriteString("CONSTANT Put(_)\n")
	}
	if s.sub != nil {
		b.WriteString(s.sub.declaration())
		if s.sub.replaces {
			b.WriteString("Moved == 1\n")
		}
	}
	if s.registers {
		b.WriteString("ASSUME TLCSet(7, 1)\n")
	}
	for _, d := range s.ops {
		if !d.foreign {
			b.WriteString(d.String())
		}
	}
	fmt.Fprintf(&b, "Init ==%s\n", s.init)
	for _, d := range s.actions {
		b.WriteString(d.String())
	}
	fmt.Fprintf(&b, "Next ==%s\nInv == %s\nTypeOK ==", s.next, s.inv)
	for _, v := range s.vars {
		fmt.Fprintf(&b, "\n  /\\ %s \\in %s", v.name, v.typ.universe())
	}
	b.WriteString("\n")
	if s.past != nil {
		fmt.Fprintf(&b, "Past(h) == %s\n", s.past)
	}
	s.writeLimits(&b)
	s.writeClaims(&b)
	b.WriteString("====\n")
	return b.String()
}

func (s *Spec) writeLimits(b *strings.Builder) {
	if s.constraint != nil {
		fmt.Fprintf(b, "Bounded == %s\n", s.constraint)
	}
	if s.actionConstraint != nil {
		fmt.Fprintf(b, "Allowed == %s\n", s.actionConstraint)
	}
	if s.possible != nil {
		fmt.Fprintf(b, "Possible == %s\n", s.possible)
	}
	if s.hidden != "" {
		fmt.Fprintf(b, "Shown == %s\n", fmt.Sprintf(s.view, names(s.shown())))
	}
	if s.alias {
		fmt.Fprintf(b, "Told == [level |-> TLCGet(\"level\"), first |-> %s]\n", s.vars[0].name)
	}
	if s.symmetric {
		b.WriteString("Alike == Permutations(Proc)\n")
	}
}

// shown are the variables that are not hidden.
func (s *Spec) shown() []variable {
	if s.hidden == "" {
		return s.vars
	}
	return s.vars[:len(s.vars)-1]
}

// writeClaims writes the specification and the properties, and what they are
// made of once more for the reference.
func (s *Spec) writeClaims(b *strings.Builder) {
	if len(s.promises) > 0 {
		fmt.Fprintf(b, "Spec == Init /\\ [][Next]_<<%s>>", names(s.vars))
		for _, c := range s.promises {
			fmt.Fprintf(b, " /\\ %s", c)
		}
		b.WriteString("\n")
	}
	for _, p := range s.props {
		fmt.Fprintf(b, "%s == %s\n", p.name, p.text())
	}
	for _, c := range s.claims() {
		for _, a := range c.atoms() {
			b.WriteString(a.define())
		}
	}
}

// text is what the property's definition says.
func (p property) text() string {
	if p.invariant {
		return p.claim.parts[0].atom.body.String()
	}
	return p.claim.String()
}

func (s *Spec) claims() []*claim {
	var out []*claim
	out = append(out, s.promises...)
	for _, p := range s.props {
		out = append(out, p.claim)
	}
	return out
}

func names(vars []variable) string {
	all := make([]string, len(vars))
	for i, v := range vars {
		all[i] = v.name
	}
	return strings.Join(all, ", ")
}

// Config is the text of the spec's config.
func (s *Spec) Config() string {
	var b strings.Builder
	line := func(wanted bool, format string, args ...any) {
		if wanted {
			fmt.Fprintf(&b, format+"\n", args...)
		}
	}
	line(len(s.promises) == 0, "INIT Init\nNEXT Next")
	line(len(s.promises) > 0, "SPECIFICATION Spec")
	line(true, "CONSTANTS\n  N = %d", s.numbers)
	for _, p := range s.procs() {
		line(true, "  %s = %s", p, p)
	}
	line(true, "  Proc = {%s}", strings.Join(s.procs(), ", "))
	line(s.standsFor != "", "  Put <- %s", s.standsFor)
	line(s.sub != nil && s.sub.replaces, "  Shift <- [J]Moved")
	line(true, "INVARIANTS TypeOK Inv")
	line(s.past != nil, "INVARIANT Past")
	for _, p := range s.props {
		line(!p.invariant, "PROPERTY %s", p.name)
		line(p.invariant, "INVARIANT %s", p.name)
	}
	line(s.constraint != nil, "CONSTRAINT Bounded")
	line(s.actionConstraint != nil, "ACTION_CONSTRAINT Allowed")
	line(s.hidden != "", "VIEW Shown")
	line(s.possible != nil, "_POSSIBLE Possible")
	line(s.symmetric, "SYMMETRY Alike")
	line(s.alias, "ALIAS Told")
	line(true, "CHECK_DEADLOCK %s", strings.ToUpper(fmt.Sprint(s.deadlock)))
	return b.String()
}

func (d *definition) String() string {
	params := names(d.params)
	if params != "" {
		params = "(" + params + ")"
	}
	text := fmt.Sprintf("%s%s == %s\n", d.name, params, d.body)
	if d.recursive {
		return fmt.Sprintf("RECURSIVE %s(_%s)\n%s", d.name, strings.Repeat(", _", len(d.params)-1), text)
	}
	return text
}
