package explicit

// halted is the end of a search in the midst of a state: the worker drops what
// it does. The state counts as not yet expanded, and successors that were found
// stay found, so the search can go on from there.
type halted struct{ why string }

func halt(why string) { panic(halted{why}) }

// ended halts the worker when the search has ended; it is never an error.
func (w *worker) ended() error {
	if w.asked++; w.s.opts.effort.spent(w) {
		w.s.end(enough)
	}
	if why := w.s.stopped.Load(); why != nil {
		halt(*why)
	}
	return nil
}

// leaveOff, deferred, ends the halt of a worker that was expanding b.
func (w *worker) leaveOff(b block) {
	switch p := recover().(type) {
	case nil:
	case halted:
		w.s.end(p.why)
		w.undo()
		if w.parent != noRef {
			w.rest = append(w.rest, block{From: w.parent, Used: b.Used, To: b.To})
		}
	default:
		panic(p)
	}
}

// undo takes back what was counted of the state being expanded. A state that
// was entered but not checked cannot be taken back, and will never be checked:
// then the search must not be saved.
func (w *worker) undo() {
	if w.admitting {
		w.s.torn.Store(true)
	}
	w.generated, w.admitting = w.before, false
	w.forget()
	level := w.fr.Level
	w.fr = w.s.prog.compiler.NewFrame(w.host())
	w.fr.Level = level
}
