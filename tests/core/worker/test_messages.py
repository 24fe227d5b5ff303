from __future__ import annotations

import json
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.schema.documents import PredictedSpan
from core.schema.learning import Precision, Recipe, Report, Score, ScoredDocument
from core.worker import messages
from core.worker.messages import (
    AnyEvent,
    AnyRequest,
    OpenProject,
    Scored,
    Train,
    TrainEvaluated,
    decode_event,
    decode_request,
    encode,
)

texts = st.text(max_size=30)
keys = st.integers(0, 2**53)
shares = st.floats(0, 1)
scores = st.builds(Score, shares, shares, shares, keys)
reports = st.builds(Report, scores, scores, scores, st.dictionaries(texts, scores, max_size=3))
recipes = st.builds(
    Recipe,
    epochs=st.integers(1, 99),
    learning_rate=st.floats(1e-9, 1),
    precision=st.sampled_from(Precision),
    seed=keys,
)
spans = st.builds(PredictedSpan, keys, keys, texts, shares)
scored = st.builds(
    ScoredDocument,
    keys,
    st.lists(spans, max_size=4).map(tuple),
    st.dictionaries(texts, st.floats(0, 50), max_size=3),
)


@given(
    st.one_of(
        st.builds(OpenProject, job=keys, folder=texts, passphrase=st.none() | texts),
        st.builds(
            Train,
            job=keys,
            run_id=keys,
            snapshot_event=keys,
            recipe=recipes,
            run_folder=texts,
            model_folder=texts,
            resume=st.booleans(),
        ),
    )
)
def test_a_request_comes_out_as_it_went_in(request_: AnyRequest) -> None:
    line = encode(request_)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert decode_request(line) == request_


@given(
    st.one_of(
        st.builds(
            TrainEvaluated,
            job=keys,
            run_id=keys,
            step=keys,
            epoch=st.floats(0, 99),
            report=reports,
            best=st.booleans(),
        ),
        st.builds(
            Scored,
            job=keys,
            documents=st.lists(scored, max_size=3).map(tuple),
            done=keys,
            total=keys,
        ),
    )
)
def test_an_event_comes_out_as_it_went_in(event: AnyEvent) -> None:
    line = encode(event)
    assert line.count(b"\n") == 1
    assert decode_event(line) == event


@pytest.mark.parametrize("union", [AnyRequest, AnyEvent])
def test_every_message_has_a_tag_of_its_own_and_is_in_its_union(union: object) -> None:
    base = messages.Request if union is AnyRequest else messages.Event
    members = get_args(union)
    assert set(members) == set(base.__subclasses__())
    tags = [member.__struct_config__.tag for member in members]
    assert len(set(tags)) == len(tags)
    assert all(isinstance(tag, str) for tag in tags)


def test_the_type_of_a_message_stands_in_it_for_scripts() -> None:
    assert json.loads(encode(messages.Heartbeat(busy=True))) == {
        "type": "heartbeat",
        "job": 0,
        "busy": True,
    }


@pytest.mark.parametrize("line", [b"", b"{}", b'{"type":"ready"}', b"Downloading ...", b"[1]"])
def test_what_is_no_event_is_refused(line: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        decode_event(line)


def test_a_passphrase_is_not_printed_by_accident() -> None:
    request = OpenProject(folder="/clinic", passphrase="open sesame")
    assert "sesame" not in repr(request)
    assert "sesame" not in str([request])
    assert decode_request(encode(request)) == request
