package sat

// A rule is a reason for which a clause is made. v is the variable of the term
// or gate that the clause belongs to.
type rule uint8

const (
	ruleTrue           rule = iota // the literal that is true
	ruleUnit                       // an assertion that is a literal
	ruleClause                     // an assertion that is a disjunction
	ruleLevel                      // the same two, on a level above the lowest
	ruleLeft                       // a level that was left
	ruleAndDown                    // v => each operand of a conjunction
	ruleAndUp                      // all operands => v
	ruleEqDownLR                   // v /\ x => y
	ruleEqDownRL                   // v /\ y => x
	ruleEqUpBoth                   // x /\ y => v
	ruleEqUpNone                   // ~x /\ ~y => v
	ruleIteDownThen                // v /\ c => x
	ruleIteDownElse                // v /\ ~c => y
	ruleIteUpThen                  // c /\ x => v
	ruleIteUpElse                  // ~c /\ y => v
	ruleGateAndLeft                // v => a
	ruleGateAndRight               // v => b
	ruleGateAndUp                  // a /\ b => v
	ruleXorDownSome                // v => a \/ b
	ruleXorDownNotAll              // v => ~a \/ ~b
	ruleXorUpLeft                  // a /\ ~b => v
	ruleXorUpRight                 // ~a /\ b => v
	ruleMuxDownThen                // v /\ c => x
	ruleMuxDownElse                // v /\ ~c => y
	ruleMuxUpThen                  // c /\ x => v
	ruleMuxUpElse                  // ~c /\ y => v
	ruleMajorityDownAB             // v => a \/ b
	ruleMajorityDownAC             // v => a \/ c
	ruleMajorityDownBC             // v => b \/ c
	ruleMajorityUpAB               // a /\ b => v
	ruleMajorityUpAC               // a /\ c => v
	ruleMajorityUpBC               // b /\ c => v
	ruleDivision                   // dividend = divisor * quotient + remainder, bit by bit
	ruleRemainder                  // 0 <= remainder < |divisor|
	ruleLadder                     // who reaches a rung has passed the one below
	ruleRange                      // a named term is as large as its name may be
	rules
)
