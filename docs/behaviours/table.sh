#!/usr/bin/env bash
# Prints number -> result -> test for every behaviour of numbers.txt, from what the last test runs wrote, and fails on a gap:
# a number without a passing test, or with a failing one.
#   docs/behaviours/table.sh             after `mvn verify` and the acceptance profile
#   docs/behaviours/table.sh --verify    after `mvn verify` alone: numbers marked `acceptance` may be missing
set -euo pipefail
cd "$(dirname "$0")/../.."
mode="${1:-all}"
case "$mode" in all | --verify) ;; *) echo "usage: $0 [--verify]" >&2; exit 2 ;; esac
shopt -s nullglob
records=(*/target/behaviours/*.tsv)
if ((${#records[@]} == 0)); then
    echo "no records in */target/behaviours: run the tests first (mvn verify)" >&2
    exit 2
fi
awk -F '\t' -v mode="$mode" '
    FNR == NR {
        if ($0 !~ /^#/ && NF) { split($0, part, " "); order[++count] = part[1]; mark[part[1]] = part[2] }
        next
    }
    # a test that ran again counts by its last result
    { result[$1, $3] = $2; if (!(($1, $3) in seen)) { seen[$1, $3] = 1; tests[$1] = tests[$1] (tests[$1] == "" ? "" : "\t") $3 } }
    END {
        for (i = 1; i <= count; i++) {
            number = order[i]; passed = failed = skipped = 0; shown = ""
            n = tests[number] == "" ? 0 : split(tests[number], name, "\t")
            for (j = 1; j <= n; j++) {
                state = result[number, name[j]]
                if (state == "failed") { failed++; shown = name[j] }
                else if (state == "skipped") { skipped++; if (shown == "") shown = name[j] }
                else { passed++; if (!failed) shown = name[j] }
            }
            state = failed ? "FAILED" : passed ? "passed" : skipped ? "skipped" : "MISSING"
            fine = state == "passed" || state == "skipped" && mark[number] == "original-stack" \
                || mode == "--verify" && state != "FAILED" && mark[number] == "acceptance"
            gaps += !fine
            printf "%s  %-7s  %3d  %s\n", number, state, n, substr(shown, 1, 150)
            totals[state]++
        }
        printf "\n%d behaviours: %d passed, %d skipped, %d failed, %d missing; %d gaps\n", count, totals["passed"], \
            totals["skipped"], totals["FAILED"], totals["MISSING"], gaps
        exit gaps > 0
    }' docs/behaviours/numbers.txt "${records[@]}"
