package z3

/*
#cgo LDFLAGS: -lz3
#include <z3.h>
#include <stdlib.h>

// Z3 would take SIGINT to itself while it solves.
static void ignore_ctrl_c(Z3_context c, Z3_solver s) {
	Z3_params p = Z3_mk_params(c);
	Z3_params_inc_ref(c, p);
	Z3_params_set_bool(c, p, Z3_mk_string_symbol(c, "ctrl_c"), 0);
	Z3_solver_set_params(c, s, p);
	Z3_params_dec_ref(c, p);
}

// used[i] is set when the last unsat used the i-th of n assumptions.
static void unsat_core(Z3_context c, Z3_solver s, unsigned n, Z3_ast *assumed, char *used) {
	Z3_ast_vector core = Z3_solver_get_unsat_core(c, s);
	Z3_ast_vector_inc_ref(c, core);
	for (unsigned j = 0; j < Z3_ast_vector_size(c, core); j++)
		for (unsigned i = 0; i < n; i++)
			if (Z3_is_eq_ast(c, Z3_ast_vector_get(c, core, j), assumed[i])) used[i] = 1;
	Z3_ast_vector_dec_ref(c, core);
}
*/
import "C"

import (
	"fmt"
	"reflect"
	"runtime"
	"sync"
	"unsafe"

	"github.com/aclements/go-z3/z3"
)

// A raw is what Z3 itself calls a solver and its context. go-z3 keeps both to
// itself, and has neither parameters of solvers nor assumptions nor cores, so
// they are read from its structs. TestRaw fails should those change.
type raw struct {
	ctx    C.Z3_context
	solver C.Z3_solver
	lock   *sync.Mutex // of the context; go-z3's finalizers take it, too
	keep   *z3.Solver
}

func newRaw(ctx *z3.Context, s *z3.Solver) raw {
	r := raw{
		ctx:    C.Z3_context(handle(ctx)),
		solver: C.Z3_solver(handle(s)),
		lock:   (*sync.Mutex)(reflect.ValueOf(ctx).Elem().FieldByName("lock").Addr().UnsafePointer()),
		keep:   s,
	}
	r.do(func() { C.ignore_ctrl_c(r.ctx, r.solver) })
	return r
}

// handle is the field c of go-z3's wrapper x.
func handle(x any) unsafe.Pointer {
	v := reflect.ValueOf(x)
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	return v.FieldByName("c").UnsafePointer()
}

func (r raw) do(f func()) {
	r.lock.Lock()
	defer r.lock.Unlock()
	f()
	runtime.KeepAlive(r.keep)
}

// check decides the assertions under assumptions, which are literals.
func (r raw) check(assumed []z3.Bool) (holds bool, err error) {
	asts := handles(assumed)
	r.do(func() {
		switch C.Z3_solver_check_assumptions(r.ctx, r.solver, C.uint(len(asts)), unsafe.SliceData(asts)) {
		case C.Z3_L_TRUE:
			holds = true
		case C.Z3_L_UNDEF:
			err = &z3.ErrSatUnknown{Reason: C.GoString(C.Z3_solver_get_reason_unknown(r.ctx, r.solver))}
		}
	})
	runtime.KeepAlive(assumed)
	return holds, err
}

// core tells, for each of the assumptions of the last check, whether it was used.
func (r raw) core(assumed []z3.Bool) []bool {
	used := make([]bool, len(assumed))
	if len(assumed) == 0 {
		return used
	}
	asts := handles(assumed)
	marks := make([]C.char, len(asts))
	r.do(func() { C.unsat_core(r.ctx, r.solver, C.uint(len(asts)), &asts[0], &marks[0]) })
	for i, m := range marks {
		used[i] = m != 0
	}
	runtime.KeepAlive(assumed)
	return used
}

func handles(bs []z3.Bool) []C.Z3_ast {
	asts := make([]C.Z3_ast, len(bs))
	for i, b := range bs {
		asts[i] = C.Z3_ast(handle(b))
	}
	return asts
}

// version is the linked library's.
func version() string {
	var major, minor, build, revision C.uint
	C.Z3_get_version(&major, &minor, &build, &revision)
	return fmt.Sprintf("%d.%d.%d", major, minor, build)
}
