package types

import "github.com/lemma-mc/lemma/source"

// An application is f[x], which is decided when it is known what f is: a
// function, a sequence, a tuple or a record.
type application struct {
	fun, arg, res *Type
	at            source.Span
	field         string // x, where that is a string literal
	index         int    // x, where that is a positive number; else 0
}

// later notes an application, and decides it if it can.
func (c *checker) later(a *application) {
	if !c.decide(a, false) {
		c.waiting = append(c.waiting, a)
	}
}

// solve decides what can be decided of the applications that were noted since
// there were from of them; at last, all.
func (c *checker) solve(from int, last bool) {
	for again := true; again; {
		again = false
		pending := c.waiting[from:]
		c.waiting = append([]*application{}, c.waiting[:from]...)
		for _, a := range pending {
			if c.decide(a, false) {
				again = true
			} else {
				c.waiting = append(c.waiting, a)
			}
		}
		if !again && last && len(c.waiting) > from {
			a := c.waiting[from]
			c.waiting = append(c.waiting[:from:from], c.waiting[from+1:]...)
			again = c.decide(a, true)
		}
	}
}

// decide gives a its types, if it is known what is applied, or at last.
func (c *checker) decide(a *application, last bool) bool {
	f := a.fun.find()
	switch f.kind {
	case unknown:
		return c.guess(a, f, last)
	case function:
		c.equal(a.at, a.arg, f.parts[0], "the argument is %s, and the function takes %s")
		c.equal(a.at, a.res, f.parts[1], "the value is %s, and the function gives %s")
	case seq:
		c.equal(a.at, a.arg, newType(integer, f.at), "the index of a sequence is %s; it should be %s")
		c.equal(a.at, a.res, f.parts[0], "the element is %s, and the sequence has %s")
	case tuple:
		return c.element(a, f)
	case record:
		c.field(a, f)
	default:
		c.fail(a.at, f, "%s is applied like a function")
	}
	return true
}

// guess decides what an unknown is from what it is applied to.
func (c *checker) guess(a *application, f *Type, last bool) bool {
	switch arg := a.arg.find(); {
	case a.field != "":
		become(f, c.withField(a.at, a.field, a.res))
		return true
	case last || arg.kind != unknown && arg.kind != integer && arg.kind != str:
		if !become(f, newType(function, a.at, a.arg, a.res)) {
			c.fail(a.at, a.arg, "a function is applied to itself, or gives itself")
		}
		return true
	}
	return false
}

// element decides t[i] of a tuple t.
func (c *checker) element(a *application, t *Type) bool {
	if a.index > 0 && a.index <= len(t.parts) {
		c.equal(a.at, a.res, t.parts[a.index-1], "the element is %s, and the tuple has %s there")
		return true
	}
	if !asSequence(t) {
		c.fail(a.at, t, "which element of %s is meant is not known here, and they are of different types")
		return true
	}
	return c.decide(a, false)
}

// field decides r.f of a record.
func (c *checker) field(a *application, r *Type) {
	if a.field == "" {
		c.equal(a.at, a.arg, newType(str, r.at), "the name of a field is %s; it should be %s")
		for _, f := range r.rows.fields {
			c.equal(a.at, a.res, f, "the value is %s, and a field of the record is %s")
		}
		return
	}
	if _, ok := r.rows.asked[a.field]; !ok {
		r.rows.asked[a.field] = a.at
	}
	if f := r.rows.fields[a.field]; f != nil {
		c.equal(a.at, a.res, f, "the value is %s, and the field is %s")
		return
	}
	r.rows.fields[a.field] = a.res
	lower(a.res, r.level)
}
