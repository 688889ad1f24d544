//go:build cgo && !nocadical

package sat

/*
#cgo LDFLAGS: -lcadical -lstdc++ -lm
#include <stdint.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <ccadical.h>

static int asked_to_stop(void *flag) { return __atomic_load_n((int32_t *)flag, __ATOMIC_RELAXED); }

static CCaDiCaL *start(int32_t *flag) {
	CCaDiCaL *s = ccadical_init();
	ccadical_set_option(s, "quiet", 1); // it would write to stdout
	// Of an unrolling most levels are of other steps than those that conflict, so
	// that what is far back is no sign of a search that should stay where it is.
	ccadical_set_option(s, "chrono", 0);
	ccadical_set_terminate(s, flag, asked_to_stop);
	return s;
}

static void learned(FILE *proof, const int *lits) {
	for (; *lits; lits++) fprintf(proof, "%d ", *lits);
	fputs("0\n", proof);
}

static void note(void *proof, int *lits) { learned(proof, lits); }

// Simplification may rest on steps that are not told, and is left out.
static void prove(CCaDiCaL *s, FILE *proof) {
	ccadical_set_option(s, "inprocessing", 0);
	ccadical_set_option(s, "lucky", 0);
	ccadical_set_learn(s, proof, INT_MAX, note);
}

static int finish(FILE *proof) {
	int failed = ferror(proof);
	return fclose(proof) || failed;
}

// What it may choose is false, unless it has found reason not to.
static void sparse(CCaDiCaL *s) {
	ccadical_set_option(s, "phase", 0);
	ccadical_set_option(s, "lucky", 0);
}

static void add_all(CCaDiCaL *s, const int32_t *lits, size_t n) {
	for (size_t i = 0; i < n; i++) ccadical_add(s, lits[i]);
}

static void freeze_all(CCaDiCaL *s, const int32_t *lits, size_t n) {
	for (size_t i = 0; i < n; i++) ccadical_freeze(s, lits[i]);
}

static int solve(CCaDiCaL *s, const int32_t *assumed, size_t n, int conflicts) {
	if (conflicts > 0) ccadical_limit(s, "conflicts", conflicts);
	for (size_t i = 0; i < n; i++) ccadical_assume(s, assumed[i]);
	return ccadical_solve(s);
}
*/
import "C"

import (
	"context"
	"errors"
	"os"
	"strings"
	"sync/atomic"
	"unsafe"

	"github.com/lemma-mc/lemma/smt"
)

// Available tells whether a SAT solver is linked in.
const Available = true

// A cadical is one incremental session of CaDiCaL. Literals are variables
// counted from 1, or their negations.
type cadical struct {
	solver *C.CCaDiCaL
	stop   *int32 // in C's memory: CaDiCaL looks at it while it searches
}

func newCadical() *cadical {
	flag := (*C.int32_t)(C.calloc(1, C.sizeof_int32_t))
	return &cadical{solver: C.start(flag), stop: (*int32)(unsafe.Pointer(flag))}
}

func signature() string {
	text := C.GoString(C.ccadical_signature())
	return "CaDiCaL " + strings.TrimPrefix(text, "cadical-")
}

func (c *cadical) close() {
	C.ccadical_release(c.solver)
	C.free(unsafe.Pointer(c.stop))
}

// A clauseFile is a file of clauses, which CaDiCaL may write, too.
type clauseFile struct{ file *C.FILE }

func createClauses(path string) (*clauseFile, error) {
	name, mode := C.CString(path), C.CString("w")
	defer C.free(unsafe.Pointer(name))
	defer C.free(unsafe.Pointer(mode))
	file, err := C.fopen(name, mode)
	if file == nil {
		return nil, &os.PathError{Op: "create", Path: path, Err: err}
	}
	return &clauseFile{file}, nil
}

// write writes a clause, which ends in 0. An error comes back from close.
func (f *clauseFile) write(lits []int32) {
	C.learned(f.file, (*C.int)(unsafe.SliceData(lits)))
}

func (f *clauseFile) close() error {
	if C.finish(f.file) != 0 {
		return errors.New("the proof could not be written")
	}
	return nil
}

// prove has what is learned written to f. It comes before anything is added.
func (c *cadical) prove(f *clauseFile) { C.prove(c.solver, f.file) }

// sparse has what may be chosen false. It comes before anything is added.
func (c *cadical) sparse() { C.sparse(c.solver) }

// add hands over clauses, each of which ends in 0.
func (c *cadical) add(lits []int32) {
	if len(lits) > 0 {
		C.add_all(c.solver, (*C.int32_t)(unsafe.SliceData(lits)), C.size_t(len(lits)))
	}
}

// freeze keeps variables from being eliminated.
func (c *cadical) freeze(vars []int32) {
	if len(vars) > 0 {
		C.freeze_all(c.solver, (*C.int32_t)(unsafe.SliceData(vars)), C.size_t(len(vars)))
	}
}

// solve decides the clauses under assumptions. When ctx ends first, the answer
// is Unknown, as it is after so many conflicts, unless those are 0; the session
// can be used on.
func (c *cadical) solve(ctx context.Context, assumed []int32, conflicts int) smt.Answer {
	atomic.StoreInt32(c.stop, 0)
	noted := make(chan struct{})
	ended := context.AfterFunc(ctx, func() {
		atomic.StoreInt32(c.stop, 1)
		close(noted)
	})
	result := C.solve(c.solver, (*C.int32_t)(unsafe.SliceData(assumed)), C.size_t(len(assumed)), C.int(conflicts))
	if !ended() {
		<-noted // which must not meet the next check
	}
	switch result {
	case 10:
		return smt.Sat
	case 20:
		return smt.Unsat
	}
	return smt.Unknown
}

// value is the truth of a literal in the model of the last Sat.
func (c *cadical) value(lit int32) bool { return C.ccadical_val(c.solver, C.int(lit)) > 0 }

// failed tells whether the last Unsat used the assumption lit.
func (c *cadical) failed(lit int32) bool { return C.ccadical_failed(c.solver, C.int(lit)) != 0 }
