----------------------- MODULE GermanCacheInductive ------------------------
(* Why GermanCache is right. *)
EXTENDS GermanCache

Grants == {"grant shared", "grant exclusive"}

\* The directory knows who has access, or gets it, or is about to lose it.
AccessIsKnown ==
    \A c \in Client : cache[c] # "invalid" \/ told[c] # "none" \/ ack[c] => c \in sharers
ExclusiveIsKnown ==
    \A c \in Client : cache[c] = "exclusive" \/ told[c] = "grant exclusive" => exclusive
ExclusiveIsAlone == exclusive => \A c, d \in sharers : c = d
InvalidatedAreSharers == toInvalidate \subseteq sharers

\* An invalidation is under way only for a request that needs it.
InvalidationHasCause ==
    \A c \in Client : told[c] = "invalidate" \/ ack[c] =>
        command = "own" \/ (command = "share" /\ exclusive)
InvalidatedOnce ==
    \A c \in toInvalidate : command # "none" => ~ack[c] /\ told[c] # "invalidate"
AckIsLast == \A c \in Client : ack[c] => cache[c] = "invalid" /\ told[c] = "none"

\* want --induct: verified
============================================================================
