"""The images of the part under review: read, shown one camera at a time, the next part's read ahead. GUI thread."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from station_app.core.review import QueuedPart
from station_app.gui.frames import StoredFrame
from station_app.gui.reading import Reader
from station_app.gui.review import questions
from station_app.gui.review.questions import Asked, FramesRead
from station_app.gui.review.review_screen import ReviewScreen
from station_app.gui.review.review_state import ReviewState
from station_app.gui.review.watching import Watching


class Picturing(QObject):
    """At most two parts are held: the one on the screen and the one after it."""

    def __init__(self, screen: ReviewScreen, reader: Reader) -> None:
        super().__init__(screen)
        self._screen, self._reader = screen, reader
        self._watching = Watching(screen.canvas, screen.header)
        self._wanted: QueuedPart | None = None
        self._next: QueuedPart | None = None
        self._shown: FramesRead | None = None
        self._ahead: FramesRead | None = None
        screen.header.camera_chosen.connect(self.show_camera)

    def viewed_ms(self) -> int:
        """How long the part has been looked at, fitted or at full size."""
        return self._watching.viewed_ms()

    def pause(self) -> None:
        """The screen was left."""
        self._watching.pause()

    def resume(self) -> None:
        self._watching.look()

    def show(self, state: ReviewState) -> None:
        """Bring the image of the part that is to be reviewed; none while nobody may."""
        wanted = state.part if state.bar is None else None
        self._next = state.parts[1] if wanted is not None and len(state.parts) > 1 else None
        if wanted == self._wanted:
            return
        self._wanted, ahead, self._ahead = wanted, self._ahead, None
        if ahead is not None and ahead.part == wanted:
            self._bring(ahead)
            return
        self._clear()
        if wanted is None:
            self._reader.forget(Asked.FRAMES)
        else:
            self._reader.ask(Asked.FRAMES, partial(questions.frames, part=wanted))

    def take(self, kind: str, read: FramesRead) -> None:
        """Images that were asked for; those of another part meanwhile are dropped."""
        if kind == Asked.AHEAD:
            self._ahead = read if read.part == self._next else None
        elif read.part == self._wanted:
            self._bring(read)

    def next_camera(self) -> None:
        cameras = [frame.camera_id for frame in self._frames()]
        if len(cameras) > 1:
            here = cameras.index(self._screen.canvas.camera_id)
            self.show_camera(cameras[(here + 1) % len(cameras)])

    @Slot(str)
    def show_camera(self, camera_id: str) -> None:
        frames = self._frames()
        pixels = next((frame.pixels for frame in frames if frame.camera_id == camera_id), None)
        self._screen.header.show_cameras(tuple(frame.camera_id for frame in frames), camera_id)
        self._screen.canvas.show_picture(pixels, camera_id)

    def _bring(self, read: FramesRead) -> None:
        self._shown = read
        cameras = tuple(frame.camera_id for frame in read.frames)
        self._watching.start(cameras)
        self._screen.set_without_image(is_without=not cameras)
        self.show_camera(cameras[0] if cameras else "")
        if self._next is not None:
            self._reader.ask(Asked.AHEAD, partial(questions.frames, part=self._next))

    def _clear(self) -> None:
        self._shown = None
        self._watching.start(())
        self._screen.set_without_image(is_without=False)
        self.show_camera("")

    def _frames(self) -> tuple[StoredFrame, ...]:
        return self._shown.frames if self._shown is not None else ()
