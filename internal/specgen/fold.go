package specgen

import "fmt"

// fold writes a value gathered from a set, a sequence or a function.
func (g *generator) fold(t *typ, d int) *term {
	u := g.anyType(1, 30)
	over := func(format string, first, second *typ, of *term) *term {
		base := g.expr(t, d)
		return g.bind(first, func(x string) *term {
			return g.bind(second, func(y string) *term {
				return g.term(t, fmt.Sprintf(format, x, y), g.expr(t, d), base, of)
			})
		})
	}
	switch g.IntN(5) {
	case 0:
		g.uneven = g.uneven || u.has(model)
		gather := func() *term { return over("Gather(LAMBDA %s, %s : $, $, $)", u, t, g.setExpr(u, d)) }
		if d <= 0 || g.IntN(2) == 0 {
			return gather()
		}
		value := g.fold(t, d-1) // which may be asked for within the other one
		return g.bind(t, func(name string) *term {
			return g.term(t, "(LET "+name+" == $ IN $)", value, gather())
		})
	case 1:
		g.uneven = g.uneven || u.has(model)
		return over("FoldSet(LAMBDA %s, %s : $, $, $)", u, t, g.setExpr(u, d))
	case 2:
		return over("FoldLeft(LAMBDA %s, %s : $, $, $)", t, u, g.expr(&typ{kind: sequence, elem: u}, d))
	case 3:
		base, of := g.expr(t, d), g.expr(&typ{kind: sequence, elem: u}, d)
		return g.bind(u, func(x string) *term {
			return g.bind(t, func(y string) *term {
				return g.term(t, fmt.Sprintf("FoldRight(LAMBDA %s, %s : $, $, $)", x, y), g.expr(t, d), of, base)
			})
		})
	}
	dom := one(g, numberType, wordType, modelType)
	g.uneven = g.uneven || dom == modelType
	return over("FoldFunction(LAMBDA %s, %s : $, $, $)", u, t, g.expr(&typ{kind: one(g, function, partial), dom: dom, elem: u}, d))
}

// summed writes a number gathered from a set.
func (g *generator) summed(d int) *term {
	u := g.anyType(1, 20)
	from := g.setExpr(u, d)
	return g.bind(u, func(x string) *term {
		if g.IntN(2) == 0 {
			return g.term(nil, "MapThenSumSet(LAMBDA "+x+" : $, $)", g.expr(numberType, d), from)
		}
		return g.term(nil, "Quantify($, LAMBDA "+x+" : $)", from, g.expr(boolType, d))
	})
}
