"""Words that tell what a name is."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STARTERS = _words(
    """
    a an the this that these those he she it they we you his her its their our my your in on at by for from to of
    with without and or but nor so yet as if when while where because since although though after before during
    until under over between among against about according in into upon through throughout within see also cf
    compare quoted cited here there then thus however moreover meanwhile perhaps only even not no nor both either
    neither all some many most such what who whom whose which why how once again still later earlier yes
    translation translated edited introduction preface interview conversation letter letters unpublished published
    part chapter section volume appendix note notes dear like unlike despite instead together one two three another
    other others every each now today yesterday is was were are had has have did does do may might must can could
    would should will shall ibid ibidem idem op cit loc ed eds trans vol vols no nos pp him me us them mine yours i
    oh dept
    """
)

HONORIFICS = _words(
    """
    Mr Mrs Ms Miss Messrs Mme Mlle Madame Monsieur Mademoiselle Senor Señor Senora Señora Herr Frau Dr Prof
    Professor Comrade Comrades Citizen President Chancellor Senator Congressman Minister Secretary Ambassador
    Consul Governor Mayor General Colonel Major Captain Lieutenant Sergeant Admiral Commander Marshal Tsar Tzar Czar
    Emperor Empress King Queen Prince Princess Duke Duchess Earl Count Countess Baron Baroness Viscount Lord Lady Sir
    Président Ministre Général Maréchal Marechal Capitaine Abbé Père Frère Soeur Docteur Maître Monseigneur Mgr
    Presidente Ministro Capitán Coronel Padre Fray Doctor Licenciado Syndic Graf Fürst Freiherr Kaiser König
    Dame Father Brother Sister Mother Rev Reverend Bishop Archbishop Cardinal Pope Abbot Abbess Prior Canon Rabbi
    Archduke Archduchess Marquis Marquess Marquise Marchioness Viscountess Margrave Landgrave Landgravine Deputy
    Donna Dom Signor Signora Chevalier Comte Comtesse Duc Duchesse Vicomte Conde Condesa Duque Duquesa Marqués Marquesa
    Herzog Markgraf Pasha Imam Saint Judge Justice Sheriff Inspector Commissar Gen Col Capt Lt Sgt Don Doña Dona
    Uncle Aunt Sultan Shah
    """
)

# The last word (or, in "the Institute of ...", the first part's last word) of what a body is called.
ORG_HEADS = _words(
    """
    Abbey Academy Administration Agency Airline Airlines Airways Alliance Archive Archives Army Assembly Association
    Authority Bank Board Brewery Bureau Cabinet Cathedral Center Centre Chamber Choir Circle Clinic Club College
    Commissariat Commission Committee Commons Conservatory Conservatoire Polytechnic Lyceum Planetarium Synagogue Mosque
    Nunnery Hospice Asylum Dispensary Sanatorium Pharmacy Inquisition Curia Duma Cortes Reichstag Diet Commune
    Company Confederation Congregation Consortium Convent
    Cooperative Co-operative Corporation Corps Council Court Cross Department Diocese Directorate Embassy Consulate
    Exchange Faculty Federation Fellowship Fleet Foundation Foundry Front Fund Gallery Group Guild Guard Guards
    Herbarium Home Hospital Hotel Infirmary Institute Institution International Laboratories Laboratory League Legion
    Library Mill Mills Ministry Mission Monastery Movement Museum Navy Observatory Office Opera Opposition Orchestra
    Orphanage Organisation Organization Parish Parliament Party Police Politburo Press Priory Publishers Publishing
    Books Quartet Railroad Railway Railways School Secretariat Section Seminary Senate Service Services Society
    Soviet Studio Studios Survey Syndicate Synod Theatre Theater Treasury Tribunal Trust Union Unions University Works
    Workshop Brotherhood Church Lodge Order Regiment Brigade Battalion Division Squadron Shipyard Shipyards Yard Line
    Battalions Brigades Divisions Regiments Lines Firm Government Sons Daughters Brothers Bros Ltd Inc Co Corp plc GmbH
    """
)

PARLIAMENTS = _words(
    """
    Bundesrat Bundestag Cortes Curia Duma Eduskunta Folketing Knesset Landtag Lagting Majlis Rada Reichsrat Reichstag
    Rigsdag Riksdag Saeima Seimas Sejm Skupština Sobranie Storting Volkskammer
    """
)

# Such words stand for the body alone only in the company of others.
GENERIC = ORG_HEADS - {"Opposition", "Politburo", "Parliament", "Senate", *PARLIAMENTS} | _words(
    """
    Home House State Government Congress Conference Plenum Plan Revolution War Republic Constitution Law Act Treaty Pact
    Affair Case Trial Trials Process Chapter Volume Section Part Appendix Figure Table Letter Introduction
    Conclusion Marxism Socialism Communism Fascism Nazism Stalinism Leninism Anarchism Capitalism Left Right North
    South Centre God Bible
    """
)

# The last word of what a spot on the map is called, and the first of others.
PLACE_HEADS = _words(
    """
    Street Road Avenue Lane Square Alley Quay Wharf Mole Pier Dock Docks Bridge Gate Gardens Park Hill Hills Heights
    River Creek Brook Falls Lake Loch Bay Gulf Sound Strait Straits Channel Sea Ocean Island Islands Isles Peninsula
    Cape Point Coast Shore Harbour Harbor Beach Reef Mount Mountain Mountains Peak Range Valley Pass Plateau Plain
    Plains Desert Forest Woods Moor County District Province Region Territory Oblast Village Palace Castle House Tower
    Prison Station Cemetery Canal Basin Delta Steppe Volcano Glacier Fjord Firth Marsh Oasis Archipelago Isthmus
    """
)
PLACE_STARTS = _words(
    """
    Cape Lake Villa Palazzo Château Schloss Mount Mont Monte Port Fort Isle Ile Île Lac Cabo Puerto Rio Río Sierra
    Rue rue Calle calle Plaza Place
    place Boulevard boulevard Avenue avenue Via Piazza Ulitsa Quai quai Gulf Bay Strait
    """
)
# Words that end what a partnership calls itself: Kessler and Sons.
PARTNERS = _words("Sons Son Company Co Brothers Bros Daughters Partners Associates Cie Hijos Fils Hermanos")

FOREIGN_HEADS = _words(
    """
    Editions Éditions Editorial Ediciones Librairie Libreria Librería Imprenta Imprimerie Partido Parti Partito
    Comite Comité Union Unión Confederacion Confederación Confederation Federacion Federación Liga Ligue Ligne
    Banco Banque Societe Société Sociedad Instituto Institut Universidad Universite Université Biblioteca
    Bibliotheque Bibliothèque Academia Academie Académie Ministerio Ministere Ministère Casa Maison Verlag
    Gesellschaft Sindicato Syndicat Compagnie Compania Compañía Cercle Circulo Círculo Bund Verein Soyuz Soiuz
    Akademie Bibliothek Hochschule Universität Ministerium Landtag Staatsoper Philharmonie Kammer Komitet Partiya
    Izdatelstvo Издательство Комитет Союз Общество Академия Академии Институт Институте Музей
    Musee Musée Museo Museum Archives Archivo Archivio Cruz Croix Salon Teatro Théâtre Theatre Hospital Hôpital
    Hopital Iglesia Église Eglise Chambre Cámara Camara Conseil Consejo Comisión Comision Commission Ecole École
    Escuela Préfecture Mairie Tribunal Parlement Assemblée
    Sénat Gouvernement Faculté Facultad Colegio Collège Association Asociación Asociacion Presses Imprenta Junta
    """
)

NOT_A_NAME_END = _words(
    """
    Congress Conference Plenum Plan Plans Revolution War Wars Constitution Act Treaty Pact Affair Trial Trials
    Republic Man Men Woman Women Programme Program Policy Expedition Eclipse Transit Comet Nebula Galaxy
    Constellation Catalogue Almanac Telescope Microscope Plates Stars Disease Syndrome Fever Plague Epidemic
    Pandemic Serum Vaccine Operation Theorem Theory Equation Effect Principle Exhibition Festival Symphony Concerto
    Sonata Mass Psalm Sonnets Style Question Terror Purge Purges Day Days Year Years Age Ages Era Prize Award Street
    Leader Left Right Guards Whig Whigs Tory Tories Jacobin Jacobins Girondin Girondins Chartist Huguenot Huguenots
    Liberal Liberals Republican Republicans Jew Jews
    """
)

# Capitals at the start of a sentence in other languages; elsewhere part of a name (La Paz).
ARTICLES = _words(
    """
    la le les el los las un une una dans en sur par pour avec et y pero il elle
    """
)
FEASTS = _words(
    """
    Advent Ascension Candlemas Carnival Christmas Easter Epiphany Hanukkah Jubilee Lady-day Lammas Lent
    Martinmas Michaelmas Midsummer Nativity Passover Pentecost Purim Ramadan Shrovetide Whitsun Whitsuntide Yule
    """
)

# After these, "of the" leads on within the name.
BODIES = _words(
    """
    Institute Commission Ministry Academy Department Bureau Commissariat Council Society Library Museum Office
    Faculty School League Association Federation Confederation Union Board Chamber Bank Court Embassy Friends Sons
    Church Abbey Order Brotherhood Hospital House Daughters Knights Congregation
    """
)

# Adjectives of peoples, tongues and creeds: no names of places, and often in place of one.
PEOPLES = _words(
    """
    English French Spanish German Portuguese Dutch Belgian Swiss Polish Czech Slovak Slovene Yugoslav Greek Turkish
    Roman Romans Cuban Cubans Ukrainian Finnish Swedish Norwegian Danish Icelandic Irish Scottish Welsh British
    Catalan Basque Breton Flemish
    Argentine Peruvian Korean Pakistani Iraqi Lebanese Arab Arabic Hebrew Yiddish Jewish Latin Soviet Tatar Kazakh
    Uzbek Cossack Ottoman Byzantine Slavic Slav Slavonic Nordic Baltic Germanic Celtic Anglo-Saxon Catholic
    Protestant Orthodox Muslim Islamic Christian Communist Socialist Marxist Fascist Nazi Bolshevik Menshevik
    Anarchist Stalinist Leninist Tsarist Lutheran Calvinist Anglican Methodist Puritan Quaker Jesuit Franciscan
    Benedictine Darwinian Copernican Galenic Aristotelian Platonic Cartesian Romantic Baroque Gothic Edwardian
    Elizabethan Carolingian Renaissance
    """
)

FOLLOWERS = ("ists", "isms", "ism", "ites", "ians")
