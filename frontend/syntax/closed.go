package syntax

import "github.com/lemma-mc/lemma/source"

// The closed sets of units and expressions.

func (x *Constants) Pos() source.Span { return x.Span }
func (x *Variables) Pos() source.Span { return x.Span }
func (x *Recursive) Pos() source.Span { return x.Span }
func (x *OpDef) Pos() source.Span     { return x.Span }
func (x *FuncDef) Pos() source.Span   { return x.Span }
func (x *ModuleDef) Pos() source.Span { return x.Span }
func (x *Instance) Pos() source.Span  { return x.Span }
func (x *Assume) Pos() source.Span    { return x.Span }
func (x *Theorem) Pos() source.Span   { return x.Span }
func (x *UseHide) Pos() source.Span   { return x.Span }
func (x *Separator) Pos() source.Span { return x.Span }
func (x *Nested) Pos() source.Span    { return x.Module.Span }

func (*Constants) unit() {}
func (*Variables) unit() {}
func (*Recursive) unit() {}
func (*OpDef) unit()     {}
func (*FuncDef) unit()   {}
func (*ModuleDef) unit() {}
func (*Instance) unit()  {}
func (*Assume) unit()    {}
func (*Theorem) unit()   {}
func (*UseHide) unit()   {}
func (*Separator) unit() {}
func (*Nested) unit()    {}

func (x *Number) Pos() source.Span      { return x.Span }
func (x *String) Pos() source.Span      { return x.Span }
func (x *Name) Pos() source.Span        { return x.Span }
func (x *Apply) Pos() source.Span       { return x.Span }
func (x *Prefix) Pos() source.Span      { return x.Span }
func (x *Infix) Pos() source.Span       { return x.Span }
func (x *Postfix) Pos() source.Span     { return x.Span }
func (x *Junction) Pos() source.Span    { return x.Span }
func (x *Quant) Pos() source.Span       { return x.Span }
func (x *Choose) Pos() source.Span      { return x.Span }
func (x *SetEnum) Pos() source.Span     { return x.Span }
func (x *SetFilter) Pos() source.Span   { return x.Span }
func (x *SetMap) Pos() source.Span      { return x.Span }
func (x *FuncLit) Pos() source.Span     { return x.Span }
func (x *FuncSet) Pos() source.Span     { return x.Span }
func (x *Index) Pos() source.Span       { return x.Span }
func (x *RecordLit) Pos() source.Span   { return x.Span }
func (x *RecordSet) Pos() source.Span   { return x.Span }
func (x *Field) Pos() source.Span       { return x.Span }
func (x *Except) Pos() source.Span      { return x.Span }
func (x *At) Pos() source.Span          { return x.Span }
func (x *Tuple) Pos() source.Span       { return x.Span }
func (x *Product) Pos() source.Span     { return x.Span }
func (x *If) Pos() source.Span          { return x.Span }
func (x *Case) Pos() source.Span        { return x.Span }
func (x *Let) Pos() source.Span         { return x.Span }
func (x *Lambda) Pos() source.Span      { return x.Span }
func (x *ActionBox) Pos() source.Span   { return x.Span }
func (x *Fair) Pos() source.Span        { return x.Span }
func (x *Labeled) Pos() source.Span     { return x.Span }
func (x *Subexpr) Pos() source.Span     { return x.Span }
func (x *Paren) Pos() source.Span       { return x.Span }
func (x *AssumeProve) Pos() source.Span { return x.Span }

func (*Number) expr()      {}
func (*String) expr()      {}
func (*Name) expr()        {}
func (*Apply) expr()       {}
func (*Prefix) expr()      {}
func (*Infix) expr()       {}
func (*Postfix) expr()     {}
func (*Junction) expr()    {}
func (*Quant) expr()       {}
func (*Choose) expr()      {}
func (*SetEnum) expr()     {}
func (*SetFilter) expr()   {}
func (*SetMap) expr()      {}
func (*FuncLit) expr()     {}
func (*FuncSet) expr()     {}
func (*Index) expr()       {}
func (*RecordLit) expr()   {}
func (*RecordSet) expr()   {}
func (*Field) expr()       {}
func (*Except) expr()      {}
func (*At) expr()          {}
func (*Tuple) expr()       {}
func (*Product) expr()     {}
func (*If) expr()          {}
func (*Case) expr()        {}
func (*Let) expr()         {}
func (*Lambda) expr()      {}
func (*ActionBox) expr()   {}
func (*Fair) expr()        {}
func (*Labeled) expr()     {}
func (*Subexpr) expr()     {}
func (*Paren) expr()       {}
func (*AssumeProve) expr() {}
