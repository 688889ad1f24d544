package job

import (
	"context"
	"fmt"
	"regexp"
	"testing"
)

// A spot holds a value that is of another kind in each state.
type spot struct{ name, init, next, value string }

var spots = []spot{
	{"variable", `x = 0`, `x' = v`, `x`},
	{"function", `x = [i \in 1..2 |-> 0]`, `x' = [x EXCEPT ![1] = v]`, `x[1]`},
	{"record", `x = [a |-> 0, b |-> 1]`, `x' = [x EXCEPT !.a = v]`, `x.a`},
	{"sequence", `x = <<0>>`, `x' = <<v>>`, `x[1]`},
	{"tuple", `x = <<0>>`, `x' = <<v>>`, `x`},
	{"member", `x = {0}`, `x' = {v}`, `(CHOOSE e \in x : TRUE)`},
	{"message", `x = {[k |-> "q", v |-> 0]}`, `x' = {[k |-> "q", v |-> v]}`, `(CHOOSE e \in x : TRUE).v`},
}

// comparisons compare a value, @, with values of one kind: with the others that has
// no meaning.
var comparisons = []string{
	`@ = "a" => TRUE`, `(@ = 0) = FALSE`, `@ # TRUE`, `@ = {0} => TRUE`, `@ = <<1>> => TRUE`, `@ = <<"a">> => TRUE`, `@ = [a |-> 1] => TRUE`,
	`@ \in {"a", "b"} => TRUE`, `@ \in {0, 1} => TRUE`, `@ \in Nat => TRUE`, `@ \in 0..3 => TRUE`, `@ \in BOOLEAN => TRUE`,
	`@ \in STRING => TRUE`, `@ \in SUBSET {0} => TRUE`, `@ \in Seq(Nat) => TRUE`, `@ \in [a : Nat] => TRUE`, `@ \notin {{0}}`,
	`<<@, 1>> = <<0, 2>> => TRUE`, `<<1, @>> = <<0, 2>> => TRUE`, `[a |-> @] = [a |-> "a"] => TRUE`, `[i \in 1..2 |-> @] \in [1..2 -> Nat] => TRUE`,
	`{@} = {"a"} => TRUE`, `{@} \subseteq {0, 1}`, `\E y \in {0, 1} : y = @`, `{y \in {0, 1} : y = @} = {}`,
	`{@, 1} = {0, 2} => TRUE`, `{{@}} = {{"a"}} => TRUE`, `<<{@}>> = <<{0}>> => TRUE`, `{<<@, 1>>} = {<<0, 2>>} => TRUE`, `{@} \in SUBSET {0, 1} => TRUE`,
	`{@} \cap {0, 1} # {2}`, `{@} \ {0, 1} # {2}`, `{<<1, @>>} \subseteq {1} \X Nat => TRUE`, `@ \in Nat \cup {"a"} => TRUE`, `[i \in {3, 4} |-> @] = [i \in {3, 4} |-> 0] => TRUE`,
	`IF @ = 0 THEN TRUE ELSE TRUE`, `CASE @ = 0 -> TRUE [] OTHER -> TRUE`, `@ = @`,
}

// TestMixedKinds: compiled search and bounded search say that a comparison has no
// meaning, or that an invariant is violated, where a simulation does, which evaluates.
func TestMixedKinds(t *testing.T) {
	for _, p := range spots {
		for _, c := range comparisons {
			inv := regexp.MustCompile(`@`).ReplaceAllLiteralString(c, p.value)
			text := fmt.Sprintf("---- MODULE M ----\nEXTENDS Integers, Sequences\nVARIABLE x\nInit == %s\n"+
				"Next == \\E v \\in {{}, {0}, \"a\", <<1>>, [a |-> 1], TRUE, 0} : %s\nInv == %s\n====\n", p.init, p.next, inv)
			answers := map[string]int{}
			for _, engine := range []string{"explicit", "bmc", "simulate"} {
				j := &Job{Root: "M", Config: "M.cfg", Engine: engine, Workers: 1, Modules: map[string]string{"M.tla": text,
					"M.cfg": "INIT Init\nNEXT Next\nINVARIANT Inv\nCHECK_DEADLOCK FALSE\n"}}
				depth, behaviours := 3, 100
				switch engine {
				case "bmc":
					j.Depth = &depth
				case "simulate":
					j.Depth, j.Behaviours = &depth, &behaviours
				}
				answers[engine] = Load(context.Background(), j, Env{}).Run(context.Background()).ExitCode()
			}
			for engine, got := range answers {
				if got != answers["simulate"] {
					t.Errorf("%s: %s: %s ends with %d, want %d", p.name, inv, engine, got, answers["simulate"])
				}
			}
		}
	}
}
