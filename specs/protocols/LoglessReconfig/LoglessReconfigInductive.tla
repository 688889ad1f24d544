--------------------- MODULE LoglessReconfigInductive ----------------------
(* Why LoglessReconfig is right. A configuration is disabled when each of   *)
(* its quorums has a server with a newer one: nobody is elected in it then. *)
EXTENDS LoglessReconfig

Active(s) == \E Q \in Quorums(config[s]) : \A v \in Q : ~IsNewer(v, s)

PrimaryHasItsTerm == \A s \in Server : state[s] = "primary" => configTerm[s] = currentTerm[s]
PrimaryIsInConfig == \A s \in Server : state[s] = "primary" => s \in config[s]
ConfigsAreNotEmpty == \A s \in Server : config[s] # {}
VersionNamesConfig == \A s, t \in Server : IsSame(s, t) => config[s] = config[t]
PrimaryHasNewestOfItsTerm ==
    \A s, t \in Server :
        state[s] = "primary" /\ configTerm[t] = currentTerm[s] => configVersion[t] <= configVersion[s]
ActiveConfigsOverlap ==
    \A s, t \in Server : Active(s) /\ Active(t) => Overlap(config[s], config[t])
ActiveConfigsKnowTerms ==
    \A s, t \in Server : Active(t) =>
        \A Q \in Quorums(config[t]) : \E v \in Q : currentTerm[v] >= configTerm[s]

\* want --explicit: verified, 5362 distinct, depth 10
\* want --induct: verified
============================================================================
