"""What the engine says when it records no review, by its very words: `gui.sentences` translates them."""

from station_app.gui.marking import QT_TRANSLATE_NOOP

OF_REVIEWS = (
    QT_TRANSLATE_NOOP("Notice", "nobody differs about this part"),
    QT_TRANSLATE_NOOP("Notice", "review it as any other"),
    QT_TRANSLATE_NOOP("Notice", "you are one of those who differ about this part"),
    QT_TRANSLATE_NOOP("Notice", "leave it to a third person"),
    QT_TRANSLATE_NOOP("Notice", "an adjudication says good or bad"),
    QT_TRANSLATE_NOOP("Notice", "leave it to another person"),
    QT_TRANSLATE_NOOP("Notice", "this part was not drawn for a blind review"),
    QT_TRANSLATE_NOOP("Notice", "choose the next part"),
    QT_TRANSLATE_NOOP("Notice", "you have answered this part before, and have seen its marks since"),
    QT_TRANSLATE_NOOP("Notice", "a second reviewer must be another person"),
    QT_TRANSLATE_NOOP("Notice", "you have decided about this part before: your review cannot be blind"),
    QT_TRANSLATE_NOOP("Notice", "leave it to another reviewer"),
    QT_TRANSLATE_NOOP("Notice", "people differ about this part already"),
    QT_TRANSLATE_NOOP("Notice", "settle it as an adjudication, or choose another queue"),
    QT_TRANSLATE_NOOP("Notice", "there is no such known-bad image"),
    QT_TRANSLATE_NOOP("Notice", "you have answered this one already"),
    QT_TRANSLATE_NOOP("Notice", "there is no such review"),
    QT_TRANSLATE_NOOP("Notice", "choose another one"),
    QT_TRANSLATE_NOOP("Notice", "somebody else's review cannot be taken back"),
    QT_TRANSLATE_NOOP("Notice", "add a review of yours"),
    QT_TRANSLATE_NOOP("Notice", "an answer about a known-bad image stays"),
    QT_TRANSLATE_NOOP("Notice", "go on: it measures the reviewers and says nothing about a part"),
    QT_TRANSLATE_NOOP("Notice", "this review was taken back already"),
    QT_TRANSLATE_NOOP("Notice", "there is no such part or review"),
    QT_TRANSLATE_NOOP("Notice", "a suspect needs a reason"),
    QT_TRANSLATE_NOOP("Notice", "say what is doubtful about the part"),
)
