------------------------------ MODULE Sequences ------------------------------
(* Finite sequences: functions whose domain is 1..n. *)
LOCAL INSTANCE Naturals
Seq(S) == NATIVE
Len(s) == NATIVE
s \o t == NATIVE
Append(s, e) == NATIVE
Head(s) == NATIVE
Tail(s) == NATIVE
SubSeq(s, m, n) == NATIVE

(* The elements e of s for which Test(e) holds, in their order. *)
SelectSeq(s, Test(_)) ==
  LET Chosen[i \in 0 .. Len(s)] ==
        IF i = 0 THEN << >>
        ELSE IF Test(s[i]) THEN Append(Chosen[i - 1], s[i]) ELSE Chosen[i - 1]
  IN  Chosen[Len(s)]
=============================================================================
