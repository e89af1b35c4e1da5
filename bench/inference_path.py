"""The inference path alone, array in and findings out, against the bare `session.run` on the same model and frames.

Both sides run in one process with the same number of threads, part by part in turn, so that whatever else the machine
does meets both. Printed are medians over rounds of the rounds' medians; the target is 1.05 x bare for a model of
50-100 ms. Each frame is 5 MP mono8 and carries a scratch one pixel wide, which the path has to find.

    python bench/inference_path.py [--parts 30] [--rounds 5] [--threads 1]
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper

from station_app.core.inspection import Frame, FrameStamp, Pixels
from station_app.core.recipe import QualityLimits, Thresholds
from station_app.inference.inspector import Inspector, Reading
from station_app.inference.manifest import Fit, InputContract, Manifest, Task
from station_app.inference.package import ModelPackage
from station_app.inference.package_writer import write_package
from station_app.inference.preprocess import quality_fault
from station_app.inference.region_plan import plan_regions
from station_app.inference.region_reader import RegionReader, TileSheet

HEIGHT, WIDTH = 2048, 2448
STRIDE = 4
LABELS = ("scratch", "dent", "stain")
REVIEW = 0.05
OPSET = helper.make_opsetid("", 17)


@dataclass(frozen=True, slots=True)
class Case:
    """One way to judge a 5 MP frame: the input size, how the frame meets it, and the network's width and depth."""

    name: str
    fit: Fit
    side: int
    overlap: int
    channels: int
    blocks: int


CASES = (
    Case("area 5 MP -> 256 x 256", Fit.AREA, 256, 0, 64, 8),
    Case("tiles 512 x 512 native (30 runs)", Fit.TILE, 512, 64, 8, 1),
)


def build_model(case: Case) -> bytes:
    """A residual stack of random convolutions beside a plain contrast: costs what a network costs, sees the scratch."""
    rng = np.random.default_rng(7)
    nodes: list[onnx.NodeProto] = []
    constants: list[onnx.TensorProto] = []

    def node(kind: str, inputs: list[str], output: str, **attributes: int | list[int]) -> str:
        nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def constant(name: str, value: object) -> str:
        constants.append(numpy_helper.from_array(np.asarray(value, np.float32), name))
        return name

    def conv(source: str, inward: int, outward: int, kernel: int, stride: int) -> str:
        name = f"c{len(nodes)}"
        spread = np.sqrt(2 / (inward * kernel**2))
        weight = constant(f"{name}_w", rng.normal(0, spread, (outward, inward, kernel, kernel)))
        pad = kernel // 2
        return node("Conv", [source, weight], name, strides=[stride] * 2, pads=[pad] * 4, kernel_shape=[kernel] * 2)

    grey = node("Cast", ["image"], "grey", to=TensorProto.FLOAT)
    unit = node("Mul", [grey, constant("white", 1 / 255)], "unit")
    plane = node("Transpose", [unit], "plane", perm=[0, 3, 1, 2])
    wide = node("Relu", [conv(plane, 1, case.channels, 7, STRIDE)], "stem")
    for block in range(case.blocks):
        inner = node("Relu", [conv(wide, case.channels, case.channels, 3, 1)], f"r{block}")
        added = node("Add", [conv(inner, case.channels, case.channels, 3, 1), wide], f"s{block}")
        wide = node("Mul", [node("Relu", [added], f"o{block}"), constant(f"half{block}", 0.5)], f"h{block}")
    logits = conv(wide, case.channels, len(LABELS), 1, 1)
    faint = node("Mul", [node("Sigmoid", [logits], "sigmoid"), constant("faint", 1e-3)], "faint_scores")
    top = node("MaxPool", [plane], "top", kernel_shape=[STRIDE] * 2, strides=[STRIDE] * 2)
    coarse = node("AveragePool", [plane], "coarse", kernel_shape=[STRIDE] * 2, strides=[STRIDE] * 2)
    mean = node("AveragePool", [coarse], "mean", kernel_shape=[3, 3], strides=[1, 1], pads=[1] * 4)
    contrast = node("Relu", [node("Sub", [top, mean], "difference")], "contrast")
    first = constant("first", np.eye(len(LABELS))[0].reshape(1, -1, 1, 1))
    summed = node("Add", [node("Mul", [contrast, first], "scratch"), faint], "sum")
    node("Clip", [summed, constant("low", 0.0), constant("high", 1.0)], "scores")
    image = helper.make_tensor_value_info("image", TensorProto.UINT8, [1, case.side, case.side, 1])
    shape = [1, len(LABELS), case.side // STRIDE, case.side // STRIDE]
    scores = helper.make_tensor_value_info("scores", TensorProto.FLOAT, shape)
    graph = helper.make_graph(nodes, "bench", [image], [scores], constants)
    return bytes(helper.make_model(graph, opset_imports=[OPSET], ir_version=8).SerializeToString())


def build_package(case: Case, folder: Path) -> ModelPackage:
    draft = Manifest(
        name="bench",
        version="1",
        task=Task.SEGMENTATION,
        labels=LABELS,
        input=InputContract("image", 1, case.side, case.side, case.fit, 1, case.overlap),
        outputs=(("scores", "scores"),),
        thresholds=tuple((label, Thresholds(REVIEW, 0.6)) for label in LABELS),
        output_stride=STRIDE,
    )
    golden = np.random.default_rng(3).integers(0, 256, (case.side, case.side), np.uint8)
    return write_package(folder / f"{case.fit}-{case.side}", draft, build_model(case), [golden])


def scratch_row(part_id: int) -> int:
    return 301 + 97 * part_id


def scratched_frames(count: int) -> list[Frame]:
    """Smoothly lit parts with camera noise, each with a one-pixel scratch at another place."""
    rng = np.random.default_rng(11)
    light = np.linspace(100, 130, WIDTH)[None, :] + np.linspace(0, 10, HEIGHT)[:, None]
    frames = []
    for index in range(count):
        pixels: Pixels = (light + rng.integers(-2, 3, (HEIGHT, WIDTH))).astype(np.uint8)
        pixels[scratch_row(index), 400:1400] = 255
        frames.append(Frame(index, "bench", FrameStamp(index, 0), pixels))
    return frames


def bare_loop(package: ModelPackage, threads: int, frames: list[Frame]) -> Callable[[Frame], None]:
    """`session.run` on tensors that lie ready, the very ones that the path makes out of each frame."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = ort.InferenceSession(package.model, options, providers=["CPUExecutionProvider"])
    tensors = {frame.part_id: ready_tensors(package, frame) for frame in frames}

    def part(frame: Frame) -> None:
        for tensor in tensors[frame.part_id]:
            session.run(["scores"], {"image": tensor})

    return part


def ready_tensors(package: ModelPackage, frame: Frame) -> list[Pixels]:
    (plan,) = plan_regions(package.manifest, frame.pixels.shape, ())
    reduced = RegionReader(plan, package.manifest.input.channels).read(frame.pixels)
    sheet = TileSheet(package.manifest.input.shape)
    return [sheet.lay(reduced, tile).copy() for tile in plan.tiles]


def measure(case: Case, arguments: argparse.Namespace, folder: Path) -> str:
    package = build_package(case, folder)
    thresholds = dict(package.manifest.thresholds)
    frames = scratched_frames(4)
    with Inspector(package, provider="CPU", threads=arguments.threads) as inspector:
        inspector.warm_up(frames[0].pixels.shape)
        found = [is_scratch_found(inspector.inspect(frame, (), thresholds, None), frame) for frame in frames]

        def whole(frame: Frame) -> None:
            prepared = inspector.prepare(frame, ())
            quality_fault(prepared.quality, QualityLimits())
            inspector.judge(prepared, thresholds, time.monotonic_ns() + 10**11)

        ours, theirs = interleave(whole, bare_loop(package, arguments.threads, frames), frames, arguments)
    return (
        f"{case.name:34} bare {theirs[0]:7.2f} ms   path {ours[0]:7.2f} ms   ratio {ours[0] / theirs[0]:5.3f}   "
        f"(processor time {theirs[1]:.2f} and {ours[1]:.2f} ms, ratio {ours[1] / theirs[1]:5.3f})   "
        f"scratch found in {sum(found)} of {len(found)}"
    )


def is_scratch_found(reading: Reading, frame: Frame) -> bool:
    row = scratch_row(frame.part_id)
    return any(f.box.y <= row < f.box.bottom and f.box.width > 900 for f in reading.findings)


def interleave(
    whole: Callable[[Frame], None],
    bare: Callable[[Frame], None],
    frames: list[Frame],
    arguments: argparse.Namespace,
) -> tuple[list[float], list[float]]:
    """Milliseconds on the clock and of the processor, of the path and of the bare loop: medians of rounds' medians."""
    rounds = []
    for _ in range(arguments.rounds + 1):
        parts = []
        for index in range(arguments.parts):
            frame = frames[index % len(frames)]
            parts.append((*timed(whole, frame), *timed(bare, frame)))
        rounds.append([statistics.median(column) for column in zip(*parts, strict=True)])
    # The first round warms both sides up.
    medians = [statistics.median(column) for column in zip(*rounds[1:], strict=True)]
    return medians[:2], medians[2:]


def timed(action: Callable[[Frame], None], frame: Frame) -> tuple[float, float]:
    started, started_cpu = time.perf_counter(), time.process_time()
    action(frame)
    return (time.perf_counter() - started) * 1e3, (time.process_time() - started_cpu) * 1e3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", type=int, default=15, help="parts in each round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for case in CASES:
            sys.stdout.write(measure(case, arguments, Path(folder)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
