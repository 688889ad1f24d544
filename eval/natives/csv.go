package natives

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// CSV.
var csvNatives = map[string]Native{
	"CSV!CSVWrite":       {3, ir.WritesFiles, csvWrite},
	"CSV!CSVWriteRecord": {4, ir.WritesFiles, csvWriteRecord},
	"CSV!CSVRead":        {3, ir.ReadsFiles, csvRead},
	"CSV!CSVRecords":     {1, ir.ReadsFiles, csvRecords},
}

// csvWrite is CSVWrite(template, values, file): one line more in the file. As
// in TLC, strings keep their quotes.
func csvWrite(c Call) (value.Value, error) {
	v, err := c.Arg(0)
	if err != nil {
		return nil, err
	}
	template, err := Text("CSVWrite", v)
	if err != nil {
		return nil, err
	}
	vals, err := c.sequence(1)
	if err != nil {
		return nil, err
	}
	texts, err := c.meter().ShowAll(vals...)
	if err != nil {
		return nil, err
	}
	line, err := format(template, texts)
	if err != nil {
		return nil, err
	}
	return c.appendLines(2, line)
}

// csvWriteRecord is CSVWriteRecord(record, delimiter, headers, file): the
// record's values as one line, below a line of the names when headers is TRUE
// and the file is empty.
func csvWriteRecord(c Call) (value.Value, error) {
	a, err := c.some(0, 3)
	if err != nil {
		return nil, err
	}
	v, err := c.meter().Force(a[0])
	if err != nil {
		return nil, err
	}
	record, ok := v.(*value.Record)
	if !ok {
		return nil, c.unfit(0, "a record", v)
	}
	delimiter, err := Text("CSVWriteRecord", a[1])
	if err != nil {
		return nil, err
	}
	cells, err := c.meter().ShowAll(record.Vals...)
	if err != nil {
		return nil, err
	}
	lines := []string{strings.Join(cells, delimiter)}
	if a[2] == value.Value(value.True) {
		n, err := c.countLines(3)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			lines = []string{strings.Join(record.Names, delimiter), lines[0]}
		}
	}
	return c.appendLines(3, lines...)
}

// appendLines adds lines to the file that the i-th argument names.
func (c Call) appendLines(i int, lines ...string) (value.Value, error) {
	name, err := c.fileName(i)
	if err != nil {
		return nil, err
	}
	err = c.store(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, strings.Join(lines, "\n")+"\n")
	if err != nil {
		return nil, outside("%s cannot write its file: %v.", c.Name(), err)
	}
	return value.True, nil
}

var placeholder = regexp.MustCompile(`%(?:(\d+)\$)?[sd]|%%|%n`)

// format fills %s, %2$s and their like, as Java's String.format does.
func format(template string, vals []string) (string, error) {
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
			failed = value.Undefined("The template %q has the placeholder %s, but there are %d values.", template, p, len(vals))
			return ""
		}
		return vals[i]
	})
	return out, failed
}

// csvRead is CSVRead(columns, delimiter, file): a record of strings per line.
func csvRead(c Call) (value.Value, error) {
	columns, err := c.sequence(0)
	if err != nil {
		return nil, err
	}
	v, err := c.Arg(1)
	if err != nil {
		return nil, err
	}
	delimiter, err := Text("CSVRead", v)
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
			return nil, value.Undefined("CSVRead expects %d columns, but the line %q has %d.", len(columns), line, len(cells))
		}
		names := make([]string, len(cells))
		vals := make([]value.Value, len(cells))
		for i, cell := range cells {
			vals[i] = value.NewStr(cell)
			if names[i], err = c.meter().Text(columns[i]); err != nil {
				return nil, err
			}
		}
		records = append(records, value.NewRecord(names, vals))
	}
	return value.NewTuple(records), nil
}

// csvRecords is the number of lines of a file; none when it does not exist.
func csvRecords(c Call) (value.Value, error) {
	n, err := c.countLines(0)
	return value.Int(n), err
}

// countLines counts the lines of the file that the i-th argument names.
func (c Call) countLines(i int) (int, error) {
	name, err := c.fileName(i)
	if err != nil {
		return 0, err
	}
	data, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, outside("%s cannot read its file: %v.", c.Name(), err)
	}
	return bytes.Count(data, []byte("\n")), nil
}
