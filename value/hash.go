package value

import "math/bits"

// Hash is a 64-bit hash of v's canonical form, the same in every run. Equal
// values have equal hashes.
func Hash(v Value) uint64 { return HashSeeded(v, 0) }

// HashSeeded is one of many such hashes: values on which one agrees are no more
// likely than others to agree on that of another seed.
func HashSeeded(v Value, seed uint64) uint64 {
	if v.Kind() == KindLazy {
		v = force(v)
	}
	h := mix(uint64(v.Kind())*0x9e3779b97f4a7c15 ^ seed)
	switch v := v.(type) {
	case Bool:
		if v {
			h = ^h
		}
	case Int:
		h ^= uint64(v)
	case *BigInt:
		h = hashText(h, v.V.String())
	case Str:
		h = hashText(h, v.Text())
	case Model:
		h = hashText(h, v.Name())
	case *Tuple:
		h = hashAll(h, v.Elems, seed)
	case *Record:
		for _, n := range v.Names {
			h = hashText(h, n)
		}
		h = hashAll(h, v.Vals, seed)
	case *Func:
		h = hashAll(hashAll(h, v.Dom.Elems, seed), v.Vals, seed)
	case *Set:
		h = hashAll(h, v.Elems, seed)
	case Range:
		h = combine(combine(h, uint64(v.Lo)), ^uint64(v.Hi))
	default:
		h = combine(h, uint64(lazyRank(v))) // infinite: seldom hashed
	}
	return mix(h)
}

func hashAll(h uint64, vs []Value, seed uint64) uint64 {
	h = combine(h, uint64(len(vs)))
	for _, v := range vs {
		h = combine(h, HashSeeded(v, seed))
	}
	return h
}

func hashText(h uint64, s string) uint64 {
	h = combine(h, uint64(len(s)))
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 0x100000001b3
	}
	return h
}

func combine(h, x uint64) uint64 {
	return bits.RotateLeft64(h, 5)*0x9e3779b97f4a7c15 ^ mix(x)
}

// mix is the finaliser of splitmix64.
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}
