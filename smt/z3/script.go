package z3

/*
#include <z3.h>
#include <stdlib.h>
*/
import "C"

import (
	"context"
	"errors"
	"unsafe"

	"github.com/aclements/go-z3/z3"
	"github.com/lemma-mc/lemma/smt"
)

// Decide answers an SMT-LIB 2 script that asserts and then asks once.
func Decide(ctx context.Context, script string) (smt.Answer, error) {
	s := newSession(smt.NewStore())
	if err := s.load(script); err != nil {
		return smt.Unknown, err
	}
	holds, err := s.check(ctx, nil)
	var unknown *z3.ErrSatUnknown
	switch {
	case errors.As(err, &unknown):
		return smt.Unknown, nil
	case err != nil:
		return smt.Unknown, err
	case holds:
		return smt.Sat, nil
	}
	return smt.Unsat, nil
}

// load asserts what the script does.
func (s *session) load(script string) (err error) {
	defer recoverZ3(&err)
	text := C.CString(script)
	defer C.free(unsafe.Pointer(text))
	s.raw.do(func() { C.Z3_solver_from_string(s.raw.ctx, s.raw.solver, text) })
	return nil
}
