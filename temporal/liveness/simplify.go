package liveness

// simplified is p with conjuncts of its formula put where they cost nothing:
//
//	[]<>c             for literals c becomes a recurrent condition,
//	<>[]F /\ <>[]G    becomes <>[](F /\ G).
//
// In the tableau each of them would be a promise, and n promises make up to
// 2^n states.
func (p *Problem) simplified() *Problem {
	out := *p
	out.Recurrent = out.Recurrent[:len(out.Recurrent):len(out.Recurrent)]
	var rest, stable And
	for _, f := range conjuncts(p.Formula, nil) {
		if c, ok := recurrent(f); ok {
			out.Recurrent = append(out.Recurrent, c)
			continue
		}
		if e, ok := f.(Eventually); ok {
			if a, ok := e.F.(Always); ok {
				stable = append(stable, a.F)
				continue
			}
		}
		rest = append(rest, f)
	}
	if stable != nil {
		rest = append(rest, Eventually{Always{stable}})
	}
	out.Formula = rest
	return &out
}

// conjuncts lists the conjuncts of f, also those of [](F /\ G).
func conjuncts(f Formula, out []Formula) []Formula {
	switch f := f.(type) {
	case And:
		for _, g := range f {
			out = conjuncts(g, out)
		}
		return out
	case Always:
		if _, ok := f.F.(And); ok {
			for _, g := range conjuncts(f.F, nil) {
				out = conjuncts(Always{g}, out)
			}
			return out
		}
	}
	return append(out, f)
}

// recurrent is the disjunction of literals c when f is []<>c.
func recurrent(f Formula) ([]Atom, bool) {
	a, ok := f.(Always)
	if !ok {
		return nil, false
	}
	e, ok := a.F.(Eventually)
	if !ok {
		return nil, false
	}
	return literals(e.F, nil)
}

// literals lists those of a disjunction that has nothing else.
func literals(f Formula, out []Atom) ([]Atom, bool) {
	switch f := f.(type) {
	case Atom:
		return append(out, f), true
	case Or:
		for _, g := range f {
			var ok bool
			if out, ok = literals(g, out); !ok {
				return nil, false
			}
		}
		return out, true
	}
	return nil, false
}
