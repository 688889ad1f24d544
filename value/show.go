package value

import "errors"

// Show is v as Print shows it: spelled out, unless it is too large for that.
// Where it has no value, because a predicate in it has none, that is an error.
func (m *Meter) Show(v Value) (string, error) {
	n, err := m.Normalize(v)
	var unlisted *Error
	switch {
	case err == nil:
		return n.String(), nil
	case errors.As(err, &unlisted) && (unlisted.Infinite || unlisted.Large):
		return v.String(), nil
	}
	return "", err
}

// ShowAll is Show for each of vs.
func (m *Meter) ShowAll(vs ...Value) ([]string, error) {
	texts := make([]string, len(vs))
	for i, v := range vs {
		var err error
		if texts[i], err = m.Show(v); err != nil {
			return nil, err
		}
	}
	return texts, nil
}

// Text is v as text for others to read: a string without its quotes, anything
// else as Show has it.
func (m *Meter) Text(v Value) (string, error) {
	if s, ok := v.(Str); ok {
		return s.Text(), nil
	}
	return m.Show(v)
}
