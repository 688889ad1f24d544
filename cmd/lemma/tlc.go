package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/job"
)

// A tlcOption is an option of TLC's command line: how many arguments it takes,
// and what stands for it here; nil where it has no part in the answer.
type tlcOption struct {
	args int
	here func(args []string) []string
}

// means is what an option of TLC is here, with its argument if it has one.
func means(name string) func([]string) []string {
	return func(args []string) []string { return append([]string{name}, args...) }
}

// manyErrors is how many counterexamples -continue asks for: all there are.
const manyErrors = "1000000"

// tlcOptions is TLC's command line.
var tlcOptions = map[string]tlcOption{
	"config":   {1, func(args []string) []string { return []string{"--config", withEnding(args[0], ".cfg")} }},
	"deadlock": {0, means("--no-deadlock")},
	"workers": {1, func(args []string) []string {
		if args[0] == "auto" {
			return nil
		}
		return []string{"--workers", args[0]}
	}},
	"depth":    {1, means("--depth")},
	"seed":     {1, means("--seed")},
	"continue": {0, func([]string) []string { return []string{"--max-errors", manyErrors} }},
	"recover":  {1, means("--recover")},
	"tool":     {0, func([]string) []string { return []string{"--format", "tool"} }},
	"h":        {0, means("--help")},
	"help":     {0, means("--help")},

	"aril": {1, nil}, "checkpoint": {1, nil}, "cleanup": {0, nil}, "coverage": {1, nil}, "debug": {0, nil}, "debugger": {1, nil},
	"dfid": {1, nil}, "difftrace": {0, nil}, "fp": {1, nil}, "fpbits": {1, nil}, "fpmem": {1, nil}, "gzip": {0, nil},
	"lncheck": {1, nil}, "maxSetSize": {1, nil}, "metadir": {1, nil}, "noGenerateSpecTE": {0, nil}, "noTE": {0, nil},
	"nowarning": {0, nil}, "teSpecOutDir": {1, nil}, "terse": {0, nil}, "userFile": {1, nil}, "view": {0, nil},
}

// The options whose arguments are not as many each time.
var tlcSpecial = map[string]func(rest []string) (here []string, taken int){
	"simulate":  tlcSimulate,
	"generate":  tlcSimulate,
	"dump":      tlcDump,
	"dumpTrace": tlcDumpTrace,
}

// tlcSimulate reads -simulate [num=N,file=F]: as many behaviours as asked for, or
// without end.
func tlcSimulate(rest []string) ([]string, int) {
	number, taken := "0", 0
	if len(rest) > 0 && strings.Contains(rest[0], "=") {
		taken = 1
		for _, part := range strings.Split(rest[0], ",") {
			if n, ok := strings.CutPrefix(part, "num="); ok {
				number = n
			}
		}
	}
	return []string{"--simulate", "--behaviours", number}, taken
}

// tlcDump reads -dump dot[,...] FILE, a graph; -dump FILE, a list of states that
// only people read, is passed over.
func tlcDump(rest []string) ([]string, int) {
	if len(rest) > 1 && (rest[0] == "dot" || strings.HasPrefix(rest[0], "dot,")) {
		return []string{"--dump", withEnding(rest[1], ".dot")}, 2
	}
	return nil, min(1, len(rest))
}

// tlcDumpTrace reads -dumpTrace FORM FILE.
func tlcDumpTrace(rest []string) ([]string, int) {
	if len(rest) < 2 {
		return nil, len(rest)
	}
	if rest[0] == "json" || rest[0] == "tla" {
		return []string{"--trace-out", withEnding(rest[1], "."+rest[0])}, 2
	}
	return nil, 2
}

func withEnding(path, ending string) string { return strings.TrimSuffix(path, ending) + ending }

// A tlcReading is one option of TLC as it was understood.
type tlcReading struct {
	option string   // -config
	here   []string // --config X.cfg; empty where it has no part in the answer
}

// fromTLC reads TLC's options among args, and gives the command line that means
// the same here.
func fromTLC(args []string) (out []string, read []tlcReading, err error) {
	for i := 0; i < len(args); i++ {
		name, dashed := strings.CutPrefix(args[i], "-")
		option, known := tlcOptions[name]
		special := tlcSpecial[name]
		if !dashed || !known && special == nil {
			out = append(out, args[i])
			continue
		}
		rest := args[i+1:]
		var here []string
		taken := option.args
		switch {
		case special != nil:
			here, taken = special(rest)
		case taken > len(rest):
			return nil, nil, usage("%s takes an argument", args[i])
		case option.here != nil:
			here = option.here(rest[:taken])
		}
		out = append(out, here...)
		read = append(read, tlcReading{args[i], here})
		i += taken
	}
	return out, read, nil
}

// withHabits reads TLC's options on the command line of lemma check, and says
// what they are here.
func (a *app) withHabits(args []string) ([]string, error) {
	if len(args) == 0 || args[0] != "check" {
		return args, nil
	}
	out, read, err := fromTLC(args[1:])
	if err != nil {
		return nil, err
	}
	for _, r := range read {
		switch {
		case slices.Contains([]string{"-h", "-help"}, r.option):
		case len(r.here) == 0:
			fmt.Fprintf(a.err, "note: %s is TLC's; it has no part in the answer here\n", r.option)
		default:
			fmt.Fprintf(a.err, "note: %s is TLC's; here it is %s\n", r.option, strings.Join(r.here, " "))
		}
	}
	return append([]string{"check"}, out...), nil
}

func (a *app) tlcCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "tlc [OPTIONS] SPEC",
		Short: "TLC's own command line, in TLC's place",
		Long: "Takes TLC's command line, so that scripts and editors can call lemma where they called TLC: the spec is searched\n" +
			"explicitly, or simulated under -simulate, and the exit codes are TLC's. -tool writes TLC's message format.",
		DisableFlagParsing: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			out, _, err := fromTLC(args)
			if err != nil {
				return err
			}
			if slices.Contains(out, "--help") {
				return cmd.Help()
			}
			for _, arg := range out {
				if strings.HasPrefix(arg, "-") && !strings.HasPrefix(arg, "--") && arg != "-" {
					return fmt.Errorf("TLC has no option %s%s", arg, didYouMean(arg))
				}
			}
			if !slices.Contains(out, "--simulate") {
				out = append(withoutDepth(out), "--explicit")
			}
			check := (&check{app: a, job: &job.Job{}, prints: a.out}).command()
			check.SilenceErrors, check.SilenceUsage = true, true
			check.SetArgs(append(besideSpec(out), "--no-progress"))
			check.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return plainly(err) })
			return check.ExecuteContext(cmd.Context())
		},
	}
}

// besideSpec looks for the config where TLC does: in the folder of the spec.
func besideSpec(args []string) []string {
	i := slices.Index(args, "--config")
	spec := slices.IndexFunc(args, func(arg string) bool {
		return strings.HasSuffix(arg, ".tla") || !strings.HasPrefix(arg, "-") && isFile(arg+".tla")
	})
	if i < 0 || spec < 0 {
		return args
	}
	if beside := filepath.Join(filepath.Dir(args[spec]), args[i+1]); isFile(beside) {
		args = slices.Clone(args)
		args[i+1] = beside
	}
	return args
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
}

// withoutDepth leaves out --depth, which means something to simulation alone.
func withoutDepth(args []string) []string {
	if i := slices.Index(args, "--depth"); i >= 0 {
		return slices.Delete(slices.Clone(args), i, i+2)
	}
	return args
}

// didYouMean is a hint at the option of TLC that was likely meant.
func didYouMean(option string) string {
	names := func(yield func(string) bool) {
		for name := range tlcOptions {
			if !yield(name) {
				return
			}
		}
	}
	if near := diag.Nearest(strings.TrimPrefix(option, "-"), names); near != "" {
		return "; did you mean -" + near + "?"
	}
	return ""
}
