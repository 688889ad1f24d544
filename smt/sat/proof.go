package sat

import (
	"bufio"
	"errors"
	"fmt"
	"os"

	"github.com/lemma-mc/lemma/smt"
)

// A proof is that none of the queries that were refuted has a model, in the
// format of DRAT checkers: a formula in DIMACS, in the file PATH.cnf, and the
// clauses that lead to its refutation, in PATH.
//
// The formula is all clauses that the solver was given, and a literal for each
// refuted query, which implies what was assumed in it; one of those literals
// holds. The proof has what the solver learned, in order, and after each refuted
// query that what was assumed in it cannot be. Each clause follows by unit propagation, and
// none is deleted: a solver that simplifies brings back what it has deleted,
// which a checker does not know, so this one does not.
type proof struct {
	steps    *clauseFile
	formula  *os.File
	out      *bufio.Writer // to the formula
	clauses  int
	refuted  []int32 // a literal for each query
	variable int32   // the largest
}

// header is as long as any may be, because it is written at last.
const header = "p cnf %-12d %-12d\n"

// NewProving is New for a solver that writes a proof of what it refutes to path,
// and the formula to path.cnf, complete when it is closed. Checkers such as
// drat-trim say of both that the formula has no model.
func NewProving(store *smt.Store, path string) (smt.Solver, error) {
	if !Available {
		return New(store)
	}
	steps, err := createClauses(path)
	if err != nil {
		return nil, err
	}
	formula, err := os.Create(path + ".cnf")
	if err != nil {
		return nil, errors.Join(err, steps.close())
	}
	p := &proof{steps: steps, formula: formula, out: bufio.NewWriter(formula)}
	fmt.Fprintf(p.out, header, 0, 0)
	return smt.NewSolver(&driver{store: store, proof: p}), nil
}

// given notes clauses, each of which ends in 0.
func (p *proof) given(lits []int32) {
	for _, l := range lits {
		p.variable = max(p.variable, abs(l))
		if l == 0 {
			p.clauses++
			_, _ = p.out.WriteString("0\n") // an error comes back at the end
			continue
		}
		fmt.Fprintf(p.out, "%d ", l)
	}
}

// refute notes that the query literal q, which implies the assumed literals, is
// false.
func (p *proof) refute(q int32, assumed []int32) {
	p.refuted = append(p.refuted, q)
	learned := make([]int32, 0, len(assumed)+1)
	for _, a := range assumed {
		p.given([]int32{-q, a, 0})
		learned = append(learned, -a)
	}
	p.steps.write(append(learned, 0))
}

// finish says that some query has a model, completes the header and closes.
func (p *proof) finish() error {
	p.given(append(p.refuted, 0))
	p.steps.write([]int32{0})
	err := p.out.Flush()
	_, errHead := p.formula.WriteAt([]byte(fmt.Sprintf(header, p.variable, p.clauses)), 0)
	return errors.Join(err, errHead, p.formula.Close(), p.steps.close())
}
