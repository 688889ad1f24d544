package natives

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
	"github.com/lemma-mc/lemma/value/valuejson"
)

// Json. Sequences and sets are arrays, records objects, other functions
// objects with their arguments as keys, model values strings.
var jsonNatives = map[string]Native{
	"Json!ToJson":            {1, ir.ReadsForm, Strict(toJSON)},
	"Json!ToJsonArray":       {1, ir.ReadsForm, Strict(toJSON)},
	"Json!ToJsonObject":      {1, ir.ReadsForm, Strict(toJSON)},
	"Json!JsonSerialize":     {2, ir.WritesFiles, jsonSerialize},
	"Json!JsonDeserialize":   {1, ir.ReadsFiles, jsonDeserialize},
	"Json!ndJsonSerialize":   {2, ir.WritesFiles, ndJSONSerialize},
	"Json!ndJsonDeserialize": {1, ir.ReadsFiles, ndJSONDeserialize},
}

func toJSON(h *Host, a []value.Value) (value.Value, error) {
	var b bytes.Buffer
	if err := h.writeJSON(&b, a[0]); err != nil {
		return nil, err
	}
	return value.NewStr(b.String()), nil
}

func (h *Host) writeJSON(b *bytes.Buffer, v value.Value) error {
	v, err := h.Meter.Force(v)
	if err != nil {
		return err
	}
	switch v := v.(type) {
	case value.Bool:
		b.WriteString(strings.ToLower(v.String()))
	case value.Int, *value.BigInt:
		b.WriteString(v.String())
	case value.Str:
		writeJSONText(b, v.Text())
	case value.Model:
		writeJSONText(b, v.Name())
	case *value.Tuple:
		return h.writeJSONArray(b, v.Elems)
	case *value.Record:
		return h.writeJSONObject(b, v.Names, v.Vals)
	case *value.Func:
		keys := make([]string, len(v.Vals))
		for i, x := range v.Dom.Elems {
			key, err := h.Meter.Text(x)
			if err != nil {
				return err
			}
			keys[i] = key
		}
		return h.writeJSONObject(b, keys, v.Vals)
	default:
		elems, err := h.Meter.Elements(v)
		if err != nil {
			return err
		}
		return h.writeJSONArray(b, elems)
	}
	return nil
}

func writeJSONText(b *bytes.Buffer, s string) {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s)         // a string always encodes
	b.Truncate(b.Len() - 1) // without the line end
}

func (h *Host) writeJSONArray(b *bytes.Buffer, vs []value.Value) error {
	b.WriteByte('[')
	for i, v := range vs {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := h.writeJSON(b, v); err != nil {
			return err
		}
	}
	b.WriteByte(']')
	return nil
}

func (h *Host) writeJSONObject(b *bytes.Buffer, keys []string, vs []value.Value) error {
	b.WriteByte('{')
	for i, v := range vs {
		if i > 0 {
			b.WriteByte(',')
		}
		writeJSONText(b, keys[i])
		b.WriteByte(':')
		if err := h.writeJSON(b, v); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	return nil
}

// jsonSerialize is JsonSerialize(file, v), ndJSONSerialize ndJsonSerialize(file,
// seq) with a line for each element.
func jsonSerialize(c Call) (value.Value, error) {
	v, err := c.Arg(1)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := c.Host().writeJSON(&b, v); err != nil {
		return nil, err
	}
	return c.writeFile(0, b.Bytes())
}

func ndJSONSerialize(c Call) (value.Value, error) {
	s, err := c.sequence(1)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	for _, v := range s {
		if err := c.Host().writeJSON(&b, v); err != nil {
			return nil, err
		}
		b.WriteByte('\n')
	}
	return c.writeFile(0, b.Bytes())
}

func jsonDeserialize(c Call) (value.Value, error) {
	all, err := c.readJSON()
	if err != nil {
		return nil, err
	}
	if len(all) != 1 {
		return nil, value.Undefined("The file holds %d JSON values instead of one.", len(all))
	}
	return all[0], nil
}

func ndJSONDeserialize(c Call) (value.Value, error) {
	all, err := c.readJSON()
	if err != nil {
		return nil, err
	}
	return value.NewTuple(all), nil
}

// readJSON reads all values of the file that the first argument names.
func (c Call) readJSON() ([]value.Value, error) {
	data, err := c.readFile(0)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bufio.NewReader(bytes.NewReader(data)))
	d.UseNumber()
	var all []value.Value
	for {
		var v any
		switch err := d.Decode(&v); {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, value.Undefined("The file holds no JSON: %v.", err)
		}
		w, err := valuejson.Parse(v)
		if err != nil {
			return nil, value.Undefined("The file holds what is no value: %v.", err)
		}
		all = append(all, w)
	}
}

// readFile reads the file that the i-th argument names.
func (c Call) readFile(i int) ([]byte, error) {
	name, err := c.fileName(i)
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, outside("%s cannot read its file: %v.", c.Name(), err)
	}
	return data, nil
}

// writeFile writes the file that the i-th argument names, with its folders; the
// result is TRUE.
func (c Call) writeFile(i int, data []byte) (value.Value, error) {
	name, err := c.fileName(i)
	if err != nil {
		return nil, err
	}
	if !c.Host().Silent {
		err = os.MkdirAll(filepath.Dir(name), 0o777)
	}
	if err == nil {
		err = c.store(name, overwriting, string(data))
	}
	if err != nil {
		return nil, outside("%s cannot write its file: %v.", c.Name(), err)
	}
	return value.True, nil
}

func (c Call) fileName(i int) (string, error) {
	if !c.Host().Files {
		return "", outside("%s needs files, which this run does not give access to.", c.Name())
	}
	v, err := c.Arg(i)
	if err != nil {
		return "", err
	}
	return Text(c.Name(), v)
}
