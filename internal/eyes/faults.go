package main

import "slices"

// faults are all of them; a fault's number is its place, counted from 1.
var faults = slices.Concat(valueFaults, evalFaults, explicitFaults, temporalFaults, encodeFaults, bmcFaults, inductionFaults, jobFaults, validateFaults, explainFaults, smtFaults, frontendFaults, pluscalFaults)
