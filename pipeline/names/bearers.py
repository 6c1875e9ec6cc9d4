"""What people are called in Europe and the Americas, from the lists of Faker (MIT), a library that makes up people.

Its lists hold ordinary words too (Grace, Young, Stool), which tell nothing and are left out.
"""

import importlib
from functools import cache

from pipeline.names.ordinary import commonness, is_ordinary
from pipeline.names.places import renown
from pipeline.names.spelling import key, latin

_COUNTRIES = """
bg_BG cs_CZ da_DK de_AT de_CH de_DE el_GR en en_GB en_IE en_US es_AR es_CL es_CO es_ES es_MX et_EE fi_FI fr_BE fr_CH
fr_FR hr_HR hu_HU it_IT lt_LT lv_LV nl_BE nl_NL no_NO pl_PL pt_BR pt_PT ro_RO ru_RU sk_SK sl_SI sv_SE tr_TR uk_UA
"""


@cache
def is_forename(word: str) -> bool:
    """Whether people are called so, and no city nor ordinary thing is; Russian names in any transliteration."""
    known = word in _borne("first_name") or (len(word) > 4 and key(word) in _transliterated())
    return known and _tells(word)


@cache
def is_surname(word: str) -> bool:
    """Whether families are called so, and no city nor ordinary thing is."""
    return word in _borne("last_name") and _tells(word)


def _tells(word: str) -> bool:
    return renown(word) < 1 and not is_ordinary(word, "en") and commonness(word) < 5.6


@cache
def _borne(part: str) -> frozenset[str]:
    """All names of a part of Faker's, "first_name" or "last_name"."""
    people = [importlib.import_module(f"faker.providers.person.{country}").Provider for country in _COUNTRIES.split()]
    lists = [getattr(each, name) for each in people for name in dir(each) if name.startswith(part)]
    return frozenset(name for names in lists if isinstance(names, (tuple, list, dict)) for name in names)


@cache
def _transliterated() -> frozenset[str]:
    """The keys of forenames that are written in Cyrillic."""
    return frozenset(key(name) for name in _borne("first_name") if latin(name[0]) != name[0].lower())
