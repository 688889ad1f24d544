package eval

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/lemma-mc/lemma/value"
)

// CSV.
var csvNatives = map[string]native{
	"CSV!CSVWrite":   {3, csvWrite},
	"CSV!CSVRead":    {3, csvRead},
	"CSV!CSVRecords": {1, csvRecords},
}

// csvWrite is CSVWrite(template, values, file): one line more in the file.
func csvWrite(c *nativeCall) (value.Value, error) {
	v, err := c.value(0)
	if err != nil {
		return nil, err
	}
	template, err := text("CSVWrite", v)
	if err != nil {
		return nil, err
	}
	vals, err := c.sequence(1)
	if err != nil {
		return nil, err
	}
	line, err := format(template, vals)
	if err != nil {
		return nil, err
	}
	name, err := c.fileName(2)
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err == nil {
		_, err = f.WriteString(line + "\n")
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return nil, fail(codeOutside, c.at, "CSVWrite cannot write its file: %v.", err)
	}
	return value.True, nil
}

var placeholder = regexp.MustCompile(`%(?:(\d+)\$)?[sd]|%%|%n`)

// format fills %s, %2$s and their like, as Java's String.format does.
func format(template string, vals []value.Value) (string, error) {
	next := 0
	var failed error
	out := placeholder.ReplaceAllStringFunc(template, func(p string) string {
		switch p {
		case "%%":
			return "%"
		case "%n":
			return "\n"
		}
		i := next
		if number := placeholder.FindStringSubmatch(p)[1]; number != "" {
			n, _ := strconv.Atoi(number) // digits; too many of them give no place
			i = n - 1
		} else {
			next++
		}
		if i < 0 || i >= len(vals) {
			failed = undefined("The template %q has the placeholder %s, but there are %d values.", template, p, len(vals))
			return ""
		}
		return unquoted(vals[i])
	})
	return out, failed
}

// csvRead is CSVRead(columns, delimiter, file): a record of strings per line.
func csvRead(c *nativeCall) (value.Value, error) {
	columns, err := c.sequence(0)
	if err != nil {
		return nil, err
	}
	v, err := c.value(1)
	if err != nil {
		return nil, err
	}
	delimiter, err := text("CSVRead", v)
	if err != nil {
		return nil, err
	}
	data, err := c.readFile(2)
	if err != nil {
		return nil, err
	}
	var records []value.Value
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(strings.TrimRight(line, "\r\n"), delimiter)
		if len(cells) != len(columns) {
			return nil, undefined("CSVRead expects %d columns, but the line %q has %d.", len(columns), line, len(cells))
		}
		names := make([]string, len(cells))
		vals := make([]value.Value, len(cells))
		for i, cell := range cells {
			names[i], vals[i] = unquoted(columns[i]), value.NewStr(cell)
		}
		records = append(records, value.NewRecord(names, vals))
	}
	return value.NewTuple(records), nil
}

// csvRecords is the number of lines of a file; none when it does not exist.
func csvRecords(c *nativeCall) (value.Value, error) {
	name, err := c.fileName(0)
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fail(codeOutside, c.at, "CSVRecords cannot read its file: %v.", err)
	}
	return value.Int(bytes.Count(data, []byte("\n"))), nil
}
