package liveness

// Most components are single states, whose stuttering step is all there is to
// look at. The others wait until there are many, so that their states can be
// labelled side by side.

// batch is the number of nodes that wait at most.
const batch = 1 << 16

// fairnessReadsSteps tells whether fairness depends on atoms of kind Step.
func (x *product) fairnessReadsSteps() bool {
	reads := false
	for _, c := range x.p.Recurrent {
		for _, a := range c {
			reads = reads || x.g.Atoms.kinds[a.ID] == Step
		}
	}
	for _, c := range x.p.Pairs {
		reads = reads || x.g.Atoms.kinds[c.If.ID] == Step || x.g.Atoms.kinds[c.Then.ID] == Step
	}
	return reads
}

// mayBeFair tells whether a component may be fair as far as the tableau
// goes, which is known without labels.
func (x *search) mayBeFair(part span) (bool, error) {
	x.acceptance.reset()
	for v := range part.all {
		err := x.within(v, func(s step) bool {
			x.acceptance.steps++
			x.acceptance.kept |= s.kept
			return !x.acceptance.allKept(x.product)
		})
		if err != nil || x.acceptance.steps > 0 && x.acceptance.allKept(x.product) {
			return err == nil, err
		}
	}
	return false, nil
}

// await puts a component among those that wait.
func (x *search) await(part span) error {
	if part.len() >= batch {
		if err := x.label(part); err != nil {
			return err
		}
		return x.judge(part)
	}
	for v := range part.all {
		if err := x.waiting.reserve(1); err != nil {
			return err
		}
		x.waiting.push(v)
	}
	x.ends = append(x.ends, x.waiting.n)
	x.setMarks(part, done)
	if x.waiting.n >= batch {
		return x.judgeWaiting()
	}
	return nil
}

// judgeWaiting labels and judges the components that wait.
func (x *search) judgeWaiting() error {
	if err := x.label(span{&x.waiting, 0, x.waiting.n}); err != nil {
		return err
	}
	from := 0
	for _, to := range x.ends {
		part := span{&x.waiting, from, to}
		x.setMarks(part, member)
		x.still = false
		if err := x.judge(part); err != nil {
			return err
		}
		from = to
	}
	x.waiting.n, x.ends = 0, x.ends[:0]
	return nil
}

// label has the states of some nodes labelled.
func (x *search) label(part span) error {
	var states []uint32
	for v := range part.all {
		_, s := x.split(v)
		if states = append(states, s); len(states) == batch {
			if err := x.g.Label(states); err != nil {
				return err
			}
			states = states[:0]
		}
	}
	if len(states) == 0 {
		return nil
	}
	return x.g.Label(states)
}
