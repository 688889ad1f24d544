// Package search finds the lemmas that make invariants inductive.
//
// # The loop
//
// A formula that a step does not preserve has a counterexample to induction
// (CTI). The literals of the pool that are true of it, and that speak of what
// makes the step possible and its end bad, make a cube of states from which the
// same step goes wrong. A lemma is a part of that cube, denied: as few literals
// as possible that no sampled state satisfies together (hitting.go). Of several
// such parts one that is inductive by itself is taken, else the cheapest, and
// the search goes on with the new lemma (loop.go), newest first.
//
// A step that cannot be evaluated, as where a variable has no value yet, has no states
// after it, and no invariant is preserved by it: the states from which there is one are
// excluded like those from which an invariant breaks, for the first goal's sake. Of what
// is a set, or a record, in some states alone a literal first says that it is one.
// Without both, a translated PlusCal algorithm with defaultInitValue was not proved.
//
// Where the literals are many (the wide pool), the cheapest cuts are about what is odd in
// one counterexample. There cuts are grown (grown.go), and the lemma is taken that
// would have excluded most of the counterexamples so far (choose.go). A cube of more
// facts than a cut is made from is cut as several smaller ones, about messages drawn
// at random (parts.go).
//
// # Seeds
//
// Counterexamples are of little use as long as they show messages that could never be
// sent. So the search with the wide pool begins with small lemmas that need none: clauses
// of two literals that hold in the sample, of which those about one message at most are
// proved one after the other, and those about two are kept until a counterexample
// violates one (seeds.go, small.go, setting.go). Where messages come from is among them,
// and what only grows.
//
// As long as the search goes on, a condition that has no model with small integers counts
// as shown there: a solver that knows all integers took minutes for some. When nothing is
// open any more, what was used is asked for once more, exactly (prover.Small).
//
// What Paxos teaches: eleven lemmas are enough, and what takes time is neither to find
// the deciding one (what is accepted in a ballot, and what is proposed later) nor to
// check it, but to decide its condition while it is not yet inductive. One quantifier
// instantiated inside the other made 10,000 instances and no end; with both together,
// at small numbers as well as at terms, it was 2,700 (prover.Large). The counterexample
// then had a hundred messages and 12,000 facts, and of 9 parts drawn at random three had
// cuts. With seeds, of which 25 are taken up, the first counterexamples that are left lead
// to lemmas about what is chosen and proposed later.
//
// Where the pool has projections, as for LoglessReconfig, most of what three servers
// suggest is true of three servers alone, any two of which are a majority: that two
// configurations of one version overlap, say. Each such lemma takes many others, and they
// are of no use. Four servers refute them, and are sampled there from the start; and of
// the cheapest cuts, too, the one is taken that excludes most counterexamples. Then the
// search finds the five lemmas that are enough among its first fourteen, where with three
// servers it gave up four times before.
//
// A set in the state may have had more members than are told apart on the sample. For
// RaftVoteMessages these were the votes of one server, in the order of records; with
// those that most states have, one run of two found its fourteen lemmas in six minutes.
// Two candidates with a majority of votes, of different terms, are in none of 20,000
// sampled states: the lemma that there are never two costs the search most of its time.
//
// A cube that a sample meets, however it is cut, tells that its lemma is false,
// or that the pool has no words for what is true: the lemma is given up, with
// all that was only found for its sake, and its own CTI is cut in another way.
// So is one for whose sake too many were found. Searches follow one another with
// larger limits; where all reachable states are known the last has none, since no
// lemma is false then that none of them contradicts.
//
// The searches are not begun side by side. Of seven protocols, with three seeds each
// and a hundred seconds, the first one failed for two: twice for LoglessReconfig, and
// always for Bakery, where all three that it takes are done in two seconds. The others
// came through with it, or were still at it. Instances are sampled side by side, and
// --split tries several seeds.
//
// Nothing of this needs to be right. What is found is proved afterwards, with
// the formulas it was found for, by queries that are complete.
//
// The idea of cubes from counterexamples that are cut as far as reachable
// states of small instances allow is that of Goel and Sakallah (IC3PO, NFM
// 2021), of Schultz, Dardik and Tripakis (endive, FMCAD 2022) and of Mebsout and
// others (Cubicle's BRAB, FMCAD 2013), taken together.
package search
