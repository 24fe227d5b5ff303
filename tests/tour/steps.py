"""The main job, step by step, as the tour walks it and as its test proves it."""

from __future__ import annotations

from tests.tour.dialog_steps import DialogSteps
from tests.tour.feature_steps import FeatureSteps
from tests.tour.labelling_steps import LabellingSteps
from tests.tour.learning_steps import LearningSteps
from tests.tour.model_steps import ModelSteps


class Tour(LabellingSteps, ModelSteps, LearningSteps, FeatureSteps, DialogSteps):
    """Walks the main job; each step says in its name what is done and checks that it was."""

    def walk(self) -> None:
        """Take every step."""
        self.open_the_sample()
        self.label_by_mouse()
        self.label_by_keys()
        self.undo_and_redo()
        self.label_all_mentions()
        self.finish_the_record()
        self.retrain_and_watch()
        self.review_suggestions()
        self.look_at_report_and_models()
        self.look_at_learning()
        self.export_the_labels()
        self.export_the_model()
        self.use_the_model_alone()
        self.look_at_features()
        self.look_at_lessons()
        self.look_at_dialogs(self._folder / "labels.jsonl")
        self.look_in_other_colours()
        self.check_the_project()

    def look_in_other_colours(self) -> None:
        """Turn the window dark, and to high contrast, and back."""
        do = self._do
        labelled = next(row for row in self.session.queue.rows if 40 > row.span_count > 12)
        self.open_record(labelled.document_id)
        for name in ("dark", "contrast"):
            do.window.actions_[f"view.{name}"].trigger()
            do.picture(name)
        do.window.actions_["view.light"].trigger()
