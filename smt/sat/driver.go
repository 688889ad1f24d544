package sat

import (
	"context"
	"errors"

	"github.com/lemma-mc/lemma/smt"
)

// New returns a solver over the terms of store. It fails where no SAT solver
// is linked in.
func New(store *smt.Store) (smt.Solver, error) {
	if !Available {
		return nil, errors.New("this program was built without the SAT solver CaDiCaL")
	}
	return smt.NewSolver(NewDriver(store)), nil
}

// NewLimited is New for a solver whose checks give up after so many conflicts,
// which are the measure of work that is the same in every run.
func NewLimited(store *smt.Store, conflicts int) (smt.Solver, error) {
	if !Available {
		return New(store)
	}
	return smt.NewSolver(&driver{store: store, limit: conflicts}), nil
}

// NewSparse is NewLimited for a solver that is after models in which little is true:
// what may be chosen is false, unless it has found reason not to.
func NewSparse(store *smt.Store, conflicts int) (smt.Solver, error) {
	if !Available {
		return New(store)
	}
	return smt.NewSolver(&driver{store: store, limit: conflicts, sparse: true}), nil
}

// NewDriver is New for who makes a solver of several drivers. It must not be
// called unless Available.
func NewDriver(store *smt.Store) smt.Driver { return &driver{store: store} }

// A driver is an smt.Driver.
type driver struct {
	store   *smt.Store
	limit   int      // conflicts of a check; 0 for no limit
	sparse  bool     // little is true in its models
	proof   *proof   // nil for none
	session *session // nil before use and after an error
	model   *smt.Evaluator
}

// Name implements smt.Driver.
func (d *driver) Name() string { return signature() }

// Capabilities implements smt.Driver.
func (d *driver) Capabilities() smt.Capabilities {
	return smt.Capabilities{Cores: true, Killable: true, Propositional: true}
}

// Close implements smt.Driver.
func (d *driver) Close() (err error) {
	d.drop()
	if d.proof != nil {
		err = d.proof.finish()
		d.proof = nil
	}
	return err
}

func (d *driver) drop() {
	if d.session != nil {
		d.session.solver.close()
		d.session, d.model = nil, nil
	}
}

func (d *driver) open() error {
	d.session = newSession(d.store)
	d.session.limit = d.limit
	if d.sparse {
		d.session.solver.sparse()
	}
	if d.proof == nil {
		return nil
	}
	if d.proof.variable > 0 {
		return errors.New("a proof cannot go on after an error")
	}
	d.session.proof = d.proof
	d.session.solver.prove(d.proof.steps)
	return nil
}

// Decide implements smt.Driver.
func (d *driver) Decide(ctx context.Context, q smt.Query) (smt.Verdict, error) {
	d.model = nil
	if d.session == nil || q.Kept == 0 {
		d.drop()
		if err := d.open(); err != nil {
			return smt.Verdict{}, err
		}
	}
	v, err := d.session.decide(ctx, q)
	switch {
	case errors.Is(err, smt.ErrUnsupported): // nothing was handed over
	case err != nil:
		d.drop()
	case v.Answer == smt.Sat:
		d.model = d.session.model()
	case v.Answer == smt.Unknown:
		v.Reason = "the SAT solver was interrupted, or had as many conflicts as it may"
	}
	return v, err
}

// Values implements smt.Driver.
func (d *driver) Values(ts []smt.Term) ([]smt.Value, error) {
	vs := make([]smt.Value, len(ts))
	for i, t := range ts {
		v, err := d.model.Eval(t)
		if err != nil {
			return nil, err
		}
		vs[i] = v
	}
	return vs, nil
}
