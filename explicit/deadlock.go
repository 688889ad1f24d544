package explicit

import "github.com/lemma-mc/lemma/trace"

// deadlock notes that no step leads out of state r, where that is looked for. A
// step that the layout cannot hold is one: the search starts anew for it.
func (w *worker) deadlock(r ref) {
	if w.s.sys.CheckDeadlock && len(w.overflows) == 0 {
		w.find(&finding{kind: trace.Deadlock, parent: r})
	}
}
