package syntax

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

// statement parses a formula, or ASSUME ... PROVE.
func (p *parser) statement() Expr {
	if after := p.peekPast(1); p.at("ASSUME") || p.at("[]") && means(&after, "ASSUME") {
		return p.assumeProve()
	}
	return p.expr()
}

func (p *parser) assumeProve() Expr {
	if !p.enter() {
		return &At{}
	}
	start := p.here()
	a := &AssumeProve{Boxed: p.accept("[]")}
	p.next()
	a.Assume = list(p, p.assumption)
	if a.Boxed {
		p.expect("[]", "before PROVE, as before ASSUME")
	}
	p.expect("PROVE", "after the assumptions")
	a.Prove = p.expr()
	a.Span = p.since(start)
	p.depth--
	return a
}

// assumption parses a formula, a nested ASSUME ... PROVE, or a declaration:
// NEW x \in S, NEW ACTION A, CONSTANT c.
func (p *parser) assumption() *Assumption {
	start := p.here()
	a := &Assumption{}
	isNew := p.accept("NEW")
	switch t := p.peek(); {
	case t.Type == TokKeyword && assumptionKinds[t.Value]:
		a.Kind = p.next().Value
	case !isNew:
		a.Expr = p.statement()
		a.Span = p.since(start)
		return a
	}
	a.Decl = p.paramDecl()
	if p.atType(TokIn) {
		p.next()
		a.Dom = p.expr()
	}
	a.Span = p.since(start)
	return a
}

var assumptionKinds = set("CONSTANT", "VARIABLE", "STATE", "ACTION", "TEMPORAL")

// theoremLevel is the level of a theorem: its proof's steps may be <0>.
const theoremLevel = -1

// atProof tells whether a proof begins here.
func (p *parser) atProof() bool {
	t := p.peek()
	switch t.Type {
	case TokStep:
		return true
	case TokKeyword:
		switch t.Value {
		case "PROOF", "BY", "OBVIOUS", "OMITTED":
			return true
		}
	}
	return false
}

// proof parses the proof of a statement whose own step has the level given, or
// theoremLevel.
func (p *parser) proof(level int) *Proof {
	start := p.here()
	word := p.accept("PROOF")
	pr := &Proof{}
	switch t := p.peek(); {
	case t.Type == TokStep && p.err == nil:
		pr.Kind = "STEPS"
		pr.Steps = p.steps(level)
	case means(t, "OBVIOUS"), means(t, "OMITTED"):
		pr.Kind = p.next().Value
	case means(t, "BY"):
		p.next()
		pr.Kind = "BY"
		p.facts(pr)
	case word:
		p.unexpected("BY, OBVIOUS, OMITTED or a step <1> after PROOF")
	}
	pr.Span = p.since(start)
	return pr
}

// facts parses what follows BY, USE and HIDE.
func (p *parser) facts(pr *Proof) {
	pr.Only = p.accept("ONLY")
	if !p.at("DEF") && !p.at("DEFS") {
		pr.Facts = list(p, p.fact)
	}
	if p.accept("DEF") || p.accept("DEFS") {
		pr.Defs = list(p, p.fact)
	}
}

// fact parses a formula, an operator symbol, or MODULE M.
func (p *parser) fact() Expr {
	t := p.peek()
	if means(t, "MODULE") {
		start := p.here()
		p.next()
		m := p.ident("the name of a module")
		return &Name{Span: p.since(start), Name: "MODULE " + m.Name}
	}
	if r := roles[t.Value]; t.Type == TokOp && r != nil && r.prefix == nil && r.canon != `/\` && r.canon != `\/` {
		return &Name{Span: SpanOf(p.next()), Name: r.canon}
	}
	return p.argument()
}

// steps parses the steps of one level, which is greater than the level given,
// up to and with its QED.
func (p *parser) steps(above int) []*Step {
	if !p.enter() {
		return nil
	}
	outside := len(p.stepNames)
	defer func() { p.stepNames = p.stepNames[:outside] }()
	var steps []*Step
	first := *p.peek()
	level := stepLevel(first, above, above+1)
	if level <= above {
		p.failAt(first, ProofStructure, fmt.Sprintf("a step of level <%d> cannot prove a step of level <%d>", level, above),
			"the steps of a proof have a greater number than what they prove")
	}
	for p.err == nil {
		t := *p.peek()
		if len(steps) > 0 && (t.Type != TokStep || stepLevel(t, level, level) != level) {
			p.failAt(*p.lex.Peek(), ProofStructure, fmt.Sprintf("the proof at level <%d> has no QED step", level),
				fmt.Sprintf("end it with <%d> QED", level))
			break
		}
		s := p.step(level)
		steps = append(steps, s)
		if s.Kw == "QED" {
			break
		}
	}
	p.depth--
	return steps
}

// stepLevel reads the level out of <3>, <*> (which is star) and <+>, which is
// one more than current.
func stepLevel(t lexer.Token, current, star int) int {
	inside, _, _ := strings.Cut(t.Value[1:], ">")
	switch inside {
	case "*":
		return star
	case "+":
		return current + 1
	}
	n, err := strconv.Atoi(inside)
	if err != nil {
		return maxDepth // more digits than any level has
	}
	return n
}

func (p *parser) step(level int) *Step {
	t := p.next()
	_, label, _ := strings.Cut(t.Value, ">")
	s := &Step{Level: level, Label: strings.TrimRight(label, ".")}
	if s.Label != "" && strings.ContainsAny(t.Value[1:2], "*+") {
		p.failAt(t, ProofStructure, "a step with a name needs a level in figures", fmt.Sprintf("write <%d>%s", level, label))
	}
	if s.Label != "" {
		p.stepNames = append(p.stepNames, fmt.Sprintf("<%d>%s", level, s.Label))
	}
	p.stepBody(s)
	if p.atProof() && p.nestedProof(level) {
		s.Proof = p.proof(level)
	}
	s.Span = p.since(startOf(t))
	return s
}

// knownStep reports a fact <1>2 that is no step before this place, of the proofs
// that it is in.
func (p *parser) knownStep(t lexer.Token) {
	name := strings.TrimRight(t.Value, ".")
	if !slices.Contains(p.stepNames, name) && !strings.ContainsAny(name[1:2], "*+") {
		p.failAt(t, ProofStructure, fmt.Sprintf("there is no step %s before this place", name),
			"a fact is a step before this one, of the same proof or of one that it is in")
	}
}

// nestedProof tells whether the proof that begins here belongs to the step of
// the level given, and is not the next step of its proof.
func (p *parser) nestedProof(level int) bool {
	t := p.peek()
	return t.Type != TokStep || stepLevel(*t, level, level) > level
}

func (p *parser) stepBody(s *Step) {
	t := p.peek()
	if t.Type == TokKeyword && stepWords[t.Value] != nil {
		s.Kw = p.next().Value
		stepWords[s.Kw](p, s)
		return
	}
	if t.Type == TokKeyword && t.Value == "INSTANCE" {
		s.Kw = "INSTANCE"
		s.Units = []Unit{p.instance()}
		return
	}
	if p.atDefinition() {
		s.Kw = "DEFINE"
		s.Units = p.definitions(func() bool { return !p.atDefinition() })
		return
	}
	s.Exprs = []Expr{p.statement()}
}

// stepWords parses the rest of a step by its first word.
var stepWords map[string]func(*parser, *Step)

func init() { // a composite literal would be an initialisation cycle
	facts := func(p *parser, s *Step) {
		start := p.here()
		s.Proof = &Proof{}
		p.facts(s.Proof)
		s.Proof.Span = p.since(start)
	}
	formula := func(p *parser, s *Step) { s.Exprs = []Expr{p.statement()} }
	stepWords = map[string]func(*parser, *Step){
		"QED":      func(*parser, *Step) {},
		"SUFFICES": formula,
		"CASE":     formula,
		"HAVE":     formula,
		"TAKE":     func(p *parser, s *Step) { s.Bounds = p.bounds() },
		"WITNESS":  func(p *parser, s *Step) { s.Exprs = list(p, p.expr) },
		"PICK": func(p *parser, s *Step) {
			s.Bounds = p.bounds()
			p.expect(":", "between the variables of PICK and the formula")
			s.Exprs = []Expr{p.expr()}
		},
		"DEFINE": func(p *parser, s *Step) {
			s.Units = p.definitions(func() bool { return !p.atDefinition() })
		},
		"USE":  facts,
		"HIDE": facts,
	}
}

// atDefinition tells whether the left side of a definition and its == follow.
func (p *parser) atDefinition() bool {
	here := p.lex.MakeCheckpoint()
	defer p.lex.LoadCheckpoint(here)
	t := p.next()
	if info, ok := Operator(t.Value, PrefixOp); ok && info.Op == "-." {
		t = p.next()
	}
	if t.Type != TokIdent {
		return t.Type == TokKeyword && t.Value == "RECURSIVE"
	}
	switch after := p.next(); {
	case after.Type == TokDef:
		return true
	case after.Type == TokPunct && (after.Value == "(" || after.Value == "["):
		return p.skipBrackets() && p.atType(TokDef)
	case roles[after.Value] != nil && roles[after.Value].postfix != nil:
		return p.atType(TokDef)
	case roles[after.Value] != nil && after.Type != TokString:
		return p.next().Type == TokIdent && p.atType(TokDef)
	}
	return false
}

// skipBrackets skips to after the bracket that closes the one just read.
func (p *parser) skipBrackets() bool {
	for open := 1; open > 0; {
		t := p.next()
		switch {
		case t.EOF(), t.Type == TokStep, t.Type == TokDef:
			return false
		case t.Type != TokPunct:
		case t.Value == "(", t.Value == "[", t.Value == "{":
			open++
		case t.Value == ")", t.Value == "]", t.Value == "]_", t.Value == "}":
			open--
		}
	}
	return true
}
