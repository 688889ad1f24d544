------------------------- MODULE WriteThroughCache -------------------------
(* Caches before a memory that all writes go through to at once: a write     *)
(* changes memory and the writer's cache, and takes the address out of the   *)
(* other caches.                                                             *)
CONSTANTS Processor, Address, Value, Missing

ASSUME Missing \notin Value

VARIABLES memory, cache

vars == <<memory, cache>>

TypeOK ==
    /\ memory \in [Address -> Value]
    /\ cache \in [Processor -> [Address -> Value \cup {Missing}]]

Init ==
    /\ memory \in [Address -> Value]
    /\ cache = [p \in Processor |-> [a \in Address |-> Missing]]

Load(p, a) ==
    /\ cache[p][a] = Missing
    /\ cache' = [cache EXCEPT ![p][a] = memory[a]]
    /\ UNCHANGED memory

Evict(p, a) ==
    /\ cache[p][a] # Missing
    /\ cache' = [cache EXCEPT ![p][a] = Missing]
    /\ UNCHANGED memory

Write(p, a, v) ==
    /\ memory' = [memory EXCEPT ![a] = v]
    /\ cache' = [q \in Processor |->
           IF q = p THEN [cache[q] EXCEPT ![a] = v] ELSE [cache[q] EXCEPT ![a] = Missing]]

Next ==
    \E p \in Processor, a \in Address :
        Load(p, a) \/ Evict(p, a) \/ \E v \in Value : Write(p, a, v)

Spec == Init /\ [][Next]_vars

\* What is cached is what is in memory. For each address any value, and any
\* set of caches that have it: (Values * 2^Processors)^Addresses states.
Coherent == \A p \in Processor, a \in Address : cache[p][a] \in {memory[a], Missing}

\* want --explicit: verified, 256 distinct, depth 7
\* want --induct: proved Coherent
============================================================================
