#!/bin/sh
# Runs the tests of functions on each Node.js that is supported; npm brings those that are not there.
#   eng/test-nodes.sh            20, 22 and 24
#   eng/test-nodes.sh 24         that one; further arguments go to the test program
set -eu
cd "$(dirname "$0")/.."
nodes=${1:-"20 22 24"}
[ $# -eq 0 ] || shift
name=Selvedge.Functions.Tests
status=0

dotnet build "tests/$name/$name.csproj" -c Release --nologo -v quiet

for major in $nodes; do
    directory=$PWD/artifacts/nodes/$major
    package=$(node -p '`node-${process.platform}-${process.arch}`')
    node=$directory/node_modules/$package/bin/node
    if [ ! -x "$node" ]; then
        mkdir -p "$directory"
        (cd "$directory" && npm install --no-save --no-package-lock --ignore-scripts --no-audit --no-fund --silent "$package@$major")
    fi

    printf '\n== Node.js %s\n' "$("$node" --version)"
    NODE_UNDER_TEST=$node dotnet exec "tests/$name/bin/Release/net10.0/$name.dll" -noLogo -noColor "$@" || status=1
done

exit $status
