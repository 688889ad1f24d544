package syntax

import "strconv"

func (p *printer) proof(pr *Proof) {
	switch pr.Kind {
	case "STEPS":
		p.steps(pr.Steps)
	case "BY":
		p.write("BY ")
		p.facts(pr)
	default:
		p.write(pr.Kind)
	}
}

func (p *printer) steps(steps []*Step) {
	base := p.col
	for i, s := range steps {
		if i > 0 {
			p.newline(base)
		}
		p.step(s)
	}
}

// facts writes what follows BY, USE and HIDE.
func (p *printer) facts(pr *Proof) {
	if pr.Only {
		p.write("ONLY ")
	}
	commas(p, pr.Facts, p.expr)
	if len(pr.Defs) > 0 {
		if len(pr.Facts) > 0 {
			p.write(" ")
		}
		p.write("DEF ")
		commas(p, pr.Defs, p.expr)
	}
}

func (p *printer) step(s *Step) {
	base := p.col
	p.write("<", strconv.Itoa(s.Level), ">", s.Label)
	if s.Label != "" {
		p.write(".")
	}
	p.write(" ")
	p.stepBody(s)
	if s.Proof != nil && s.Kw != "USE" && s.Kw != "HIDE" {
		p.newline(base + 2)
		p.proof(s.Proof)
	}
}

func (p *printer) stepBody(s *Step) {
	if s.Kw != "" && s.Kw != "INSTANCE" {
		p.write(s.Kw, " ")
	}
	switch s.Kw {
	case "USE", "HIDE":
		p.facts(s.Proof)
	case "TAKE":
		commas(p, s.Bounds, p.bound)
	case "PICK":
		commas(p, s.Bounds, p.bound)
		p.write(" : ")
		p.expr(s.Exprs[0])
	case "DEFINE", "INSTANCE":
		base := p.col
		for i, u := range s.Units {
			if i > 0 {
				p.newline(base)
			}
			p.unit(u)
		}
	default:
		commas(p, s.Exprs, p.expr)
	}
}

func (p *printer) assumeProve(a *AssumeProve) {
	base := p.col
	box := ""
	if a.Boxed {
		box = "[]"
	}
	p.write(box, "ASSUME ")
	commas(p, a.Assume, p.assumption)
	p.newline(base)
	p.write(box, "PROVE ")
	p.expr(a.Prove)
}

func (p *printer) assumption(a *Assumption) {
	if a.Decl == nil {
		p.expr(a.Expr)
		return
	}
	p.write("NEW ")
	if a.Kind != "" {
		p.write(a.Kind, " ")
	}
	p.decl(a.Decl)
	if a.Dom != nil {
		p.write(` \in `)
		p.expr(a.Dom)
	}
}
