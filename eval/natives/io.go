package natives

import (
	"errors"
	"fmt"
	"math/big"
	"os"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// IOUtils; its operators that run programs are in exec.go.
var ioNatives = map[string]Native{
	"IOUtils!IOEnv":         {0, ir.ReadsEnvironment, ioEnv},
	"IOUtils!atoi":          {1, ir.Pure, atoi},
	"IOUtils!zeroPadN":      {2, ir.Pure, Strict(zeroPad)},
	"IOUtils!Serialize":     {3, ir.WritesFiles, serialize},
	"IOUtils!Deserialize":   {2, ir.ReadsFiles, deserialize},
	"IOUtils!IOSerialize":   {3, ir.WritesFiles, refused("TLC's binary value format is not supported: use JsonSerialize")},
	"IOUtils!IODeserialize": {2, ir.ReadsFiles, refused("TLC's binary value format is not supported: use JsonDeserialize")},
}

func refused(why string) Func {
	return func(c Call) (value.Value, error) {
		return nil, outside("%s cannot be evaluated: %s.", c.Name(), why)
	}
}

// ioEnv is a record of the environment, empty where the run may not see it.
func ioEnv(c Call) (value.Value, error) {
	if !c.Host().Files {
		return value.EmptyTuple, nil
	}
	env := map[string]string{}
	for _, line := range os.Environ() {
		name, text, _ := strings.Cut(line, "=")
		env[name] = text
	}
	var names []string
	for name := range env {
		names = append(names, name)
	}
	slices.Sort(names)
	vals := make([]value.Value, len(names))
	for i, name := range names {
		vals[i] = value.NewStr(env[name])
	}
	return value.NewRecord(names, vals), nil
}

func atoi(c Call) (value.Value, error) {
	v, err := c.Arg(0)
	if err != nil {
		return nil, err
	}
	if s, ok := v.(value.Str); ok {
		if n, ok := new(big.Int).SetString(strings.TrimSpace(s.Text()), 10); ok {
			return value.FromBig(n), nil
		}
	}
	return nil, c.unfit(0, "a string", v)
}

func zeroPad(_ *Host, a []value.Value) (value.Value, error) {
	n, err := small("zeroPadN", a[0])
	if err != nil {
		return nil, err
	}
	width, err := small("zeroPadN", a[1])
	if err != nil {
		return nil, err
	}
	return value.NewStr(fmt.Sprintf("%0*d", width, n)), nil
}

// serialize is Serialize(text, file, options) for options.format = "TXT".
func serialize(c Call) (value.Value, error) {
	v, err := c.Arg(0)
	if err != nil {
		return nil, err
	}
	options, err := c.textOptions(2)
	if err != nil {
		return nil, err
	}
	name, err := c.fileName(1)
	if err != nil {
		return nil, err
	}
	text, err := c.meter().Text(v)
	if err != nil {
		return nil, err
	}
	return outcomeRecord("", c.store(name, openFlags(options), text)), nil
}

// store writes a file, unless the machine is silent.
func (c Call) store(name string, flags int, data string) error {
	if c.Host().Silent {
		return nil
	}
	f, err := os.OpenFile(name, flags, 0o666)
	if err != nil {
		return err
	}
	_, err = f.WriteString(data)
	return errors.Join(err, f.Close())
}

const overwriting = os.O_WRONLY | os.O_CREATE | os.O_TRUNC

// openFlags are the flags that options.openOptions asks for, by Java's names.
func openFlags(options value.Value) int {
	flags := os.O_WRONLY
	list, err := value.Field(options, "openOptions")
	if err != nil {
		return overwriting
	}
	names, err := value.Values(list)
	if err != nil {
		return overwriting
	}
	for _, n := range names {
		switch n {
		case value.Value(value.NewStr("CREATE")):
			flags |= os.O_CREATE
		case value.Value(value.NewStr("CREATE_NEW")):
			flags |= os.O_CREATE | os.O_EXCL
		case value.Value(value.NewStr("APPEND")):
			flags |= os.O_APPEND
		case value.Value(value.NewStr("TRUNCATE_EXISTING")):
			flags |= os.O_TRUNC
		}
	}
	return flags
}

// deserialize is Deserialize(file, options) for options.format = "TXT".
func deserialize(c Call) (value.Value, error) {
	if _, err := c.textOptions(1); err != nil {
		return nil, err
	}
	name, err := c.fileName(0)
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(name)
	return outcomeRecord(string(data), err), nil
}

// textOptions is the i-th argument, options that must ask for plain text.
func (c Call) textOptions(i int) (value.Value, error) {
	options, err := c.Arg(i)
	if err != nil {
		return nil, err
	}
	format, err := value.Field(options, "format")
	if err != nil {
		return nil, err
	}
	if format != value.Value(value.NewStr("TXT")) {
		return nil, outside(`%s supports only the format "TXT", not %s.`, c.Name(), value.Brief(format))
	}
	return options, nil
}

// outcomeRecord is what IOUtils answers with.
func outcomeRecord(stdout string, err error) value.Value {
	exit, stderr := value.Int(0), ""
	if err != nil {
		exit, stderr = 1, err.Error()
	}
	return value.NewRecord([]string{"exitValue", "stderr", "stdout"},
		[]value.Value{exit, value.NewStr(stderr), value.NewStr(stdout)})
}
