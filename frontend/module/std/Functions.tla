------------------------------ MODULE Functions ------------------------------
(* Restriction, range, inverse, and the kinds of functions; folds over them. *)
EXTENDS Folds
LOCAL INSTANCE Naturals

Restrict(f, S) == [x \in S |-> f[x]]
RestrictDomain(f, Test(_)) == Restrict(f, {x \in DOMAIN f : Test(x)})
RestrictValues(f, Test(_)) == Restrict(f, {x \in DOMAIN f : Test(f[x])})
Range(f) == {f[x] : x \in DOMAIN f}
IsRestriction(f, g) == DOMAIN f \subseteq DOMAIN g /\ \A x \in DOMAIN f : f[x] = g[x]
Pointwise(f, g, T(_, _)) == [x \in DOMAIN f |-> T(f[x], g[x])]

Inverse(f, S, T) == [t \in T |-> CHOOSE s \in S : t \in Range(f) => f[s] = t]
AntiFunction(f) == Inverse(f, DOMAIN f, Range(f))

IsInjective(f) == \A x, y \in DOMAIN f : x # y => f[x] # f[y]
Injection(S, T) == {f \in [S -> T] : IsInjective(f)}
Surjection(S, T) == {f \in [S -> T] : Range(f) = T}
Bijection(S, T) == {f \in [S -> T] : IsInjective(f) /\ Range(f) = T}
ExistsInjection(S, T) == \E f \in [S -> T] : IsInjective(f)
ExistsSurjection(S, T) == \E f \in [S -> T] : Range(f) = T
ExistsBijection(S, T) == \E f \in [S -> T] : IsInjective(f) /\ Range(f) = T

(* op over the values of fun at the arguments in indices, from the least argument
   to the greatest: op(fun[z], ... op(fun[y], op(fun[x], base))). *)
FoldFunctionOnSet(op(_, _), base, fun, indices) ==
  LET RECURSIVE Over(_, _)
      Over(acc, S) ==
        IF S = {} THEN acc ELSE LET x == CHOOSE x \in S : TRUE IN Over(op(fun[x], acc), S \ {x})
  IN  Over(base, indices)
FoldFunction(op(_, _), base, fun) == FoldFunctionOnSet(op, base, fun, DOMAIN fun)
SumFunctionOnSet(fun, indices) == FoldFunctionOnSet(LAMBDA x, y : x + y, 0, fun, indices)
SumFunction(fun) == SumFunctionOnSet(fun, DOMAIN fun)
==============================================================================
