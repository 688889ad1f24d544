-------------------------- MODULE AlternatingBit ---------------------------
(* Data over lines that lose messages. Bartlett, Scantlebury and Wilkinson,  *)
(* "A note on reliable full-duplex transmission over half-duplex links",     *)
(* CACM 12 (1969). The sender repeats a value with a bit until the same bit  *)
(* comes back, and then takes the next value and the other bit.              *)
EXTENDS Naturals, Sequences

CONSTANTS
    Data,
    Room    \* how many messages a line holds

VARIABLES
    toSend, sendBit,        \* what is being sent, with which bit
    received, receiveBit,   \* what was received last, and with which bit
    line, answers           \* the lines there and back

vars == <<toSend, sendBit, received, receiveBit, line, answers>>

TypeOK ==
    /\ toSend \in Data /\ received \in Data
    /\ sendBit \in 0..1 /\ receiveBit \in 0..1
    /\ line \in Seq((0..1) \X Data) /\ Len(line) <= Room
    /\ answers \in Seq(0..1) /\ Len(answers) <= Room

Init ==
    /\ toSend \in Data /\ received = toSend
    /\ sendBit = 0 /\ receiveBit = 0
    /\ line = <<>> /\ answers = <<>>

Transmit ==
    /\ Len(line) < Room
    /\ line' = Append(line, <<sendBit, toSend>>)
    /\ UNCHANGED <<toSend, sendBit, received, receiveBit, answers>>

Receive ==
    /\ line # <<>>
    /\ receiveBit' = Head(line)[1]
    /\ received' = Head(line)[2]
    /\ line' = Tail(line)
    /\ UNCHANGED <<toSend, sendBit, answers>>

Answer ==
    /\ Len(answers) < Room
    /\ answers' = Append(answers, receiveBit)
    /\ UNCHANGED <<toSend, sendBit, received, receiveBit, line>>

\* An answer with the present bit: the value has arrived.
ReceiveAnswer ==
    /\ answers # <<>>
    /\ answers' = Tail(answers)
    /\ IF Head(answers) = sendBit
       THEN toSend' \in Data /\ sendBit' = 1 - sendBit
       ELSE UNCHANGED <<toSend, sendBit>>
    /\ UNCHANGED <<received, receiveBit, line>>

Without(s, i) == SubSeq(s, 1, i - 1) \o SubSeq(s, i + 1, Len(s))

Lose ==
    /\ \/ \E i \in 1..Len(line) : line' = Without(line, i) /\ UNCHANGED answers
       \/ \E i \in 1..Len(answers) : answers' = Without(answers, i) /\ UNCHANGED line
    /\ UNCHANGED <<toSend, sendBit, received, receiveBit>>

Next == Transmit \/ Receive \/ Answer \/ ReceiveAnswer \/ Lose

Spec == Init /\ [][Next]_vars

\* When the bits agree, what was sent last has arrived.
Delivered == sendBit = receiveBit => received = toSend

\* want --explicit: verified, 216 distinct, depth 13
============================================================================
