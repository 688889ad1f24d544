package syntax

import "strings"

// expr writes an expression. Its lines after the first begin no further left
// than its first line, so that it can stand in an item of a junction list.
func (p *printer) expr(e Expr) {
	if p.over {
		return
	}
	switch e := e.(type) {
	case *Number:
		p.write(e.Text)
	case *String:
		p.write(`"`, escape.Replace(e.Value), `"`)
	case *Name:
		p.path(e.Path)
		p.write(spacedAfterBang(e))
	case *Apply:
		p.expr(e.Op)
		p.arguments(e.Args)
	case *Prefix:
		p.prefix(e)
	case *Infix:
		p.infix(e)
	case *Product:
		p.product(e)
	case *Postfix:
		base := p.col
		p.operand(e.X, !isSuffixed(e.X))
		p.resume(e.X, base)
		p.write(e.Op.Name)
	case *Index:
		base := p.col
		p.operand(e.Fun, !isSuffixed(e.Fun))
		p.resume(e.Fun, base)
		p.index(e.Args)
	case *Field:
		base := p.col
		p.operand(e.X, !isSuffixed(e.X))
		p.resume(e.X, base)
		if _, number := e.X.(*Number); number {
			p.write(" ") // 0.1x begins with the numeral 0.1
		}
		p.write(".", e.Name.Name)
	case *Junction:
		p.junction(e)
	case *Paren:
		p.write("(")
		p.expr(e.X)
		p.write(")")
	case *At:
		p.write("@")
	case *Subexpr:
		p.subexpr(e)
	default:
		p.construct(e)
	}
}

// construct writes the expressions that begin with a word or bracket.
func (p *printer) construct(e Expr) {
	switch e := e.(type) {
	case *Quant:
		p.write(quantWord(e), " ")
		commas(p, e.Bounds, p.bound)
		p.write(" : ")
		p.expr(e.Body)
	case *Choose:
		p.write("CHOOSE ")
		p.bound(e.Bound)
		p.write(" : ")
		p.expr(e.Body)
	case *SetEnum:
		p.bracket("{", e.Items, "}")
	case *Tuple:
		p.bracket("<<", e.Items, ">>")
	case *SetFilter:
		p.write("{")
		p.readAsExpr(e.Bound)
		p.write(" : ")
		p.expr(e.Pred)
		p.write("}")
	case *SetMap:
		p.write("{")
		p.operand(e.Elem, boundOf(e.Elem) != nil)
		p.write(" : ")
		commas(p, e.Bounds, p.bound)
		p.write("}")
	case *FuncLit:
		p.write("[")
		commas(p, e.Bounds, p.readAsExpr)
		p.write(" |-> ")
		p.expr(e.Body)
		p.write("]")
	case *FuncSet:
		p.write("[")
		p.expr(e.Dom)
		p.write(" -> ")
		p.expr(e.Rng)
		p.write("]")
	case *RecordLit:
		p.fields(e.Fields, " |-> ")
	case *RecordSet:
		p.fields(e.Fields, " : ")
	case *Except:
		p.except(e)
	case *If:
		p.ifThenElse(e)
	case *Case:
		p.caseOf(e)
	case *Let:
		p.let(e)
	case *Lambda:
		p.write("LAMBDA ")
		commas(p, e.Params, p.ident)
		p.write(" : ")
		p.expr(e.Body)
	case *ActionBox:
		p.actionBox(e)
	case *Fair:
		p.fair(e)
	case *Labeled:
		p.write(e.Name.Name)
		if len(e.Params) > 0 {
			p.write("(")
			commas(p, e.Params, p.ident)
			p.write(")")
		}
		p.write(" :: ")
		p.expr(e.Body)
	case *AssumeProve:
		p.assumeProve(e)
	default:
		panic("syntax: Print does not know this expression")
	}
}

func quantWord(q *Quant) string {
	word := `\E`
	if q.All {
		word = `\A`
	}
	if q.Temporal {
		word += word[1:]
	}
	return word
}

// operand writes e, in parentheses when asked to.
func (p *printer) operand(e Expr, parentheses bool) {
	if !parentheses {
		p.expr(e)
		return
	}
	p.write("(")
	p.expr(e)
	p.write(")")
}

func (p *printer) bracket(open string, items []Expr, end string) {
	p.write(open)
	commas(p, items, p.expr)
	p.write(end)
}

func (p *printer) index(args []Expr) { p.bracket("[", args, "]") }

// path writes the instances before a name.
func (p *printer) path(path []*Selector) {
	for _, s := range path {
		p.write(s.Name.Name)
		p.arguments(s.Args)
		p.write("!")
	}
}

// spacedAfterBang keeps I!!! from being read as I!! and a bang.
func spacedAfterBang(n *Name) string {
	if len(n.Path) > 0 && strings.HasPrefix(n.Name, "!") {
		return " " + n.Name
	}
	return n.Name
}

// arguments writes (a, b); a lone operator symbol gets spaces, since (+) and
// (* are tokens.
func (p *printer) arguments(args []Expr) {
	if len(args) == 0 {
		return
	}
	p.write("(")
	commas(p, args, func(e Expr) {
		if n, ok := e.(*Name); ok && len(n.Path) == 0 && roles[n.Name] != nil && !isLetter(n.Name[0]) {
			p.write(" ", n.Name, " ")
			return
		}
		p.expr(e)
	})
	p.write(")")
}

func (p *printer) subexpr(e *Subexpr) {
	p.expr(e.X)
	p.write("!", e.Step)
	p.arguments(e.Args)
}

func (p *printer) bound(b *Bound) {
	p.boundNames(b)
	if b.Domain != nil {
		p.write(` \in `)
		p.expr(b.Domain)
	}
}

// readAsExpr writes a bound where the parser reads it as an expression first.
func (p *printer) readAsExpr(b *Bound) {
	p.boundNames(b)
	p.write(` \in `)
	p.operand(b.Domain, !mayFollow(roles[`\in`].infix, b.Domain))
}

func (p *printer) boundNames(b *Bound) {
	if b.Tuple {
		p.write("<<")
	}
	commas(p, b.Names, p.ident)
	if b.Tuple {
		p.write(">>")
	}
}

func (p *printer) fields(fields []*FieldExpr, sign string) {
	p.write("[")
	commas(p, fields, func(f *FieldExpr) {
		p.write(f.Name.Name, sign)
		p.expr(f.Value)
	})
	p.write("]")
}

func (p *printer) except(e *Except) {
	p.write("[")
	p.expr(e.Fun)
	p.write(" EXCEPT ")
	commas(p, e.Updates, func(u *Update) {
		p.write("!")
		for _, step := range u.Path {
			switch step := step.(type) {
			case *Index:
				p.index(step.Args)
			case *Field:
				p.write(".", step.Name.Name)
			}
		}
		p.write(" = ")
		p.expr(u.Value)
	})
	p.write("]")
}

// junction writes a list with its bullets in one column.
func (p *printer) junction(j *Junction) {
	bullet := `/\ `
	if j.Or {
		bullet = `\/ `
	}
	base := p.col
	for i, item := range j.Items {
		if i > 0 {
			p.newline(base)
		}
		p.write(bullet)
		p.expr(item)
	}
}

// ifThenElse writes a chain of ELSE IF, when it takes several lines, without
// indenting each link further.
func (p *printer) ifThenElse(e *If) {
	if p.fits(func(q *printer) { q.oneLineIf(e) }) {
		p.oneLineIf(e)
		return
	}
	base := p.col
	for {
		p.write("IF ")
		p.expr(e.Cond)
		p.newline(base)
		p.write("THEN ")
		p.expr(e.Then)
		p.newline(base)
		p.write("ELSE ")
		next, ok := e.Else.(*If)
		if !ok {
			break
		}
		e = next
	}
	p.expr(e.Else)
}

func (p *printer) oneLineIf(e *If) {
	p.write("IF ")
	p.expr(e.Cond)
	p.write(" THEN ")
	p.expr(e.Then)
	p.write(" ELSE ")
	p.expr(e.Else)
}

// caseOf writes the arms on one line when they fit, else each on its own.
func (p *printer) caseOf(e *Case) {
	base := p.col
	oneLine := p.fits(func(q *printer) { q.arms(e, func() { q.write(" ") }) })
	p.arms(e, func() {
		if oneLine {
			p.write(" ")
		} else {
			p.newline(base + 2)
		}
	})
}

func (p *printer) arms(e *Case, separate func()) {
	p.write("CASE ")
	for i, arm := range e.Arms {
		if i > 0 {
			separate()
			p.write("[] ")
		}
		last := i == len(e.Arms)-1 && e.Other == nil
		p.expr(arm.Cond)
		p.write(" -> ")
		p.operand(arm.Value, !last && endsInCase(arm.Value))
	}
	if e.Other == nil {
		return
	}
	if len(e.Arms) > 0 {
		separate()
		p.write("[] ")
	}
	p.write("OTHER -> ")
	p.expr(e.Other)
}

func (p *printer) let(e *Let) {
	base := p.col
	p.write("LET ")
	for i, u := range e.Defs {
		if i > 0 {
			p.newline(base + 4)
		}
		p.unit(u)
	}
	p.newline(base)
	p.write("IN  ")
	if _, ok := e.Body.(*Let); ok {
		p.newline(base) // a chain of LETs does not drift to the right
	}
	p.expr(e.Body)
}

func (p *printer) actionBox(e *ActionBox) {
	open, end := "[", "]_"
	if e.Angle {
		open, end = "<<", ">>_"
	}
	p.write(open)
	p.expr(e.Action)
	p.write(end)
	p.operand(e.Sub, !isSubscript(e.Sub))
}

func (p *printer) fair(e *Fair) {
	word := "WF_"
	if e.Strong {
		word = "SF_"
	}
	p.write(word)
	p.operand(e.Sub, !isSubscript(e.Sub))
	p.write("(")
	p.expr(e.Action)
	p.write(")")
}
