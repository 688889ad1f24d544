package job

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/smt/backend"
	"github.com/lemma-mc/lemma/value"
)

// usage is an error in what is asked for.
func usage(format string, args ...any) error {
	return diag.New(diag.Usage, "usage", nowhere, fmt.Sprintf(format, args...))
}

// Check finds what contradicts itself, such as a setting that means nothing to
// the engine: nothing that is said is ever ignored.
func (j *Job) Check() error {
	engines := []string{j.engine()}
	if j.CrossCheck {
		engines = []string{"explicit", "bmc"}
	}
	for _, s := range j.Settings() {
		if s.given && !s.appliesTo(engines) {
			return usage("%s has no meaning for %s; it goes with %s", s.shown(), j.manner(), strings.Join(s.Engines, ", "))
		}
	}
	switch {
	case j.Engine == "simulate" && j.Depth != nil && *j.Depth == 0:
		return usage("--depth is from 1 on for the engine simulate: a behaviour has steps")
	case j.CrossCheck && j.engine() != "auto":
		return usage("--cross-check runs several engines; --%s names one", j.Engine)
	case j.CrossCheck && j.Symmetry == SymmetryAuto:
		return usage("--symmetry auto merges states, which --cross-check compares one by one")
	case j.Proof != "" && j.DumpQueries != "":
		return usage("--drat and --dump-smt2 do not go together: run once for each")
	case j.CheckpointGap > 0 && j.Checkpoint == "" && j.Recover == "":
		return usage("--checkpoint-every needs --checkpoint DIR or --recover DIR: there would be no checkpoints")
	}
	if path := j.Outputs.Certificate; path != "" && !value.IsIdentifier(moduleName(path)) {
		return usage("--certificate %s: a certificate is a module, and its file has the module's name, of letters, digits and _; give one such as %s_proof.tla",
			path, moduleName(j.Root))
	}
	return j.checkSplit()
}

// appliesTo tells whether the setting means something to one of the engines.
func (s *Setting) appliesTo(engines []string) bool {
	return s.Engines == nil || slices.ContainsFunc(engines, func(e string) bool { return slices.Contains(s.Engines, e) })
}

// shown is what the user knows the setting as.
func (s *Setting) shown() string {
	switch {
	case s.Flag == "":
		return s.JSON
	case s.JSON == "" || s.JSON == s.Flag:
		return "--" + s.Flag
	}
	return fmt.Sprintf("--%s (%s in a job)", s.Flag, s.JSON)
}

func (j *Job) manner() string {
	if j.CrossCheck {
		return "--cross-check"
	}
	return "the engine " + j.engine()
}

// permitted refuses what the environment of the run does not allow, and a solver
// that is no program here.
func (t *Task) permitted() error {
	j := t.Job
	if command, ok := strings.CutPrefix(j.Solver, solverCommand); ok {
		if !t.Env.Allow.Commands {
			return diag.New(diag.Config, codeForbidden, nowhere, "a solver that is a program of its own is not allowed here; leave out \"solver\"")
		}
		if program, _, _ := strings.Cut(strings.TrimSpace(command), " "); program != "" {
			if _, err := exec.LookPath(program); err != nil {
				return diag.New(diag.System, backend.CodeSolver, nowhere, fmt.Sprintf("the solver %s cannot be started: %v", program, err))
			}
		}
	}
	if !t.Env.Allow.Outputs {
		for _, s := range j.Settings() {
			if s.given && s.output {
				return diag.New(diag.Config, codeForbidden, nowhere, s.shown()+" is not allowed here: this run writes no files")
			}
		}
	}
	return nil
}

const codeForbidden diag.Code = "C321" // what the job asks for is not allowed here
