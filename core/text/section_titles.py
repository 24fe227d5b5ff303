"""The titles of a clinical record's sections, and which kind of section each names."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


class SectionKind(StrEnum):
    """What a section is about; ``UNKNOWN`` where its title is none that is known."""

    UNKNOWN = ""
    COMPLAINT = "chief complaint"
    PRESENT = "history of present illness"
    PAST = "past medical history"
    FAMILY = "family history"
    SOCIAL = "social history"
    SYSTEMS = "review of systems"
    MEDICATIONS = "medications"
    ALLERGIES = "allergies"
    EXAMINATION = "examination"
    RESULTS = "results"
    ASSESSMENT = "assessment"
    COURSE = "course"
    PROCEDURES = "procedures"
    PLAN = "plan"


# One line a kind, titles in the form that ``_plain`` brings them to.
_ENGLISH = {
    SectionKind.COMPLAINT: (
        "chief complaint|chief complaints|presenting complaint|presenting complaints|presenting "
        "problem|presenting|presentation|complaint|complaints|cc|pc|reason for visit|reason for "
        "admission|reason for referral|reason for consultation|reason for consult|reason|referral "
        "reason|why admitted|why he came|why she came|why they came|indication|indications|"
        "clinical indication|clinical details|clinical information|clinical notes|clinical|clin|"
        "request|question"
    ),
    SectionKind.PRESENT: (
        "history of present illness|history of presenting illness|history of presenting complaint|"
        "history of the present illness|present illness|hpi|hpc|hopc|hopi|interval history|"
        "history|hx|story|subjective|history given|clinical history|case|case presentation|"
        "symptoms|clinical narrative|narrative"
    ),
    SectionKind.PAST: (
        "past medical history|past history|medical history|past surgical history|surgical history|"
        "past medical and surgical history|past psychiatric history|psychiatric history|"
        "obstetric history|gynaecological history|gynecological history|oncological history|"
        "oncologic history|oncology history|previous history|pmh|pmhx|pmsh|psh|pshx|past|"
        "background|comorbidities|comorbidity|co morbidities|medical background|past illnesses|"
        "personal history|own history|ob history|gyn history|birth history|immunizations|"
        "immunisations|vaccinations"
    ),
    SectionKind.FAMILY: (
        "family history|family medical history|fh|fhx|famhx|fam hx|family hx|family"
    ),
    SectionKind.SOCIAL: (
        "social history|sh|shx|sochx|soc hx|social hx|social|social situation|psychosocial|habits|"
        "occupation|occupational history|travel history|smoking|smoking history|lifestyle"
    ),
    SectionKind.SYSTEMS: (
        "review of systems|systems review|system review|systems enquiry|systemic enquiry|ros|"
        "systemic inquiry"
    ),
    SectionKind.MEDICATIONS: (
        "medications|medication|meds|medicines|drugs|drug history|drug hx|medication history|"
        "medication list|medications list|drug list|dh|dhx|tto|ttos|tta|ttas|rx|prescriptions|"
        "prescription|repeats|repeat prescriptions|tablets|medications on admission|treatment|"
        "treatments|therapy|current treatment|out on|drug chart|medicines reconciliation|"
        "medication reconciliation|medication changes|medication now"
    ),
    SectionKind.ALLERGIES: (
        "allergies|allergy|drug allergies|allergies and intolerances|allergies and adverse "
        "reactions|adverse reactions|allergies and sensitivities"
    ),
    SectionKind.EXAMINATION: (
        "examination|exam|physical examination|physical exam|on examination|o e|oe|pe|objective|"
        "clinical examination|vitals|vital signs|observations|obs|findings on examination|"
        "mental status|mental status examination|mental state examination|mse|neurological "
        "examination|general examination|physical findings"
    ),
    SectionKind.RESULTS: (
        "results|result|investigations|investigation|labs|lab results|laboratory results|"
        "laboratory data|laboratory|laboratories|laboratory findings|laboratory studies|bloods|"
        "blood tests|blood results|tests|test results|imaging|radiology|diagnostics|diagnostic "
        "studies|diagnostic tests|studies|findings|report|pathology|histology|microbiology|"
        "relevant results|data|ix|comparison|"
        "macroscopy|microscopy|macroscopic description|microscopic description|macro|micro|path"
    ),
    SectionKind.ASSESSMENT: (
        "diagnosis|diagnoses|dx|dxs|ddx|differential|differential diagnosis|differential "
        "diagnoses|assessment|assessments|impression|impressions|imp|opinion|conclusion|"
        "conclusions|assessment and plan|a p|a and p|impression and plan|problem|problems|problem "
        "list|active problems|issues|active issues|admission diagnosis|discharge diagnosis|"
        "discharge diagnoses|admitting diagnosis|working diagnosis|provisional diagnosis|summary|"
        "impression and recommendations|clinical impression|formulation"
    ),
    SectionKind.COURSE: (
        "hospital course|course in hospital|brief hospital course|course|clinical course|progress|"
        "progress notes|inpatient course|admission course|course and treatment|events|ed course|"
        "what was done|emergency department course"
    ),
    SectionKind.PROCEDURES: (
        "procedure|procedures|operation|operations|op|operative findings|operative note|surgery|"
        "operation performed|procedures performed|procedure performed|technique|anaesthesia|"
        "anesthesia|operative procedure"
    ),
    SectionKind.PLAN: (
        "plan|plans|management|management plan|mgmt|mx|recommendation|recommendations|follow up|"
        "followup|fu|f u|follow up plan|disposition|discharge plan|discharge instructions|"
        "instructions|advice|to do|todo|actions|action plan|next steps|next step|treatment plan|"
        "care plan|discharge planning|plan of care|discharge disposition|what you can do|goals"
    ),
}
_CHINESE = {
    SectionKind.COMPLAINT: "主诉|入院原因|就诊原因|主訴",
    SectionKind.PRESENT: "现病史|病史|病史摘要|简要病史|病情摘要|現病史|入院情况|入院时情况",
    SectionKind.PAST: (
        "既往史|既往病史|过去史|个人史|月经史|婚育史|月经婚育史|月经及婚育史|生育史|婚姻史|手术史|"
        "手术外伤史|外伤史|输血史|预防接种史|出生史|喂养史|生长发育史|传染病史|既往|既往疾病史"
    ),
    SectionKind.FAMILY: "家族史|家族病史|家族遗传史",
    SectionKind.SOCIAL: "社会史|生活史|生活习惯|吸烟史|饮酒史|烟酒史|职业史",
    SectionKind.SYSTEMS: "系统回顾|系统查询",
    SectionKind.MEDICATIONS: (
        "用药|用药史|用药情况|目前用药|当前用药|药物|药物治疗|出院带药|出院用药|处方|长期用药|"
        "用药记录|治疗|服药史|用藥"
    ),
    SectionKind.ALLERGIES: "过敏史|药物过敏史|过敏|药物过敏|食物过敏史|過敏史",
    SectionKind.EXAMINATION: (
        "查体|体格检查|体检|一般检查|一般情况|专科检查|专科情况|生命体征|神经系统检查|體格檢查"
    ),
    SectionKind.RESULTS: (
        "辅助检查|检查|检查结果|化验|化验结果|实验室检查|影像学检查|影像检查|检验结果|检查所见|"
        "影像所见|超声所见|病理|病理诊断|病理检查|心电图|放射学表现|輔助檢查|影像学表现"
    ),
    SectionKind.ASSESSMENT: (
        "诊断|初步诊断|入院诊断|出院诊断|最后诊断|确定诊断|修正诊断|补充诊断|鉴别诊断|诊断依据|"
        "门诊诊断|临床诊断|术前诊断|术后诊断|目前诊断|印象|诊断意见|影像诊断|病例特点|病历特点|診斷|"
        "诊断讨论|小结"
    ),
    SectionKind.COURSE: "诊疗经过|治疗经过|住院经过|病程|病程记录|诊治经过|入院后诊疗经过|出院情况",
    SectionKind.PROCEDURES: "手术|手术经过|手术名称|手术记录|操作|麻醉方式|术中所见",
    SectionKind.PLAN: (
        "计划|诊疗计划|处理|处理意见|医嘱|出院医嘱|随访|随访计划|建议|治疗计划|治疗方案|处置|"
        "下一步计划|诊疗方案"
    ),
}
_TITLES = {
    title: kind
    for table in (_ENGLISH, _CHINESE)
    for kind, titles in table.items()
    for title in titles.split("|")
}
_QUALIFYING = (
    "current|regular|usual|other|own|new|today|now|unchanged|noted|admission|discharge|on|at|in|"
    "for|booking|home|list|principal|primary|secondary|main|final|relevant|known|brief|the|of|"
    "his|her|their|patient|patients|present|previous|significant|additional|pertinent|initial|"
    "active|note|summary|outpatient|inpatient|further|repeat|past|oral|inhaled|stopped|started|"
    "long|term|prior"
)
_QUALIFIERS = frozenset(_QUALIFYING.split("|"))
_ONLY_CAPITALS = frozenset(("cc", "pe", "oe", "fu", "imp", "op", "case", "obs", "past"))
"""In small letters these are words or other abbreviations (cc: copies to)."""

_PARENTHESIS = re.compile(r"\([^()]*\)")
_SEPARATORS = re.compile(r"[\W_]+")
_GAPS = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_NUMBERED = re.compile(r"(?<=\D)\s*[\d#]{1,3}$")


@lru_cache(maxsize=2_048)
def kind_of(title: str) -> SectionKind:
    """Return the kind that a title names.

    The title is compared without regard to case, signs, numbers at its end, and words that tell
    which or when but not what ('Regular medicines', 'Diagnosis on discharge', 'DX 2').

    Args:
        title: Without its colon, number or brackets; long ones name no kind.
    """
    if len(title) > 60:
        return SectionKind.UNKNOWN
    words = _plain(title)
    found = _TITLES.get(words)
    if found is None:
        left = [word for word in words.split() if word not in _QUALIFIERS]
        found = _TITLES.get(" ".join(left)) if left else None
    if found is None or (title.islower() and words in _ONLY_CAPITALS):
        return SectionKind.UNKNOWN
    return found


def _plain(title: str) -> str:
    folded = _PARENTHESIS.sub(" ", title).casefold().replace("&", " and ").replace("+", " and ")
    folded = folded.replace("'", "").replace("’", "").replace(".", "")
    folded = _GAPS.sub("", _SEPARATORS.sub(" ", folded).strip())
    return _NUMBERED.sub("", folded)
