// Package pool makes the literals that lemmas are put together from.
//
// Types are read off the values that the variables have in sampled states
// (types.go): a function on a set that the spec quantifies over, a set of
// records, one of a few strings, and so on. From the types follow terms such as
// f[x] and m.term, and from the terms literals over free variables (terms.go): f[x] = "c",
// f[x] < m.term, x \in g[y], <<x, y>> \in r. Formulas that the spec itself
// asks of the state are literals too (mine.go): IsQuorum(votes[x]); so is what its
// constant-level sets and operators say of variables, records and sequences
// (rigid.go): x \in Obedient, Between(x, y, z), Newer(ts[x], m.ts). What a step asks of a
// set that it is taken for, such as a quorum of a configuration in the state, is asked of
// some such set (project.go): \E Q \in Quorums(config[x]) : \A v \in Q : ~IsNewer(v, x).
// What is a set, or a record, in some states and an atom such as None in others has its
// parts under a guard: rest[x] # None /\ y \in rest[x]. Which integers are worth comparing
// is read off what the spec does with them (units.go); each is also held against the most
// that it is, where all states are known.
//
// A variable ranges over a Sort: a constant-level set that the spec quantifies
// over, or the members of a set of records or tuples in the state, of one shape.
package pool
