// Package deploy holds what runs the service and the checker elsewhere: a container
// file, a compose file and a GitHub Action. Its tests hold them against the program
// and the repository: what they name is there, and what they run is understood.
package deploy

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/lemma-mc/lemma/internal/testprogram"
)

// lemma is the program, built once.
var lemma string

func TestMain(m *testing.M) { testprogram.Main(m, &lemma) }

// read decodes a YAML file; a field that v does not have is an error.
func read(t *testing.T, path string, v any) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	d := yaml.NewDecoder(f)
	d.KnownFields(true)
	if err := d.Decode(v); err != nil {
		t.Fatal(err)
	}
}

// understood checks that lemma knows a command with its flags: help, which it asks
// for as well, comes after all flags are read.
func understood(t *testing.T, args []string) {
	t.Helper()
	if out, err := exec.Command(lemma, append(slices.Clone(args), "--help")...).CombinedOutput(); err != nil {
		t.Errorf("lemma %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// A compose is the part of the Compose Specification that the file uses.
type compose struct {
	Services map[string]struct {
		Image       string
		Build       struct{ Context, Dockerfile string }
		Command     []string
		Environment map[string]string
		Secrets     []string
		Volumes     []string
		Ports       []string
		DependsOn   map[string]struct{ Condition string } `yaml:"depends_on"`
		Healthcheck *struct {
			Test     []string
			Interval string
			Retries  int
		}
		Deploy struct {
			Replicas  int
			Resources struct{ Limits struct{ Memory string } }
		}
		Restart         string
		StopGracePeriod string `yaml:"stop_grace_period"`
	}
	Volumes map[string]any
	Secrets map[string]struct{ File string }
}

func TestCompose(t *testing.T) {
	var c compose
	read(t, "compose.yaml", &c)
	workers := 0
	for name, s := range c.Services {
		if s.Image == "" {
			if _, err := os.Stat(filepath.Join(s.Build.Context, s.Build.Dockerfile)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			understood(t, s.Command)
		}
		if slices.Contains(s.Command, "worker") {
			workers += max(1, s.Deploy.Replicas)
		}
		for other, on := range s.DependsOn {
			if on.Condition == "service_healthy" && c.Services[other].Healthcheck == nil {
				t.Errorf("%s depends on the health of %s, which has no check", name, other)
			}
		}
		for _, v := range s.Volumes {
			if from, _, _ := strings.Cut(v, ":"); !strings.HasPrefix(from, ".") {
				if _, ok := c.Volumes[from]; !ok {
					t.Errorf("%s: there is no volume %s", name, from)
				}
			}
		}
		for _, text := range append(slices.Clone(s.Command), fmt.Sprint(s.Environment)) {
			for _, secret := range regexp.MustCompile(`/run/secrets/(\w+)`).FindAllStringSubmatch(text, -1) {
				if _, ok := c.Secrets[secret[1]]; !ok || !slices.Contains(s.Secrets, secret[1]) {
					t.Errorf("%s has no secret %s", name, secret[1])
				}
			}
		}
	}
	if workers != 2 || len(c.Services) != 3 {
		t.Errorf("%d workers, %d services", workers, len(c.Services))
	}
}

// instructions are those of a container file, each on one line.
func instructions(t *testing.T) [][2]string {
	t.Helper()
	text, err := os.ReadFile("Containerfile")
	if err != nil {
		t.Fatal(err)
	}
	var out [][2]string
	for line := range strings.Lines(strings.ReplaceAll(string(text), "\\\n", " ")) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			name, rest, _ := strings.Cut(line, " ")
			out = append(out, [2]string{name, rest})
		}
	}
	return out
}

func TestContainerfile(t *testing.T) {
	var entry, command []string
	known := []string{"FROM", "RUN", "WORKDIR", "COPY", "USER", "VOLUME", "EXPOSE", "ENTRYPOINT", "CMD"}
	for _, i := range instructions(t) {
		name, rest := i[0], i[1]
		var err error
		switch {
		case !slices.Contains(known, name):
			t.Errorf("%s is no instruction that is used here", name)
		case name == "ENTRYPOINT":
			err = json.Unmarshal([]byte(rest), &entry)
		case name == "CMD":
			err = json.Unmarshal([]byte(rest), &command)
		case name == "RUN":
			err = exec.Command("sh", "-n", "-c", rest).Run()
		case name == "COPY" && !strings.HasPrefix(rest, "--from"):
			for _, from := range strings.Fields(rest)[:len(strings.Fields(rest))-1] {
				if _, wrong := os.Stat(filepath.Join("..", from)); wrong != nil {
					err = wrong
				}
			}
		}
		if err != nil {
			t.Errorf("%s %s: %v", name, rest, err)
		}
	}
	if len(entry) != 1 || entry[0] != "lemma" {
		t.Errorf("entry point %v", entry)
	}
	understood(t, command)
}

// TestGoVersion: the image that builds has the Go that go.mod asks for.
func TestGoVersion(t *testing.T) {
	text, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	want := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(string(text))
	if from := instructions(t)[0][1]; want == nil || !strings.Contains(from, "golang:"+want[1]) {
		t.Errorf("built by %s, go.mod says %v", from, want)
	}
}

// TestLibraries: the libraries that the program is linked to are in the image, by
// the packages that it installs or by what these depend on.
func TestLibraries(t *testing.T) {
	out, err := exec.Command("ldd", lemma).Output()
	if err != nil {
		t.Skip("no ldd: ", err)
	}
	installed := fmt.Sprint(instructions(t)) + " libc6 libgcc-s1 "
	for _, library := range regexp.MustCompile(`=> (/\S+)`).FindAllStringSubmatch(string(out), -1) {
		path, _ := filepath.EvalSymlinks(library[1])
		owner, err := exec.Command("dpkg", "-S", path).Output()
		if err != nil {
			owner, err = exec.Command("dpkg", "-S", strings.TrimPrefix(path, "/usr")).Output()
		}
		if err != nil {
			t.Skip("no package is known to have ", path)
		}
		if name, _, _ := strings.Cut(string(owner), ":"); !strings.Contains(installed, name+" ") {
			t.Errorf("%s, of the package %s, is not installed", library[1], name)
		}
	}
}

// An action is the part of an action's metadata that the file uses.
type action struct {
	Name, Description string
	Inputs            map[string]struct {
		Description, Default string
		Required             bool
	}
	Runs struct {
		Using string
		Steps []struct {
			Name, Uses, Shell, Run string
			With, Env              map[string]string
		}
	}
}

// TestAction runs the action's script as a runner would, on a spec with a violation
// and on one without.
func TestAction(t *testing.T) {
	var a action
	read(t, "action.yml", &a)
	for _, s := range a.Runs.Steps {
		for _, input := range regexp.MustCompile(`inputs\.(\w+)`).FindAllStringSubmatch(fmt.Sprint(s.Run, s.With, s.Env), -1) {
			if _, ok := a.Inputs[input[1]]; !ok {
				t.Errorf("step %s: there is no input %s", s.Name, input[1])
			}
		}
		if s.Uses == "" && (s.Shell != "bash" || exec.Command("bash", "-n", "-c", s.Run).Run() != nil) {
			t.Errorf("step %s is no script for bash", s.Name)
		}
	}
	check := a.Runs.Steps[len(a.Runs.Steps)-1]
	folder := t.TempDir()
	summary := filepath.Join(folder, "summary")
	for invariant, want := range map[string]int{"x < 9": 0, "x < 3": 12} {
		spec := filepath.Join(folder, "Count.tla")
		text := "---- MODULE Count ----\nEXTENDS Naturals\nVARIABLE x\nInit == x = 0\nNext == x' = (x + 1) % 5\n===="
		if err := os.WriteFile(spec, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("bash", "-e", "-c", check.Run)
		cmd.Env = append(os.Environ(), "GITHUB_ACTION_PATH="+filepath.Join(filepath.Dir(filepath.Dir(lemma)), "deploy"), "RUNNER_TEMP="+folder,
			"GITHUB_STEP_SUMMARY="+summary, "SPEC="+spec, "LEMMA_SERVER=", "ARGS=--explicit --invariant "+strings.ReplaceAll(invariant, " ", ""))
		if err := os.MkdirAll(filepath.Join(filepath.Dir(filepath.Dir(lemma)), "deploy"), 0o700); err != nil {
			t.Fatal(err)
		}
		out, _ := cmd.CombinedOutput()
		if code := cmd.ProcessState.ExitCode(); code != want {
			t.Errorf("%s: exit code %d, want %d\n%s", invariant, code, want, out)
		}
		if text, err := os.ReadFile(summary); err != nil || len(text) == 0 {
			t.Errorf("%s: the summary is empty: %v", invariant, err)
		}
	}
}
