package explicit

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/lemma-mc/lemma/eval"
	"github.com/lemma-mc/lemma/trace"
)

// A violation that was found is not lost when the time runs out, or the user
// interrupts, while its counterexample is being made: for that there is some
// more time, and when this is not enough the result names what was found.

// graceTime is how long a counterexample may be worked on when the context has
// ended.
const graceTime = 10 * time.Second

// grace lets the machines evaluate for some time after the check's context has
// ended, until end is called.
func (k *check) grace(machines ...*eval.Machine) (end func()) {
	over := k.opts.ending()
	late, cancel := context.WithCancelCause(context.WithoutCancel(k.ctx))
	stop := context.AfterFunc(k.ctx, func() {
		select {
		case <-time.After(cmp.Or(k.opts.grace, graceTime)):
			cancel(context.Cause(k.ctx))
		case <-late.Done():
		}
	})
	for _, m := range machines {
		m.SetContext(late)
	}
	return func() {
		over()
		stop()
		cancel(nil)
		for _, m := range machines {
			m.SetContext(k.ctx)
		}
	}
}

// ending tells Ending, if anybody wants to know.
func (o *Options) ending() (over func()) {
	if o.Ending == nil {
		return func() {}
	}
	return o.Ending()
}

// An unshown is the error of a violation whose counterexample there was no time
// for.
type unshown struct {
	kind trace.ViolationKind
	name string
}

func (u unshown) Error() string {
	return fmt.Sprintf("%s was found, but there was no time to make its counterexample: %s.", u.what(), interrupted)
}

// what was found.
func (u unshown) what() string {
	return map[trace.ViolationKind]string{
		trace.Invariant:  "A violation of the invariant " + u.name,
		trace.ActionProp: "A violation of the property " + u.name,
		trace.Liveness:   "A violation of the temporal property " + u.name,
		trace.Deadlock:   "A deadlock",
		trace.AssertFail: "A failed assertion",
	}[u.kind]
}
