// Package fault says which of the faults of package eyes is switched on. No
// code in the tree imports it: eyes puts it into the copy that it builds.
package fault

import (
	"os"
	"strconv"
)

// N is the number of the fault, from the environment; 0 for none.
var N, _ = strconv.Atoi(os.Getenv("LEMMA_FAULT"))
