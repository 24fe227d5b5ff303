"""What the rules say: by hand-made sentences, on the sample notes, and on a published corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.operations.sample import sample_notes
from core.schema.documents import Attribute
from core.text.assertion import assertions, context_at
from core.text.sections import find_sections

SENTENCES = [
    ("No evidence of [pneumonia].", "negated"),
    ("The patient denies [chest pain].", "negated"),
    ("He denies fever, chills or [night sweats].", "negated"),
    ("No increase in [effusion].", ""),
    ("Gram negative [sepsis] was treated.", ""),
    ("Not only [angina] but also heart failure.", ""),
    ("He has [angina].", ""),
    ("[Pneumonia] was ruled out.", "negated"),
    ("[MI] excluded.", "negated"),
    ("[AF]: none.", "negated"),
    ("Diabetes: no. [Asthma] mild.", ""),
    ("No fever, but [cough] for two days.", ""),
    ("No chest pain; [dyspnoea] since May.", ""),
    ("No oedema, however [ascites] is present.", ""),
    ("No fever except [night sweats].", ""),
    ("Without [metastases].", "negated"),
    ("Never had [seizures].", "negated"),
    ("He is not [diabetic].", "negated"),
    ("She is non-[diabetic].", "negated"),
    ("Neither angina nor [syncope].", "negated"),
    ("No significant change in the [nodule].", ""),
    ("[Malignancy] cannot be excluded.", "uncertain"),
    ("Cannot exclude [malignancy].", "uncertain"),
    ("Possible [pneumonia].", "uncertain"),
    ("?[PE]", "uncertain"),
    ("? [PE] on CT.", "uncertain"),
    ("[Pulmonary embolism]?", "uncertain"),
    ("Suspicious for [lymphoma].", "uncertain"),
    ("To rule out [endocarditis].", "uncertain"),
    ("[MODY] is unlikely.", "uncertain"),
    ("[Carcinoma] until proven otherwise.", "uncertain"),
    ("Seen by Dr. Smith for possible [myocarditis].", "uncertain"),
    ("Heart failure versus [pneumonia].", "uncertain"),
    ("Probable TIA, [hypertension].", ""),
    ("History of [breast cancer].", "historical"),
    ("[NSTEMI] 2017, stent.", "historical"),
    ("[Hodgkin lymphoma] treated in 1996.", "historical"),
    ("s/p [MI].", "historical"),
    ("[T2DM] since 2014.", ""),
    ("Previous [DVT].", "historical"),
    ("A 67 year old man with [angina].", ""),
    ("[Stroke] ten years ago.", "historical"),
    ("Mother had [breast cancer].", "family"),
    ("Family history of [diabetes].", "family"),
    ("Accompanied by his mother, he has [asthma].", ""),
    ("His mother has diabetes but he has [asthma].", ""),
    ("[Ovarian cancer] in her mother.", "family"),
    ("FHx: no [cancer].", "family negated"),
    ("Father died of [MI] at 50.", "family"),
    ("If [chest pain] recurs, ring 999.", "conditional"),
    ("Return if [fever] develops.", "conditional"),
    ("Should he develop [jaundice], come back.", "conditional"),
    ("In case of [hypoglycaemia] take glucose.", "conditional"),
    ("[Dyspnoea] on exertion.", "conditional"),
    ("If he has pain, give [paracetamol].", ""),
    ("GTN as needed for [angina].", "conditional"),
    ("否认[高血压]、糖尿病史。", "negated"),
    ("否认高血压、[糖尿病]史。", "negated"),
    ("无[发热]，有咳嗽。", "negated"),
    ("无发热，有[咳嗽]。", ""),
    ("胸片未见[结核]。", "negated"),
    ("可能为[肺炎]。", "uncertain"),
    ("疑似[肺癌]。", "uncertain"),
    ("[肺癌]待排。", "uncertain"),
    ("既往有[冠心病]。", "historical"),
    ("家族史：父亲患[高血压]。", "family"),
    ("母亲患有[糖尿病]。", "family"),
    ("如出现[胸痛]，则立即就诊。", "conditional"),
    ("活动后[气促]。", "conditional"),
    ("患者有[糖尿病]。", ""),
    ("No\n[angina] today.", ""),
    ("- no fever\n- [cough]", ""),
    ("She denies any chest pain or\n[palpitations].", ""),
    ("She denies any chest pain at rest, nausea or\nany [palpitations].", "negated"),
    ("She had [no angina] at rest.", "negated"),
    ("The [non-Hodgkin lymphoma] came back.", ""),
]
"""Sentences with the mention in brackets, and what is said of it."""


@pytest.mark.parametrize(("marked", "said"), SENTENCES)
def test_sentence(marked: str, said: str) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    assert assertions(text, start, end) == {Attribute(name) for name in said.split()}


@pytest.mark.parametrize(
    ("text", "word", "said"),
    [
        ("Family history:\nBreast cancer, two cases.\n", "Breast cancer", Attribute.FAMILY),
        ("FHx: gout. \nPlan: rest for gout flare\n", "gout flare", None),
        ("Past medical history:\nLymphoma\n", "Lymphoma", Attribute.HISTORICAL),
        ("Past medical history:\nType 2 diabetes\n", "Type 2 diabetes", None),
        ("Past medical history:\nMigraine, on propranolol\n", "Migraine", None),
        ("Background:\nMigraine\n", "Migraine", None),
        ("【家族史】\n高血压。\n", "高血压", Attribute.FAMILY),
    ],
)
def test_section_speaks_of_what_stands_in_it(text: str, word: str, said: Attribute | None) -> None:
    start = text.index(word)
    context = context_at(text, find_sections(text), start)
    found = assertions(text, start, start + len(word), context)
    assert found == ({said} if said is not None else set())


FLOORS = {
    Attribute.NEGATED: (0.90, 0.92),
    Attribute.HISTORICAL: (0.80, 0.60),
    Attribute.FAMILY: (0.90, 0.90),
    Attribute.UNCERTAIN: (0.80, 0.55),
}
"""Least precision and recall on the sample notes. The lexicon was written with half of them in
sight (every other note); measured on the other half before any of it was read: negated 0.95 and
0.89, historical 0.55 and 0.55, family 0.91 and 0.87, uncertain 0.79 and 0.39."""


def test_sample_notes(record_property: Callable[[str, object], None]) -> None:
    counts: Counter[tuple[Attribute, str]] = Counter()
    for note in sample_notes():
        text = note.document.text
        sections = find_sections(text)
        for span in note.document.spans:
            context = context_at(text, sections, span.start)
            said = assertions(text, span.start, span.end, context)
            gold = {Attribute(name) for name in span.attributes}
            for item in said | gold:
                _count(counts, item, said=item in said, gold=item in gold)
    for item, (precision, recall) in FLOORS.items():
        found = _score(counts, item)
        record_property(item.value, f"P {found[0]:.3f} R {found[1]:.3f}")
        assert found[0] >= precision, (item, found)
        assert found[1] >= recall, (item, found)


@pytest.mark.corpora
def test_published_case_reports(corpora: Path) -> None:
    """Ten reports of MACCROBAT2020, whose findings carry a polarity."""
    counts: Counter[tuple[Attribute, str]] = Counter()
    files = sorted((corpora / "fixtures" / "brat" / "maccrobat-sample").glob("*.ann"))
    assert files
    for file in files:
        text = file.with_suffix(".txt").read_text(encoding="utf-8")
        for start, end, polarity in _findings(file):
            said = assertions(text, start, end)
            for item, values in _POLARITIES.items():
                _count(counts, item, said=item in said, gold=polarity in values)
    precision, recall = _score(counts, Attribute.NEGATED)
    assert precision >= 0.93
    assert recall >= 0.85
    precision, recall = _score(counts, Attribute.UNCERTAIN)
    assert precision >= 0.80
    assert recall >= 0.50


@given(st.text(max_size=400), st.data())
def test_any_text_is_answered_alike_each_time(text: str, data: st.DataObject) -> None:
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert assertions(text, start, end) == assertions(text, start, end)


@given(st.text(max_size=200), st.text(max_size=200))
def test_other_sentences_say_nothing(before: str, after: str) -> None:
    text = f"{before}.\n\nThere is angina here.\n\n{after}"
    start = len(before) + len(".\n\nThere is ")
    assert assertions(text, start, start + len("angina")) == frozenset()


_POLARITIES = {
    Attribute.NEGATED: {"NEG"},
    Attribute.UNCERTAIN: {"MAYBE_POS", "MAYBE_NEG", "UNCERTAIN"},
}


def _findings(file: Path) -> list[tuple[int, int, str]]:
    """Return signs, symptoms and diseases of a brat file: start, end and polarity."""
    bound: dict[str, tuple[str, int, int]] = {}
    triggers: dict[str, str] = {}
    polarities: dict[str, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        name, *fields = line.split("\t")
        if not fields:
            continue
        words = fields[0].replace(";", " ").split()
        if name.startswith("T"):
            bound[name] = words[0], int(words[1]), int(words[-1])
        elif name.startswith("E"):
            triggers[name] = words[0].split(":")[1]
        elif name.startswith("A") and words[0] == "POLARITY":
            polarities[triggers.get(words[1], words[1])] = words[2]
    return [
        (start, end, polarities.get(name, ""))
        for name, (kind, start, end) in bound.items()
        if kind in {"Sign_symptom", "Disease_disorder"}
    ]


def _count(
    counts: Counter[tuple[Attribute, str]], item: Attribute, *, said: bool, gold: bool
) -> None:
    if said or gold:
        counts[item, "right" if said and gold else "false" if said else "missed"] += 1


def _score(counts: Counter[tuple[Attribute, str]], item: Attribute) -> tuple[float, float]:
    right = counts[item, "right"]
    return (
        right / max(1, right + counts[item, "false"]),
        right / max(1, right + counts[item, "missed"]),
    )
