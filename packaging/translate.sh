#!/bin/sh
# Brings the catalogues up to the sources: new texts come in empty, texts that are gone go out, then they are compiled.
#   packaging/translate.sh        after changing a visible text; says how many texts still need a translation
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
cd "$root"
for catalogue in assets/translations/station_*.ts; do
    .venv/bin/pyside6-lupdate -silent -no-obsolete -locations none $(find station_app/gui -name "*.py" | sort) -ts "$catalogue"
    printf '%s: %s texts without translation\n' "$catalogue" "$(grep -c 'type="unfinished"' "$catalogue" || true)"
    .venv/bin/pyside6-lrelease -silent "$catalogue" -qm "${catalogue%.ts}.qm"
done
