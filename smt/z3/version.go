package z3

// #cgo LDFLAGS: -lz3
// #include <z3.h>
import "C"

import "fmt"

// version is the linked library's, which go-z3 does not tell.
func version() string {
	var major, minor, build, revision C.uint
	C.Z3_get_version(&major, &minor, &build, &revision)
	return fmt.Sprintf("%d.%d.%d", major, minor, build)
}
