package job

import (
	"github.com/lemma-mc/lemma/explicit"
)

// A Setting is a row of the schema, bound to the Job that it is part of: a
// field of a job in JSON, a flag of lemma check, or both.
type Setting struct {
	JSON      string // the field; "" for what only a command line can say
	Flag      string // the flag; "" for what only JSON can say
	Shorthand string // of the flag
	Help      string // of the flag; `WORD` is what it takes
	Engines   []string
	Kind

	says   string // the Key, where it is another setting's
	goal   bool   // one of what there is to check
	output bool   // names what the run writes
	oneRun bool   // has no meaning for a job that is divided
	given  bool
	job    *Job
}

// Key names what the setting is about: two of one key say the same thing.
func (s *Setting) Key() string { return or(s.says, or(s.JSON, s.Flag)) }

// Set is the setting as a flag.
func (s *Setting) Set(text string) error {
	if err := s.Kind.Set(text); err != nil {
		return err
	}
	s.say()
	return nil
}

func (s *Setting) say() {
	if s.job.given == nil {
		s.job.given = map[string]bool{}
	}
	s.job.given[s.Key()], s.given = true, true
}

// take makes s say what another job's setting says.
func (s *Setting) take(from *Setting) {
	s.Kind.take(from.Kind)
	s.say()
}

// Which engines a setting means something to, where it is not all of them.
var (
	bySteps     = []string{"bmc", "simulate", "auto"}
	bySolver    = []string{"bmc", "induct", "auto"}
	byUnrolling = []string{"bmc"}
	byProof     = []string{"induct", "auto"}
	bySearch    = []string{"explicit", "auto"}
	bySearching = []string{"explicit", "bmc", "simulate", "auto"}
	byLength    = []string{"explicit", "bmc", "auto"}
	bySimulate  = []string{"simulate"}
)

// Settings is the schema: all that can be said about a job, in the order in
// which help shows it. It is the one list of flags and of fields; both are read,
// written, checked and explained by it.
func (j *Job) Settings() []*Setting {
	all := []*Setting{
		{JSON: "model_name", Kind: text(&j.Model)},
		{JSON: "modules", Kind: modules(&j.Modules)},
		{JSON: "root_module", Kind: text(&j.Root)},
		{JSON: "config", Flag: "config", Shorthand: "c", Kind: text(&j.Config),
			Help: "a TLC .cfg `FILE`, or a job in JSON (default SPEC.cfg beside the spec)"},
		{JSON: "engine", Kind: oneOf("engine", &j.Engine, Engines...)},
		{Flag: "explicit", says: "engine", Kind: picks(&j.Engine, "explicit"), Help: "search state by state"},
		{Flag: "bmc", says: "engine", Kind: picks(&j.Engine, "bmc"), Help: "search all behaviours up to --depth steps with a solver"},
		{Flag: "induct", says: "engine", Kind: picks(&j.Engine, "induct"), Help: "prove invariants by k-induction"},
		{Flag: "simulate", says: "engine", Kind: picks(&j.Engine, "simulate"), Help: "random behaviours of --depth steps"},
		{JSON: "depth", Flag: "depth", Engines: bySteps, Kind: optional(&j.Depth, 0),
			Help: "steps to unroll (--bmc, default 10), length of a behaviour (--simulate, default 100)"},
		{JSON: "behaviours", Flag: "behaviours", Engines: bySimulate, Kind: optional(&j.Behaviours, 0),
			Help: "how `many` to simulate (--simulate, default 10000); 0 for as many as --timeout allows"},
		{JSON: "k", Flag: "k", Engines: byProof, Kind: count(&j.K, 1),
			Help: "largest k for k-induction (default 5)"},
		{JSON: "any", Flag: "any", Kind: names(&j.Any),
			Help: "leave constant `NAME` arbitrary, within the ASSUMEs and --cinit; repeatable"},
		{JSON: "constant_init", Flag: "cinit", Engines: bySearching, Kind: text(&j.ConstInit),
			Help: "search for all constants without value that satisfy this predicate: a definition's `NAME` or an expression"},
		{JSON: "constants", Kind: constants(&j.Constants)},
		{JSON: "constant_expressions", Flag: "constant", Kind: texts(&j.Expressions),
			Help: "assign or override a constant: `NAME=EXPR`; repeatable"},
		{JSON: "invariants", Flag: "invariant", goal: true, Kind: names(&j.Invariants),
			Help: "check this invariant: a definition's `NAME` or an expression; repeatable"},
		{JSON: "properties", Flag: "property", goal: true, Kind: names(&j.Properties),
			Help: "check this property: a definition's `NAME` or an expression; repeatable"},
		{JSON: "init", Flag: "init", Kind: text(&j.Init), Help: "the initial predicate's `NAME`"},
		{JSON: "next", Flag: "next", Kind: text(&j.Next), Help: "the next-state action's `NAME`"},
		{JSON: "spec", Flag: "spec", Kind: text(&j.Spec), Help: "the specification's `NAME`"},
		{JSON: "lemmas", Flag: "lemma", Engines: byProof, Kind: names(&j.Lemmas),
			Help: "prove this lemma along and use it: `NAME` or expression; repeatable"},
		{JSON: "hints", Flag: "hint", Engines: byProof, Kind: names(&j.Hints),
			Help: "let the search for lemmas use this formula and its parts, true or not: `NAME` or expression; repeatable"},
		{JSON: "given_lemmas_only", Flag: "no-lemmas", Engines: byProof, Kind: yes(&j.GivenLemmas), Help: "look for no lemmas: prove with what is given alone"},
		{JSON: "deadlock_detection", Kind: truth(&j.Deadlock, true)},
		{Flag: "no-deadlock", says: "deadlock_detection", Kind: truth(&j.Deadlock, false), Help: "deadlock is no error"},
		{JSON: "worker_threads", Flag: "workers", Kind: count(&j.Workers, 1), Help: "how `many` workers (default all cores)"},
		{JSON: "split", Flag: "split", Kind: count(&j.Split, 1),
			Help: "divide the job into up to so `many` parts that run side by side, on a server over its workers"},
		{JSON: "timeout_seconds", Flag: "timeout", Kind: Duration(&j.Timeout), Help: "end after this time, with what is known so far"},
		{JSON: "memory", Flag: "memory", Kind: size(&j.Memory), Help: "end past this `SIZE`, such as 4GB or 50% (default 70% of the machine)"},
		{JSON: "solver", Flag: "solver", Engines: bySolver, Kind: solver(&j.Solver), Help: "auto, z3, cadical, or smtlib:`CMD` for any SMT-LIB 2 solver (default auto: what suits the query)"},
		{JSON: "cross_check", Flag: "cross-check", oneRun: true, Kind: yes(&j.CrossCheck), Help: "run explicit and symbolic engines; any disagreement is an error"},
		{JSON: "explain", Flag: "explain", Kind: yes(&j.Explain), Help: "say of a counterexample why the property is false, and why each step was possible"},
		{JSON: "strict", Flag: "strict", Kind: yes(&j.Strict), Help: "warnings are errors"},
		{JSON: "symmetry", Flag: "symmetry", Engines: bySearch, Kind: symmetry(&j.Symmetry, &j.Permuted),
			Help: "`auto` or off (default the config's SYMMETRY)"},
		{JSON: "max_errors", Flag: "max-errors", Engines: bySearching, Kind: count(&j.MaxErrors, 1), Help: "stop after so `many` distinct counterexamples (default 1)"},
		{JSON: "minimal", Flag: "minimal", Engines: byLength, Kind: yes(&j.Minimal),
			Help: "of the shortest counterexamples, show one with the fewest context switches, and then the fewest changes"},
		{Flag: "stats", oneRun: true, Engines: bySolver, Kind: yes(&j.Stats), Help: "say what each depth of a bounded search costs, and which solver was chosen why"},
		{Flag: "dump-smt2", output: true, oneRun: true, Engines: bySolver, Kind: text(&j.DumpQueries), Help: "write every solver query as SMT-LIB 2 into this `DIR`"},
		{Flag: "drat", output: true, oneRun: true, Engines: byUnrolling, Kind: text(&j.Proof),
			Help: "write a proof of what the SAT solver refuted to `FILE`, and the formula to FILE.cnf, for a checker such as drat-trim"},
		{Flag: "include", Shorthand: "I", Kind: texts(&j.Path), Help: "a `DIR` to look for modules in, after the spec's own; repeatable, TLA_PATH adds more"},
		{Flag: "trace-out", output: true, Kind: texts(&j.Outputs.Traces), Help: "write the counterexample to `FILE`: .itf.json, .json, .tla, .html, .md or .dot; a proof: .html or .json; repeatable"},
		{Flag: "dump", output: true, Engines: bySearch, Kind: text(&j.Outputs.Graph), Help: "write the whole state graph of a small instance to `FILE`: .dot or .json"},
		{Flag: "certificate", output: true, Engines: byProof, Kind: text(&j.Outputs.Certificate), Help: "write a proof's inductive invariant to `FILE` as a TLA+ module"},
		{Flag: "certificate-smt", output: true, oneRun: true, Engines: byProof, Kind: text(&j.Outputs.Conditions), Help: "write the conditions that make the certificate a proof into this `DIR`, as SMT-LIB 2 with a manifest; with --certificate"},
		{JSON: "fingerprint", Flag: "fingerprint", Engines: bySearch, Kind: bits(&j.Fingerprint),
			Help: "tell states apart by hashes of so many `BITS`, 64 or 128, in explicit search (default 64)"},
		{Flag: "checkpoint", output: true, oneRun: true, Engines: bySearch, Kind: text(&j.Checkpoint),
			Help: "save the explicit search in `DIR` every so often, and when a limit or Ctrl-C ends it"},
		{Flag: "checkpoint-every", Engines: bySearch, Kind: Duration(&j.CheckpointGap),
			Help: "`time` between two checkpoints (default " + explicit.DefaultCheckpointEvery.String() + ")"},
		{Flag: "recover", oneRun: true, Engines: bySearch, Kind: text(&j.Recover),
			Help: "go on with the search saved in `DIR`; the spec and the config must be the same"},
		{Flag: "allow-exec", Kind: yes(&j.Exec), Help: "let the spec run programs by the module IOUtils: only for specs that you trust"},
		{JSON: "seed", Flag: "seed", Kind: natural(&j.Seed), Help: "for --simulate and whatever else draws (default 0)"},
	}
	for _, s := range all {
		s.job, s.given = j, j.given[s.Key()]
	}
	return all
}
