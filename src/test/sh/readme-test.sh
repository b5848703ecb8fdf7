#!/usr/bin/env bash
# Runs the commands of the README that stand in blocks marked sh, and its Java example, so that it stays true.
# A short my.txt and names.txt stand in for the reader's own; the blocks run in order, in one empty folder.
set -euo pipefail
project=$(cd "$(dirname "$0")/../../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin"
ln -s "$project/target/lstm" "$folder/bin/lstm"
export PATH="$folder/bin:$PATH"
cd "$folder"
head -c 6000 "$project/corpora/tales.txt" >my.txt
grep -oE '[A-Z][a-z]{2,}' my.txt | sort -u >names.txt

block() { # block LANGUAGE: the lines of the README's blocks in it
  awk -v start="^\`\`\`$1\$" '/^```$/ { inside = 0 } inside { print } $0 ~ start { inside = 1 }' "$project/README.md"
}

passed=0
while IFS= read -r command; do
  printf '$ %s\n' "$command"
  # head closes the pipe early on purpose, which must not fail the command before it.
  bash -o pipefail -c "$command" </dev/null >out.txt 2>err.txt || {
    cat err.txt
    printf 'the README says: %s\n' "$command"
    exit 1
  }
  passed=$((passed + 1))
done < <(block sh)

block java >Example.java
text=$(java --add-modules jdk.incubator.vector -cp "$project/target/lstm.jar" Example.java \
  "$project/checkpoints/tales.safetensors")
[ ${#text} -gt 100 ] || { echo "the README's Java example printed ${#text} characters"; exit 1; }
passed=$((passed + 1))

[ "$passed" -gt 10 ] || { echo "found only $passed commands in the README"; exit 1; }
printf '%s passed, 0 failed\n' "$passed"
