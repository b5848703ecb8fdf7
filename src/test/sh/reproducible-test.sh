#!/usr/bin/env bash
# Builds a copy of the source as somebody else would, in another folder, with another umask, time zone and language, and
# compares what ships with what is in target/, byte for byte.
set -euo pipefail
cd "$(dirname "$0")/../../.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
make -s build

mkdir "$tmp/else where"
tar -cf - --exclude=./target --exclude=./.git . | tar -xf - -C "$tmp/else where"
(
  umask 077
  # Turkish, for its capital of i is not I.
  export TZ=Pacific/Auckland LC_ALL=C JAVA_TOOL_OPTIONS='-Duser.language=tr -Duser.country=TR'
  make -s -C "$tmp/else where" build >"$tmp/log" 2>&1
) || { cat "$tmp/log"; exit 1; }

compared=0
for part in lstm lstm.jar lib share; do
  diff -r "target/$part" "$tmp/else where/target/$part"
  compared=$((compared + $(find "target/$part" -type f | wc -l)))
done
printf '%s files are the same in both builds\n' "$compared"
