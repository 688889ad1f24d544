------------------------------- MODULE Option --------------------------------
(* A value or none, as a variant. *)
EXTENDS Apalache, Variants

Some(x) == Variant("Some", x)
None == Variant("None", UNIT)
IsSome(o) == VariantTag(o) = "Some"
IsNone(o) == VariantTag(o) = "None"
OptionCase(o, OnSome(_), OnNone(_)) ==
  IF IsSome(o) THEN OnSome(VariantGetUnsafe("Some", o)) ELSE OnNone(UNIT)
OptionGetOrElse(o, default) == VariantGetOrElse("Some", o, default)
OptionToSeq(o) == IF IsSome(o) THEN <<VariantGetUnsafe("Some", o)>> ELSE << >>
OptionToSet(o) == IF IsSome(o) THEN {VariantGetUnsafe("Some", o)} ELSE {}
OptionMap(F(_), o) == IF IsSome(o) THEN Some(F(VariantGetUnsafe("Some", o))) ELSE None
OptionFlatMap(F(_), o) == IF IsSome(o) THEN F(VariantGetUnsafe("Some", o)) ELSE None
OptionGuess(S) == IF S = {} THEN None ELSE Some(CHOOSE x \in S : TRUE)
OptionFunApp(f, o) == IF IsSome(o) THEN Some(f[VariantGetUnsafe("Some", o)]) ELSE None

(* f as a function to options that is None on all of undefined. *)
OptionPartialFun(f, undefined) ==
  [x \in DOMAIN f \cup undefined |-> IF x \in undefined THEN None ELSE Some(f[x])]
==============================================================================
