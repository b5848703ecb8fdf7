#!/bin/sh
# Tests the launcher, target/lstm, with the JDK at hand and with pretended ones.
# shellcheck disable=SC2016 # what stands in single quotes, an inner shell expands
cd "$(dirname "$0")/../../.." || exit

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
passed=0
failed=0

# expect CODE OUT ERR COMMAND...: the exit code, and shell patterns for standard output and standard error
expect() {
  want_code=$1 want_out=$2 want_err=$3
  shift 3
  "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
  code=$? out=$(cat "$tmp/out") err=$(cat "$tmp/err")
  # shellcheck disable=SC2254 # patterns on purpose
  case $code in $want_code) case $out in $want_out) case $err in $want_err)
    passed=$((passed + 1))
    return ;;
  esac ;; esac ;; esac
  failed=$((failed + 1))
  printf 'FAILED %s\n  exit code %s, wanted %s\n  output: %s\n  wanted: %s\n  error: %s\n  wanted: %s\n' \
    "$*" "$code" "$want_code" "$out" "$want_out" "$err" "$want_err"
}

# jdk FOLDER VERSION MODULES COMMANDS: a pretended JDK with a release file, unless VERSION is empty
jdk() {
  mkdir -p "$1/bin"
  [ -z "$2" ] || printf 'JAVA_VERSION="%s"\nMODULES="%s"\n' "$2" "$3" >"$1/release"
  printf '#!/bin/sh\n%s\n' "$4" >"$1/bin/java"
  chmod +x "$1/bin/java"
}

lstm=$PWD/target/lstm
ok='lstm *'

# Places: another folder, a chain of symbolic links, a copy whose path has spaces.
mkdir -p "$tmp/a b/target"
cp -R target/lstm target/lstm.jar target/lib "$tmp/a b/target"
ln -s "$lstm" "$tmp/absolute"
ln -s ../absolute "$tmp/a b/relative"
for command in "$lstm" "$tmp/a b/relative" "$tmp/a b/target/lstm"; do
  expect 0 "$ok" '' sh -c 'cd "$1" && "$2" --version' sh "$tmp" "$command"
done
expect 0 "$ok" '' sh -c 'cd target && sh lstm --version'

# An installed copy, and nothing left of it after it has gone.
expect 0 '' '' make -s install PREFIX="$tmp/in stalled"
expect 0 "$ok" '' "$tmp/in stalled/bin/lstm" --version
expect 0 '' '' make -s uninstall PREFIX="$tmp/in stalled"
expect 0 '' '' find "$tmp/in stalled" -name '*lstm*'
mkdir "$tmp/lone"
cp target/lstm "$tmp/lone"
expect 1 '' 'lstm: found lstm.jar neither in *' "$tmp/lone/lstm"

# Standard error that is closed; options for the JVM, good ones and bad ones.
expect 0 "$ok" '' sh -c '"$1" --version 2>&-' sh "$lstm"
expect 0 "$ok" '' env LSTM_JAVA_OPTS='-Xmx64m -ea' "$lstm" --version
expect 1 '' "lstm: *: Unrecognized VM option 'Nonsense'" env LSTM_JAVA_OPTS=-XX:Nonsense "$lstm" --version
expect 1 '' 'lstm: *: Multiple garbage collectors selected' env LSTM_JAVA_OPTS=-XX:+UseParallelGC "$lstm" --version

# No Java, or one that is too old, with a release file and without.
expect 1 '' 'lstm: found no Java*' env -u JAVA_HOME PATH= "$lstm"
expect 1 '' "lstm: JAVA_HOME is $tmp/none, but*" env JAVA_HOME="$tmp/none" "$lstm"
jdk "$tmp/11" 11.0.2 java.base 'echo must not start'
expect 1 '' "lstm: needs Java 17 or newer, but $tmp/11/bin/java is 11.0.2;*" env JAVA_HOME="$tmp/11" "$lstm"
expect 1 '' "lstm: needs Java 17 or newer, but $tmp/11/bin/java is 11.0.2;*" \
  env -u JAVA_HOME PATH="$tmp/11/bin:$PATH" "$lstm"
jdk "$tmp/8" '' '' "echo 'java version \"1.8.0_392\"' >&2"
expect 1 '' "*$tmp/8/bin/java is 1.8.0_392;*" env JAVA_HOME="$tmp/8" "$lstm"
jdk "$tmp/stub" '' '' 'echo "Unable to locate a Java Runtime." >&2; exit 1'
expect 1 '' '*no Java that tells its version;*' env JAVA_HOME="$tmp/stub" "$lstm"

# What Java is given: arguments as they were, and the vector module only where there is one.
jdk "$tmp/21" 21 'java.base jdk.incubator.vector' 'printf "<%s>" "$@"'
expect 0 '*<--add-modules=jdk.incubator.vector>*<-jar>*<a  b><\*><>' '' env JAVA_HOME="$tmp/21" "$lstm" 'a  b' '*' ''
jdk "$tmp/30" 30-ea java.base 'case $* in *add-modules*) exit 1 ;; esac'
expect 0 '' '' env JAVA_HOME="$tmp/30" "$lstm"

printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
