package pluscal

// The way from each grammar's tree to the algorithm tree.

func (c *converter) pAlgorithm(n *pAlgorithm) *Algorithm {
	a := &Algorithm{Name: n.Name.ident(), Fair: n.Fair, Vars: c.vars(n.Vars), Define: n.Define.defs(), Body: c.pSeq(n.Rest.Body)}
	for _, m := range n.Macros {
		name := m.Name.ident()
		a.Macros = append(a.Macros, &Macro{Span: name.Span, Name: name, Params: m.Params.idents(), Body: c.pSeq(m.Body)})
	}
	for _, p := range n.Procedures {
		a.Procedures = append(a.Procedures, &Procedure{Span: spanOf(p.Tokens), Name: p.Name.ident(),
			Params: c.fixed(decls(p.Params.Decls), "parameter"), Vars: c.fixed(c.vars(p.Vars), "variable"), Body: c.pSeq(p.Body)})
	}
	for _, p := range n.Rest.Processes {
		head := p.Head.Plain
		if head == nil {
			head = p.Head.Parens
		}
		a.Processes = append(a.Processes, &Process{Span: spanOf(p.Tokens), Fairness: p.Fair.fairness(), Name: head.Name.ident(),
			Single: !head.In, ID: head.Value.Expr, Vars: c.vars(p.Vars), Body: c.pSeq(p.Body)})
	}
	return a
}

func (c *converter) pSeq(items []*pItem) []*Stmt {
	var out []*Stmt
	for i, n := range items {
		if !n.Semi && i < len(items)-1 {
			c.missingSemi(n.Tokens, "this statement and the next")
		}
		tokens := n.Tokens
		if n.Semi {
			tokens = tokens[:len(tokens)-1]
		}
		out = append(out, c.whole(&Stmt{Span: spanOf(tokens), Label: n.Label.label(), Act: c.pAct(n)}))
	}
	return out
}

func (c *converter) pAct(n *pItem) Act {
	switch {
	case n.If != nil:
		return c.pIf(n.If)
	case n.Either != nil:
		out := &Either{Branches: [][]*Stmt{c.pSeq(n.Either.First)}}
		for _, b := range n.Either.Or {
			out.Branches = append(out.Branches, c.pSeq(b.Body))
		}
		return out
	case n.While != nil:
		return &While{Cond: n.While.Cond.Expr, Body: c.pSeq(n.While.Body)}
	case n.With != nil:
		return c.nested(n.With.Tokens, n.With.Binds, c.pSeq(n.With.Body))
	}
	return n.Simple.act()
}

// pIf turns elsif into an if in the else branch.
func (c *converter) pIf(n *pIf) Act {
	rest := c.pSeq(n.Else)
	for i := len(n.Elsif) - 1; i >= 0; i-- {
		e := n.Elsif[i]
		rest = []*Stmt{{Span: spanOf(e.Tokens), Act: &If{Cond: e.Cond.Expr, Then: c.pSeq(e.Then), Else: rest}}}
	}
	return &If{Cond: n.Cond.Expr, Then: c.pSeq(n.Then), Else: rest}
}

func (c *converter) cAlgorithm(n *cAlgorithm) *Algorithm {
	a := &Algorithm{Name: n.Name.ident(), Fair: n.Fair, Define: n.Define.defs(), Body: c.cBlock(n.Rest.Body)}
	if n.Define == nil && len(n.Macros)+len(n.Procedures)+len(n.Rest.Processes) == 0 {
		a.Vars = c.braced(n.Vars)
	} else {
		a.Vars = c.vars(n.Vars)
	}
	for _, m := range n.Macros {
		name := m.Name.ident()
		a.Macros = append(a.Macros, &Macro{Span: name.Span, Name: name, Params: m.Params.idents(), Body: c.cBlock(m.Body)})
	}
	for _, p := range n.Procedures {
		a.Procedures = append(a.Procedures, &Procedure{Span: spanOf(p.Tokens), Name: p.Name.ident(),
			Params: c.fixed(decls(p.Params.Decls), "parameter"), Vars: c.fixed(c.braced(p.Vars), "variable"), Body: c.cBlock(p.Body)})
	}
	for _, p := range n.Rest.Processes {
		a.Processes = append(a.Processes, &Process{Span: spanOf(p.Tokens), Fairness: p.Fair.fairness(), Name: p.Head.Name.ident(),
			Single: !p.Head.In, ID: p.Head.Value.Expr, Vars: c.braced(p.Vars), Body: c.cBlock(p.Body)})
	}
	return a
}

// cBlock is the statements between braces, of which there is one at least.
func (c *converter) cBlock(n *cBlock) []*Stmt {
	var out []*Stmt
	if n == nil {
		return nil
	}
	if len(n.Items) == 0 {
		at := spanOf(n.Tokens)
		c.emptyBody(at)
		return []*Stmt{{Span: at, Act: &Skip{}}} // reported: go on as if it were there
	}
	for i, item := range n.Items {
		tokens := item.Stmt.Tokens
		if !item.Semi && i < len(n.Items)-1 {
			c.missingSemi(tokens, "this statement and the next")
		}
		out = append(out, c.cStmt(item.Stmt)...)
	}
	return out
}

// cStmt is one statement, or those of a block. A label before a block goes to
// the first statement in it.
func (c *converter) cStmt(n *cStmt) []*Stmt {
	if n == nil {
		return nil
	}
	l, span := n.Label.label(), spanOf(n.Tokens)
	if n.Block == nil {
		return []*Stmt{c.whole(&Stmt{Span: span, Label: l, Act: c.cAct(n)})}
	}
	out := c.cBlock(n.Block)
	if l != nil && (len(out) == 0 || out[0].Label != nil) {
		return append([]*Stmt{{Span: span, Label: l, Act: &Skip{}}}, out...)
	}
	if l != nil {
		out[0].Label = l
	}
	return out
}

func (c *converter) cAct(n *cStmt) Act {
	switch {
	case n.If != nil:
		return &If{Cond: n.If.Cond.Expr, Then: c.cStmt(n.If.Then), Else: c.cStmt(n.If.Else)}
	case n.Either != nil:
		out := &Either{Branches: [][]*Stmt{c.cStmt(n.Either.First)}}
		for _, b := range n.Either.Or {
			out.Branches = append(out.Branches, c.cStmt(b.Stmt))
		}
		return out
	case n.While != nil:
		return &While{Cond: n.While.Cond.Expr, Body: c.cStmt(n.While.Body)}
	case n.With != nil:
		return c.nested(n.With.Tokens, n.With.Binds, c.cStmt(n.With.Body))
	}
	return n.Simple.act()
}
