#!/usr/bin/env bash
# Opens Chartmark on the sample project; where there is no display, runs the tour instead.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]; then
  project=build/sample.chartmark
  mkdir -p build
  [ -d "$project" ] || .venv/bin/chartmark sample "$project"
  exec .venv/bin/chartmark open "$project"
fi

echo "There is no display here: running the tour instead (pictures go to build/tour/)."
exec .venv/bin/python -m tests.tour
