package job

// A Schema says what a JSON value looks like, in the words of JSON Schema.
type Schema struct {
	Type   string   // "string", "number", "boolean", "array", "object"; "" for anything
	Items  *Schema  // of an array
	Values *Schema  // of the fields of an object
	OneOf  []Schema // in place of the others
}

// Schema describes the field of a job in JSON.
func (s *Setting) Schema() Schema { return s.Kind.schema() }

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
func (s symmetric) schema() Schema   { return Schema{OneOf: []Schema{stringSchema, namesSchema}} }
func (l library) schema() Schema     { return Schema{Type: "object", Values: &stringSchema} }
func (c instance) schema() Schema    { return Schema{Type: "object", Values: &Schema{}} }
