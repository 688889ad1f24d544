package main

import (
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/show"
)

// validate checks the flags by themselves and finds the engine that they name.
func (c *check) validate() error {
	c.engine = "auto"
	for _, e := range []struct {
		on   bool
		name string
	}{{c.explicit, "explicit"}, {c.bmc, "bmc"}, {c.induct, "induct"}, {c.simulate, "simulate"}} {
		if !e.on {
			continue
		}
		if c.engine != "auto" {
			return usage("--%s and --%s exclude each other: a run has one engine", c.engine, e.name)
		}
		c.engine = e.name
	}
	switch {
	case !slices.Contains([]string{"text", "json", "junit", "sarif"}, c.format):
		return usage("there is no format %q: --format is text, json, junit or sarif", c.format)
	case c.symmetry != "" && c.symmetry != "auto" && c.symmetry != "off":
		return usage("--symmetry is auto or off, not %q", c.symmetry)
	case c.solver != "z3" && strings.TrimSpace(strings.TrimPrefix(c.solver, "smtlib:")) == "" ||
		c.solver != "z3" && !strings.HasPrefix(c.solver, "smtlib:"):
		return usage("there is no solver %q: --solver is z3, or smtlib:CMD such as \"smtlib:z3 -in\"", c.solver)
	case c.depth < 0 || c.given("depth") && c.depth == 0:
		return usage("--depth is a number of steps from 1 on")
	case c.behaviours < 0:
		return usage("--behaviours is a number from 1 on, or 0 for no end")
	case c.k < 1:
		return usage("--k is a number from 1 on")
	case c.workers < 0:
		return usage("--workers is a number from 1 on")
	case c.maxErrors < 1:
		return usage("--max-errors is a number from 1 on")
	case c.checkpointEvery <= 0:
		return usage("--checkpoint-every is a duration above 0, such as 90s or 5m")
	case c.given("checkpoint-every") && c.checkpoint == "" && c.recover == "":
		return usage("--checkpoint-every needs --checkpoint DIR or --recover DIR: there would be no checkpoints")
	case c.fingerprint != 64 && c.fingerprint != 128:
		return usage("--fingerprint is 64 or 128, a number of bits")
	case c.timeout < 0:
		return usage("--timeout is a duration above 0, such as 90s or 5m")
	}
	if _, err := memoryLimit(c.memory); err != nil {
		return err
	}
	if c.dump != "" {
		if err := show.CheckDumpEnding(c.dump); err != nil {
			return usage("--dump %v", err)
		}
	}
	for _, path := range c.traceOut {
		if err := show.CheckEnding(path); err != nil {
			return usage("--trace-out %v", err)
		}
	}
	return nil
}

// applies says which engines a flag means something to; a flag that is not
// here means something to all of them.
var applies = map[string][]string{
	"depth":       {"bmc", "simulate", "auto"},
	"behaviours":  {"simulate"},
	"k":           {"induct", "auto"},
	"any":         {"induct"},
	"lemma":       {"induct", "auto"},
	"certificate": {"induct", "auto"},
	"dump-smt2":   {"bmc", "induct", "auto"},
	"solver":      {"bmc", "induct", "auto"},
	"symmetry":    {"explicit", "auto"},
	"checkpoint":  {"explicit", "auto"},
	"recover":     {"explicit", "auto"},
	"fingerprint": {"explicit", "auto"},
	"dump":        {"explicit", "auto"},
}

// applicable reports flags that mean nothing to the engine of this run: no flag
// is ever ignored silently.
func (c *check) applicable() error {
	for _, flag := range []string{"depth", "behaviours", "k", "any", "lemma", "certificate", "dump-smt2", "solver", "symmetry", "dump", "fingerprint", "checkpoint", "recover"} {
		if !c.given(flag) || c.crossCheck || slices.Contains(applies[flag], c.engine) {
			continue
		}
		return usage("--%s has no meaning for the engine %s; it goes with %s",
			flag, c.engine, strings.Join(applies[flag], ", "))
	}
	if c.symmetry == "auto" && c.crossCheck {
		return usage("--symmetry auto merges states, which --cross-check compares one by one")
	}
	if c.crossCheck && c.engine != "auto" {
		return usage("--cross-check runs several engines; --%s names one", c.engine)
	}
	return nil
}
