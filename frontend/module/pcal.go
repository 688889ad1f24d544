package module

import (
	"regexp"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/pluscal"
	"github.com/lemma-mc/lemma/frontend/syntax"
	"github.com/lemma-mc/lemma/source"
)

// translate adds to a module the translation of the PlusCal algorithm in its
// file. When the file holds a translation, that one counts, and is only
// compared; between BEGIN and END TRANSLATION there may be nothing yet. It returns false when the algorithm has errors that matter.
func (r *run) translate(f *source.File, tree *syntax.Module) bool {
	if !strings.Contains(f.Text, "algorithm") { // spares the search of most files
		return true
	}
	region, ok := pluscal.Find(f)
	if !ok || behindAnother(f, region, tree) {
		return true
	}
	var own diag.List
	algorithm := pluscal.Parse(r.loader.Files, f, region, &own)
	var units []syntax.Unit
	if algorithm != nil {
		units = pluscal.Translate(algorithm, &own)
	}
	if written := inBlock(f, region, tree); len(written) > 0 {
		r.compare(f, region, written, algorithm, units)
		return true
	}
	for _, d := range own.All() {
		r.diags.Add(d)
	}
	if own.Err() != nil || algorithm == nil {
		return false
	}
	tree.Slips = append(tree.Slips, algorithm.Slips...)
	at := slices.IndexFunc(tree.Units, func(u syntax.Unit) bool { return u.Pos().Start >= f.Pos(region.End) })
	if at < 0 || f.Pos(region.Start) > tree.Span.End {
		at = len(tree.Units)
	}
	tree.Units = slices.Insert(tree.Units, at, units...)
	return true
}

// A moduleHeader begins a module.
var moduleHeader = regexp.MustCompile(`(?m)^[ \t]*-{4,}[ \t]*MODULE[ \t]+\w+[ \t]*-{4,}`)

// behindAnother tells whether the algorithm at region is that of another module,
// which follows tree in the file. An algorithm may stand outside of its module.
func behindAnother(f *source.File, region *pluscal.Region, tree *syntax.Module) bool {
	end := f.Offset(tree.Span.End)
	return end <= region.Start && moduleHeader.MatchString(f.Text[end:region.Start])
}

// inBlock are the units of the translation that is in the file.
func inBlock(f *source.File, region *pluscal.Region, tree *syntax.Module) []syntax.Unit {
	var written []syntax.Unit
	for _, u := range tree.Units {
		if region.InBlock(f, u) {
			written = append(written, u)
		}
	}
	return written
}

// compare warns when the translation in the file is not the algorithm's.
func (r *run) compare(f *source.File, region *pluscal.Region, written []syntax.Unit, a *pluscal.Algorithm, fresh []syntax.Unit) {
	if a == nil || fresh == nil {
		return
	}
	if d := pluscal.Stale(f, region, a, fresh, written); d != nil {
		r.report(note{d})
	}
}
