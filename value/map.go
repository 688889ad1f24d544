package value

// A Map is a hash table with values as keys. The zero Map is ready to use.
type Map[T any] struct {
	buckets map[uint64][]entry[T]
	n       int
}

type entry[T any] struct {
	key Value
	val T
}

// Get finds what Put stored under a key equal to k.
func (m *Map[T]) Get(k Value) (T, bool) {
	for _, e := range m.buckets[Hash(k)] {
		if Compare(e.key, k) == 0 {
			return e.val, true
		}
	}
	var none T
	return none, false
}

// Put stores v under k, in place of what was there.
func (m *Map[T]) Put(k Value, v T) {
	if m.buckets == nil {
		m.buckets = map[uint64][]entry[T]{}
	}
	h := Hash(k)
	for i, e := range m.buckets[h] {
		if Compare(e.key, k) == 0 {
			m.buckets[h][i].val = v
			return
		}
	}
	m.buckets[h] = append(m.buckets[h], entry[T]{k, v})
	m.n++
}

// Len is the number of keys.
func (m *Map[T]) Len() int { return m.n }
