package frontend

import (
	"regexp"
	"strings"

	"github.com/lemma-mc/lemma/source"
)

// A file of TLA+ may hold its config, behind the module, as TLC has it: a line
// ---- CONFIG Name ----, then what a .cfg file would say, then ====.
var (
	configHead = regexp.MustCompile(`^-{4,}[ \t]*CONFIG[ \t]+\w+[ \t]*-{4,}\s*$`)
	configEnd  = regexp.MustCompile(`^={4,}\s*$`)
)

// embeddedConfig is text with all but its config blanked, so that every place
// in the config is where it was; false when there is none.
func embeddedConfig(text string) (string, bool) {
	var out strings.Builder
	inside, found := false, false
	for line := range strings.Lines(text) {
		head := !found && configHead.MatchString(line)
		if inside && configEnd.MatchString(line) {
			inside = false
		}
		if inside {
			out.WriteString(line)
		} else {
			out.WriteString(blank(line))
		}
		if head {
			inside, found = true, true
		}
	}
	return out.String(), found
}

// blank is line with a space for each byte but the newline.
func blank(line string) string {
	body := strings.TrimSuffix(line, "\n")
	return strings.Repeat(" ", len(body)) + line[len(body):]
}

// holdsConfig tells whether the file at path has a config in it.
func holdsConfig(files source.FileSystem, path string) bool {
	text, err := files.ReadFile(path)
	if err != nil {
		return false
	}
	_, found := embeddedConfig(string(text))
	return found
}
