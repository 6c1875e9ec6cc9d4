"""Latin as it turns up in modern prose: set phrases, and words enough to tell what a Latin sentence looks like."""

from collections.abc import Iterator, Sequence

from pipeline.languages.tokens import Token

# Latin wherever they stand, without the scholar's abbreviations and what English has made its own.
_PHRASES = """
a fortiori; a posteriori; a priori; ab initio; ab ovo; ad absurdum; ad astra; ad hominem; ad infinitum;
ad libitum; ad nauseam; ad personam; ad usum; alma mater; annus mirabilis; annus horribilis; anno domini;
argumentum ad hominem; casus belli; casus foederis; ceteris paribus; caeteris paribus; cogito ergo sum;
compos mentis; non compos mentis; contra legem; corpus delicti; cui bono; cum laude; de gustibus; de mortuis;
de profundis; deus ex machina; dies irae; divide et impera; dramatis personae; ecce homo; ex ante; ex cathedra;
ex libris; ex nihilo; ex officio; ex post; ex post facto; ex silentio; festina lente; fiat lux;
flagrante delicto; habeas corpus; homo faber; homo ludens; homo novus; homo politicus; homo sovieticus;
horror vacui; imperium in imperio; in absentia; in camera; in extenso; in extremis; in flagrante delicto;
in loco parentis; in medias res; in memoriam; in nuce; in pectore; in situ; in spe; in statu nascendi; in toto;
in vino veritas; ipso facto; ira et studio; sine ira et studio; iure divino; jure divino; lapsus calami;
lapsus linguae; lex talionis; locus classicus; locus standi; magna cum laude; mare nostrum; mea culpa;
memento mori; modus operandi; modus vivendi; mutatis mutandis; ne plus ultra; nolens volens; non sequitur;
nulla poena sine lege; nunc dimittis; o tempora o mores; panem et circenses; pari passu; pars pro toto;
pater familias; pax romana; per annum; per aspera ad astra; per definitionem; per se; persona grata;
persona non grata; post facto; post festum; post hoc; post hoc ergo propter hoc; post mortem; prima facie;
primus inter pares; pro domo; pro domo sua; pro forma; quid pro quo; quo vadis; quod erat demonstrandum;
reductio ad absurdum; res gestae; res publica; sic transit gloria mundi; si vis pacem para bellum; sine die;
sine qua non; spiritus rector; spiritus movens; status quo ante; stricto sensu; sensu stricto; sub rosa;
sub specie aeternitatis; sui generis; summa cum laude; suo loco; tabula rasa; terminus ad quem;
terminus ante quem; terminus a quo; terminus post quem; terra firma; terra incognita; tertium comparationis;
tertium non datur; ultima ratio; urbi et orbi; vade mecum; vae victis; veni vidi vici; vox populi;
vox populi vox dei
"""

_SET = frozenset(tuple(phrase.split()) for phrase in _PHRASES.split(";"))
_LONGEST = max(map(len, _SET))

_SCHOLARLY = """
ibid ibidem idem id op cit opcit loc loccit passim infra supra sic et al alii seq sqq ff fn cf ca circa viz vs
versus etc cetera coetera nb inter alia eadem ead scil ms mss vol vols no nos num pp p pt ch ed eds trans rev
"""

# Written in foot notes of every language; they say nothing of the language of what stands around them.
SCHOLARLY = frozenset(_SCHOLARLY.split())

_FREQUENT = """
et in est non ad ut cum ex de qui quae quod si sed per a ab e atque ac nec neque aut vel enim autem nam igitur ergo
etiam quoque iam nunc tunc tum semper saepe numquam hic haec hoc huius huic hunc hanc hac his hos has ille illa illud
illius illum illam illis illos ipse ipsa ipsum ipsius is ea id eius eum eam eo eorum earum eis ei eos eas idem quam
quem quos quas cuius cui quibus quo qua quia quoniam dum ubi unde sicut tamquam quasi post ante inter contra pro sub
super apud propter sine trans ultra ego tu me te mihi tibi nos vos nobis vobis noster nostra nostrum vester suus sua
suum suis suam meus mea meum tuus tua tuum esse sum es sumus sunt erat erant fuit fuerunt fuerit esset essent erit
erunt sit sint fuisse potest possunt posse poterat habet habent habere habuit facit facere fecit faciunt factum facta
fieri fit dicit dicere dixit dicunt dictum datur dare dedit datum venit venire videt videre vidit videtur scit scire
amor amoris bellum belli bello bella pax pacis pacem rex regis regem reges regum regnum regni lex legis legem leges
legum ius iuris iure iustitia iustitiae res rei rem rebus rerum publica publicae deus dei deo deum dominus domini
domino dominum homo hominis hominem homines hominum hominibus vir viri viros populus populi populo populum romanus
romani romanum roma romae urbs urbis urbem terra terrae terram terris mare maris caelum caeli vita vitae vitam mors
mortis mortem tempus temporis tempore tempora annus anni anno annos annis dies diei diem diebus nox noctis nomen
nominis nomine verbum verbi verbo verba verbis liber libri librum libris litterae litterarum opus operis opera operum
causa causae causam ratio rationis rationem natura naturae naturam virtus virtutis virtutem gloria gloriae gloriam
fortuna fortunae spes spei fides fidei fidem veritas veritatis veritatem libertas libertatis libertatem corpus corporis
anima animae animus animi animo mens mentis manus manum manu caput capitis pars partis partem partes modus modi modo
locus loci loco locum via viae viam domus domum pater patris patrem patria patriae mater matris filius filii filium
frater fratres amicus amici amicos hostis hostes servus servi miles milites exercitus consul consules senatus
imperium imperii imperator omnis omne omnia omnium omnibus omnes totus tota totum unus una unum duo tres multi multa
multum multis magnus magna magnum magni maior maximus bonus bona bonum boni malus malum mala malorum novus nova novum
novi antiquus primus prima primum ultimus alter altera alius alia aliud nullus nulla nullum solus sola solum verus
vera verum sanctus sancta sanctum humanus humana humanum divina aeternitatis aeternam bene male magis minus satis
tantum tam ita sic olim hodie cras heri ibi inde deinde postea antea itaque quidem quoque certe vero nihil nemo
quis quid quisque quidquid aliquid quaedam cogito vici vidi veni delenda carthago errare humanum alea iacta
scientia scientiam sapientia disciplina doctrina philosophia historia memoria memoriae studio studium arma
virumque cano gallia divisa dona ferentes labor omnia vincit vincere audaces iuvat mundi mundus mundum saecula
saeculorum gratia gratias plena tecum pacem dona requiem lux lucis lucem tenebrae crux crucis sanguis ignis
"""

# Most frequent first: ranks stand in for counts (Zipf).
WORDS = tuple(dict.fromkeys(_FREQUENT.split()))


def phrases(text: str, words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """(first, last) word of each set phrase, the longest where there are several."""
    index = 0
    while index < len(words):
        for size in range(min(_LONGEST, len(words) - index), 1, -1):
            group = words[index : index + size]
            if tuple(word.form for word in group) not in _SET:
                continue
            if text[group[0].start : group[-1].end].count(" ") == size - 1:
                yield index, index + size - 1
                index += size - 1
                break
        index += 1
