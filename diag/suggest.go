package diag

import "iter"

// Nearest returns the candidate that is most likely meant by word, or "" when
// none is close: at most one edit in three characters. Among equally close ones
// the first wins, so the candidates must come in a fixed order.
func Nearest(word string, candidates iter.Seq[string]) string {
	limit := (len(word) + 2) / 3
	best, bestCost := "", limit+1
	for c := range candidates {
		if c == word {
			continue
		}
		if cost := editDistance(word, c); cost < bestCost && cost < max(len(word), len(c)) {
			best, bestCost = c, cost
		}
	}
	return best
}

// editDistance counts the insertions, deletions, replacements and swaps of
// neighbours that turn a into b.
func editDistance(a, b string) int {
	older := make([]int, len(b)+1)
	prev := make([]int, len(b)+1)
	row := make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], older[j-2]+1)
			}
		}
		older, prev, row = prev, row, older
	}
	return prev[len(b)]
}
