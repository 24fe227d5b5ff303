"""The cues from which assertions are read: what each says, which way it looks and how far.

Four kinds of phrases, after NegEx (Chapman et al., J Biomed Inform 2001, 34: 301-310) and ConText
(Harkema et al., J Biomed Inform 2009, 42: 839-851): cues that look forward, backward or both ways;
pseudo-cues, which read like cues and say nothing ('no increase'); and terminations, behind which a
cue does not reach. The phrases are written for this project; in them ``<year>`` is a year, and
where several begin at a word the longest counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto

from core.schema.documents import Attribute


class Look(Flag):
    """Which way a cue or a termination looks."""

    FORWARD = auto()
    BACKWARD = auto()
    BOTH = FORWARD | BACKWARD


@dataclass(frozen=True, slots=True)
class Cue:
    """What a phrase says of what stands near it.

    Attributes:
        attribute: What it says.
        look: Which side it speaks of.
        reach: Most words between it and what it speaks of.
    """

    attribute: Attribute
    look: Look
    reach: int


@dataclass(frozen=True, slots=True)
class Stop:
    """A termination: cues of these attributes that look its way do not reach behind it."""

    attributes: frozenset[Attribute]
    look: Look


Meaning = Cue | Stop | None
"""What a phrase means; None for a pseudo-cue."""

_FORWARD, _BACKWARD, _BOTH = Look.FORWARD, Look.BACKWARD, Look.BOTH
_NEGATED, _UNCERTAIN = Attribute.NEGATED, Attribute.UNCERTAIN
_HISTORICAL, _FAMILY, _CONDITIONAL = Attribute.HISTORICAL, Attribute.FAMILY, Attribute.CONDITIONAL
_ALL = frozenset(Attribute)

_CUES: tuple[tuple[Cue, str], ...] = (
    (
        Cue(_NEGATED, _FORWARD, 8),
        "no|without|w/o|denies|denied|denying|denies any|denies :|negative for|neg for|absence of|"
        "no evidence of|no evidence for|no other evidence of|"
        "no radiographic evidence of|no sign of|no signs of|"
        "no suggestion of|no features of|no history of|no hx of|no h/o|no known|"
        "no family history of|"
        "no new|no further|no more|no prev|no previous|no prior|free of|free from|lack of|lacks|"
        "neither|nor|nil|never had|never|ruled out|rules out|nothing to suggest|"
        "failed to reveal|fails to show|failed to show|did not show|does not show|not on :|"
        "not on|no record of|excludes|does not have|doesn't have|did not have|didn't have|"
        "do not have|has not had|hasn't had|does not suspect|doesn't suspect|"
        "insufficient for|argues against|against a diagnosis of|not thought to be|"
        "in the absence of",
    ),
    (
        Cue(_NEGATED, _FORWARD, 3),
        "not|isn't|is not|aren't|are not|wasn't|was not|cannot see|can't see|don't believe in|"
        "not keen on|not a|not an|not in|did not need|didn't need|not given|not for|"
        "never given|was never given|"
        "have not given",
    ),
    (Cue(_NEGATED, _FORWARD, 0), "non -|non|free from any"),
    (
        Cue(_NEGATED, _BACKWARD, 3),
        ": none|: no .|: no ,|: nil|: negative|: neg|: absent|: denies|none|excluded|ruled out|"
        "was ruled out|has been ruled out|was excluded|has been excluded|were excluded|"
        "negative|was negative|were negative|is negative|absent|is absent|not found|not seen|"
        "not observed|were not observed|was not observed|"
        "not present|not detected|not identified|not demonstrated|is very unlikely|denied|"
        "never found|to be avoided|are to be avoided|is contraindicated|not for her|not for him|"
        "is not for her|is not for him|would be futile|no longer present|not needed|not given|"
        "is not needed|not an option|is not an option|- no ,|- no .|– no ,|– no .",
    ),
    (
        Cue(_UNCERTAIN, _FORWARD, 5),
        "possible|possibly|probable|probably|likely|most likely|query|querying|suspected|suspect|"
        "suspects|suspicious for|suspicious of|suspicion of|suggestive of|suggesting|suggests|"
        "may be|may have|might be|might have|could be|could represent|may represent|"
        "might represent|rule out|r/o|to exclude|cannot exclude|can't exclude|cannot rule out|"
        "can't rule out|not ruled out|perhaps|maybe|presumed|presumably|presumptive|question of|"
        "a question of|questionable|concern for|concerned about|concerning for|worried about|"
        "worry about|favours|favors|favouring|in favour of|differential|differential diagnosis|"
        "ddx|dd|whether|wonder if|wonders if|wondered if|wonder whether|not sure if|unsure if|"
        "not certain if|not certain whether|not necessarily|consider|"
        "to consider|think this is|i think it is|think it is|i make this|i would call this|"
        "compatible with|may want|might want|talking of|talked of|would you use|to be sure|"
        "make sure|next on the list|differential :|differential diagnosis :|ddx :|dd :|query :|"
        "queries :|thoughts of|possibility of|the possibility of|chance of|risk of being|"
        "working diagnosis|provisional diagnosis|"
        "unclear whether|uncertain|hard to say what is|has to think on|have to think of|"
        "raised|raises|look for|screen for|to look for|one must think of|is this|is it",
    ),
    (Cue(_UNCERTAIN, _FORWARD, 3), "?|question|poss|prob|doubtful|equivocal"),
    (Cue(_UNCERTAIN, _BOTH, 3), "vs|versus|rather than|over the possibility of"),
    (
        Cue(_UNCERTAIN, _BACKWARD, 3),
        "is possible|possible|is suspected|was suspected|suspected|is likely|is probable|"
        "until proven otherwise|to be excluded|needs to be excluded|cannot be excluded|"
        "cannot be ruled out|can't be ruled out|not excluded|not ruled out|to be ruled out|"
        "is unlikely|unlikely|only if|seems unlikely|in question|queried|was queried|was raised|"
        "is a possibility|is in the differential|is uncertain|uncertain|not confirmed|unconfirmed",
    ),
    (Cue(_UNCERTAIN, _BACKWARD, 0), "?|discussed|was discussed|- discussed"),
    (
        Cue(_HISTORICAL, _FORWARD, 5),
        "history of|hx of|h/o|hx|past history of|past|previous|previously|prior|old|former|remote|"
        "formerly|status post|s/p|past medical history of|personal history of|had had|"
        "in childhood|childhood|you remember|remember the|known previous|treated for|"
        "discharged after|survivor of|in remission from|recovered from|six cycles of|"
        "three cycles of|four cycles of|neoadjuvant|completed",
    ),
    (
        Cue(_HISTORICAL, _BACKWARD, 3),
        "<year>|in <year>|( <year>|treated in|years ago|yrs ago|y ago|decades ago|months ago|"
        "last year|as a child|in childhood|in the past|in remission|resolved|has resolved|"
        "many years ago|some years ago|long ago|as a teenager|in her teens|in his teens|"
        "resected in|aged|survivor|completed|at age|treated and cured",
    ),
    (
        Cue(_CONDITIONAL, _FORWARD, 9),
        "if|return if|come back if|call if|ring if|if he develops|if she develops|"
        "if you develop|if there is|should he develop|should she develop|should you develop|"
        "should they develop|should he have|should she have|should you have|should there be|"
        "should he experience|should she experience|should you experience|should any|in case of|"
        "in the event of|in the case of|unless|as needed for|when required for|prn for|"
        "watch for|look out for|return for|return with|in the setting of further",
    ),
    (
        Cue(_CONDITIONAL, _BACKWARD, 4),
        "on exertion|with exertion|on exercise|on effort|on walking|when walking|on climbing|"
        "when climbing|when lying|when lying flat|when he walks|when she walks|with exercise|"
        "on standing|after meals|on minimal exertion|should occur|occurs|should recur|recurs|"
        "if exposed|when exposed|only when",
    ),
    (Cue(_CONDITIONAL, _FORWARD, 4), "when|whenever"),
    # Chinese; a character counts as a word.
    (
        Cue(_NEGATED, _FORWARD, 24),
        "否认|无|未见|未发现|没有|未及|未触及|未闻及|未提示|未出现|未诉|不伴|除外|排除|不支持|"
        "不考虑|无明显|未见明显|未患|无任何|并无|从未|否认有|未合并",
    ),
    (Cue(_NEGATED, _BACKWARD, 4), "阴性|：无|: 无|(-)|（-）|已排除|被排除|不明显|已除外"),
    (
        Cue(_UNCERTAIN, _FORWARD, 12),
        "可能|可能为|疑似|疑|考虑|不排除|不除外|待排|怀疑|拟诊|可疑|倾向|倾向于|或许|疑为|"
        "不能排除|尚不能排除|不能除外|高度怀疑|疑诊",
    ),
    (Cue(_UNCERTAIN, _BACKWARD, 4), "可能|可能性大|待排|待查|不能排除|不除外|？|待排除|待除外"),
    (
        Cue(_HISTORICAL, _FORWARD, 14),
        "既往|既往史|既往有|曾|曾患|曾有|曾行|病史：|年前|过去|陈旧性|陈旧|以往",
    ),
    (Cue(_HISTORICAL, _BACKWARD, 4), "病史|史|术后|已治愈|治愈|年前|已愈"),
    (
        Cue(_FAMILY, _FORWARD, 18),
        "家族史|家族中|家族|父亲|母亲|其父|其母|父母|兄弟|姐妹|哥哥|弟弟|姐姐|妹妹|祖父|祖母|"
        "外祖父|外祖母|爷爷|奶奶|叔叔|舅舅|姑姑|儿子|女儿|直系亲属",
    ),
    (Cue(_FAMILY, _BACKWARD, 2), "家族史"),
    (Cue(_FAMILY, _BACKWARD, 4), "in the family|in family|in families|in her family|in his family"),
    (
        Cue(_CONDITIONAL, _FORWARD, 16),
        "活动后|劳累后|劳力性|运动后|如|如果|若|如有|如出现|一旦|倘若|若有|若出现|假如|如发生",
    ),
    (Cue(_CONDITIONAL, _BACKWARD, 4), "时|活动后|劳累后|劳力性"),
)

_RELATIVES = [
    "mother",
    "father",
    "brother",
    "brothers",
    "sister",
    "sisters",
    "son",
    "sons",
    "daughter",
    "daughters",
    "mum",
    "mom",
    "dad",
    "parents",
    "parent",
    "sibling",
    "siblings",
    "aunt",
    "aunts",
    "uncle",
    "uncles",
    "cousin",
    "cousins",
    "grandmother",
    "grandfather",
    "grandparents",
    "gran",
    "grandad",
    "nephew",
    "niece",
    "mat gran",
    "grandma",
    "grandpa",
    "nan",
    "twin",
    "mother's",
    "father's",
    "brother's",
    "sister's",
    "son's",
    "daughter's",
    "mum's",
    "mom's",
    "dad's",
    "aunt's",
    "uncle's",
    "cousin's",
    "gran's",
    "grandad's",
    "grandmother's",
    "grandfather's",
]
_FAMILIES = (
    "family history|family history of|fhx|fh|famhx|family|relatives|relative|runs in the family|"
    "wife had|wife has|wife died of|husband had|husband has|husband died of|partner has|"
    "first degree relative|first - degree relative|strong family history of|familial"
)
_BESIDE = ("in", "in his", "in her", "in the", "in my", "in a", "(", "in one", "in their")
_TELLING = "reports|says|states|noticed|noticed that|brought|called|rang|worries|is worried|asked"

_PSEUDO = (
    "no increase|no change|no significant change|no interval change|no significant interval change|"
    "not only|gram negative|gram - negative|no doubt|no wonder|no mystery|no need|no need for|"
    "no problem|no problems with|no reason|no better|no worse|no other|no idea|no longer|"
    "no longer on|no one|no sooner|not only that|not just|not yet|not drain|not cause|"
    "without difficulty|without incident|without complication|not help|not tolerated|"
    "does not tolerate|not tolerating|did not tolerate|not controlled|not well controlled|"
    "not improved|not changed|not extend|not attend|not attended|did not attend|not to mention|"
    "no . <year>|if not|as if|if possible|if any|if at all|if needed|if tolerated|if required|"
    "if necessary|even if|only if|see if|what if|no matter|no use|no benefit|no good evidence|"
    "hx taking|history taking|history sheet|next of kin|old man|old woman|old lady|"
    "old gentleman|year old|years old|yr old|y old|year - old|yr - old|month - old|old notes|"
    "old box|"
    "previous notes|previous visit|previous scan|previous ct|previous echo|prior study|"
    "prior to|past week|past few days|past month|past two weeks|previous admission|"
    "family doctor|family meeting|family doctor's|family aware|family practice|family physician|"
    "family planning|since <year>|diagnosed <year>|diagnosed in <year>|dx <year>|from <year>|"
    "dx'd <year>|since age|diagnosed aged|diagnosed at age|possible side effects|likely to|"
    "unlikely to|not likely|as likely|when seen|history and|without further|"
    "hiv negative|rh negative|rhesus negative|er negative|her2 negative|triple negative|"
    "triple - negative|hiv neg|negative feedback|negative pressure|negative margins|"
    "无法|无诱因|无明显诱因|不仅|无论|如下|例如|如前|如上|诸如|如常|无菌|无缘|现病史|病史采集|"
    "史密斯|可能性|时间|同时|时有|及时|按时|平时|小时|暂时|随时|当时|历史|月经史|既往体健"
)

_STOPS: tuple[tuple[Stop, str], ...] = (
    (
        Stop(_ALL, _BOTH),
        ";|but|however|except|except for|although|though|apart from|aside from|other than|"
        "nevertheless|still has|yet|但|但是|然而|除了",
    ),
    (
        Stop(frozenset({_NEGATED, _UNCERTAIN}), _BOTH),
        "because|because of|due to|secondary to|caused by|which|who|therefore|hence|so|then|"
        "with known|"
        "known|positive for|presents with|presenting with|presented with|developed|complains of|"
        "reports|has|had|has had|is on|takes|taking|on|despite|in view of|given|started on|"
        "有|伴|伴有|后|予|给予|患有|确诊",
    ),
    (Stop(frozenset({_NEGATED}), _FORWARD), ":|=|→|now|treated with|for|from|，"),
    (Stop(frozenset({_NEGATED}), _BACKWARD), ",|，|and|or|、"),
    (Stop(frozenset({_UNCERTAIN}), _FORWARD), ",|，|(|from|in|on|with|:"),
    (Stop(frozenset({_UNCERTAIN}), _BACKWARD), ",|，|and|with"),
    (
        Stop(frozenset({_HISTORICAL}), _BOTH),
        "now|today|currently|current|presents|presenting|presented|admitted|complains of|and now|"
        "with|since|on|，|现|目前|此次|本次|入院",
    ),
    (Stop(frozenset({_HISTORICAL}), _FORWARD), ",|and a|and an|and now"),
    (
        Stop(frozenset({_HISTORICAL}), _BACKWARD),
        ",|and|then|(|stent|stents|stented|cabg|pci|echo|scan|ct|mri|diagnosed|dx",
    ),
    (
        Stop(frozenset({_FAMILY}), _FORWARD),
        "patient|pt|patient's|he|she|his own|her own|his|her|own|himself|herself|患者|本人",
    ),
    (Stop(frozenset({_CONDITIONAL}), _FORWARD), ",|，|then|please|则|应|需|请"),
    (Stop(frozenset({_CONDITIONAL}), _BACKWARD), ",|，|and"),
)


def phrases() -> list[tuple[str, Meaning]]:
    """Return every phrase with a meaning; one phrase may have several."""
    found: list[tuple[str, Meaning]] = []
    for cue, texts in _CUES:
        found += [(text, cue) for text in texts.split("|")]
    forward, both = Cue(_FAMILY, _FORWARD, 9), Cue(_FAMILY, _BOTH, 3)
    found += [(text, forward) for text in (*_FAMILIES.split("|"), *_RELATIVES)]
    for relative in _RELATIVES:
        found += [
            (f"{before} {relative}", meaning) for before in _BESIDE for meaning in (both, forward)
        ]
        found += [(f"{relative} {verb}", None) for verb in _TELLING.split("|")]
        found += [
            (f"{before} {whose} {relative}", None)
            for before in ("accompanied by", "lives with", "seen with", "spoke to", "told")
            for whose in ("his", "her", "the")
        ]
    for stop, texts in _STOPS:
        found += [(text, stop) for text in texts.split("|")]
    found += [(text, None) for text in _PSEUDO.split("|")]
    return found
