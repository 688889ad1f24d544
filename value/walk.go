package value

// Walk calls visit for v and for every value it is made of: elements, fields,
// arguments and members. Sets without a member list are not entered.
func Walk(v Value, visit func(Value)) {
	visit(v)
	walkAll := func(vs []Value) {
		for _, x := range vs {
			Walk(x, visit)
		}
	}
	switch v := v.(type) {
	case *Tuple:
		walkAll(v.Elems)
	case *Record:
		walkAll(v.Vals)
	case *Func:
		walkAll(v.Dom.Elems)
		walkAll(v.Vals)
	case *Set:
		walkAll(v.Elems)
	case Range:
		if explicitLen(v) <= longestRange {
			for n := v.Lo; n <= v.Hi; n++ {
				visit(Int(n))
			}
		}
	}
}
