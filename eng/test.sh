#!/bin/sh
# Runs all tests: installs what they need, builds, tests, and ends with one line of totals.
#   eng/test.sh         everything
#   eng/test.sh unit    only what needs no framework build
set -eu
cd "$(dirname "$0")/.."
what=${1:-all}
results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

step() { printf '\n== %s\n' "$1"; }

for tool in dotnet node; do
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
    for app in next16 next16-edge; do node eng/build-framework.mjs "$app"; done
fi

step "Tests"
status=0
for project in tests/*.Tests/*.csproj; do
    name=$(basename "$project" .csproj)
    case "$what:$name" in unit:*Frameworks*) continue ;; esac
    # A test project is a program; running it directly is what `dotnet test` would come to, without the wait.
    dotnet exec "tests/$name/bin/Release/net10.0/$name.dll" -noLogo -noColor -trx "$results/$name.trx" || status=1
    [ -f "$results/$name.trx" ] || { echo "$name ended without a result." >&2; status=1; }
done

# Each result file counts its tests in one element.
totals=$(cat "$results"/*.trx | grep -o '<Counters [^>]*>' | awk '
    function count(name) { return match($0, name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 2) + 0 : 0 }
    { total += count(" total"); passed += count(" passed"); executed += count(" executed") }
    END { printf "%d %d %d", passed, executed - passed, total - executed }')
set -- $totals
echo
if [ "$3" -gt 0 ]; then echo "$1 passed, $2 failed, $3 skipped"; else echo "$1 passed, $2 failed"; fi
exit $status
