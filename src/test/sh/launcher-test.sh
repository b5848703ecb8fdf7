#!/bin/sh
# Tests the launcher, target/lstm, with the JDK at hand and with pretended ones, and what make install puts beside it.
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

skipped() { # skipped WHAT PROGRAM: tells of a test that cannot be
  printf 'skipped %s: there is no %s\n' "$1" "$2"
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
expect 0 '' '' diff -r target/lib "$tmp/in stalled/share/lstm/lib"
for document in LICENSE NOTICE; do
  expect 0 '' '' cmp "$document" "$tmp/in stalled/share/lstm/$document"
done

# Its completion in bash: words COMMANDLINE... prints what is offered for the last of them.
share="$tmp/in stalled/share"
mkdir "$tmp/files"
touch "$tmp/files/my model.safetensors" "$tmp/files/text.txt" "$tmp/files/\$(touch ran).safetensors"
words() {
  bash -c 'compopt() { :; }
    cd "$1" && . "$2" && shift 2 && COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) && _lstm && printf "<%s>" "${COMPREPLY[@]}"' \
    bash "$tmp/files" "$share/bash-completion/completions/lstm" "$@"
}
expect 0 '<train>' '' words lstm tr
expect 0 '<train><sample><repl>*<completion>' '' words lstm ''
expect 0 '<--version>' '' words lstm --v
expect 0 '<lstm><peephole><gru><rnn>' '' words lstm train --cell ''
expect 0 '<gru>' '' words lstm train --cell = g
expect 0 '<lstm><peephole><gru><rnn>' '' words lstm train --cell =
expect 0 '<auto><vector><ojalgo>' '' words lstm sample --kernel ''
expect 0 '<cosine>' '' words lstm train text.txt --schedule cos
expect 0 '<--schedule>' '' words lstm train -o export --sched
expect 0 '<--echo>' '' words lstm sample --e
expect 0 '*<my model.safetensors>*' '' words lstm sample ''
expect 0 '<$(touch ran).safetensors>' '' words lstm sample '$'
expect 0 '<my model.safetensors>' '' words lstm eval my
expect 0 '<>' '' words lstm repl my.safetensors ''
expect 0 '<my model.safetensors>*' '' words lstm info my.safetensors ''
expect 0 '<>' '' words lstm train --layers ''
# Nothing is offered where readline completes the names of files.
for place in 'eval my.safetensors' train 'train --out' 'train --out =' 'train --metrics' 'sample --prime-file' 'train --'; do
  # shellcheck disable=SC2086 # split on purpose
  expect 0 '<>' '' words lstm $place te
done
expect 1 '' '' test -e "$tmp/files/ran"

# The same at a terminal, where the shell itself splits the line: lstm shows what it was given.
typed='lstm train --cell=pee\t te\t -o my\t --sched\tlin\t\n'
given='*got<train><--cell=peephole><text.txt><-o><my model.safetensors><--schedule?*linear>*'
if command -v script >/dev/null && script --version 2>/dev/null | grep -q util-linux; then
  {
    printf 'cd "%s"; . "%s"; lstm() { printf got; printf "<%%s>" "$@"; }\n' "$tmp/files" \
      "$share/bash-completion/completions/lstm"
    # shellcheck disable=SC2059 # tabs and line breaks
    printf "$typed"
    echo exit
  } >"$tmp/typed"
  expect 0 "$given" '' env INPUTRC=/dev/null sh -c 'script -qec "bash --norc --noprofile -i" /dev/null <"$1"' sh "$tmp/typed"
else
  skipped 'completion at a terminal in bash' "script of util-linux"
fi
if command -v zsh >/dev/null; then
  # It loads the function at the first Tab, which has to do its work already.
  expect 0 "$given" '' zsh -fc 'zmodload zsh/zpty
    zpty shell zsh -f -i
    zpty -w shell "PS1=; cd ${(q)1}; fpath=(${(q)2} \$fpath); autoload -Uz compinit; compinit -u -D"
    zpty -w shell "lstm() { printf got; printf \"<%s>\" \$@; printf \"\\n\"; exit }"
    zpty -wn shell ${(g::)3}
    zpty -r shell output "*got<*" && zpty -r shell rest && print -r -- $output$rest' \
    zsh "$tmp/files" "$share/zsh/site-functions" "$typed"
else
  skipped 'completion in zsh' zsh
fi

# Every command has its page, and that names every option that the help names.
unnamed() { # unnamed COMMAND: prints the options that are not in its page
  sed -e 's/\\f[BIR]//g' -e 's/\\-/-/g' "$share/man/man1/lstm-$1.1" >"$tmp/page" || return
  "$lstm" "$1" --help | grep -o -e '--[a-z][a-z-]*' | sort -u >"$tmp/options"
  [ -s "$tmp/options" ] || return
  while read -r option; do
    grep -q -e "$option" "$tmp/page" || echo "$option"
  done <"$tmp/options"
}
commands=$("$lstm" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z]*\)  .*/\1/p')
expect 0 'train*sample*repl*' '' echo "$commands"
for command in $commands; do
  expect 0 '' '' unnamed "$command"
done
for checker in 'mandoc -T lint -W warning' 'groff -ww -man -Tutf8 -z'; do
  if command -v "${checker%% *}" >/dev/null; then
    expect 0 '' '' sh -c 'cd "$1/man/man1" && $2 ./*.1' sh "$share" "$checker"
  else
    skipped 'the man pages' "${checker%% *}"
  fi
done

expect 0 '' '' make -s uninstall PREFIX="$tmp/in stalled"
expect 0 '' '' find "$tmp/in stalled" -name '*lstm*'
mkdir "$tmp/lone"
cp target/lstm "$tmp/lone"
expect 1 '' 'lstm: found lstm.jar neither in *' "$tmp/lone/lstm"

# Standard error that is closed; options for the JVM, good ones and bad ones.
expect 0 "$ok" '' sh -c '"$1" --version 2>&-' sh "$lstm"
expect 1 '' 'lstm: nothing to read in standard input: it is empty' sh -c '"$1" train - <&-' sh "$lstm"
# Standard input or output that is closed: Java's own files must not be read and written in their place.
model=$PWD/checkpoints/tales.safetensors
expect 0 '' '' sh -c '"$1" repl "$2" <&-' sh "$lstm" "$model"
expect 1 '' 'lstm: cannot write to standard output: *' sh -c '"$1" --version >&-' sh "$lstm"
expect 1 '' '' sh -c '"$1" --version <&- >&- 2>&-' sh "$lstm"
# What reaches nobody has failed, but for a reader who has had enough.
if [ -c /dev/full ]; then
  for words in --version 'sample -n 5' 'sample -n 5 --json' info 'completion bash'; do
    # shellcheck disable=SC2086 # split on purpose
    expect 1 '' 'lstm: cannot write to standard output: No space left on device' \
      sh -c '"$@" >/dev/full' sh "$lstm" $words
  done
else
  skipped 'a standard output that is full' /dev/full
fi
expect 0 ? '' bash -c 'set -o pipefail; "$1" sample "$2" -n 100000000 | head -c 1' bash "$lstm" "$model"
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
