package sat

// Rules is the number of rules by which clauses are made.
const Rules = int(rules)

// Spoil has every session opened from now on pass its clauses, with the rule
// of each, through f; nil ends that.
func Spoil(f func(rule int, clause []int32) []int32) {
	if spoiled = nil; f != nil {
		spoiled = func(r rule, clause []int32) []int32 { return f(int(r), clause) }
	}
}
