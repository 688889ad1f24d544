package pluscal

// Options are the translator's options that a file may state in a comment:
//
//	PlusCal options (-wf -label)
type Options struct {
	// AddLabels adds missing labels also where the user wrote some.
	AddLabels bool
	// Fairness is "", "wf", "sf", "wfNext" or "nof". A --fair algorithm and a fair
	// process keep their own, but under nof no process is fair.
	Fairness string
	// NoDone leaves the disjunct that stutters after termination out of Next.
	NoDone bool
}

// set applies one option, written without its dash; it tells whether the
// option is known. Options that only concern the official translator's output
// or its TLC configuration are known and change nothing.
func (o *Options) set(name string) bool {
	switch name {
	case "label":
		o.AddLabels = true
	case "wf", "sf", "wfNext", "nof":
		o.Fairness = name
	case "termination":
		if o.Fairness == "" {
			o.Fairness = "wf"
		}
	case "noDoneDisjunct":
		o.NoDone = true
	case "nocfg", "reportLabels", "unixEOL", "lineWidth", "version", "spec", "spec2", "debug":
	default:
		return false
	}
	return true
}
