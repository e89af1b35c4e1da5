"""What the first-time user does, step by step; each is shown by a picture and proved by the records."""

import re
import time
from pathlib import Path

from station_app.devices.rendering.plan import RenderSpec
from tests.campaigns.diary import Diary
from tests.campaigns.part_eyes import LookedAt, box_around, look_at
from tests.campaigns.person import BUTTONS, CELLS, Person, begins, matches
from tests.campaigns.seen_station import Piece
from tests.campaigns.told_records import Records

SEED = 2026
SPEC = RenderSpec(defect_rate=0.25, seed=SEED, has_codes=True)
STRIP, ENOUGH = 12, 20
"""Parts that the strip of the line shows, and blind samples that are reviewed at least."""
PATIENCE_S = 300.0
ADMIN, QUALITY, OPERATOR = ("maria", "Maria Keller"), ("wei", "Li Wei"), ("jan", "Jan Novak")
ADMIN_PASSWORD, QUALITY_PASSWORD, PIN = "seven green lamps", "blue paper boat 9", "4821"


class Story:
    """One telling. `home` is the user's own folder; `serial` is of the part that they want to see again."""

    def __init__(self, person: Person, records: Records, diary: Diary, home: Path) -> None:
        self.person, self.records, self.diary, self.home = person, records, diary, home
        self.serial = ""

    def tell(self, language: str) -> None:
        self.see_the_line(language)
        self.set_up_administrator()
        self.add_people()
        self.sign_in()
        self.find_part()
        self.override_it()
        self.review_blind()
        self.read_escapes()
        self.export_report()
        self.see_models()
        self.return_to_line()

    def see_the_line(self, language: str) -> None:
        """The station has started and inspects; the number of a rejected part is kept in mind."""
        person = self.person
        person.find("Menu")
        if language == "zh_CN":
            person.tap("中文")
            person.speak(language)
        person.wait_until(self._is_strip_full, "twelve parts in the strip", 60.0)
        tile = person.find(matches(r"SN\d+.*NG"))
        self.serial = re.findall(r"SN\d+", tile.says)[0]
        self.diary.keep("01_line")

    def _is_strip_full(self) -> bool:
        return len([piece for piece in self.person.see() if piece.kind == "Tile" and "SN" in piece.says]) >= STRIP

    def set_up_administrator(self) -> None:
        person = self.person
        person.tap("Menu")
        self._open("people", "first opening of People")
        person.fill("Name of the account", ADMIN[0])
        person.fill("Full name", ADMIN[1])
        person.fill("Password, at least 10 letters", ADMIN_PASSWORD)
        person.fill("Password again", ADMIN_PASSWORD)
        self.diary.keep("02_administrator")
        person.tap("Save")
        person.wait_until(lambda: self.records.roles() == {ADMIN[0]: "admin"}, "the administrator on record")

    def add_people(self) -> None:
        """One for quality with a password, one for the line with a PIN; the administrator signs for both."""
        person = self.person
        person.tap("Add an account")
        self._name(QUALITY)
        person.choose("Role", "Quality")
        person.fill("Password, at least 10 letters", QUALITY_PASSWORD)
        person.fill("Password again", QUALITY_PASSWORD)
        self._sign_account()
        self.diary.keep("03_account")
        person.press("Return")
        person.wait_until(lambda: self.records.roles().get(QUALITY[0]) == "quality", "the quality account on record")
        person.tap("Add an account")
        self._name(OPERATOR)
        person.fill("PIN, 4 to 8 digits", PIN)
        person.fill("PIN again", PIN)
        self._sign_account()
        person.tap("Save")
        person.wait_until(lambda: self.records.roles().get(OPERATOR[0]) == "operator", "the operator on record")

    def _name(self, names: tuple[str, str]) -> None:
        self.person.fill("Name of the account", names[0])
        self.person.fill("Full name", names[1])

    def _sign_account(self) -> None:
        self.person.fill("Reason, kept for ever", "New at line 3")
        self.person.fill("Your own password, to sign this", ADMIN_PASSWORD)

    def sign_in(self) -> None:
        """Quality takes the administrator's place."""
        person = self.person
        person.tap(begins(ADMIN[1]))
        person.tap(QUALITY[1])
        self.person.desktop.type(QUALITY_PASSWORD)
        self.diary.keep("04_sign_in")
        person.press("Return")
        person.find(begins(QUALITY[1]))

    def find_part(self) -> None:
        person = self.person
        self._open("history", "first opening of History")
        person.fill("Serial number begins", self.serial)
        person.find(lambda piece: piece.says == self.serial, CELLS)
        person.wait_until(lambda: len(self._found()) == 1, "one part in the list")
        time.sleep(0.5)
        self.diary.keep("05_found")

    def _found(self) -> set[str]:
        return {piece.name.split(",")[0] for piece in self.person.see() if piece.kind == "cell"}

    def override_it(self) -> None:
        person, part = self.person, self.records.part_of(self.serial)
        assert part is not None and part[1] == "FAIL", f"{self.serial} is {part}"
        cell = person.find(lambda piece: piece.says == self.serial, CELLS)
        self._watch("part opened from the list", cell)
        person.tap("false_reject")
        time.sleep(0.3)
        self.diary.keep("06_override")
        person.tap("within_limit_sample")
        wanted = [(QUALITY[0], "false_reject", "within_limit_sample")]
        person.wait_until(lambda: self.records.decisions(part[0]) == wanted, "the decision on record")
        time.sleep(0.7)
        self.diary.keep("07_overridden")

    def review_blind(self) -> None:
        """Enough wait: the line is paused, and everything that was drawn is judged."""
        person = self.person
        self._open("review", "first opening of Review")
        person.wait_until(lambda: self._waiting() >= ENOUGH, f"{ENOUGH} blind parts", PATIENCE_S)
        self._pause()
        self._open("review", "Review opened again")
        self._judge_all()
        person.wait_until(lambda: len(self.records.reviews(QUALITY[0])) >= ENOUGH, "20 reviews on record")
        time.sleep(0.5)
        self.diary.keep("11_reviewed")
        self.diary.say(f"{len(self.records.reviews(QUALITY[0]))} blind reviews")

    def _waiting(self) -> int:
        """The number beside the queue's name."""
        said = self.person.find("blind", ("QueueButton",)).says
        return int(next(iter(re.findall(r"\d+", said)), "0"))

    def _pause(self) -> None:
        person = self.person
        self._open("run", "back to the line")
        person.tap("run_pause")
        person.wait_until(self._is_quiet, "the line stands", 10.0)
        person.tap("Menu")

    def _is_quiet(self) -> bool:
        before = self.records.parts()
        time.sleep(1.5)
        return self.records.parts() == before

    def _judge_all(self) -> None:
        before, has_box = "", False
        for number in range(self._waiting()):
            part, canvas = self._next_part(before)
            if number == 0:
                self.diary.keep("08_blind")
            self._judge(part, canvas, is_first_bad=bool(part.defects) and not has_box)
            has_box = has_box or bool(part.defects)
            before = part.serial
        assert has_box, "no bad part was drawn: nothing could be marked"

    def _next_part(self, before: str) -> tuple[LookedAt, Piece]:
        """Until another part is on the screen and the eyes can read it."""
        seen: list[tuple[LookedAt, Piece]] = []

        def is_there() -> bool:
            canvas = self.person.find(lambda _: True, ("SketchCanvas",))
            part = look_at(self.person.desktop.look(), canvas, SPEC)
            if part is not None and part.serial != before:
                seen.append((part, canvas))
            return bool(seen)

        self.person.wait_until(is_there, f"another blind part than {before}")
        return seen[0]

    def _judge(self, part: LookedAt, canvas: Piece, *, is_first_bad: bool) -> None:
        """The first bad part with the mouse and a box, all others by keys, as the buttons' corners teach them."""
        person = self.person
        recorded = len(self.records.reviews(QUALITY[0]))
        if is_first_bad:
            self._draw(part, canvas)
            person.tap("record")
        else:
            person.press(self._label_key(part) if part.defects else "g")
            person.press("Return")
        person.wait_until(lambda: len(self.records.reviews(QUALITY[0])) == recorded + 1, "the review on record")
        answer, drawn = self.records.reviews(QUALITY[0])[-1]
        assert answer == ("bad" if part.defects else "good"), f"{part} was recorded as {answer}"
        assert not is_first_bad or drawn != "[]", "nothing drawn is on record"
        person.find("reveal")
        if is_first_bad:
            self._watch_key("r", "answer revealed")
        else:
            person.press("r")
        person.find("next")
        if is_first_bad:
            self.diary.keep("10_revealed")
        person.press("n")

    def _draw(self, part: LookedAt, canvas: Piece) -> None:
        person = self.person
        person.tap("box", ("SmallButton",))
        person.desktop.drag(*box_around(part.defects[0], canvas, SPEC))
        time.sleep(0.3)
        person.tap(self._label(part))
        time.sleep(0.3)
        self.diary.keep("09_box")

    def _label(self, part: LookedAt) -> str:
        return part.defects[0].label.replace("_", " ").capitalize()

    def _label_key(self, part: LookedAt) -> str:
        """The number in the corner of the tile."""
        return self.person.find(self._label(part), ("SmallButton",)).name

    def read_escapes(self) -> None:
        """A figure with its interval, which the blind sample carries."""
        person = self.person
        self._open("history", "History opened again")
        person.tap("Back")
        person.tap("Clear all")
        self._watch("Escapes opened", person.find("Escapes"))
        said = person.find(matches(r"\d %|\d\u00a0%"), ("FactsPane",), live=False).says
        self.diary.say(f"read: {said}")
        escapes = said.split("; ")[0]
        assert re.search(r"\d[\s\u00a0]?%", escapes), f"no escape rate: {escapes}"
        time.sleep(0.5)
        self.diary.keep("12_escapes")

    def export_report(self) -> None:
        """As a file in the folder that the dialogue offers; the records hold who took it out."""
        person = self.person
        person.tap("Parts")
        self._watch("dialogue of the shift report", person.find("Shift report"))
        person.tap("Export", ("QPushButton",))
        person.wait_until(lambda: bool(self._reports()), "a report on the disk", 60.0)
        report = self._reports()[0]
        person.find(lambda piece: str(report) in piece.says, ("WhyPane",), live=False)
        assert report.read_bytes().startswith(b"%PDF"), f"{report} is no PDF"
        assert self.records.audited("exported") == 1, "the export is not in the audit chain"
        self.diary.say(f"report: {report.name}, {report.stat().st_size // 1000} kB")
        time.sleep(0.5)
        self.diary.keep("13_report")

    def _reports(self) -> list[Path]:
        return sorted(self.home.rglob("*.pdf"))

    def see_models(self) -> None:
        """A new station has none from a channel, and says where they would come from."""
        self._open("models", "first opening of Models")
        self.person.find("Packages")
        self.person.find("Look at the channel now", live=False)
        time.sleep(0.5)
        self.diary.keep("14_models")

    def return_to_line(self) -> None:
        person = self.person
        self._open("run", "back to the line")
        person.tap("run_pause")
        before = self.records.parts()
        person.wait_until(lambda: self.records.parts() > before + 2, "the line runs again")
        self.diary.keep("15_back")

    def _open(self, screen: str, what: str) -> None:
        self._watch(what, self.person.find(screen, BUTTONS))

    def _watch(self, what: str, piece: Piece) -> None:
        """A click, and how long until the screen below the alarm line, right of the rail, is painted."""
        self.person.desktop.point(piece.middle)
        time.sleep(0.2)
        self.diary.watch(what, ("click", "1"), self._room())

    def _watch_key(self, key: str, what: str) -> None:
        self.diary.watch(what, ("key", key), self._room())

    def _room(self) -> tuple[int, int, int, int]:
        width, height = self.person.desktop.size
        alarm = self.person.find(lambda _: True, ("AlarmLine",), live=False)
        rail = self.person.find("history", live=False)
        x, y = rail.x + rail.width + rail.x, alarm.y + alarm.height
        return x, y, width - x, height - y
