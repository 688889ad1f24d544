package store

// Expect says that a state with this fingerprint is looked up soon. Where the table
// is much larger than the processor's memory, nearly all the time of Insert is spent
// waiting for an entry; it comes while other work is done.
func (s *Store) Expect(print Fingerprint) { prefetch(&s.table[print.First&s.mask]) }
