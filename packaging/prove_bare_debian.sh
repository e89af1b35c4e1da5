#!/bin/bash
# Proves ./test and ./run on an empty Debian: a minimal system in a folder, with python3 and git and nothing else,
# and in it a clone of this project's last commit. As root, where debootstrap is installed:
#
#   packaging/prove_bare_debian.sh FOLDER [REPOSITORY]
#
# The folder is kept, so that a second proof starts from the system already there and sets the project up anew in it.
# What was installed by the first proof stays: for a wholly empty system, name another folder.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
folder=${1:?say which folder the system goes into}
repository=${2:-$here}
mounted=()

unmount() {
    local point
    for point in "${mounted[@]}"; do umount "$point" || umount --lazy "$point"; done
}

mount_at() {
    local point=${*: -1}
    mkdir -p "$point"
    mount "$@"
    mounted=("$point" "${mounted[@]}")
}

make_system() {
    [[ -e $folder/usr/bin/git ]] && return
    # Without DEBIAN_MIRROR debootstrap asks its own.
    debootstrap --variant=minbase --include=python3,git,ca-certificates bookworm "$folder" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"}
}

# copy PATH: the file or folder of this machine to the same place in the system, if there is one. What stands there goes
# first: written through, an absolute link in the system would lead back to a file of this machine.
copy() {
    [[ -e $1 ]] || return 0
    mkdir -p "$folder$(dirname "$1")"
    rm -rf "${folder:?}$1"
    cp -aL "$1" "$folder$(dirname "$1")/"
}

# How this machine reaches Debian's and Python's packages; a machine that needs nothing special has none of it.
copy_package_settings() {
    local part
    rm -f "$folder/etc/apt/sources.list" "$folder"/etc/apt/sources.list.d/*
    for part in /etc/apt/sources.list /etc/apt/sources.list.d /etc/pip.conf /etc/xdg/pip \
        /etc/ssl/certs/ca-certificates.crt /etc/resolv.conf /etc/hosts; do
        copy "$part"
    done
    for part in /etc/apt/apt.conf.d/*; do
        grep -qE '^Acquire::(Check|http|https)' "$part" && copy "$part"
    done
    [[ ! -f ~/.config/pip/pip.conf ]] || install -D -m 600 ~/.config/pip/pip.conf "$folder/root/.config/pip/pip.conf"
    [[ ! -f ~/.pip/pip.conf ]] || install -D -m 600 ~/.pip/pip.conf "$folder/root/.pip/pip.conf"
}

mount_system() {
    mount_at -t proc proc "$folder/proc"
    mount_at --bind /dev "$folder/dev"
    mount_at -t tmpfs -o mode=1777 shm "$folder/dev/shm"
    # Packages on this machine's disk, where pip's settings name some.
    if cat /etc/pip.conf ~/.config/pip/pip.conf ~/.pip/pip.conf 2>/dev/null | grep -q /opt/ || env | grep -q '^PIP_.*/opt/'; then
        mount_at --bind /opt "$folder/opt"
        mount -o remount,bind,ro "$folder/opt"
    fi
}

clone_project() {
    rm -rf "$folder/root/station"
    git clone -q --no-hardlinks "$repository" "$folder/root/station"
    git -C "$folder/root/station" log -1 --format='Proving %h %s'
}

# inside COMMAND: in the system, in the clone, with pip's settings and no others, without input and without a screen.
inside() {
    local -a settings
    mapfile -t settings < <(env | grep -E '^(PIP_|SSL_CERT_|REQUESTS_CA_BUNDLE=|https?_proxy=|no_proxy=)')
    local started=$SECONDS
    echo "== $1"
    chroot "$folder" /usr/bin/env -i HOME=/root LANG=C.UTF-8 "${settings[@]}" \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin /bin/sh -c "cd /root/station && $1" </dev/null
    echo "== $((SECONDS - started)) s"
}

trap unmount EXIT
make_system
copy_package_settings
mount_system
clone_project
inside './test'
inside './run demo --parts 20'
inside './run demo --parts 20'
echo "Proved on Debian $(cat "$folder/etc/debian_version")"
