package syntax

// When the printer needs parentheses: the rules of expr.go, read backwards.

func (p *printer) prefix(e *Prefix) {
	info := roles[e.Op.Name].prefix
	switch inner, ok := e.X.(*Prefix); {
	case isLetter(info.Op[0]):
		p.write(info.Op, " ")
	case info.Op == "-." && ok && inner.Op.Name == "-.":
		p.write("- ") // -- is another operator
	case info.Op == "-.":
		p.write("-")
	default:
		p.write(info.Op)
	}
	p.operand(e.X, !mayFollow(info, e.X))
}

func (p *printer) infix(e *Infix) {
	info := roles[e.Op.Name].infix
	base := p.col
	p.left(e.X, info, base)
	p.write(e.Op.Name, " ")
	p.operand(e.Y, !mayFollow(info, e.Y))
}

func (p *printer) product(e *Product) {
	info := roles[`\X`].infix
	base := p.col
	p.left(e.Items[0], info, base)
	for i, item := range e.Items[1:] {
		if i > 0 {
			p.gap(e.Items[i], base)
		}
		p.write(`\X `)
		p.operand(item, !mayFollow(info, item))
	}
}

// left writes the left operand of an infix operator, up to where the operator
// goes. The items of a junction list end where a token stands at or left of
// their bullets, so after a list the operator goes to the line below; but a /\
// in the list's own column would be its next bullet.
func (p *printer) left(x Expr, op *OpInfo, base int) {
	if j, ok := x.(*Junction); ok && op.Op == bulletOf(j) {
		p.write("   ")
	}
	if mayPrecede(x, op) {
		p.expr(x)
		p.gap(x, base)
	} else {
		p.operand(x, true)
		p.write(" ")
	}
}

// gap separates x from the infix operator after it.
func (p *printer) gap(x Expr, base int) {
	if endsInJunction(x) {
		p.newline(base)
	} else {
		p.write(" ")
	}
}

func bulletOf(j *Junction) string {
	if j.Or {
		return `\/`
	}
	return `/\`
}

// resume goes to a new line at column base when what was written last is an
// item of a junction list in x, so that what comes next is not part of it.
func (p *printer) resume(x Expr, base int) {
	if endsInJunction(x) {
		p.newline(base)
	}
}

func endsInJunction(x Expr) bool {
	switch x := x.(type) {
	case *Junction:
		return true
	case *Prefix:
		return mayFollow(roles[x.Op.Name].prefix, x.X) && endsInJunction(x.X)
	case *Infix:
		return mayFollow(roles[x.Op.Name].infix, x.Y) && endsInJunction(x.Y)
	case *Product:
		last := x.Items[len(x.Items)-1]
		return mayFollow(roles[`\X`].infix, last) && endsInJunction(last)
	}
	return false
}

// mayPrecede tells whether x can be the left operand of op as it is: whether
// every operator that waits at its right end binds tighter than op.
func mayPrecede(x Expr, op *OpInfo) bool {
	switch x := x.(type) {
	case *Infix:
		info := roles[x.Op.Name].infix
		return bindsTighter(info, op) && waitsBefore(info, x.Y, op)
	case *Product:
		info := roles[`\X`].infix
		return info != op && bindsTighter(info, op) && waitsBefore(info, x.Items[len(x.Items)-1], op)
	case *Prefix:
		info := roles[x.Op.Name].prefix
		return bindsTighter(info, op) && waitsBefore(info, x.X, op)
	}
	return !isOpen(x)
}

// waitsBefore goes on with the operand after info, unless it has parentheses.
func waitsBefore(info *OpInfo, operand Expr, op *OpInfo) bool {
	return !mayFollow(info, operand) || mayPrecede(operand, op)
}

// mayFollow tells whether y can be the right operand of op as it is: whether
// every operator at its left end binds tighter than op.
func mayFollow(op *OpInfo, y Expr) bool {
	switch y := y.(type) {
	case *Infix:
		info := roles[y.Op.Name].infix
		return op.Hi < info.Lo && followedBy(op, y.X, info)
	case *Product:
		info := roles[`\X`].infix
		return op.Hi < info.Lo && followedBy(op, y.Items[0], info)
	case *Postfix:
		return op.Hi < roles[y.Op.Name].postfix.Lo && (!isSuffixed(y.X) || mayFollow(op, y.X))
	case *Index:
		return !isSuffixed(y.Fun) || mayFollow(op, y.Fun)
	case *Field:
		return !isSuffixed(y.X) || mayFollow(op, y.X)
	}
	return true
}

// followedBy goes on with the operand before info, unless it has parentheses.
func followedBy(op *OpInfo, operand Expr, info *OpInfo) bool {
	return !mayPrecede(operand, info) || mayFollow(op, operand)
}

// isOpen tells whether x has no end of its own: whatever follows is taken for
// part of it.
func isOpen(x Expr) bool {
	switch x.(type) {
	case *Quant, *Choose, *If, *Case, *Let, *Lambda, *Labeled, *AssumeProve:
		return true
	}
	return false
}

// isSuffixed tells whether ' [i] and .f apply to x as it is.
func isSuffixed(x Expr) bool {
	switch x.(type) {
	case *Infix, *Prefix, *Product:
		return false
	}
	return !isOpen(x)
}

// isSubscript tells whether x can be the v of [A]_v as it is.
func isSubscript(x Expr) bool {
	switch x.(type) {
	case *Name, *Apply, *Subexpr, *Paren, *At, *SetEnum, *SetFilter, *SetMap, *Tuple, *FuncLit, *FuncSet,
		*RecordLit, *RecordSet, *Except, *ActionBox:
		return true
	}
	return false
}

// endsInCase tells whether a [] after x would be taken for an arm of a CASE in
// x.
func endsInCase(x Expr) bool {
	switch x := x.(type) {
	case *Case:
		return true
	case *If:
		return endsInCase(x.Else)
	case *Let:
		return endsInCase(x.Body)
	case *Quant:
		return endsInCase(x.Body)
	case *Choose:
		return endsInCase(x.Body)
	case *Labeled:
		return endsInCase(x.Body)
	case *Prefix:
		return endsInCase(x.X)
	case *Infix:
		return endsInCase(x.Y)
	case *Product:
		return endsInCase(x.Items[len(x.Items)-1])
	}
	return false
}
