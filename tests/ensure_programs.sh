#!/bin/sh
# Makes sure that the programs the tests need are here: as root on Debian they are installed, elsewhere the first
# missing one ends `make test` after the other tests have run (see tests/test_programs.py).
set -eu

here() { command -v "$1" >/dev/null 2>&1; }
a_browser() { here chromium-headless-shell || here chromium || here chromium-browser || here google-chrome; }
install() {
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null
}

if [ "$(id -u)" = 0 ] && here apt-get; then
  here nginx || install nginx-light
  # The smaller Chromium is quicker; where there is none the whole one does as well.
  here chromium-headless-shell || install chromium-headless-shell || a_browser || install chromium
fi
