# Sourced by ./run and ./test, never run by itself: the virtual environment in .venv, filled from a hashed lock.
# Every step looks first and works only when something is missing, so the second start costs a fraction of a second.
# The caller has set `root` to the folder of the project.

venv=$root/.venv
python=$venv/bin/python

say() { printf '%s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

# Whether this user may install system packages here.
can_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

# install_system_packages WHY PACKAGE...: installs them, or says what to type; the status tells which.
install_system_packages() {
    why=$1; shift
    if can_apt; then
        say "$why: installing $*"
        { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"; } >&2
        return
    fi
    say "$why. On Debian or Ubuntu:" "" "    sudo apt-get install --no-install-recommends $*" ""
    return 1
}

# The first Python on PATH that is new enough; prints its command.
find_python() {
    for candidate in python3 python3.11 python3.12 python3.13 python3.14 python; do
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
        printf '%s\n' "$candidate"
        return 0
    done
    return 1
}

# Two set-ups at once would write into each other's files; the lock ends with the process or with `unlock`.
lock_venv() {
    mkdir -p "$venv" || die "Cannot write to $root: check who owns it"
    command -v flock >/dev/null 2>&1 || return 0
    exec 9>"$venv/.set-up-lock"
    flock -n 9 || { say "Waiting for another set-up to end"; flock 9; }
}

unlock_venv() { exec 9>&-; }

make_venv() {
    "$python" -c 'import pip' >/dev/null 2>&1 && return 0
    base=$(find_python) || die "Python 3.11 or newer is needed, and none was found on PATH"
    # Debian keeps ensurepip in a package of its own.
    if ! "$base" -c 'import ensurepip' >/dev/null 2>&1; then
        install_system_packages "Python's venv module is missing" python3-venv || exit 1
    fi
    say "Making the virtual environment .venv with $("$base" -V)"
    rm -f "$venv"/.installed-*
    "$base" -m venv "$venv" >&2 ||
        die "Making the virtual environment failed"
}

install_lock_file() {
    if command -v uv >/dev/null 2>&1; then
        uv pip install -q --python "$python" --require-hashes --only-binary :all: -r "$1" && return 0
        say "uv did not manage; trying pip"
    fi
    "$python" -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r "$1" >&2
}

# install_lock NAME: packaging/NAME.lock into .venv, when it is not the one already there.
install_lock() {
    lock_file=$root/packaging/$1.lock
    marker=$venv/.installed-$1
    wanted="$(cksum <"$lock_file") $("$python" -V)"
    [ "$(cat "$marker" 2>/dev/null)" = "$wanted" ] && return 0
    say "Installing packaging/$1.lock (some minutes the first time)"
    rm -f "$marker"
    install_lock_file "$lock_file" || die "Installing packaging/$1.lock failed: see the lines above, then start again"
    printf '%s\n' "$wanted" >"$marker"
}

# The source tree itself, without a build: one line in site-packages and a command.
link_project() {
    packages=$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    link=$packages/station_app_source.pth
    [ "$(cat "$link" 2>/dev/null)" = "$root" ] && [ -x "$venv/bin/station-app" ] && return 0
    printf '#!/bin/sh\nexec "%s" -P -m station_app "$@"\n' "$python" >"$venv/bin/station-app"
    chmod +x "$venv/bin/station-app"
    printf '%s\n' "$root" >"$link"
}

qt_imports() { "$python" -P -c 'import PySide6.QtWidgets' >/dev/null 2>&1; }

window_libraries_load() {
    "$python" -P -c 'import ctypes
for name in ("cursor.so.0", "icccm.so.4", "keysyms.so.1", "shape.so.0"):
    ctypes.CDLL("libxcb-" + name)
ctypes.CDLL("libxkbcommon-x11.so.0")' >/dev/null 2>&1
}

qt_packages="libegl1 libgl1 libglib2.0-0 libxkbcommon0 libfontconfig1 libdbus-1-3"
window_packages="libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"

# Without the first set no Qt module loads. The second is for a window under X11 only: its lack is told, not fatal.
check_qt() {
    if ! qt_imports; then
        # shellcheck disable=SC2086  # a list of packages
        install_system_packages "System libraries for Qt are missing" $qt_packages || exit 1
        qt_imports || { "$python" -P -c 'import PySide6.QtWidgets'; die "Qt does not load: see the line above"; }
    fi
    [ -n "${DISPLAY:-}" ] && [ "$(uname -s)" = Linux ] || return 0
    window_libraries_load && return 0
    # shellcheck disable=SC2086
    install_system_packages "System libraries for windows under X11 are missing" $window_packages ||
        say "Going on: commands without a window need none of them"
}

# set_up NAME: everything above, from the lock of that name.
set_up() {
    lock_venv
    make_venv
    install_lock "$1"
    link_project
    check_qt
    unlock_venv
}
