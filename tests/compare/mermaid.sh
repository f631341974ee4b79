#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Draws the flowchart on standard input with mermaid-cli and Debian's Chromium: as root
# that has no sandbox.
set -eu

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

cat >"$scratch/chart.mmd"
printf '{"executablePath": "%s", "args": ["--no-sandbox"]}\n' \
	"$(command -v chromium)" >"$scratch/browser.json"
"${MERMAID_CLI:-mmdc}" --quiet -p "$scratch/browser.json" \
	-i "$scratch/chart.mmd" -o "$scratch/chart.svg" >&2
cat "$scratch/chart.svg"
