package natives

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"time"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// The operators of IOUtils that run programs. A spec that is only checked must
// not be able to do that, so the user has to allow it.

var execNatives = map[string]Native{
	"IOUtils!IOExec":            {1, ir.ReadsFiles | ir.WritesFiles, ioExec},
	"IOUtils!IOExecTemplate":    {2, ir.ReadsFiles | ir.WritesFiles, ioExecTemplate},
	"IOUtils!IOEnvExec":         {2, ir.ReadsFiles | ir.WritesFiles, ioEnvExec},
	"IOUtils!IOEnvExecTemplate": {3, ir.ReadsFiles | ir.WritesFiles, ioEnvExecTemplate},
}

// ioExec is IOExec(command): a sequence of the program and its arguments.
func ioExec(c Call) (value.Value, error) {
	return c.execute(nil, func() ([]string, error) { return c.texts(0) })
}

// ioEnvExec is IOEnvExec(env, command).
func ioEnvExec(c Call) (value.Value, error) {
	return c.execute(c.variables, func() ([]string, error) { return c.texts(1) })
}

// ioExecTemplate is IOExecTemplate(command, parameters): the placeholders in
// the strings of command, such as %1$s, stand for the parameters.
func ioExecTemplate(c Call) (value.Value, error) {
	return c.execute(nil, func() ([]string, error) { return c.filledIn(0, 1) })
}

// ioEnvExecTemplate is IOEnvExecTemplate(env, command, parameters).
func ioEnvExecTemplate(c Call) (value.Value, error) {
	return c.execute(c.variables, func() ([]string, error) { return c.filledIn(1, 2) })
}

// afterEnd is how long a program may go on when the evaluation has ended.
const afterEnd = 500 * time.Millisecond

// execute runs a command, with more variables in its environment where env is
// given, and answers with what came of it.
func (c Call) execute(env, command func() ([]string, error)) (value.Value, error) {
	if !c.Host().Exec {
		return nil, outside("%s runs a program, which this run may not do. Allow it with --allow-exec if you trust the spec.", c.Name())
	}
	args, err := command()
	if err != nil {
		return nil, err
	}
	if len(args) == 0 {
		return nil, value.Undefined("%s needs the name of a program.", c.Name())
	}
	cmd := exec.CommandContext(c.Host().Context, args[0], args[1:]...)
	cmd.WaitDelay = afterEnd
	if env != nil {
		more, err := env()
		if err != nil {
			return nil, err
		}
		cmd.Env = append(os.Environ(), more...)
	}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	if ended := c.Host().Ended(); ended != nil {
		return nil, ended
	}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return nil, outside("%s cannot run its program: %v.", c.Name(), err)
	}
	return value.NewRecord([]string{"exitValue", "stderr", "stdout"},
		[]value.Value{value.Int(cmd.ProcessState.ExitCode()), value.NewStr(errs.String()), value.NewStr(out.String())}), nil
}

// texts are the strings in the i-th argument, a sequence.
func (c Call) texts(i int) ([]string, error) {
	s, err := c.sequence(i)
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(s))
	for j, v := range s {
		if texts[j], err = c.meter().Text(v); err != nil {
			return nil, err
		}
	}
	return texts, nil
}

// filledIn are the strings in the i-th argument with the values in the j-th for
// their placeholders. Strings stand there without quotes.
func (c Call) filledIn(i, j int) ([]string, error) {
	templates, err := c.texts(i)
	if err != nil {
		return nil, err
	}
	params, err := c.texts(j)
	if err != nil {
		return nil, err
	}
	for k, t := range templates {
		if templates[k], err = format(t, params); err != nil {
			return nil, err
		}
	}
	return templates, nil
}

// variables are the fields of the first argument, a record, as NAME=text.
func (c Call) variables() ([]string, error) {
	v, err := c.explicit(0)
	if err != nil {
		return nil, err
	}
	r, ok := v.(*value.Record)
	if !ok {
		return nil, c.unfit(0, "a record", v)
	}
	env := make([]string, len(r.Names))
	for i, n := range r.Names {
		text, err := c.meter().Text(r.Vals[i])
		if err != nil {
			return nil, err
		}
		env[i] = n + "=" + text
	}
	return env, nil
}
