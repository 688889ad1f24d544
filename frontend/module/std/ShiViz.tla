------------------------------- MODULE ShiViz --------------------------------
(* Vector clocks of a PlusCal trace, for the visualiser ShiViz. *)
LOCAL INSTANCE Integers
LOCAL INSTANCE Json
INSTANCE Toolbox

(* The process that took the step to state i. *)
LOCAL Mover(i) ==
  LET RECURSIVE At(_)
      At(k) == IF k = 1 THEN "--"
               ELSE IF _TETrace[k - 1].pc = _TETrace[k].pc THEN At(k - 1)
               ELSE CHOOSE p \in DOMAIN _TETrace[k].pc : _TETrace[k - 1].pc[p] # _TETrace[k].pc[p]
  IN  At(i)
LOCAL ClockAt(i) ==
  LET RECURSIVE At(_)
      At(k) == [p \in DOMAIN _TETrace[k].pc |->
                 IF k = 1 THEN 0 ELSE At(k - 1)[p] + IF p = Mover(k) THEN 1 ELSE 0]
  IN  At(i)

Host == Mover(_TEPosition)
Clock == ToJsonObject(ClockAt(_TEPosition))
==============================================================================
