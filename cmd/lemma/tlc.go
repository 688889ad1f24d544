package main

import (
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/job"
	"github.com/lemma-mc/lemma/show"
)

// A tlcOption is an option of TLC's command line: its argument, which arguments fit,
// what stands for it here, nil where it has no part in the answer, and what it is for.
type tlcOption struct {
	arg  string // what its one argument is; "" for none
	fits tlcKind
	here func(args []string) []string
	text string
}

// A tlcKind is a kind of argument: what it is called, and whether a text is one. The
// zero kind is any text.
type tlcKind struct {
	name string
	is   func(text string) bool
}

// integers are those from least to most.
func integers(name string, least, most int64) tlcKind {
	return tlcKind{name, func(text string) bool {
		n, err := strconv.ParseInt(text, 10, 64)
		return err == nil && least <= n && n <= most
	}}
}

// What TLC takes as arguments.
var (
	tlcCount   = integers("an integer, not negative", 0, math.MaxInt32)
	tlcLong    = integers("an integer", math.MinInt64, math.MaxInt64)
	tlcInt     = integers("an integer", math.MinInt32, math.MaxInt32)
	tlcMinutes = integers("a number of minutes", 0, math.MaxInt32/60_000)
	tlcWorkers = tlcKind{"a number of threads, or auto", func(text string) bool {
		return strings.EqualFold(text, "auto") || integers("", 1, math.MaxInt32).is(text)
	}}
	tlcShare = tlcKind{"a share from 0 to 1, or a number of bytes", func(text string) bool {
		x, err := strconv.ParseFloat(text, 64)
		return err == nil && x >= 0
	}}
)

// means is what an option of TLC is here, with its argument if it has one.
func means(name string) func([]string) []string {
	return func(args []string) []string { return []string{strings.Join(append([]string{name}, args...), "=")} }
}

// number is an argument that is one.
func number(arg string) int64 {
	n, _ := strconv.ParseInt(arg, 10, 64)
	return n
}

// manyErrors is how many counterexamples -continue asks for: all there are.
const manyErrors = "1000000"

// tlcOptions is TLC's command line.
var tlcOptions = map[string]tlcOption{
	"config":   {"FILE", tlcKind{}, func(args []string) []string { return []string{"--config", withEnding(args[0], ".cfg")} }, "the config; SPEC.cfg without it"},
	"deadlock": {here: means("--no-deadlock"), text: "a deadlock is no error"},
	"workers": {"N", tlcWorkers, func(args []string) []string {
		if strings.EqualFold(args[0], "auto") {
			return nil
		}
		return []string{"--workers", args[0]}
	}, "threads; auto, or without it: all cores"},
	"depth": {"N", tlcInt, func(args []string) []string {
		return []string{"--depth=" + strconv.FormatInt(max(1, number(args[0])), 10)}
	}, "length of a simulated behaviour"},
	"seed": {"N", tlcLong, func(args []string) []string {
		return []string{"--seed=" + strconv.FormatUint(uint64(number(args[0])), 10)}
	}, "of a simulation"},
	"continue": {here: func([]string) []string { return []string{"--max-errors", manyErrors} }, text: "go on after a violation"},
	"recover":  {"FOLDER", tlcKind{}, means("--recover"), "go on from a checkpoint of lemma's"},
	"tool":     {here: means("--format=tool"), text: "messages as programs read them"},
	"h":        {here: means("--help"), text: "this list"},
	"help":     {here: means("--help"), text: "this list"},

	"aril": {"N", tlcLong, nil, "changes the seed"}, "checkpoint": {"MINUTES", tlcMinutes, nil, "time between checkpoints"},
	"cleanup": {text: "clean up the states folder"}, "coverage": {"MINUTES", tlcMinutes, nil, "coverage is always told at the end"},
	"debug": {text: "messages for TLC's developers"},
	"dfid":  {"N", tlcCount, nil, "depth-first search: lemma searches breadth-first"}, "difftrace": {text: "show what changes"},
	"fp":     {"N", integers("an integer from 0 to 130", 0, 130), nil, "polynomial of the fingerprint"},
	"fpbits": {"N", integers("an integer from 0 to 30", 0, 30), nil, "tables of fingerprints"}, "fpmem": {"SHARE", tlcShare, nil, "memory for fingerprints"},
	"gzip": {text: "compress the states folder"}, "lncheck": {"WHEN", tlcKind{}, nil, "when liveness is checked"},
	"maxSetSize": {"N", integers("an integer from 1 on", 1, math.MaxInt32), nil, "largest set: there is no limit"},
	"metadir":    {"FOLDER", tlcKind{}, nil, "folder for states"}, "modelcheck": {text: "the default"},
	"noGenerateSpecTE": {text: "no trace specification"}, "noTE": {text: "no trace specification"},
	"noGenerateSpecTEBin": {text: "no trace as TLC saves it"}, "noTEBin": {text: "no trace as TLC saves it"}, "nowarning": {text: "no warnings"},
	"teSpecOutDir": {"FOLDER", tlcKind{}, nil, "folder for the trace specification"}, "terse": {text: "print values as they are"},
	"userFile": {"FILE", tlcKind{}, nil, "where what the spec prints goes: it is printed"}, "view": {text: "show the VIEW of states"},
}

// The options whose arguments are not as many each time: read says how many it takes.
var tlcSpecial = map[string]struct {
	arg  string
	read func(rest []string) (here []string, taken int, err error)
	text string
}{
	"simulate":       {"[num=N]", tlcSimulate, "check random behaviours, N or without end"},
	"generate":       {"[num=N]", tlcSimulate, "as -simulate"},
	"dump":           {"dot FILE", tlcDump, "the graph of states; without dot it is read, and nothing is written"},
	"dumpTrace":      {"json|tla|dot FILE", tlcDumpTrace, "the counterexample"},
	"postCondition":  {"MODULE!OP", tlcPostCondition, "not known here: use POSTCONDITION in the config"},
	"debugger":       {"[OPTIONS]", tlcWord("port=", "suspend", "halt"), "see lemma explore (read, and has no part in the answer)"},
	"generateSpecTE": {"[nomonolith]", tlcWord("nomonolith"), "a trace specification: see --trace-out (read, and has no part in the answer)"},
}

// tlcWord passes over one argument that has one of words in it.
func tlcWord(words ...string) func([]string) ([]string, int, error) {
	return func(rest []string) ([]string, int, error) {
		if len(rest) > 0 && slices.ContainsFunc(words, func(w string) bool { return strings.Contains(rest[0], w) }) {
			return nil, 1, nil
		}
		return nil, 0, nil
	}
}

// tlcPostCondition refuses -postCondition, since what it checks would be left out.
func tlcPostCondition([]string) ([]string, int, error) {
	return nil, 0, usage("-postCondition is not known here: name the operator under POSTCONDITION in the config")
}

// tlcSimulate reads -simulate [num=N,file=F,...]: as many behaviours as asked for, or
// without end. What is there besides the number does not change which are checked.
func tlcSimulate(rest []string) ([]string, int, error) {
	number, taken := "0", 0
	keys := []string{"num=", "file=", "stats=", "sched"}
	if len(rest) > 0 && slices.ContainsFunc(keys, func(k string) bool { return strings.Contains(rest[0], k) }) {
		taken = 1
		for _, part := range strings.Split(rest[0], ",") {
			if n, ok := strings.CutPrefix(part, "num="); ok {
				number = n
			}
		}
	}
	if !tlcLong.is(number) {
		return nil, 0, usage("num= of -simulate is %s, not %q", tlcLong.name, number)
	}
	return []string{"--simulate", "--behaviours", number}, taken, nil
}

// tlcDump reads -dump dot[,...] FILE, a graph; -dump FILE, a list of states that
// only people read, is passed over.
func tlcDump(rest []string) ([]string, int, error) {
	switch {
	case len(rest) == 0:
		return nil, 0, usage("-dump takes a file")
	case len(rest) > 1 && strings.HasPrefix(rest[0], "dot"):
		return []string{"--dump", withEnding(rest[1], ".dot")}, 2, nil
	case len(rest) > 1 && strings.HasPrefix(rest[0], "json"):
		return nil, 2, nil
	}
	return nil, 1, nil
}

// tlcDumpTrace reads -dumpTrace FORM FILE. TLC's own form, tlc, nobody else reads.
func tlcDumpTrace(rest []string) ([]string, int, error) {
	if len(rest) < 2 {
		return nil, 0, usage("-dumpTrace takes a form and a file")
	}
	switch form := strings.ToLower(rest[0]); form {
	case "json", "tla", "dot":
		return []string{"--trace-out", withEnding(rest[1], "."+form)}, 2, nil
	case "tlc", "tlcplain", "tlcaction":
		return nil, 2, nil
	}
	return nil, 0, usage("-dumpTrace writes json, tla or dot, not %q", rest[0])
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
		if !dashed || !knownToTLC(&name) {
			out = append(out, args[i])
			continue
		}
		here, taken, err := readOption(name, args[i+1:])
		if err != nil {
			return nil, nil, err
		}
		out = append(out, here...)
		read = append(read, tlcReading{args[i], here})
		i += taken
	}
	return out, read, nil
}

// knownToTLC tells whether TLC has an option of the name; of some it does not mind the
// case, and neither of how it is written here.
func knownToTLC(name *string) bool {
	for _, folded := range []string{"dumpTrace", "postCondition", "noTE", "noTEBin"} {
		if strings.EqualFold(*name, folded) {
			*name = folded
		}
	}
	_, known := tlcOptions[*name]
	_, varies := tlcSpecial[*name]
	return known || varies
}

// readOption reads the option of the name with its arguments, the first of rest.
func readOption(name string, rest []string) (here []string, taken int, err error) {
	if special, varies := tlcSpecial[name]; varies {
		return special.read(rest)
	}
	option := tlcOptions[name]
	taken = min(1, len(option.arg))
	if taken > len(rest) {
		return nil, 0, usage("-%s takes an argument", name)
	}
	if taken > 0 && option.fits.is != nil && !option.fits.is(rest[0]) {
		return nil, 0, usage("-%s takes %s, not %q", name, option.fits.name, rest[0])
	}
	if option.here != nil {
		here = option.here(rest[:taken])
	}
	return here, taken, nil
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
		RunE: a.does(func(cmd *cobra.Command, args []string) error {
			out, err := a.tlcArguments(cmd, args)
			if err == nil && out != nil {
				check := (&check{app: a, job: &job.Job{}, prints: a.out}).command()
				check.SilenceErrors, check.SilenceUsage = true, true
				check.SetArgs(append(besideSpec(out), "--no-progress"))
				check.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return plainly(err) })
				err = check.ExecuteContext(cmd.Context())
			}
			if err != nil || a.code == exitUsage {
				a.code = exitTLCUsage
			}
			if err != nil && slices.Contains(args, "-tool") {
				_, _ = a.out.Write(show.ToolUsage(version(), err.Error()))
			}
			return err
		}),
	}
}

// exitTLCUsage is how TLC ends when it does not understand its command line.
const exitTLCUsage = 1

// tlcArguments is the command line of lemma check for TLC's args; nil where all that
// is asked for is help, which is given.
func (a *app) tlcArguments(cmd *cobra.Command, args []string) ([]string, error) {
	out, _, err := fromTLC(args)
	if err != nil {
		return nil, err
	}
	if slices.Contains(out, "--help") {
		fmt.Fprintln(a.out, cmd.Long)
		return nil, tlcHelp(a.out)
	}
	for _, arg := range out {
		if strings.HasPrefix(arg, "-") && !strings.HasPrefix(arg, "--") && arg != "-" {
			return nil, usage("TLC has no option %s%s", arg, didYouMean(arg))
		}
	}
	if !slices.Contains(out, "--simulate") {
		out = append(withoutDepth(out), "--explicit")
	}
	return out, nil
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
	return slices.DeleteFunc(slices.Clone(args), func(arg string) bool { return strings.HasPrefix(arg, "--depth=") })
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
