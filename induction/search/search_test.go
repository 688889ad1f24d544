package search_test

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/induction/search"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
)

var specFlag = flag.String("spec", "", "")
var anyFlag = flag.String("any", "", "")
var invFlag = flag.String("inv", "", "")
var seedFlag = flag.Uint64("seed", 1, "")

func TestTry(t *testing.T) {
	if *specFlag == "" {
		t.Skip()
	}
	ctx := context.Background()
	o := frontend.Options{Files: &source.Set{}, Spec: *specFlag}
	cfg, err := frontend.ReadConfig(o.Files, strings.TrimSuffix(*specFlag, filepath.Ext(*specFlag))+".cfg")
	if err != nil {
		t.Fatal(err)
	}
	o.Config = cfg
	o.FreeConstants = true
	if *anyFlag != "" {
		o.Any = strings.Split(*anyFlag, ",")
	}
	if *invFlag != "" {
		o.Invariants = strings.Split(*invFlag, ",")
	}
	sys, _, err := frontend.Load(o)
	if err != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	goals := append(sys.Invariants, sys.Lemmas...)
	found, err := search.Find(ctx, sys, goals, search.Options{Seed: *seedFlag, Trace: func(f string, a ...any) { fmt.Printf(f+"\n", a...) }})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("%v: %d states\n", time.Since(begin), found.States)
	for _, l := range found.Lemmas {
		fmt.Println(ir.String(l.Expr))
	}
	if found.Why != "" {
		fmt.Println("OPEN", found.Why)
	}
}
