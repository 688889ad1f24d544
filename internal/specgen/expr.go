package specgen

import "fmt"

// expr writes an expression of type t in up to d levels.
func (g *generator) expr(t *typ, d int) *term {
	if d <= 0 || g.IntN(5) == 0 {
		if t.kind == boolean && g.IntN(4) > 0 {
			return g.test()
		}
		if names := g.readable(t, d); len(names) > 0 && g.IntN(4) > 0 {
			return one(g, names...)()
		}
		return g.literal(t)
	}
	if g.IntN(5) == 0 {
		switch {
		case g.folding && g.IntN(3) == 0:
			return g.fold(t, d-1)
		case g.noting && g.IntN(4) == 0:
			return g.unset(t, d-1)
		}
		if g.has(applied, 8) {
			return g.applied(t, d-1)
		}
		return one(g, g.branch, g.cases, g.let, g.choice, g.call, g.lambda)(t, d-1)
	}
	return g.own(t, d-1)
}

// own writes an expression as only t's kind has it.
func (g *generator) own(t *typ, d int) *term {
	switch t.kind {
	case boolean:
		return g.formula(d)
	case number:
		return g.number(d)
	case set:
		return g.set(t, d)
	case function:
		return g.function(t, d)
	case record:
		return g.record(t, d)
	case message:
		return g.message(t, d)
	case sequence:
		return g.sequence(t, d)
	case tuple:
		return g.tuple(t, d)
	case partial:
		return g.partial(t, d)
	case bag:
		return g.bag(t, d)
	}
	return one(g, g.branch, g.cases, g.let, g.choice)(t, d)
}

// test compares a name in scope with a value of its type.
func (g *generator) test() *term {
	if len(g.scope) == 0 {
		return g.literal(boolType)
	}
	v := one(g, g.scope...)
	switch {
	case v.typ.kind == boolean:
		return leaf(boolType, one(g, "", "~")+v.name)
	case v.typ.kind == number:
		return g.term(boolType, "("+v.name+one(g, " < ", " >= ", " = ")+"$)", g.literal(v.typ))
	case v.typ.kind == set:
		return g.term(boolType, "($"+one(g, ` \in `, ` \notin `)+v.name+")", g.literal(v.typ.elem))
	}
	return g.term(boolType, "("+v.name+one(g, " = ", " # ")+"$)", g.literal(v.typ))
}

// literal writes a value.
func (g *generator) literal(t *typ) *term {
	if g.even && t.has(model) {
		if t := g.alike(t); t != nil {
			return t
		}
	}
	g.uneven = g.uneven || t.kind == model
	switch t.kind {
	case boolean:
		return leaf(t, one(g, "TRUE", "FALSE"))
	case number:
		return leaf(t, fmt.Sprint(g.IntN(g.spec.numbers+1)))
	case model:
		return leaf(t, one(g, g.spec.procs()...))
	case word:
		return leaf(t, one(g, `"red"`, `"green"`))
	case set:
		var of []*term
		for range one(g, 0, 1, 1, 1, 2, 2) {
			of = append(of, g.literal(t.elem))
		}
		return join(t, elements, of...)
	case function:
		return g.bind(t.dom, func(name string) *term {
			return g.term(t, fmt.Sprintf(`[%s \in %s |-> $]`, name, t.dom.universe()), g.literal(t.elem))
		})
	case record:
		return g.term(t, "[a |-> $, b |-> $]", g.literal(t.fields[0].typ), g.literal(t.fields[1].typ))
	case message:
		f := one(g, t.fields...)
		return g.term(t, fmt.Sprintf(`[kind |-> "%s", %s |-> $]`, f.name, f.name), g.literal(f.typ))
	case sequence:
		if g.IntN(2) == 0 {
			return leaf(t, "<<>>")
		}
		return g.term(t, "<<$>>", g.literal(t.elem))
	case partial:
		if g.IntN(3) == 0 {
			return leaf(t, "<<>>")
		}
		return g.term(t, "($ :> $)", g.literal(t.dom), g.literal(t.elem))
	case bag:
		return g.term(t, "SetToBag($)", g.literal(setOf(t.elem)))
	}
	return g.term(t, "<<$, $>>", g.literal(t.fields[0].typ), g.literal(t.fields[1].typ))
}

// alike writes a value of t without saying which model value it means, or nil.
func (g *generator) alike(t *typ) *term {
	switch t.kind {
	case model:
		for _, v := range g.scope {
			if v.typ == modelType {
				return leaf(t, v.name)
			}
		}
	case set:
		if t.elem == modelType {
			return leaf(t, one(g, "{}", "Proc"))
		}
		return leaf(t, "{}")
	case sequence, partial:
		return leaf(t, "<<>>")
	case bag:
		return leaf(t, "EmptyBag")
	}
	return nil
}

func (g *generator) branch(t *typ, d int) *term {
	return g.term(t, "(IF $ THEN $ ELSE $)", g.expr(boolType, d), g.expr(t, d), g.expr(t, d))
}

func (g *generator) cases(t *typ, d int) *term {
	if g.careless && g.IntN(3) == 0 {
		return g.term(t, "(CASE $ -> $ [] $ -> $)", g.expr(boolType, d), g.expr(t, d), g.expr(boolType, d), g.expr(t, d))
	}
	return g.term(t, "(CASE $ -> $ [] OTHER -> $)", g.expr(boolType, d), g.expr(t, d), g.expr(t, d))
}

func (g *generator) let(t *typ, d int) *term {
	if g.IntN(3) == 0 {
		return g.letOperator(t, d)
	}
	u := g.anyType(1, 64)
	value := g.expr(u, d)
	return g.bind(u, func(name string) *term {
		return g.term(t, "(LET "+name+" == $ IN $)", value, g.expr(t, d))
	})
}

// choice chooses among a set that has a member.
func (g *generator) choice(t *typ, d int) *term {
	g.uneven = g.uneven || t.has(model)
	from, otherwise := g.setExpr(t, d), g.expr(t, 0)
	return g.bind(t, func(name string) *term {
		p := g.expr(boolType, d)
		switch {
		case g.careless && g.IntN(3) == 0:
			return g.term(t, `(CHOOSE `+name+` \in $ : $)`, from, p)
		case g.IntN(2) == 0:
			return g.term(t, `(CHOOSE `+name+` \in ($ \cup {$}) : TRUE)`, from, otherwise)
		}
		g.names++
		again := fmt.Sprintf("v%d", g.names)
		return g.term(t, `(LET `+again+` == {`+name+` \in $ : $} IN IF `+again+` = {} THEN $ ELSE CHOOSE `+name+`x \in `+again+` : TRUE)`, from, p, otherwise)
	})
}

func (g *generator) lambda(t *typ, d int) *term {
	u := g.anyType(1, 64)
	arg := g.expr(u, d)
	return g.bind(u, func(name string) *term {
		return g.term(t, "Apply(LAMBDA "+name+" : $, $)", g.expr(t, d), arg)
	})
}

// setExpr writes a set of ts.
func (g *generator) setExpr(t *typ, d int) *term { return g.expr(setOf(t), d) }

// formula writes a condition.
func (g *generator) formula(d int) *term {
	b := func(d int) *term { return g.expr(boolType, d) }
	if len(g.able) > 0 && g.IntN(6) == 0 {
		return g.ability(d)
	}
	u := g.anyType(2, 300)
	switch g.IntN(19) {
	case 0, 1:
		return join(boolType, inline, b(d), b(d))
	case 2:
		return join(boolType, either, b(d), b(d))
	case 3:
		return g.term(boolType, "~$", b(d))
	case 4:
		return g.term(boolType, one(g, "($ => $)", "($ <=> $)", "($ # $)", "($ = $)"), b(d), b(d))
	case 5:
		return g.term(boolType, one(g, "($ = $)", "($ # $)"), g.expr(u, d), g.expr(u, d))
	case 6, 7:
		return g.term(boolType, one(g, "($ < $)", "($ <= $)", "($ > $)", "($ >= $)", "($ = $)"), g.arithmetic(d), g.arithmetic(d))
	case 8, 9:
		return g.term(boolType, one(g, `($ \in $)`, `($ \notin $)`), g.expr(u, d), g.setExpr(u, d))
	case 10, 14:
		return g.term(boolType, one(g, `($ \subseteq $)`, `($ \in SUBSET $)`, "($ = $)"), g.setExpr(u, d), g.setExpr(u, d))
	case 11:
		return g.pairs(d)
	case 12:
		return g.shape(d)
	case 13:
		return g.counted(d)
	case 18:
		return g.contained(u, d)
	}
	if g.has(unending, 8) {
		return g.endless(d)
	}
	from := g.setExpr(u, d)
	return g.bind(u, func(name string) *term {
		return g.term(boolType, one(g, `(\A `, `(\E `)+name+` \in $ : $)`, from, b(d))
	})
}

// contained asks whether several values are in a set.
func (g *generator) contained(u *typ, d int) *term {
	for _, v := range g.scope {
		if v.typ.kind == set && g.IntN(2) == 0 {
			return g.term(boolType, `({$, $} \subseteq `+v.name+")", g.literal(v.typ.elem), g.expr(v.typ.elem, d))
		}
	}
	return g.term(boolType, `({$, $} \subseteq $)`, g.expr(u, d), g.expr(u, d), g.setExpr(u, d))
}

// pairs quantifies over two names at once.
func (g *generator) pairs(d int) *term {
	t, u := g.simpleType(), g.simpleType()
	from, other := g.setExpr(t, d), g.inner(u, d)
	return g.bind(t, func(x string) *term {
		return g.bind(u, func(y string) *term {
			quantifier := one(g, `(\A `, `(\E `)
			switch {
			case t == u && g.IntN(2) == 0:
				return g.term(boolType, fmt.Sprintf(`%s%s, %s \in $ : $)`, quantifier, x, y), from, g.expr(boolType, d))
			case g.IntN(3) == 0:
				return g.term(boolType, fmt.Sprintf(`%s<<%s, %s>> \in ($ \X $) : $)`, quantifier, x, y), from, other, g.expr(boolType, d))
			}
			return g.term(boolType, fmt.Sprintf(`%s%s \in $, %s \in $ : $)`, quantifier, x, y), from, other, g.expr(boolType, d))
		})
	})
}

// inner writes a set of ts for a second bound. It never fails: whether it is
// evaluated at all when the first set is empty is left to the engine.
func (g *generator) inner(t *typ, d int) *term {
	defer func(careless bool, ops []*definition) { g.careless, g.spec.ops = careless, ops }(g.careless, g.spec.ops)
	if g.careless {
		g.careless, g.spec.ops = false, nil
	}
	return g.setExpr(t, d)
}

// shape asks which shape a message in scope has.
func (g *generator) shape(d int) *term {
	for _, v := range g.scope {
		if v.typ.kind == message {
			return leaf(boolType, fmt.Sprintf(one(g, `(%s.kind = "req")`, `("ack" \in DOMAIN %s)`, `(DOMAIN %s = {"kind", "req"})`), v.name))
		}
	}
	return g.expr(boolType, d)
}

// arithmetic writes a number that may be out of bounds.
func (g *generator) arithmetic(d int) *term {
	if d <= 0 {
		return g.expr(numberType, 0)
	}
	n := func() *term { return g.arithmetic(d - 1) }
	u := g.anyType(1, 20)
	switch g.IntN(10) {
	case 0, 1:
		return g.term(nil, one(g, "($ + $)", "($ - $)", "($ * $)"), n(), n())
	case 2:
		return g.term(nil, one(g, `($ \div 2)`, "($ % 3)", "(-$)", "($ ^ 2)"), n())
	case 3:
		return g.term(nil, "Cardinality($)", g.setExpr(u, d-1))
	case 4:
		if len(g.scope) == 0 {
			return g.term(nil, "Cardinality({$, $})", g.expr(u, d-1), g.expr(u, d-1))
		}
		v := one(g, g.scope...)
		return g.term(nil, "Cardinality({"+v.name+", $, $})", g.expr(v.typ, d-1), g.expr(v.typ, d))
	case 5:
		return g.term(nil, "Len($)", g.expr(&typ{kind: sequence, elem: u}, d-1))
	case 6:
		return g.term(nil, "Sum($)", g.setExpr(numberType, d-1))
	case 7:
		return g.copies(u, d-1)
	case 8:
		switch {
		case g.folding:
			return g.summed(d - 1)
		case g.noting:
			return g.assumed()
		}
	}
	return g.expr(numberType, d)
}

// number writes a number from 0 to N.
func (g *generator) number(d int) *term {
	if g.IntN(8) == 0 {
		return g.recursive(d)
	}
	return g.term(numberType, "($ % (N + 1))", g.arithmetic(d))
}

// recursive applies a function that is defined by itself.
func (g *generator) recursive(d int) *term {
	g.names++
	f := fmt.Sprintf("f%d", g.names)
	arg, base := g.expr(numberType, d), g.expr(numberType, d)
	return g.bind(numberType, func(name string) *term {
		format := fmt.Sprintf(`(LET %[1]s[%[2]s \in 0..N] == IF %[2]s = 0 THEN $ ELSE (%[1]s[%[2]s - 1] + $) %% (N + 1) IN %[1]s[$])`, f, name)
		return g.term(numberType, format, base, g.expr(numberType, d), arg)
	})
}
