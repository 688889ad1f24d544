package testspec

// SlowWalk is the body of a module whose 60 steps take the evaluator long enough to
// look at its context in each of them. From x = 50 on, Low, Up, Talk and Tell are
// violated; Tell writes that it is.
const SlowWalk = `VARIABLE x
	Init == x = 0
	Next == x < 60 /\ x' = x + 1 /\ \A y \in 1..2500 : y + x > 0
	Low == x < 50
	Up == [][x < 50]_x
	Talk == Assert(x < 50, "too far")
	Tell == IF x < 50 THEN TRUE ELSE PrintT("found") /\ FALSE`

// A Writer is called when something is written, such as to end a context then.
type Writer func()

func (w Writer) Write(p []byte) (int, error) { w(); return len(p), nil }
