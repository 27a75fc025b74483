"""The closed lists that the support check knows: words that negate, oppose, count for nothing, or mean the same.

They are short on purpose. A pair of words that is in no list is taken for two different things, which costs a
good paraphrase now and then and never lets a false sentence through.
"""

from __future__ import annotations

STOP = frozenset(
    """a an the this that these those such same own it its itself they them their themselves he she him his her
    we our you your who whom whose which what when where while as at by for from in into of off on onto out to
    toward towards up upon with within via per through across over under about around among between against
    during until till since both and or nor but if then than so too also even just still already yet only
    there here how why be is are was were been being am do does did done doing have has had having can could
    may might must shall should will would let lets get gets got give gives gave given take takes took taken
    make makes made making use uses used using one ones other others another each every any some all many much
    more most less least few fewer several very quite rather instead not no never neither none without
    say says said saying explain explains explained report reports reported reporting note notes noted write
    writes wrote written writing describe describes described observe observes observed find finds found tell
    tells told state states stated recall recalls recalled argue argues argued conclude concludes concluded
    hold holds held mention mentions name names named call calls called count counts counted
    according accordance because whether though although despite however therefore thus again once
    whereas like unlike as well lot way ways thing things case cases kind include includes including included
    become becomes became total overall based regard regardless whatever date dates dated
    le la les l un une des du de d au aux ce cette ces son sa ses leur leurs il elle ils elles on qui que quoi
    dont où et ou mais donc or ni car ne pas en dans par pour sur sous avec sans chez vers est sont était
    étaient a ont avait avaient été être avoir fait selon se s y plus moins tout tous toute toutes même
    el los las lo uno una unos unas del al su sus este esta estos estas ese esa que quien cuyo y e o u pero
    sino si no en por para con sin sobre entre hasta desde es son era eran fue fueron ser estar ha han había
    según se más menos todo todos toda todas muy ya también""".split()
)

NEGATORS = frozenset(
    """not no never without neither nor none nobody nothing hardly lack lacks lacked lacking refuse refuses
    refused unable lose loses lost absence absent falta manque carece carecen forbid forbids forbade forbidden prohibit prohibits prohibited except unpaid stop stops
    stopped stopping cease ceases ceased
    ne pas jamais aucun aucune sans ni non nunca jamás ningún ninguna ninguno sin tampoco""".split()
)
"""Words whose scope is what follows them in the clause."""

SCOPE_ENDS = frozenset(
    "before after until when if unless once that avant après quand si antes después cuando".split()
)
"""Words that end what a negator denies, though not the clause."""

AUXILIARIES = frozenset(
    "is was has had does did will can could may must est était a es era fue tiene".split()
)
"""A capitalised singular before one of these, without an article, is a name or as good as one."""

VERBS = frozenset(
    """accept adopt advise aid appoint approve ask assist attack back bring build buy challenge choose control create
    criticize defend depend direct elect employ exclude expel finance follow found fund give help hire influence
    inform inspire invest invite join lead learn lend manage meet need offer oppose organize own pay praise prefer
    promote protect provide pursue receive recognize recruit regulate rescue require save sell send serve sign
    succeed supervise supply support take teach train transform trust urge use visit welcome win""".split()
)
"""Common verbs in their plain form, which no ending gives away."""

FAILURES = frozenset("fail fails failed échoué échoue fracasó fracasa".split())
"""Verbs that, standing last in a clause, deny what the clause says."""

NEGATING_PAIRS = frozenset(
    {
        ("instead", "of"),
        ("rather", "than"),
        ("fail", "to"),
        ("fails", "to"),
        ("failed", "to"),
        ("plutôt", "que"),
    }
)

BREAKS = frozenset(
    "and but while whereas although because since so which who et mais tandis y pero mientras sino".split()
)
"""Words that begin a new clause, as punctuation does."""

PHRASES = {
    "set up": "founded",
    "sets up": "founds",
    "setting up": "founding",
    "took place": "occurred",
    "takes place": "occurs",
    "take part": "participate",
    "takes part": "participates",
    "took part": "participated",
    "made up of": "comprising",
    "came out": "published",
    "put in": "invest",
    "brings together": "gathers",
    "laid off": "dismissed",
    "lay off": "dismiss",
    "shut down": "close",
    "shuts down": "closes",
    "taken over": "acquired",
    "take over": "acquire",
    "went on": "continued",
    "said no": "refused",
    "turned down": "refused",
    "brought together": "gathered",
    "long lasting": "durable",
    "per cent": "%",
    "pour cent": "%",
    "por ciento": "%",
    "not for profit": "nonprofit",
    "non profit": "nonprofit",
    "not only": "also",
    "co op": "coop",
    "co ops": "coops",
    "co operative": "cooperative",
    "co operatives": "cooperatives",
    "co operation": "cooperation",
    "co operators": "cooperators",
    "international labour organization": "ILO",
    "international labour organisation": "ILO",
    "united nations": "UN",
    "united states of america": "USA",
    "united states": "USA",
    "the us": "USA",
    "united kingdom": "UK",
    "european union": "EU",
    "new york city": "NYC",
    "international cooperative alliance": "ICA",
    "international co operative alliance": "ICA",
    "public limited": "plc",
    "a hundred": "hundred",
    "a thousand": "thousand",
    "a dozen": "dozen",
}

_SYNONYMS = """
found founder founding create creation establish start begin launch form formation born birth origin naissance
adopt adoption pass approve enact vote
publish release appear issue
employ employee job work worker employment labour workforce staff personnel
own owner ownership belong
member membership affiliate affiliated belong
firm company enterprise business undertaking
cooperative coop cooperation
coop cooperator
people person individual human
help support assist aid assistance
recognize acknowledge recognition
important importance matter crucial significant
pay wage salary earn earnings remuneration income receive
surplus profit
distribute share divide allot split
democratic democratically democracy
decide decision choose select selection chosen choice
need require demand necessary requirement needs
show demonstrate
study research examine investigate analyse survey analysis
make produce manufacture product production
meet gather convene attend participate participant occur hold
buy purchase acquire acquisition
close closure shut
dismiss redundant fire
write author
lead head director direct
law act legislation legal bill statute
country state nation
region area territory
global worldwide world international planet
national nationwide
member affiliate
loan lend credit borrow
repay refund
invest investment capital fund put
grow growth expand rise increase spread
allow permit enable authorise let able
obtain receive get
last survive survival
reason cause
rule regulation
revise reform rewrite update
difficulty challenge obstacle problem
aim goal objective purpose meant
run manage operate management operation control govern
vote voting ballot
equal same
free freely freedom
join enter
leave quit exit
yearly annual annually year
rescue save preserve
recover recuperate recuperated recovered
turn convert transform conversion
fail bankrupt bankruptcy
present introduce submit
propose suggest proposal
promise pledge commit
sign agreement
agreement accord memorandum
think view opinion
old age
begin open
speak speech
gender sex
woman female
man male
poor poverty
child children
care caring
house housing
train training educate education
trouble difficulty struggle
large big great
small little
quick fast rapid rapidly
slow slowly
cheap inexpensive
expensive costly
usual ordinary traditional conventional normal
various several different
various regions
instance example
elder elderly aged
main chief principal
part section component
contain cover include comprise
stand represent
rest draw base rely depend use
term condition
suitable fit appropriate
minimum least
maximum most
roughly about
average mean
former previous earlier
later subsequently
current present
shop store market
money funds cash
sell sale sold
rate share proportion percentage
method approach
answer response respond reply
change transform changing alter
influence affect effect impact
spread grow
cooperation collaboration collaborate partnership
joint jointly together
continue remain stay
limited restricted
complete full
tv television
pandemic covid
journal magazine review
book volume
meeting conference congress summit
workshop seminar
talk discuss discussion debate
topic theme subject
town city
young youth
trade commerce
tax fiscal
account ledger
dissolve dissolution disappear
way form manner
grow grew grown expand expanded
begin began begun start
lead led
meet met
teach taught
pay paid
win won
lose lost
sell sold
build built
leave left
fall fell
rise rose
keep kept retain
seek sought
organize organise structure arrange
intend plan
supreme highest top
contribute give provide donate
provide offer supply
restart resume relaunch
rich wealthy
bring generate yield
body organization organisation institution
follow comply respect
require ask demand
address tackle
show reveal indicate
strategy plan
goal target
fight combat
begin commence
finish end complete
house home
quick swift
kind type sort
important essential vital
nearly almost
often frequently
especially particularly notably
famous known
task job
buy purchase
keep maintain
join enter
error mistake
idea concept notion
use employ apply
choose opt select
happen occur
think believe consider
make create
various diverse
entire whole
example instance
possible potential
prefer favour
receive obtain
happiness wellbeing welfare
scheme programme program
group team
fee charge cost price
guide handbook manual
paper article
head chair chairs president
centenary hundredth
decade ten
attention importance
advisory advice advise
fourth quarter
inaugurate open
fundar nacer crear fundacion
salario sueldo
fonder creer naitre fondation
avoir compter
"""

_ANTONYMS = """
more increase rise rose risen grow grew grown growth gain raise higher high up greater larger faster longer better above exceed exceeding expand | less decrease fall fell fallen shrink shrank shrunk loss lower low down fewer smaller slower shorter worse below decline reduce drop diminish
large big major huge great significant substantial considerable maximum vast | small minor minimal little negligible insignificant tiny minimum slight
most majority best many | least minority worst few
strong stronger | weak weaker
fast quick rapid quickly rapidly | slow slowly
long longer | short shorter brief
early earlier | late later
before | after
first | last
old older | young younger new newer
rich wealthy | poor
upper | lower
top | bottom
public | private
open | closed secret
rare rarely seldom scarce uncommon exceptional | common often frequent frequently usual usually typical most many majority
little scarce insufficient inadequate lacking | ample abundant plentiful plenty sufficient adequate extensive
rejects dismiss ignore | embrace
always | never sometimes
easy easily easier | difficult hard harder
cheap cheaper inexpensive affordable | expensive costly
succeed success successful successfully | fail failure unsuccessful failed
accept agree approve adopt pass welcome endorse accepted | reject refuse oppose decline deny rejected veto
support favour promote encourage foster | oppose hinder discourage obstruct prevent
allow permit enable authorise let | forbid prohibit ban prevent forbidden
include including | exclude excluding
join enter | leave quit exit
open found create establish start launch begin | close dissolve abolish end finish liquidate shut
buy purchase acquire | sell
import | export
employer | employee worker
voluntary voluntarily optional | compulsory mandatory obligatory required
formal | informal
internal | external
direct directly | indirect indirectly
temporary | permanent
full | empty partial
true | false
possible able | impossible unable
legal lawful | illegal unlawful
equal equally | unequal
independent | dependent
urban | rural
local | global international foreign
domestic | foreign abroad
male man men husband | female woman women wife
north northern | south southern
east eastern | west western
democratic democratically | autocratic undemocratic authoritarian
deliberate deliberately intentional | accidental
worker labour | investor shareholder capitalist
member | outsider nonmember
owner | tenant
teacher | student
majority | minority
productive | unproductive
profit | loss nonprofit
stable | unstable
safe | unsafe dangerous
positive | negative
advantage | disadvantage
benefit | harm damage
optimistic hopeful | pessimistic
trust | distrust mistrust
peaceful | violent
simple | complex complicated
similar same | different
together jointly collectively | separately individually alone
only solely exclusively | also
save preserve rescue | destroy
remain stay | leave
increase | decrease
horizontal | vertical
left | right
centralized | decentralized
transparent | opaque secret
paid | unpaid
divisible | indivisible
absent | present
abstract | concrete
active | passive inactive
add | subtract remove
admit | deny
advance progress | retreat setback
ancient | modern
arrive arrival | depart departure
artificial | natural
attack criticize criticise condemn blame | defend praise applaud welcome
attract | repel
aware | unaware
begin beginning start | end ending
big biggest largest greatest | small smallest
highest | lowest
best | worst
fastest quickest | slowest
longest | shortest
oldest earliest | youngest newest latest
strongest | weakest
richest wealthiest | poorest
easiest | hardest
broad wide wider | narrow narrower
build construct | destroy demolish
certain sure | uncertain doubtful
collective | individual
competition rivalry | cooperation
confirm | refute contradict
connect | separate
conservative | progressive radical
consumer | producer
create | destroy
credit | debit debt
creditor | debtor
decentralise | centralise
discover | hide
diverse | uniform homogeneous
durable lasting | fleeting
efficient | inefficient wasteful
encourage motivate | discourage deter
enemy opponent | friend ally
essential vital crucial critical important necessary indispensable | irrelevant unimportant unnecessary marginal trivial
exact precise | vague approximate
expand widen broaden | narrow contract shrink
famous | unknown obscure
fair just | unfair unjust
flexible | rigid inflexible
frequent | rare
friendly | hostile
generous | stingy
good | bad poor evil
happy | sad unhappy
healthy | sick ill
heavy | light
help | hinder hamper
honest | dishonest
ignore neglect overlook | consider heed
improve enhance | worsen deteriorate degrade
inside | outside
interesting | boring
landlord | tenant
leader | follower
legitimate | illegitimate
liberal | authoritarian
light | dark
lose losing | gain win
love | hate dislike
manager management boss | subordinate
mass | elite
merge unite unify | split divide separate
near close | far distant
new | old
obey comply | violate breach disobey
old | new
optional | compulsory
partly partially | wholly entirely fully completely
permit | prohibit
popular | unpopular
praise | blame
praised | criticized criticised
presence | absence
prosper thrive flourish | decline decay stagnate
protect | endanger expose
prove | disprove
publish | withdraw suppress
quiet | loud
rapid | gradual
real genuine authentic | fake false bogus
regular | irregular
relevant | irrelevant
resemble | differ
resilient robust solid | fragile vulnerable brittle
respect | disregard
rise | fall
satisfied | dissatisfied
seller | buyer
sender | recipient
senior | junior
short | long
skilled | unskilled
solidarity | selfishness
solvent | insolvent bankrupt
special | general ordinary
strengthen reinforce | weaken undermine erode
strict | lax lenient
superior | inferior
tight | loose
tolerate | persecute
transparency openness | secrecy opacity
useful | useless
valid | void invalid
victory | defeat
visible | invisible
wealth | poverty
whole | part
widespread | isolated
accelerate | slow delay
retain | discard abandon
lead | follow
mandatory | voluntary
national | provincial regional municipal
rural | urban
employed employment | unemployed unemployment jobless
solve | aggravate
inflow | outflow
ascend | descend
much | little
mas mayor mayores mejor | menos menor menores peor
plus majoritaire | moins minoritaire
avant | apres
antes | despues
grand grande | petit petite
grande grandes | pequeno pequena pequenas pequenos
"""

_ALIASES = """
usa us american americans america
uk britain british
nyc york
un
eu european europe
japan japanese
italy italian italians
spain spanish
france french
germany german
brazil brazilian
argentina argentinian argentine argentina
uruguay uruguayan uruguayas uruguayo uruguaya uruguayos
ireland irish
korea korean
china chinese
india indian
kenya kenyan
zimbabwe zimbabwean
canada canadian
quebec quebecoise quebecois
colombia colombian
philippines philippine filipino
egypt egyptian
tunisia tunisian
mexico mexican
cuba cuban
greece greek
belgium belgian
switzerland swiss
sweden swedish
finland finnish
netherlands dutch
portugal portuguese
australia australian
yugoslavia yugoslav yugoslavian
california californian
africa african
asia asian
ilo
"""


def _groups(lines: str) -> dict[str, set[int]]:
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(lines.strip().splitlines()):
        for word in line.split():
            groups.setdefault(word, set()).add(number)
    return groups


SYNONYMS = _groups(_SYNONYMS)
"""A word to the numbers of the groups it stands in; two words of one group mean the same here."""

ALIASES = _groups(_ALIASES)
"""The same for names: a country and its people, an organisation and its initials."""

ANTONYMS = tuple(
    tuple(frozenset(side.split()) for side in line.split("|")) for line in _ANTONYMS.strip().splitlines()
)
"""Pairs of sets: words of one side deny words of the other."""
