#!/bin/sh
# Runs all tests: installs what they need, builds, tests, and ends with one line of totals.
#   eng/test.sh         everything
#   eng/test.sh unit    only what needs no framework build and no public suite
set -eu
cd "$(dirname "$0")/.."
what=${1:-all}
results=$PWD/artifacts/test-results
status=0
rm -rf "$results"
mkdir -p "$results"

step() { printf '\n== %s\n' "$1"; }

for tool in dotnet node npm; do
    command -v "$tool" >/dev/null || { echo "Please install $tool; README.md names the versions." >&2; exit 1; }
done

step "Format"
dotnet tool restore
dotnet csharpier check .

step "Build"
dotnet build Selvedge.slnx -c Release --nologo

if [ "$what" != unit ]; then
    step "Test tools"
    sh eng/install-test-tools.sh
    step "Framework builds"
    for app in $(node eng/build-framework.mjs --list); do
        node eng/build-framework.mjs "$app"
    done
fi

step "Tests"
for project in tests/*.Tests/*.csproj; do
    name=$(basename "$project" .csproj)
    case "$what:$name" in unit:*Frameworks*) continue ;; esac
    # A test project is a program; running it directly is what `dotnet test` would come to, without the wait.
    dotnet exec "tests/$name/bin/Release/net10.0/$name.dll" -noLogo -noColor -trx "$results/$name.trx" || status=1
    [ -f "$results/$name.trx" ] || { echo "$name ended without a result." >&2; status=1; }
done

if [ "$what" != unit ]; then
    step "Public suites"
    for suite in tests/Conformance/*/; do
        name=$(basename "$suite")
        # Not `npm ci`: it refuses a lock file that lacks optional packages of other platforms, and not every mirror holds those.
        (cd "$suite" && npm install --no-save --ignore-scripts --no-audit --no-fund --silent && npm test --silent -- "$results/$name.json") || status=1
        [ -f "$results/$name.json" ] || { echo "$name ended without a result." >&2; status=1; }
    done
fi

step "Allocation budgets"
dotnet exec bench/Selvedge.Benchmarks/bin/Release/net10.0/Selvedge.Benchmarks.dll budgets || status=1

echo
node eng/totals.mjs "$results" || status=1
exit $status
