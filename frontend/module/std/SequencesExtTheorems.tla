------------------------ MODULE SequencesExtTheorems -------------------------
(* Facts about sequences are named in proofs only, which are not checked. *)
EXTENDS Sequences, SequencesExt, Functions
==============================================================================
