#!/usr/bin/env bash
# Trains on this machine as on many, by the launcher and as spark-submit does, with the Spark that the tests have copied.
set -euo pipefail
project=$(cd "$(dirname "$0")/../../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export SPARK_HOME=$project/target/spark/home
mkdir "$folder/bin"
ln -s "$project/target/spark/lstm" "$folder/bin/lstm"
ln -s "$project/target/spark/lstm.jar" "$project/target/spark/lib" "$folder"
# What Spark's own does, which is in no jar.
opens=$(sed -n 's:.*<spark.opens>\(.*\)</spark.opens>.*:\1:p' "$project/pom.xml")
cat >"$folder/bin/spark-submit" <<END
#!/bin/sh
exec java ${opens//--add-opens /--add-opens=} --add-modules=jdk.incubator.vector -cp "$SPARK_HOME/jars/*" org.apache.spark.deploy.SparkSubmit "\$@"
END
chmod 755 "$folder/bin/spark-submit"
export PATH="$folder/bin:$PATH"
cd "$folder"
head -c 20000 "$project/corpora/tales.txt" >my.txt

passed=0
while IFS= read -r command; do
  printf '$ %s\n' "$command"
  case $command in
    *--resume*) cmp submitted.safetensors checkpoints/my.safetensors ;; # by both ways the same training
  esac
  bash -c "$command" </dev/null >out.txt 2>err.txt || {
    cat err.txt
    printf 'the README says: %s\n' "$command"
    exit 1
  }
  passed=$((passed + 1))
done < <(awk '/^```$/ { inside = 0 } inside { print } /^```sh spark$/ { inside = 1 }' "$project/README.md")
[ "$passed" -gt 2 ] || { echo "found only $passed commands for Spark in the README"; exit 1; }

fails() { # fails EXPECTED COMMAND...: the command ends with 1 and this line
  local expected=$1 said
  shift
  if said=$("$@" 2>&1); then
    echo "did not fail: $*"
    exit 1
  fi
  # shellcheck disable=SC2053 # a pattern
  [[ ${said##*$'\n'} == $expected ]] || { printf 'expected %s\nfound %s\n' "$expected" "$said"; exit 1; }
  passed=$((passed + 1))
}
fails 'lstm: found no Spark: set SPARK_HOME to where Spark 4 is installed' \
  env -u SPARK_HOME lstm train my.txt --spark 'local[2]' --workers 2
fails "lstm: SPARK_HOME is $folder, but there is no*" env SPARK_HOME="$folder" lstm train my.txt --spark 'local[2]' --workers 2
fails 'lstm: this build of lstm trains on one machine alone*' \
  "$project/target/lstm" train my.txt --spark 'local[2]' --workers 2
printf '%s passed, 0 failed\n' "$passed"
