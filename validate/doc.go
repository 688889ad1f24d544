// Package validate holds the log of an implementation against a spec: is there a
// behaviour of the spec that explains the log? It is the bridge from the design
// that was checked to the code that runs.
//
// A log is lines of JSON. A line tells that a step was taken, perhaps which
// action it was, and what the implementation saw of the state then: the values of
// any subset of the variables, or of any expressions over them. A Mapping says
// which field means what. So a log is a behaviour of which parts are missing, and
// the search fills them in: what a line leaves open may be anything that the spec
// allows. Compare Cirstea, Kuppe, Loillier and Merz, "Validating traces of
// distributed programs against TLA+ specifications" (SEFM 2024), where the same
// is asked of TLC by a spec written for it.
//
// # Lines and steps
//
// Each line is a step of Next whose action it may name. A line without an action
// may also be no step at all. Between two lines there may be as many steps that
// nobody logged as the Mapping allows, of the actions that it names. The lines
// of one node keep their order; those of different nodes, where the Mapping says
// what a node is, may be interleaved in any way.
//
// # The search
//
// A candidate is a state of the spec after some of the lines. Three ways of
// looking for one after all lines take turns, each where the one before outgrows
// its limits:
//
//	sets    all candidates after one line, then all after the next (breadth.go);
//	        what is found to fail is known to fail at that line
//	depth   one candidate as far as it leads, then the next; those that led
//	        nowhere are remembered by their fingerprints (depth.go)
//	solver  all candidates after a line as one symbolic state (package encode),
//	        of which the line's values are asserted (symbolic.go)
//
// What is found is a behaviour, replayed by the evaluator before it is shown. A
// rejected log comes with the longest part that has a behaviour, the line that has
// none, and what stands in its way: a guard that is false, or a value that is
// another one in the spec (blocked.go).
//
// # Values
//
// JSON has fewer kinds of values than TLA+: an array may be a set or a sequence, a
// string may be a model value. So logged values are not turned into TLA+; it is
// asked of each value of the spec whether the JSON describes it (describe.go).
//
// Start at validate.go; log.go reads lines, mapping.go the mapping, event.go makes
// of each line what the search asks for.
package validate
