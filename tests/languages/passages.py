"""Passages, invented for the purpose: what stands in another language between < and >, and which ones in order."""

PASSAGES: list[tuple[str, list[str]]] = [
    # French, with and without accents, quoted and run on
    ('The harbour master wrote "<la mer a pris ce que nous lui avions vole>" and closed the book.', ["fr"]),
    ('The harbour master wrote "<la mer a pris ce que nous lui avions volé>" and closed the book.', ["fr"]),
    ("She kept to her father's rule, <ne jamais rendre ce qui est trouve>, until the year of the strike.", ["fr"]),
    ('"<Les ouvriers du port ont refuse de charger les navires anglais.>"', ["fr"]),
    ("In the ledger, among the figures, stands <pour les enfants de la rue basse> in a shaky hand.", ["fr"]),
    ("They laughed at what he called his '<metier de pauvre>' and went on mending nets.", ["fr"]),
    ('He signed himself "<votre devoue serviteur>" even to his enemies.', ["fr"]),
    ('The deputy answered: "<Il n\'y a plus rien a faire ici, messieurs.>" Nobody contradicted him.', ["fr"]),
    ("The poster said <à bas la guerre> in letters a yard high.", ["fr"]),
    # Spanish
    ('The crew sang "<que bonito es el mar cuando no hay viento>" on the way home.', ["es"]),
    ('The crew sang "<qué bonito es el mar cuando no hay viento y mañana tampoco habrá>" on the way home.', ["es"]),
    ('Her letter ends "<no tengo mas noticias de mi hermano desde el verano>" without a greeting.', ["es"]),
    ("The old men said <donde manda capitan no manda marinero> and shrugged.", ["es"]),
    ("The clerk had stamped it <muy urgente y reservado> before he locked it away.", ["es"]),
    ("The union's paper printed '<los trabajadores del muelle>' above every list of donors.", ["es"]),
    ('"<Los barcos llegaron de noche, cargados de carbon y de miedo.>"', ["es"]),
    ("The toast was <¡viva la república!> and the glasses were broken.", ["es"]),
    # Russian in Cyrillic
    ("The cook had scratched <не забудь меня> into the rail.", ["ru"]),
    ("On the back somebody wrote <Порт закрыт до весны> and a date.", ["ru"]),
    ("The word <товарищ> was struck out by the censor.", ["ru"]),
    ('The telegram read "<приезжай немедленно, отец болен>" and nothing else.', ["ru"]),
    ("<Уважаемый господин директор! Прошу Вас выдать мне справку о работе в порту.>", ["ru"]),
    # Russian in Latin letters, several schemes
    ('The sailors answered "<my ne khotim voevat za chuzhie den\'gi>" and stayed ashore.', ["ru-Latn"]),
    ('The note said "<vse suda dolzhny uiti iz porta do nochi>" and was not signed.', ["ru-Latn"]),
    ("He repeated <nichego ne podelaesh, nado zhdat vesny> whenever he was asked.", ["ru-Latn"]),
    ('The banner read "<zemlya krestyanam, fabriki rabochim>" in both towns.', ["ru-Latn"]),
    ('The consul noted "<tovarichtchi, nado rabotat>" in the French spelling.', ["ru-Latn"]),
    ('Her grandmother used to say "<tishe yedesh, dalshe budesh>" to the drivers.', ["ru-Latn"]),
    ("Officials spoke of <beskhozyaistvennost> (mismanagement) and did nothing.", ["ru-Latn"]),
    # German and Italian
    ('The mate muttered "<das Schiff fahrt morgen nicht mehr ab>" and lit his pipe.', ["de"]),
    ("On the crate stood <nicht stürzen und vor Nässe schützen> in red paint.", ["de"]),
    ('The pilot said "<wir haben keine Zeit zu verlieren>" in his own tongue.', ["de"]),
    ('The tenor shouted "<non ho mai visto una tempesta cosi grande>" from the quay.', ["it"]),
    ("The grocer's sign said <si vende il vino della casa> over the door.", ["it"]),
    # Latin
    ("The argument was <ad hominem> and nobody liked it.", ["la"]),
    ("Custom is not a law <per se>, the judge held.", ["la"]),
    ("The council decided <in absentia> that the pier was to be sold.", ["la"]),
    ("Over the gate is carved <omnia vincit labor et fides> in worn letters.", ["la"]),
    ("The rule applies <mutatis mutandis> to the fishing boats.", ["la"]),
    # Several languages in one sentence
    ('He wrote "<je ne sais pas quoi faire>" to her and "<no se que hacer>" to his brother.', ["fr", "es"]),
    ('First came "<mañana veremos lo que pasa>", then "<завтра увидим>", then silence.', ["es", "ru"]),
    ('One hand wrote "<il faut partir avant la nuit>", another "<nado uekhat do nochi>" below it.', ["fr", "ru-Latn"]),
    ("They shouted <vive la liberte> and the others answered <viva la libertad de los pueblos> at once.", ["fr", "es"]),
    ('The book has "<alles hat ein Ende>" on one page and "<tout a une fin>" on the next.', ["de", "fr"]),
    # Names inside
    ('"<Madame Duval est partie pour Marseille avec ses deux filles.>"', ["fr"]),
    ('Lena wrote "<querido Pablo, te espero en Bilbao el lunes>" on the card.', ["es"]),
]

PLAIN = [
    "The harbour at Velmouth froze over in 1923, and the ferry to the islands stopped for nine weeks.",
    "Mr. Abernathy and Mrs. Kowalczyk quarrelled about the lease until Dr. O'Brien died in Buenos Aires.",
    "Ibid., p. 45; Carver, op. cit., pp. 12-19, passim; see also chapter 3, infra.",
    "The bourgeois regime of the commune was a cliche of the genre, a naive facade for the elite.",
    "Petrov, Ivanov and Sidorenko met Jean-Baptiste Lefevre at the Cafe de la Paix, as Juan de la Cruz had asked.",
    "The kulaks and the muzhiks drank vodka from the samovar near the kolkhoz.",
    "The de Souza brothers, Van der Berg and the La Rochelle pilots signed.",
    "He ran the Banco Comercial del Puerto and the Societe Generale de Navigation for years.",
    "Tonnage rose, wages fell; rope, tar, salt and coal were scarce. No die was cast, no pain was spared.",
    "A grand plan, an acute crisis, a moral question: social, central, national, final, total.",
]
