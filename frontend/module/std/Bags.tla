-------------------------------- MODULE Bags ---------------------------------
(* Bags: functions from the elements to how often each is in the bag. *)
LOCAL INSTANCE Naturals
LOCAL INSTANCE FiniteSets

IsABag(B) == B = [e \in DOMAIN B |-> B[e]] /\ \A e \in DOMAIN B : B[e] \in Nat \ {0}
BagToSet(B) == DOMAIN B
SetToBag(S) == [e \in S |-> 1]
BagIn(e, B) == e \in BagToSet(B)
EmptyBag == SetToBag({})
CopiesIn(e, B) == IF BagIn(e, B) THEN B[e] ELSE 0

B1 (+) B2 == [e \in DOMAIN B1 \cup DOMAIN B2 |-> CopiesIn(e, B1) + CopiesIn(e, B2)]
B1 (-) B2 ==
  [e \in {d \in DOMAIN B1 : CopiesIn(d, B1) > CopiesIn(d, B2)} |-> B1[e] - CopiesIn(e, B2)]

(* The sum of f over the elements of S. *)
LOCAL Total(f, S) ==
  LET RECURSIVE Rest(_)
      Rest(T) == IF T = {} THEN 0 ELSE LET e == CHOOSE e \in T : TRUE IN f[e] + Rest(T \ {e})
  IN  Rest(S)

BagCardinality(B) == Total(B, DOMAIN B)

(* The sum of all bags in S. *)
BagUnion(S) ==
  [e \in UNION {DOMAIN B : B \in S} |-> Total([B \in S |-> CopiesIn(e, B)], S)]

B1 \sqsubseteq B2 ==
  /\ DOMAIN B1 \subseteq DOMAIN B2
  /\ \A e \in DOMAIN B1 : B1[e] <= B2[e]

SubBag(B) ==
  UNION {{f \in [S -> 1 .. BagCardinality(B)] : \A e \in S : f[e] <= B[e]} : S \in SUBSET DOMAIN B}

(* The bag of the F(e), e in B. *)
BagOfAll(F(_), B) ==
  [d \in {F(e) : e \in DOMAIN B} |-> Total(B, {e \in DOMAIN B : F(e) = d})]
==============================================================================
