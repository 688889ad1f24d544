package explicit

import (
	"slices"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/explicit/plan"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/temporal/liveness"
	"github.com/lemma-mc/lemma/temporal/monitor"
	"github.com/lemma-mc/lemma/trace"
)

// Bad prefixes are looked for while the graph is made, breadth-first in the
// product of the graph with a monitor: the level of the product that is
// expanded is one that the graph has expanded, too. So the first one found is a
// shortest one, and it is found where the graph has no end.

// A prefixSearch looks for a bad prefix of one property.
type prefixSearch struct {
	plan.Safety
	s      *search
	atoms  []liveAtom // of the monitor, in its order
	levels [][]prefix
	seen   map[int][]uint64 // by mode, a bit for each state
	over   bool             // there is none, or nobody asks
	large  bool             // the monitor has too many modes to tell
}

// A prefix is a state of the product: what ends there was read by the monitor up
// to the step that led there.
type prefix struct {
	at     ref
	mode   int32
	parent int32 // on the level before; -1 for none
}

// A reach is a step of the graph, as the monitor reads it.
type reach struct {
	from  int32 // of the level
	to    ref
	holds uint64
}

// newPrefixSearch begins with the initial states, once the graph has them.
func (s *search) newPrefixSearch(f plan.Safety, exprs []ir.Expr) (*prefixSearch, error) {
	p := &prefixSearch{Safety: f, s: s, seen: map[int][]uint64{}}
	var own []ir.Expr
	for _, id := range f.Monitor.Atoms {
		own = append(own, exprs[id])
	}
	var err error
	if p.atoms, err = s.liveAtoms(own); err != nil {
		return nil, err
	}
	var first []prefix
	for r := range s.firstLevel {
		if s.store.Holds(r) && s.store.Parent(r) == noRef {
			first = append(first, prefix{r, monitor.Beginning, -1})
			p.see(monitor.Beginning, r)
		}
	}
	p.levels = [][]prefix{first}
	return p, nil
}

// see notes that a state of the product was reached; false when it was before.
func (p *prefixSearch) see(mode int, r ref) bool {
	known := p.seen[mode]
	if more := int(r/64) + 1 - len(known); more > 0 {
		known = append(known, make([]uint64, max(more, len(known)/2))...)
		p.seen[mode] = known
	}
	if known[r/64]>>(r%64)&1 != 0 {
		return false
	}
	known[r/64] |= 1 << (r % 64)
	return true
}

// advance expands the levels of the product up to the given one, which the graph
// has expanded. It returns the states of a
// shortest bad prefix, nil for none so far.
func (p *prefixSearch) advance(level int) ([]ref, error) {
	if len(p.levels) == 1 && !p.over {
		if bad, err := p.check(); bad != nil || err != nil {
			return bad, err
		}
	}
	for !p.over && len(p.levels) <= level {
		if len(p.levels[len(p.levels)-1]) == 0 {
			p.over = true
			break
		}
		if err := p.expand(); err != nil || p.over {
			return nil, err
		}
		if bad, err := p.check(); bad != nil || err != nil {
			return bad, err
		}
	}
	return nil, nil
}

// expand makes the next level of the product.
func (p *prefixSearch) expand() error {
	level := p.levels[len(p.levels)-1]
	reached, err := p.read(level, false)
	if err != nil {
		return err
	}
	var next []prefix
	index := map[prefix]int{}
	for _, x := range reached {
		mode, ok := p.Monitor.Read(int(level[x.from].mode), x.holds)
		if !ok {
			p.over, p.large = true, true
			return nil
		}
		if mode == monitor.Hopeless {
			continue
		}
		n := prefix{x.to, int32(mode), 0}
		if i, ok := index[n]; ok {
			if old := &next[i]; p.s.store.Before(level[x.from].at, level[old.parent].at) {
				old.parent = x.from
			}
			continue
		}
		if p.see(mode, x.to) {
			index[n] = len(next)
			next = append(next, prefix{x.to, int32(mode), x.from})
		}
	}
	p.levels = append(p.levels, next)
	return nil
}

// check looks for a bad prefix that ends on the last level: what holds in a state
// is read on the step by which it stays as it is.
func (p *prefixSearch) check() ([]ref, error) {
	level := p.levels[len(p.levels)-1]
	reached, err := p.read(level, true)
	if err != nil {
		return nil, err
	}
	found := int32(-1)
	for _, x := range reached {
		mode, ok := p.Monitor.Read(int(level[x.from].mode), x.holds)
		if !ok {
			p.over, p.large = true, true
			return nil, nil
		}
		if mode == monitor.Satisfied && (found < 0 || p.s.store.Before(level[x.from].at, level[found].at)) {
			found = x.from
		}
	}
	if found < 0 {
		return nil, nil
	}
	return p.path(found), nil
}

// path is the way to prefix i of the last level.
func (p *prefixSearch) path(i int32) (refs []ref) {
	for l := len(p.levels) - 1; l >= 0; l-- {
		n := p.levels[l][i]
		refs = append(refs, n.at)
		i = n.parent
	}
	slices.Reverse(refs)
	return refs
}

// read evaluates the atoms on the steps out of the states of a level, or on the
// stuttering ones.
func (p *prefixSearch) read(level []prefix, stutter bool) ([]reach, error) {
	parts := map[*worker]*[]reach{}
	for _, w := range p.s.workers {
		parts[w] = &[]reach{}
	}
	err := p.s.each(len(level), func(i int) ref { return level[i].at }, func(w *worker, i int, r ref) error {
		p.s.Unpack(p.s.store.Row(r), w.fr.Cur)
		w.fr.SetCur()
		w.fr.OpenNext()
		steps := p.s.stepsOf(r)
		state, err := p.holding(w, &steps, 0, false)
		if err != nil {
			return err
		}
		from, to := 0, steps.N
		if stutter {
			from, to = steps.N, steps.N+1
		}
		for k := from; k < to; k++ {
			p.s.Unpack(p.s.store.Row(steps.To(k)), w.fr.Next)
			w.fr.SetNext()
			holds, err := p.holding(w, &steps, state, true)
			if err != nil {
				return err
			}
			*parts[w] = append(*parts[w], reach{int32(i), steps.To(k), holds})
		}
		return nil
	})
	var out []reach
	for _, w := range p.s.workers {
		out = append(out, *parts[w]...)
	}
	return out, err
}

// holding adds to known the atoms that hold of the state in the frame, or those
// that hold of the step.
func (p *prefixSearch) holding(w *worker, from *liveness.Steps, known uint64, step bool) (uint64, error) {
	err := w.holding(from, p.atoms, step, func(id int) { known |= 1 << id }, nil)
	return known, err
}

// stepsOf are the steps out of r, none when it was not expanded yet.
func (s *search) stepsOf(r ref) liveness.Steps {
	record := s.store.Steps(r)
	if record == nil {
		record = append(s.atoms().Append(nil, r, nil), make([]byte, liveness.Slack)...)
	}
	return s.atoms().Open(r, record)
}

// badPrefixes looks for bad prefixes of the properties as far as the graph has come,
// or in all of it. Each property counts once.
func (k *check) badPrefixes(s *search, all bool) (found []*trace.Violation, err error) {
	if s.prefixes == nil {
		for _, f := range k.properties.Live.Safeties {
			p, err := s.newPrefixSearch(f, k.properties.Live.Exprs)
			if err != nil {
				return nil, err
			}
			s.prefixes = append(s.prefixes, p)
		}
	}
	if !all {
		if level := int(s.level.Load()) - 1; level > 0 {
			return k.advancePrefixes(s, level)
		}
		return nil, nil
	}
	open := func(p *prefixSearch) bool { return !p.over }
	for level := 1; slices.ContainsFunc(s.prefixes, open); level++ {
		more, err := k.advancePrefixes(s, level)
		if found = append(found, more...); err != nil || len(found) >= k.wanted() {
			return found, err
		}
	}
	return found, nil
}

// advancePrefixes takes all searches to the given level of the product, so that the
// ways in which a property can be violated are compared by the lengths of the
// prefixes.
func (k *check) advancePrefixes(s *search, level int) (found []*trace.Violation, err error) {
	for _, p := range s.prefixes {
		refs, err := p.advance(level)
		if err != nil {
			return nil, err
		}
		if p.large {
			k.left.Add(p.Property, errTooLarge)
		}
		if refs == nil {
			continue
		}
		v, err := k.showPrefix(s, p.Safety, refs)
		if err != nil {
			return nil, err
		}
		for _, q := range s.prefixes {
			q.over = q.over || q.Property == p.Property
		}
		if found = append(found, v); len(found) == k.wanted() {
			break
		}
	}
	return found, nil
}

// showPrefix makes a violation of a bad prefix, which is checked by the
// definition of the operators: it violates the property however it goes on, and so
// if it goes on with its last state for ever.
func (k *check) showPrefix(s *search, f plan.Safety, refs []ref) (*trace.Violation, error) {
	defer k.Linger(k.Machine, s.workers[0].machine)()
	b := &trace.Behaviour{Vars: k.Sys.VariableNames()}
	w := s.workers[0]
	for i, r := range refs {
		if err := w.step(b, i, func(st eval.State) bool { return w.printOf(st, i) == s.store.Print(r) }); err != nil {
			return nil, err
		}
	}
	end := &lasso{Behaviour: b, closing: b.Steps[len(b.Steps)-1].State}
	if err := k.confirm(end, &liveness.Problem{Formula: f.Monitor.Formula}, k.properties.Live.Exprs); err != nil {
		return nil, err
	}
	k.Alias(b)
	return &trace.Violation{Kind: trace.Invariant, Name: f.Name, Step: len(b.Steps), Behaviour: b}, nil
}
