"""Revisions on a real ledger: files are taken in, two people approve, the line loads what is active."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest

from station_app.config import recipe_file, recipe_names
from station_app.core.errors import ConfigError, StorageError
from station_app.core.messages import (
    AlarmCleared,
    AlarmRaised,
    CommandRefused,
    EngineState,
    Priority,
    SignIn,
    StationDescribed,
)
from station_app.core.people import Person, Role, Signature
from station_app.core.recipe import Thresholds
from station_app.core.recipe_deeds import text_sha256
from station_app.core.recipe_edit import with_recipe, with_revision, with_thresholds
from station_app.core.recipe_messages import (
    ActivateRevision,
    ApproveRevision,
    RecipeCommand,
    RetireRevision,
    RevisionChanged,
    RevisionState,
    SaveDraft,
    TakeInFile,
)
from station_app.core.recipe_text import recipe_text
from station_app.core.recipe_toml import parse_recipe
from station_app.engine.engine_setup import EngineSetup
from station_app.engine.recipe_shelf import RecipeFiles, RecipeShelf
from station_app.inference.package_folders import PackageFolders
from station_app.inference.package_look import look_at_packages
from station_app.store.connection import open_reader
from station_app.store.ledger import DATABASE, StationLedger
from tests.engine.conftest import Open
from tests.engine.line import AlreadyProved, Line, LineSettings, open_line
from tests.engine.people import FakeRoster, password_of
from tests.store.records import ROOMY

ROLES = {"wang": Role.ENGINEER, "li": Role.QUALITY, "zhao": Role.ENGINEER, "op": Role.OPERATOR}
ENGINEER, QUALITY, OTHER, OPERATOR = (Signature(name, password_of(name)) for name in ("wang", "li", "zhao", "op"))
DRAFT, APPROVED, ACTIVE, RETIRED = RevisionState


@dataclass
class Plant:
    """A line whose recipes are managed."""

    line: Line
    shelf: RecipeShelf

    def do(self, command: RecipeCommand) -> str:
        """The refusal's sentence, "" where it was done."""
        before = len(self.line.heard.of(CommandRefused))
        self.line.engine.obey(command)
        refused = self.line.heard.of(CommandRefused)[before:]
        return refused[0].what if refused else ""

    def text(self, number: int) -> str:
        saved = self.shelf.history("A17").text_of(number)
        assert saved is not None
        return saved.text

    def states(self) -> dict[int, RevisionState]:
        return {revision.number: revision.state for revision in self.shelf.history("A17").revisions}

    def save(self, number: int = 2, review: float = 0.3) -> str:
        text = with_thresholds(self.text(1), {"scratch": Thresholds(review, 0.6)}, number)
        return self.do(SaveDraft("A17", text, "fewer escapes"))

    def sign(self, signature: Signature, number: int = 2) -> str:
        return self.do(ApproveRevision("A17", number, text_sha256(self.text(number)), signature, "read it"))

    def activate(self, number: int = 2) -> str:
        return self.do(ActivateRevision("A17", number, ENGINEER, "in use"))

    def approve(self, number: int = 2) -> None:
        assert (self.save(number), self.sign(ENGINEER, number), self.sign(QUALITY, number)) == ("", "", "")

    def standing(self, word: str) -> list[AlarmRaised]:
        return [alarm for alarm in self.line.engine.alarms.standing() if alarm.code.startswith(word)]

    def audited(self) -> list[tuple[str, str, str, str, str]]:
        with closing(open_reader(self.line.folder / DATABASE)) as reader:
            query = "SELECT actor, action, before, after, why FROM audit WHERE action LIKE 'recipe_%' ORDER BY id"
            return [tuple(row) for row in reader.execute(query)]


@pytest.fixture
def open_plant(tmp_path: Path) -> Iterator[Callable[[FakeRoster], Plant]]:
    with ExitStack() as opened:

        def open_one(roster: FakeRoster) -> Plant:
            ledger = StationLedger(tmp_path, ROOMY)
            opened.callback(ledger.close)
            shelves = list[RecipeShelf]()

            def managed(setup: EngineSetup) -> EngineSetup:
                shelves.append(make_shelf(tmp_path, ledger))
                return replace(setup, shelf=shelves[0], recipe_names=shelves[0].names, recipe_codes=shelves[0].codes)

            line = open_line(tmp_path, ledger, LineSettings(setup=managed, roster=roster))
            opened.callback(line.engine.close)
            return Plant(line, shelves[0])

        yield open_one


def make_shelf(folder: Path, ledger: StationLedger) -> RecipeShelf:
    recipes, packages = folder / "recipes", folder / "packages"
    files = RecipeFiles(partial(recipe_names, recipes), partial(recipe_file, recipes))
    return RecipeShelf(
        ledger, files, partial(look_at_packages, PackageFolders((packages,)), AlreadyProved(packages / "proved.json"))
    )


@pytest.fixture
def plant(open_plant: Callable[[FakeRoster], Plant]) -> Plant:
    """The engineer wang is signed in."""
    plant = open_plant(FakeRoster(*(Person(name, name.title(), role) for name, role in ROLES.items())))
    plant.line.sign_in("wang")
    return plant


def test_a_file_is_taken_in_active_and_runs_unchanged(plant: Plant) -> None:
    plant.line.run()
    assert plant.line.inspect()[0].recipe == "A17"
    assert plant.states() == {1: ACTIVE}
    assert plant.text(1) == (plant.line.recipes / "A17.toml").read_text(encoding="utf-8")
    loaded = [entry for entry in plant.audited() if entry[1] == "recipe_commissioned"]
    assert [(entry[0], entry[4]) for entry in loaded] == [("station", "commissioned from file")]
    (report,) = plant.shelf.history("A17").texts[0].packages
    assert (report.labels, report.faults) == (("scratch",), ())


def test_two_people_bring_a_draft_into_use_at_the_next_load(plant: Plant) -> None:
    plant.line.run()
    plant.approve()
    assert plant.states() == {1: ACTIVE, 2: APPROVED}
    assert plant.activate() == ""
    assert plant.states() == {1: RETIRED, 2: ACTIVE}
    described = plant.line.heard.of(StationDescribed)[-1]
    assert (described.state, described.recipe_revision) == (EngineState.RUNNING, 1)
    (waiting,) = plant.standing("recipe_waiting")
    assert (waiting.priority, "revision 2" in waiting.what) == (Priority.LOW, True)
    plant.line.engine.load("A17")
    assert plant.line.engine.describe().recipe_revision == 2
    assert plant.standing("recipe_waiting") == []
    assert AlarmCleared("recipe_waiting A17") in plant.line.heard.events


def test_rolling_back_is_one_step_and_ends_the_notice(plant: Plant) -> None:
    plant.line.run()
    plant.approve()
    assert (plant.activate(2), plant.activate(1)) == ("", "")
    assert plant.states() == {1: ACTIVE, 2: RETIRED}
    assert plant.standing("recipe_waiting") == []


def test_every_change_is_told_and_audited_with_before_and_after(plant: Plant) -> None:
    plant.line.run()
    plant.approve()
    assert plant.activate() == ""
    told = plant.line.heard.of(RevisionChanged)
    assert [(event.revision, event.state, event.changed_by) for event in told] == [
        (2, DRAFT, "wang"),
        (2, DRAFT, "wang"),
        (2, APPROVED, "li"),
        (1, RETIRED, "wang"),
        (2, ACTIVE, "wang"),
    ]
    audited = {entry[1]: entry for entry in plant.audited()}
    saved = audited["recipe_draft_saved"]
    assert saved[2:] == ("labels.scratch.review 0.4", "labels.scratch.review 0.3", "fewer escapes")
    assert audited["recipe_activated"][2].startswith("revision 1 active; revision 2 approved")
    assert "li (quality)" in audited["recipe_approved"][3]


def test_what_was_not_looked_at_is_not_approved(plant: Plant) -> None:
    assert plant.save() == ""
    seen = text_sha256(plant.text(2))
    assert plant.save(review=0.2) == ""
    assert "changed since" in plant.do(ApproveRevision("A17", 2, seen, QUALITY, "read it"))
    assert plant.states()[2] is DRAFT


def test_one_person_alone_brings_nothing_into_use(plant: Plant) -> None:
    assert (plant.save(), plant.sign(ENGINEER)) == ("", "")
    assert "it has the approval of wang" in plant.sign(ENGINEER)
    assert "the role engineer" in plant.sign(OTHER)
    assert "may not do this" in plant.sign(OPERATOR)
    assert "wrong" in plant.sign(Signature("li", "guessed"))
    assert "cannot be made active" in plant.activate()
    assert plant.states() == {1: ACTIVE, 2: DRAFT}


@pytest.mark.parametrize(("who", "sentence"), [("", "nobody is signed in"), ("op", "not allow"), ("li", "not allow")])
def test_only_who_may_edit_saves(plant: Plant, who: str, sentence: str) -> None:
    plant.line.engine.obey(SignIn(""))
    if who:
        plant.line.sign_in(who)
    assert sentence in plant.save()
    assert sentence in plant.do(TakeInFile("A17", "new"))
    assert plant.states() == {1: ACTIVE}


def test_a_wrong_text_a_taken_number_and_another_name_are_refused(plant: Plant) -> None:
    text = plant.text(1)
    assert "labels" in plant.do(SaveDraft("A17", text.split("[labels")[0], "why"))
    assert "stays as it is" in plant.do(SaveDraft("A17", text + "# more\n", "why"))
    assert "not of A17" in plant.do(SaveDraft("A17", with_revision(text, 2).replace('"A17"', '"B"'), "why"))
    assert "no reason" in plant.do(SaveDraft("A17", with_revision(text, 2), " "))
    assert "half a character" in plant.do(SaveDraft("A17", with_revision(text, 2), "why \ud800"))
    assert "half a character" in plant.do(RetireRevision("\ud800", 1, QUALITY, "why"))
    assert "no revision 9" in plant.do(RetireRevision("A17", 9, QUALITY, "why"))
    assert plant.states() == {1: ACTIVE}


def test_a_package_that_does_not_fit_is_said_with_the_draft_and_not_approved(plant: Plant) -> None:
    recipe = parse_recipe(plant.text(1))
    model = replace(recipe.cameras[0].model, sha256="ab" * 32)
    wrong = replace(recipe, revision=2, cameras=(replace(recipe.cameras[0], model=model),))
    assert plant.do(SaveDraft("A17", with_recipe(plant.text(1), wrong), "why")) == ""
    saved = plant.shelf.history("A17").text_of(2)
    assert saved is not None
    assert "approved with" in saved.packages[0].faults[0]
    assert "does not fit" in plant.sign(ENGINEER)
    unknown = replace(recipe, revision=2, thresholds=(*recipe.thresholds, ("dent", Thresholds(0.1, 0.2))))
    assert plant.do(SaveDraft("A17", with_recipe(plant.text(1), unknown), "why")) == ""
    assert "dent" in plant.sign(ENGINEER)


def test_a_file_that_differs_is_said_and_can_be_taken_in(plant: Plant) -> None:
    changed = replace(parse_recipe(plant.text(1)), deadline_ms=19_000.0)
    plant.line.write_recipe(changed)
    plant.line.run()
    assert plant.line.engine.describe().recipe_revision == 1
    (alarm,) = plant.standing("recipe_file")
    assert alarm.priority is Priority.LOW
    assert plant.do(TakeInFile("A17", "longer deadline")) == ""
    assert parse_recipe(plant.text(2)) == replace(changed, revision=2)
    assert plant.states() == {1: ACTIVE, 2: DRAFT}


def test_a_file_that_cannot_be_read_any_more_differs(plant: Plant) -> None:
    (plant.line.recipes / "A17.toml").write_bytes(b"\xff\xfe")
    plant.line.run()
    assert len(plant.standing("recipe_file")) == 1
    assert "cannot be read" in plant.do(TakeInFile("A17", "why"))


def test_one_damaged_revision_does_not_stop_the_other_recipes(plant: Plant) -> None:
    text = recipe_text(replace(plant.line.recipe, name="B02"))
    assert plant.do(SaveDraft("B02", text, "new product")) == ""
    with closing(sqlite3.connect(plant.line.folder / DATABASE)) as other:
        other.execute("DROP TRIGGER revision_texts_no_update")
        other.execute("UPDATE revision_texts SET text = 'other' WHERE recipe = 'A17'")
        other.commit()
    assert isinstance(plant.line.ledger, StationLedger)
    shelf = make_shelf(plant.line.folder, plant.line.ledger)
    assert shelf.names() == ()
    with pytest.raises(StorageError, match="damaged"):
        shelf.read("A17", follows_file=False)
    with pytest.raises(ConfigError, match="no revision"):
        shelf.read("B02", follows_file=False)


def test_a_text_of_another_version_stops_no_other_recipe_and_can_be_replaced(plant: Plant) -> None:
    text = plant.text(1) + "\nunheard_of = 1\n"
    plant.line.write_recipe(replace(plant.line.recipe, name="B02", codes=("B",)))
    row = (2, text_sha256(text), text)
    with closing(sqlite3.connect(plant.line.folder / DATABASE)) as other:
        other.execute(
            "INSERT INTO revision_texts"
            " (recipe, number, sha256, text, author, reason, at_ms, packages, is_commissioned)"
            " VALUES ('A17', ?, ?, ?, 'wang', 'newer', 0, '[]', 1)",
            row,
        )
        for number, state in ((1, RETIRED), (2, ACTIVE)):
            other.execute(
                "INSERT INTO revision_states (recipe, number, state, person, reason, at_ms)"
                " VALUES ('A17', ?, ?, 'wang', 'newer', 0)",
                (number, state),
            )
        other.commit()
    assert isinstance(plant.line.ledger, StationLedger)
    shelf = make_shelf(plant.line.folder, plant.line.ledger)
    assert (shelf.names(), shelf.codes()) == (("A17", "B02"), (("B", "B02"),))
    with pytest.raises(ConfigError, match="unheard_of"):
        shelf.read("A17", follows_file=False)
    assert shelf.read("B02", follows_file=False).name == "B02"
    plant.shelf._note(plant.shelf.history("A17"))
    assert plant.save(3) == ""
    assert plant.line.engine.describe().recipes == ("A17", "B02")


def test_where_nobody_is_set_up_the_file_goes_on_to_hold(open_plant: Callable[[FakeRoster], Plant]) -> None:
    plant = open_plant(FakeRoster())
    plant.line.write_recipe(replace(parse_recipe(plant.text(1)), deadline_ms=19_000.0))
    plant.line.run()
    assert plant.states() == {1: RETIRED, 2: ACTIVE}
    assert plant.line.engine.describe().recipe_revision == 2
    assert plant.standing("recipe_file") == []
    plant.line.engine.load("A17")
    assert plant.states() == {1: RETIRED, 2: ACTIVE}


def test_a_new_file_is_taken_in_when_it_is_first_loaded_and_a_wrong_one_is_not(plant: Plant) -> None:
    plant.line.write_recipe(replace(plant.line.recipe, name="B02"))
    (plant.line.recipes / "C03.toml").write_text("schema = 1", encoding="utf-8")
    assert plant.line.engine.describe().recipes == ("A17", "B02", "C03")
    plant.line.engine.load("B02")
    with pytest.raises(ConfigError, match="C03"):
        plant.line.engine.load("C03")
    with pytest.raises(ConfigError, match="no recipe"):
        plant.line.engine.load("D04")


def test_the_revision_stays_when_its_file_is_gone(plant: Plant) -> None:
    (plant.line.recipes / "A17.toml").unlink()
    plant.line.run()
    assert plant.line.engine.describe().recipes == ("A17",)


def test_a_recipe_that_is_new_begins_as_a_draft(plant: Plant) -> None:
    text = recipe_text(replace(plant.line.recipe, name="B02", codes=("4711",)))
    assert plant.do(SaveDraft("B02", text, "new product")) == ""
    assert plant.line.engine.describe().recipes == ("A17",)
    with pytest.raises(ConfigError, match="no revision"):
        plant.line.engine.load("B02")
    for signature in (ENGINEER, QUALITY):
        assert plant.do(ApproveRevision("B02", 1, text_sha256(text), signature, "read")) == ""
    assert plant.do(ActivateRevision("B02", 1, QUALITY, "begin")) == ""
    assert plant.line.engine.describe().recipe_codes == (("4711", "B02"),)
    plant.line.engine.load("B02")


def test_a_withdrawn_draft_stays_in_the_records(plant: Plant) -> None:
    assert plant.save() == ""
    assert plant.do(RetireRevision("A17", 2, QUALITY, "not wanted")) == ""
    assert plant.states() == {1: ACTIVE, 2: RETIRED}
    assert "nobody" not in plant.text(2)


def test_a_recipe_given_by_hand_has_no_revisions(open_real: Open) -> None:
    line = open_real(engineer="wang")
    line.engine.obey(TakeInFile("A17", "why"))
    assert "given by hand" in line.refusals()[0]
