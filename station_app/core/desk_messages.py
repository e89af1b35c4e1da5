"""What the quality desk and the engine say to each other: people, reviews, recipes, studies, charts, exports, models,
and the records on their way to the plant's store."""

from station_app.core.chart_messages import ChartCommand, ChartEvent
from station_app.core.export_messages import ExportCommand, ExportEvent
from station_app.core.model_messages import ModelCommand, ModelEvent
from station_app.core.people_messages import PeopleCommand, PeopleEvent
from station_app.core.recipe_messages import RecipeCommand, RecipeEvent
from station_app.core.review_messages import ReviewCommand, ReviewEvent
from station_app.core.study_messages import StudyCommand, StudyEvent
from station_app.core.sync_messages import SyncCommand, SyncEvent

DeskCommand = (
    PeopleCommand
    | ReviewCommand
    | RecipeCommand
    | StudyCommand
    | ChartCommand
    | ExportCommand
    | ModelCommand
    | SyncCommand
)
DeskEvent = PeopleEvent | ReviewEvent | RecipeEvent | StudyEvent | ChartEvent | ExportEvent | ModelEvent | SyncEvent
