package job

// A Schema says what a JSON value looks like: a JSON Schema, as which it is
// written.
type Schema struct {
	Type        string             `json:"type,omitempty"` // "" for anything
	Description string             `json:"description,omitempty"`
	Minimum     *int               `json:"minimum,omitempty"`
	Items       *Schema            `json:"items,omitempty"`      // of an array
	Properties  map[string]*Schema `json:"properties,omitempty"` // of an object
	Required    []string           `json:"required,omitempty"`
	// Further is what an object's other fields are: a *Schema, or false for none.
	Further any       `json:"additionalProperties,omitempty"`
	OneOf   []*Schema `json:"oneOf,omitempty"` // in place of the others
}

// JSONSchema describes a job in JSON. It is the caller's own.
func JSONSchema() *Schema {
	out := &Schema{Type: "object", Properties: map[string]*Schema{}, Further: false}
	for _, s := range (&Job{}).Settings() {
		if s.JSON != "" {
			field := s.schema()
			field.Description = s.Help
			out.Properties[s.JSON] = &field
		}
	}
	return out
}

var (
	stringSchema = Schema{Type: "string"}
	namesSchema  = Schema{Type: "array", Items: &stringSchema}
)

func (s scalar[T]) schema() Schema {
	switch s.form {
	case jsonBool:
		return Schema{Type: "boolean"}
	case jsonNumber:
		return Schema{Type: "integer"}
	}
	return stringSchema
}

func (d span) schema() Schema        { return Schema{Type: "number"} }
func (s series) schema() Schema      { return namesSchema }
func (s plainSeries) schema() Schema { return namesSchema }
func (s symmetric) schema() Schema   { return Schema{OneOf: []*Schema{&stringSchema, &namesSchema}} }
func (l library) schema() Schema     { return Schema{Type: "object", Further: &stringSchema} }
func (c instance) schema() Schema    { return Schema{Type: "object", Further: &Schema{}} }
