package induction

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// A Certificate is a proof as a TLA+ module: it extends the spec and defines
// IndInv, the conjunction of all formulas that were proved together. What else
// a reader needs to check it stands in comments that begin with "lemma:", one
// key and value a line.
type Certificate struct {
	Module    string   // the certificate's own name
	Extends   string   // the spec's module
	Spec      string   // path of the spec's file, relative to the certificate's folder
	Constants []string // "Servers = {Node1, Node2}", as a config says it
	Any       []string // constants left open
	Behaviour []string // the specification, or Init and Next, by name
	Claims    []string // the invariants that IndInv implies
	// Suffix ends the names of the module's own definitions, where the spec has some
	// of those names itself.
	Suffix string
	// Needs are, for a formula, lemmas that some step needs for it. They say
	// what to try first, and are not relied on.
	Needs map[string][]string
}

// needsIt begins the comment before a lemma that says what it is needed for.
const needsIt = `\* Some step needs it for `

// The definitions of a certificate module, but for a suffix. IndInv is checked; the
// other two show the behaviour that it is checked for, which the spec defines.
const (
	InvName  = "IndInv"
	InitName = "CertifiedInit"
	NextName = "CertifiedNext"
)

// nextOf is the next-state action of sys as the text of a certificate says it.
func nextOf(sys *ir.System) ir.Expr {
	if sys.Written != nil {
		return sys.Written
	}
	return sys.Next
}

// Write returns the text of the certificate for what r proves of sys. It fails
// where there is nothing to certify: a formula that needed k > 1 is not
// inductive by itself.
func (c Certificate) Write(sys *ir.System, r *trace.Result) (string, error) {
	if len(r.Proofs) == 0 || len(r.Proofs) < len(sys.Invariants) {
		return "", fmt.Errorf("there is no proof to certify")
	}
	for _, name := range c.Any {
		if !slices.Contains(r.Proofs[0].ForAny, name) {
			return "", fmt.Errorf("what is proved is not about any %s", name)
		}
	}
	for _, p := range r.Proofs {
		if p.K > 1 {
			return "", fmt.Errorf("%s needed k = %d: a certificate holds invariants that are inductive by themselves", p.Name, p.K)
		}
	}
	var b strings.Builder
	line := strings.Repeat("-", 20)
	fmt.Fprintf(&b, "%s MODULE %s %s\n", line, c.Module, line)
	fmt.Fprintf(&b, "(* An inductive invariant of %s. To check it again, from scratch: *)\n", c.Extends)
	fmt.Fprintf(&b, "(*     lemma certificate %s.tla *)\n", c.Module)
	fmt.Fprintf(&b, "EXTENDS %s\n\n", c.Extends)
	key := func(k string, vs ...string) {
		for _, v := range vs {
			fmt.Fprintf(&b, "\\* lemma: %s %s\n", k, v)
		}
	}
	key("spec", c.Spec)
	switch len(c.Behaviour) {
	case 1:
		key("specification", c.Behaviour[0])
	case 2:
		key("init", c.Behaviour[0])
		key("next", c.Behaviour[1])
	}
	key("constant", c.Constants...)
	key("any", c.Any...)
	key("claim", c.Claims...)
	key("need", given(r)...)
	for c.clashes(sys) {
		c.Suffix += "_"
	}
	if c.Suffix != "" {
		key("suffix", c.Suffix)
	}
	fmt.Fprintf(&b, "\n%s ==\n    %s\n\n", c.own(InitName), indent(ir.String(sys.Init)))
	fmt.Fprintf(&b, "%s ==\n    %s\n\n", c.own(NextName), indent(ir.String(nextOf(sys))))
	for _, l := range r.Lemmas {
		fmt.Fprintf(&b, "\\* %s\n", l.Says)
		if len(l.Supports) > 0 {
			fmt.Fprintf(&b, "%s%s.\n", needsIt, strings.Join(l.Supports, ", "))
		}
		fmt.Fprintf(&b, "%s == %s\n\n", l.Name, l.Text)
	}
	fmt.Fprintf(&b, "%s ==\n", c.own(InvName))
	for _, g := range goals(sys) {
		fmt.Fprintf(&b, "    /\\ %s\n", strings.ReplaceAll(ir.String(g.Expr), "\n", "\n       "))
	}
	for _, l := range r.Lemmas {
		fmt.Fprintf(&b, "    /\\ %s\n", l.Name)
	}
	fmt.Fprintf(&b, "\nTHEOREM %s == %s => %s\n\n", c.own("Initially"), c.own(InitName), c.own(InvName))
	c.steps(&b, sys, r)
	fmt.Fprintf(&b, "THEOREM %s == %s /\\ %s => %s'\n", c.own("Inductive"), c.own(InvName), c.own(NextName), c.own(InvName))
	for _, claim := range c.Claims {
		fmt.Fprintf(&b, "THEOREM %s => (%s)\n", c.own(InvName), claim)
	}
	b.WriteString(strings.Repeat("=", 2*len(line)+8+len(c.Module)) + "\n")
	return b.String(), nil
}

// given are pairs of formulas of which the first needs the second, where that one
// was given: "Mutex TypeOK". For found lemmas the comments at them say it.
func given(r *trace.Result) []string {
	var out []string
	pair := func(g string, needs []trace.Need) {
		for _, n := range needs {
			found := slices.ContainsFunc(r.Lemmas, func(l *trace.Lemma) bool { return l.Name == n.Formula })
			if !found && n.Action != "" && !strings.ContainsAny(g+n.Formula, " \n") {
				out = add(out, g+" "+n.Formula)
			}
		}
	}
	for _, p := range r.Proofs {
		pair(p.Name, p.Needs)
	}
	for _, l := range r.Lemmas {
		pair(l.Name, l.Needs)
	}
	return out
}

// own is the name of a definition of the certificate.
func (c Certificate) own(name string) string { return name + c.Suffix }

// clashes tells whether the spec has a name that the certificate is to define.
func (c Certificate) clashes(sys *ir.System) bool {
	taken := map[string]bool{}
	for name := range sys.Defs {
		taken[name] = true
	}
	for _, k := range sys.Constants {
		taken[k.Name] = true
	}
	for _, v := range sys.Variables {
		taken[v.Name] = true
	}
	for name := range taken {
		if n, ok := strings.CutPrefix(name, c.own("Step")); ok && n != "" && strings.Trim(n, "0123456789") == "" {
			return true
		}
	}
	return taken[c.own(InvName)] || taken[c.own(InitName)] || taken[c.own(NextName)] || taken[c.own("Initially")] || taken[c.own("Inductive")]
}

// steps writes a theorem for each part of the invariant: that a step preserves it,
// from what the variables range over and from the parts that the proof has used.
func (c Certificate) steps(b *strings.Builder, sys *ir.System, r *trace.Result) {
	type part struct{ name, text string }
	var parts []part
	text := map[string]string{}
	needs := map[string][]trace.Need{}
	for _, p := range r.Proofs {
		needs[p.Name] = p.Needs
	}
	for _, g := range goals(sys) {
		parts = append(parts, part{g.Name, bracketed(ir.String(g.Expr))})
	}
	for _, l := range r.Lemmas {
		parts, needs[l.Name] = append(parts, part{l.Name, l.Name}), l.Needs
	}
	for _, p := range parts {
		text[p.name] = p.text
	}
	for i, p := range parts {
		from := []string{c.own(InvName)}
		if known, ok := needs[p.name]; ok {
			from = []string{p.text}
			for _, n := range known {
				from = add(from, text[n.Formula])
			}
			for _, line := range byAction(known) {
				fmt.Fprintf(b, "\\* %s\n", line)
			}
		}
		fmt.Fprintf(b, "THEOREM %s%d == %s /\\ %s => %s'\n\n", c.own("Step"), i+1, strings.Join(from, " /\\ "), c.own(NextName), p.text)
	}
}

// byAction says for each action which formulas its steps need.
func byAction(needs []trace.Need) []string {
	var actions []string
	by := map[string][]string{}
	for _, n := range needs {
		if n.Action != "" {
			actions = add(actions, n.Action)
			by[n.Action] = append(by[n.Action], n.Formula)
		}
	}
	for i, a := range actions {
		actions[i] = fmt.Sprintf("Steps of %s need %s.", a, strings.Join(by[a], ", "))
	}
	return actions
}

// bracketed is text where it is a name, and in brackets where it is not.
func bracketed(text string) string {
	if strings.ContainsAny(text, " \n") {
		return "(" + indent(text) + ")"
	}
	return text
}

// Invariant is the name of the definition that is inductive.
func (c Certificate) Invariant() string { return c.own(InvName) }

func indent(s string) string { return strings.ReplaceAll(s, "\n", "\n    ") }

// ReadCertificate reads what the comments of a certificate say.
func ReadCertificate(name, text string) (Certificate, error) {
	c := Certificate{Module: name, Needs: map[string][]string{}}
	var needed []string
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(line, needsIt); ok {
			needed = strings.Split(strings.TrimSuffix(strings.TrimSpace(rest), "."), ", ")
		} else if lemma, _, ok := strings.Cut(line, " == "); ok {
			for _, g := range needed {
				c.Needs[g] = append(c.Needs[g], lemma)
			}
			needed = nil
		}
		rest, ok := strings.CutPrefix(strings.TrimSpace(line), `\* lemma: `)
		if !ok {
			continue
		}
		key, v, _ := strings.Cut(rest, " ")
		switch key {
		case "spec":
			c.Spec = v
		case "specification", "init", "next":
			c.Behaviour = append(c.Behaviour, v)
		case "constant":
			c.Constants = append(c.Constants, v)
		case "any":
			c.Any = append(c.Any, v)
		case "claim":
			c.Claims = append(c.Claims, v)
		case "need":
			g, f, _ := strings.Cut(v, " ")
			c.Needs[g] = append(c.Needs[g], f)
		case "suffix":
			c.Suffix = v
		default:
			return c, fmt.Errorf("the certificate has a line with the unknown key %q", key)
		}
	}
	switch {
	case c.Spec == "" || len(c.Claims) == 0:
		return c, fmt.Errorf(`this is no certificate: it has no comments "\* lemma: spec FILE" and "\* lemma: claim NAME"`)
	case len(c.Behaviour) != 1 && len(c.Behaviour) != 2:
		return c, fmt.Errorf(`the certificate names no behaviour: it has no comment "\* lemma: specification NAME", nor "init NAME" and "next NAME"`)
	}
	return c, nil
}
