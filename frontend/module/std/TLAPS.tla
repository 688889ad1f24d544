-------------------------------- MODULE TLAPS --------------------------------
(* Names that proofs use to direct a prover. Proofs are not checked here, so
   all of them are TRUE. *)
SMT == TRUE
CVC3 == TRUE
Yices == TRUE
veriT == TRUE
Z3 == TRUE
Spass == TRUE
Zipper == TRUE
SimpleArithmetic == TRUE
SimplifyAndSolve == TRUE
Auto == TRUE
Force == TRUE
Blast == TRUE
SimplifyThenAuto == TRUE
AutoSimplify == TRUE
Zenon == TRUE
SlowZenon == TRUE
SlowerZenon == TRUE
VerySlowZenon == TRUE
SlowestZenon == TRUE
Isa == TRUE
LS4 == TRUE
PTL == TRUE
ExpandENABLED == TRUE
ExpandCdot == TRUE
AutoUSE == TRUE
Lambdify == TRUE
ENABLEDaxioms == TRUE
ENABLEDrules == TRUE
LevelComparison == TRUE
Trivial == TRUE
AllProvers == TRUE
AllSMT == TRUE
AllIsa == TRUE
PropositionalTemporalLogic == TRUE
SMTT(t) == TRUE
CVC3T(t) == TRUE
YicesT(t) == TRUE
veriTT(t) == TRUE
Z3T(t) == TRUE
SpassT(t) == TRUE
ZenonT(t) == TRUE
IsaT(t) == TRUE
AllProversT(t) == TRUE
AllSMTT(t) == TRUE
AllIsaT(t) == TRUE
IsaM(tactic) == TRUE
IsaMT(tactic, t) == TRUE
IsaWithSetExtensionality == TRUE
SlowAuto == TRUE
SlowerAuto == TRUE
SlowestAuto == TRUE
SlowForce == TRUE
SlowerForce == TRUE
SlowestForce == TRUE
SlowSimplifyAndSolve == TRUE
SlowerSimplifyAndSolve == TRUE
SlowestSimplifyAndSolve == TRUE
Simplification == TRUE
SlowSimplification == TRUE
SlowerSimplification == TRUE
SlowestSimplification == TRUE
SlowBlast == TRUE
SlowerBlast == TRUE
SlowestBlast == TRUE
AutoBlast == TRUE
NormalizeENABLED == TRUE
LS4T(t) == TRUE
EnabledWrapper(Op(_)) == FALSE
CdotWrapper(Op(_)) == FALSE

(* Facts of set theory. *)
THEOREM SetExtensionality == \A S, T : S = T <=> (\A x : x \in S <=> x \in T)
THEOREM NoSetContainsEverything == \A S : \E x : x \notin S
THEOREM SetEquality == \A S, T : S = T <=> (\A x : x \in S <=> x \in T)
==============================================================================
