package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/job"
)

// A tlcOption is an option of TLC's command line: its argument, what stands for it
// here, nil where it has no part in the answer, and what it is for.
type tlcOption struct {
	arg  string // what its one argument is; "" for none
	here func(args []string) []string
	text string
}

// means is what an option of TLC is here, with its argument if it has one.
func means(name string) func([]string) []string {
	return func(args []string) []string { return append([]string{name}, args...) }
}

// manyErrors is how many counterexamples -continue asks for: all there are.
const manyErrors = "1000000"

// tlcOptions is TLC's command line.
var tlcOptions = map[string]tlcOption{
	"config":   {"FILE", func(args []string) []string { return []string{"--config", withEnding(args[0], ".cfg")} }, "the config; SPEC.cfg without it"},
	"deadlock": {"", means("--no-deadlock"), "a deadlock is no error"},
	"workers": {"N", func(args []string) []string {
		if args[0] == "auto" {
			return nil
		}
		return []string{"--workers", args[0]}
	}, "threads; auto, or without it: all cores"},
	"depth":    {"N", means("--depth"), "length of a simulated behaviour"},
	"seed":     {"N", means("--seed"), "of a simulation"},
	"continue": {"", func([]string) []string { return []string{"--max-errors", manyErrors} }, "go on after a violation"},
	"recover":  {"FOLDER", means("--recover"), "go on from a checkpoint of lemma's"},
	"tool":     {"", func([]string) []string { return []string{"--format", "tool"} }, "messages as programs read them"},
	"h":        {"", means("--help"), "this list"},
	"help":     {"", means("--help"), "this list"},

	"aril": {"N", nil, "changes the seed"}, "checkpoint": {"MINUTES", nil, "time between checkpoints"},
	"cleanup": {"", nil, "clean up the states folder"}, "coverage": {"MINUTES", nil, "coverage is always told at the end"},
	"debug": {"", nil, "messages for TLC's developers"}, "debugger": {"OPTIONS", nil, "see lemma explore"},
	"dfid": {"N", nil, "depth-first search: lemma searches breadth-first"}, "difftrace": {"", nil, "show what changes"},
	"fp": {"N", nil, "polynomial of the fingerprint"}, "fpbits": {"N", nil, "tables of fingerprints"}, "fpmem": {"SHARE", nil, "memory for fingerprints"},
	"gzip": {"", nil, "compress the states folder"}, "lncheck": {"WHEN", nil, "when liveness is checked"},
	"maxSetSize": {"N", nil, "largest set: there is no limit"}, "metadir": {"FOLDER", nil, "folder for states"}, "modelcheck": {"", nil, "the default"},
	"noGenerateSpecTE": {"", nil, "no trace specification"}, "noTE": {"", nil, "no trace specification"}, "nowarning": {"", nil, "no warnings"},
	"teSpecOutDir": {"FOLDER", nil, "folder for the trace specification"}, "terse": {"", nil, "print values as they are"},
	"userFile": {"FILE", nil, "where what the spec prints goes"}, "view": {"", nil, "show the VIEW of states"},
}

// The options whose arguments are not as many each time.
var tlcSpecial = map[string]struct {
	arg  string
	read func(rest []string) (here []string, taken int)
	text string
}{
	"simulate":  {"[num=N]", tlcSimulate, "check random behaviours, N or without end"},
	"generate":  {"[num=N]", tlcSimulate, "as -simulate"},
	"dump":      {"dot FILE", tlcDump, "the graph of states; without dot it is read, and nothing is written"},
	"dumpTrace": {"json|tla FILE", tlcDumpTrace, "the counterexample"},
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
		special, varies := tlcSpecial[name]
		if !dashed || !known && !varies {
			out = append(out, args[i])
			continue
		}
		rest := args[i+1:]
		var here []string
		taken := min(1, len(option.arg))
		switch {
		case varies:
			if here, taken = special.read(rest); here == nil && name == "dumpTrace" {
				return nil, nil, usage("-dumpTrace takes %s", special.arg)
			}
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
				fmt.Fprintln(a.out, cmd.Long)
				return tlcHelp(a.out)
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

// tlcHelp lists TLC's options, and what they are here.
func tlcHelp(w io.Writer) error {
	lines := map[string]string{}
	for name, o := range tlcOptions {
		text := o.text
		if o.here == nil {
			text += " (read, and has no part in the answer)"
		}
		lines[name] = fmt.Sprintf("  -%-26s %s", name+" "+o.arg, text)
	}
	for name, o := range tlcSpecial {
		lines[name] = fmt.Sprintf("  -%-26s %s", name+" "+o.arg, o.text)
	}
	fmt.Fprintln(w, "\nOptions:")
	for _, name := range slices.Sorted(maps.Keys(lines)) {
		if _, err := fmt.Fprintln(w, lines[name]); err != nil {
			return err
		}
	}
	return nil
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
