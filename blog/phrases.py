"""What the theme says, in the language of the page where it is one of these; dates as the Unicode CLDR has them.

https://cldr.unicode.org/translation/date-time/date-time-patterns
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from markupsafe import Markup

from .languages import direction

ENGLISH = "en"
NAMES = """
    skip main browse archive tags categories series subscribe feed colours auto light dark author years pages
    tagged tag category all_tags all_categories all_series all_posts posts recent no_posts no_tags
    newer_posts older_posts newer older beside page_of part_of all_parts part parts_word posts_word
    updated minutes draft continue related licence permalink source edit
    missing missing_lead like front look moved moved_lead moved_link feeds_lead opml preview
    archive_about tags_about categories_about series_about subscribe_about tag_about category_about one_series_about
    page_title page_about not_found kicker sections
    authors languages
""".split()
# In the order of the names; before a ~ stands what is said of one.
SAID = {
    "en": """
        Skip to content|Main|Browse|Archive|Tags|Categories|Series|Subscribe|Feed|Colours|Auto|Light|Dark|Author|Years
        |Pages|Tagged|Tag|Category|All tags|All categories|All series|All posts|Posts|Recent posts
        |There are no posts yet.|There are no tags yet.|Newer posts|Older posts|Newer|Older|Other posts
        |Page {page} of {pages}|Part {number} of {count} of|All {count} parts|Part {number}|part~parts|post~posts
        |Updated|{count} min read|Draft|Continue reading|Related posts|Licence|Permanent link|Source of this post
        |Suggest a change|Page not found
        |There is nothing at this address. It may have moved, or the link may be wrong.|Perhaps you were looking for
        |Go to the front page|Look through the archive|Moved|This page has moved|Go to the new address
        |A feed tells a reading program of your choice what is new here. Give it one of these addresses; nobody learns
        who you are, and you leave by taking it out again.|All of them in one file, for programs that take lists:
        |This page isn't published. The link to it works until|Every post, by year.
        |All tags, and how much there is on each.|All categories, and how much there is in each.
        |All series, and how many parts each has.|Every feed of {title}.
        |{count} post on {name}.~{count} posts on {name}.|{count} post in {name}.~{count} posts in {name}.
        |{name}: a series in {count} part.~{name}: a series in {count} parts.|Posts, page {page}
        |Page {page} of {pages} of all posts.|Not found|Tagged|Sections|Authors|Languages""",
    "da": """
        Gå til indholdet|Hovedmenu|Udforsk|Arkiv|Emner|Kategorier|Serier|Abonner|Feed|Farver|Auto|Lys|Mørk|Forfatter
        |År|Sider|Emner|Emne|Kategori|Alle emner|Alle kategorier|Alle serier|Alle indlæg|Indlæg|Seneste indlæg
        |Der er ingen indlæg endnu.|Der er ingen emner endnu.|Nyere indlæg|Ældre indlæg|Nyere|Ældre|Andre indlæg
        |Side {page} af {pages}|Del {number} af {count} af|Alle {count} dele|Del {number}|del~dele|indlæg~indlæg
        |Opdateret|{count} min. læsning|Kladde|Læs videre|Relaterede indlæg|Licens|Permanent link|Indlæggets kilde
        |Foreslå en ændring|Siden blev ikke fundet
        |Der er intet på denne adresse. Måske er siden flyttet, eller også er linket forkert.|Måske ledte du efter
        |Gå til forsiden|Se arkivet igennem|Flyttet|Siden er flyttet|Gå til den nye adresse
        |Et feed fortæller et læseprogram efter dit valg, hvad der er nyt her. Giv det en af disse adresser; ingen får
        at vide, hvem du er, og du stopper ved at fjerne den igen.
        |Alle samlet i én fil, til programmer der tager lister:
        |Denne side er ikke udgivet. Linket til den virker indtil|Alle indlæg efter år.
        |Alle emner, og hvor meget der er om hvert.|Alle kategorier, og hvor meget der er i hver.
        |Alle serier, og hvor mange dele de har.|Alle feeds fra {title}.
        |{count} indlæg om {name}.~{count} indlæg om {name}.|{count} indlæg i {name}.~{count} indlæg i {name}.
        |{name}: en serie i {count} del.~{name}: en serie i {count} dele.|Indlæg, side {page}
        |Side {page} af {pages} af alle indlæg.|Ikke fundet|Emne|Sektioner|Forfattere|Sprog""",
    "de": """
        Zum Inhalt springen|Hauptmenü|Stöbern|Archiv|Schlagwörter|Kategorien|Serien|Abonnieren|Feed|Farben|Auto|Hell
        |Dunkel|Autor|Jahre|Seiten|Schlagwörter|Schlagwort|Kategorie|Alle Schlagwörter|Alle Kategorien|Alle Serien
        |Alle Beiträge|Beiträge|Neueste Beiträge|Es gibt noch keine Beiträge.|Es gibt noch keine Schlagwörter.
        |Neuere Beiträge|Ältere Beiträge|Neuer|Älter|Weitere Beiträge|Seite {page} von {pages}
        |Teil {number} von {count} von|Alle {count} Teile|Teil {number}|Teil~Teile|Beitrag~Beiträge|Aktualisiert
        |{count} Min. Lesezeit|Entwurf|Weiterlesen|Ähnliche Beiträge|Lizenz|Permanenter Link|Quelltext dieses Beitrags
        |Änderung vorschlagen|Seite nicht gefunden
        |Unter dieser Adresse gibt es nichts. Die Seite ist vielleicht umgezogen, oder der Link ist falsch.
        |Vielleicht haben Sie das gesucht|Zur Startseite|Im Archiv suchen|Umgezogen|Diese Seite ist umgezogen
        |Zur neuen Adresse
        |Ein Feed sagt einem Leseprogramm Ihrer Wahl, was es hier Neues gibt. Geben Sie ihm eine dieser Adressen;
        niemand erfährt, wer Sie sind, und wer sie wieder entfernt, hat gekündigt.
        |Alle in einer Datei, für Programme, die Listen annehmen:
        |Diese Seite ist nicht veröffentlicht. Der Link zu ihr gilt bis|Alle Beiträge nach Jahren.
        |Alle Schlagwörter, und wie viel es zu jedem gibt.|Alle Kategorien, und wie viel es in jeder gibt.
        |Alle Serien, und wie viele Teile jede hat.|Alle Feeds von {title}.
        |{count} Beitrag zu {name}.~{count} Beiträge zu {name}.|{count} Beitrag in {name}.~{count} Beiträge in {name}.
        |{name}: eine Serie in {count} Teil.~{name}: eine Serie in {count} Teilen.|Beiträge, Seite {page}
        |Seite {page} von {pages} aller Beiträge.|Nicht gefunden|Schlagwort|Bereiche|Autoren|Sprachen""",
    "es": """
        Saltar al contenido|Principal|Explorar|Archivo|Etiquetas|Categorías|Series|Suscribirse|Feed|Colores|Automático
        |Claro|Oscuro|Autor|Años|Páginas|Etiquetas|Etiqueta|Categoría|Todas las etiquetas|Todas las categorías
        |Todas las series|Todas las entradas|Entradas|Entradas recientes|Todavía no hay entradas.
        |Todavía no hay etiquetas.|Entradas más recientes|Entradas anteriores|Siguiente|Anterior|Otras entradas
        |Página {page} de {pages}|Parte {number} de {count} de|Las {count} partes|Parte {number}|parte~partes
        |entrada~entradas|Actualizado|{count} min de lectura|Borrador|Seguir leyendo|Entradas relacionadas|Licencia
        |Enlace permanente|Fuente de esta entrada|Sugerir un cambio|Página no encontrada
        |No hay nada en esta dirección. Puede que la página se haya movido o que el enlace esté mal.|Quizá buscaba
        |Ir a la página de inicio|Buscar en el archivo|Movida|Esta página se ha movido|Ir a la nueva dirección
        |Un feed cuenta a un programa de lectura de su elección lo que hay de nuevo aquí. Dele una de estas
        direcciones; nadie sabrá quién es, y para dejarlo basta con quitarla.
        |Todos en un solo archivo, para programas que aceptan listas:
        |Esta página no está publicada. El enlace a ella funciona hasta|Todas las entradas, por año.
        |Todas las etiquetas y cuánto hay en cada una.|Todas las categorías y cuánto hay en cada una.
        |Todas las series y cuántas partes tiene cada una.|Todos los feeds de {title}.
        |{count} entrada sobre {name}.~{count} entradas sobre {name}.
        |{count} entrada en {name}.~{count} entradas en {name}.
        |{name}: una serie en {count} parte.~{name}: una serie en {count} partes.|Entradas, página {page}
        |Página {page} de {pages} de todas las entradas.|No encontrada|Etiqueta|Secciones|Autores|Idiomas""",
    "fr": """
        Aller au contenu|Principal|Parcourir|Archives|Étiquettes|Catégories|Séries|S’abonner|Flux|Couleurs|Auto|Clair
        |Sombre|Auteur|Années|Pages|Étiquettes|Étiquette|Catégorie|Toutes les étiquettes|Toutes les catégories
        |Toutes les séries|Tous les articles|Articles|Articles récents|Il n’y a pas encore d’articles.
        |Il n’y a pas encore d’étiquettes.|Articles plus récents|Articles plus anciens|Plus récent|Plus ancien
        |Autres articles|Page {page} sur {pages}|Partie {number} sur {count} de|Les {count} parties|Partie {number}
        |partie~parties|article~articles|Mis à jour|{count} min de lecture|Brouillon|Lire la suite|Articles similaires
        |Licence|Lien permanent|Source de cet article|Proposer une modification|Page introuvable
        |Il n’y a rien à cette adresse. La page a peut-être été déplacée, ou le lien est erroné.
        |Vous cherchiez peut-être|Aller à la page d’accueil|Parcourir les archives|Déplacée|Cette page a été déplacée
        |Aller à la nouvelle adresse
        |Un flux indique à un lecteur de votre choix ce qu’il y a de nouveau ici. Donnez-lui une de ces adresses ;
        personne n’apprend qui vous êtes, et il suffit de la retirer pour se désabonner.
        |Tous dans un seul fichier, pour les programmes qui acceptent des listes :
        |Cette page n’est pas publiée. Le lien vers elle fonctionne jusqu’au|Tous les articles, par année.
        |Toutes les étiquettes et leur nombre d’articles.|Toutes les catégories et leur nombre d’articles.
        |Toutes les séries et leur nombre de parties.|Tous les flux de {title}.
        |{count} article sur {name}.~{count} articles sur {name}.
        |{count} article dans {name}.~{count} articles dans {name}.
        |{name} : une série en {count} partie.~{name} : une série en {count} parties.|Articles, page {page}
        |Page {page} sur {pages} de tous les articles.|Introuvable|Étiquette|Rubriques|Auteurs|Langues""",
    "it": """
        Vai al contenuto|Principale|Sfoglia|Archivio|Etichette|Categorie|Serie|Abbonati|Feed|Colori|Automatico|Chiaro
        |Scuro|Autore|Anni|Pagine|Etichette|Etichetta|Categoria|Tutte le etichette|Tutte le categorie|Tutte le serie
        |Tutti gli articoli|Articoli|Articoli recenti|Non ci sono ancora articoli.|Non ci sono ancora etichette.
        |Articoli più recenti|Articoli meno recenti|Più recente|Meno recente|Altri articoli|Pagina {page} di {pages}
        |Parte {number} di {count} di|Tutte le {count} parti|Parte {number}|parte~parti|articolo~articoli|Aggiornato
        |{count} min di lettura|Bozza|Continua a leggere|Articoli correlati|Licenza|Link permanente
        |Sorgente di questo articolo|Suggerisci una modifica|Pagina non trovata
        |A questo indirizzo non c’è nulla. La pagina può essere stata spostata, oppure il link è errato.|Forse cercavi
        |Vai alla pagina iniziale|Cerca nell’archivio|Spostata|Questa pagina è stata spostata|Vai al nuovo indirizzo
        |Un feed dice a un lettore di tua scelta che cosa c’è di nuovo qui. Dagli uno di questi indirizzi; nessuno
        viene a sapere chi sei, e per smettere basta toglierlo.
        |Tutti in un solo file, per i programmi che accettano elenchi:
        |Questa pagina non è pubblicata. Il link funziona fino al|Tutti gli articoli, per anno.
        |Tutte le etichette e quanto c’è per ciascuna.|Tutte le categorie e quanto c’è in ciascuna.
        |Tutte le serie e quante parti ha ciascuna.|Tutti i feed di {title}.
        |{count} articolo su {name}.~{count} articoli su {name}.
        |{count} articolo in {name}.~{count} articoli in {name}.
        |{name}: una serie in {count} parte.~{name}: una serie in {count} parti.|Articoli, pagina {page}
        |Pagina {page} di {pages} di tutti gli articoli.|Non trovata|Etichetta|Sezioni|Autori|Lingue""",
    "nl": """
        Naar de inhoud|Hoofdmenu|Bladeren|Archief|Trefwoorden|Categorieën|Reeksen|Abonneren|Feed|Kleuren|Automatisch
        |Licht|Donker|Auteur|Jaren|Pagina’s|Trefwoorden|Trefwoord|Categorie|Alle trefwoorden|Alle categorieën
        |Alle reeksen|Alle berichten|Berichten|Recente berichten|Er zijn nog geen berichten.
        |Er zijn nog geen trefwoorden.|Nieuwere berichten|Oudere berichten|Nieuwer|Ouder|Andere berichten
        |Pagina {page} van {pages}|Deel {number} van {count} van|Alle {count} delen|Deel {number}|deel~delen
        |bericht~berichten|Bijgewerkt|{count} min leestijd|Concept|Verder lezen|Verwante berichten|Licentie
        |Permanente link|Bron van dit bericht|Een wijziging voorstellen|Pagina niet gevonden
        |Op dit adres is niets. De pagina is misschien verplaatst, of de link klopt niet.|Misschien zocht u
        |Naar de voorpagina|Het archief doorzoeken|Verplaatst|Deze pagina is verplaatst|Naar het nieuwe adres
        |Een feed vertelt een leesprogramma naar keuze wat hier nieuw is. Geef het een van deze adressen; niemand komt
        te weten wie u bent, en u stopt door het weer weg te halen.
        |Allemaal in één bestand, voor programma’s die lijsten aannemen:
        |Deze pagina is niet gepubliceerd. De link ernaartoe werkt tot|Alle berichten, per jaar.
        |Alle trefwoorden, en hoeveel er over elk is.|Alle categorieën, en hoeveel er in elk is.
        |Alle reeksen, en hoeveel delen elk heeft.|Alle feeds van {title}.
        |{count} bericht over {name}.~{count} berichten over {name}.
        |{count} bericht in {name}.~{count} berichten in {name}.
        |{name}: een reeks in {count} deel.~{name}: een reeks in {count} delen.|Berichten, pagina {page}
        |Pagina {page} van {pages} van alle berichten.|Niet gevonden|Trefwoord|Rubrieken|Auteurs|Talen""",
    "pt": """
        Ir para o conteúdo|Principal|Explorar|Arquivo|Etiquetas|Categorias|Séries|Assinar|Feed|Cores|Automático|Claro
        |Escuro|Autor|Anos|Páginas|Etiquetas|Etiqueta|Categoria|Todas as etiquetas|Todas as categorias|Todas as séries
        |Todos os artigos|Artigos|Artigos recentes|Ainda não há artigos.|Ainda não há etiquetas.|Artigos mais recentes
        |Artigos mais antigos|Mais recente|Mais antigo|Outros artigos|Página {page} de {pages}
        |Parte {number} de {count} de|Todas as {count} partes|Parte {number}|parte~partes|artigo~artigos|Atualizado
        |{count} min de leitura|Rascunho|Continuar a ler|Artigos relacionados|Licença|Link permanente
        |Fonte deste artigo|Sugerir uma alteração|Página não encontrada
        |Não há nada neste endereço. A página pode ter mudado de lugar, ou o link pode estar errado.|Talvez procurasse
        |Ir para a página inicial|Procurar no arquivo|Mudou|Esta página mudou de lugar|Ir para o novo endereço
        |Um feed diz a um programa de leitura à sua escolha o que há de novo aqui. Dê-lhe um destes endereços; ninguém
        fica a saber quem é, e para sair basta retirá-lo.|Todos num só arquivo, para programas que aceitam listas:
        |Esta página não está publicada. O link funciona até|Todos os artigos, por ano.
        |Todas as etiquetas, e quanto há em cada uma.|Todas as categorias, e quanto há em cada uma.
        |Todas as séries, e quantas partes tem cada uma.|Todos os feeds de {title}.
        |{count} artigo sobre {name}.~{count} artigos sobre {name}.
        |{count} artigo em {name}.~{count} artigos em {name}.
        |{name}: uma série em {count} parte.~{name}: uma série em {count} partes.|Artigos, página {page}
        |Página {page} de {pages} de todos os artigos.|Não encontrada|Etiqueta|Secções|Autores|Idiomas""",
    "sv": """
        Hoppa till innehållet|Huvudmeny|Utforska|Arkiv|Ämnen|Kategorier|Serier|Prenumerera|Flöde|Färger|Auto|Ljust
        |Mörkt|Författare|År|Sidor|Ämnen|Ämne|Kategori|Alla ämnen|Alla kategorier|Alla serier|Alla inlägg|Inlägg
        |Senaste inläggen|Det finns inga inlägg ännu.|Det finns inga ämnen ännu.|Nyare inlägg|Äldre inlägg|Nyare|Äldre
        |Andra inlägg|Sida {page} av {pages}|Del {number} av {count} av|Alla {count} delar|Del {number}|del~delar
        |inlägg~inlägg|Uppdaterad|{count} min läsning|Utkast|Läs vidare|Liknande inlägg|Licens|Permanent länk
        |Inläggets källa|Föreslå en ändring|Sidan hittades inte
        |Det finns inget på den här adressen. Sidan kan ha flyttats, eller så är länken fel.|Kanske letade du efter
        |Gå till förstasidan|Leta i arkivet|Flyttad|Den här sidan har flyttats|Gå till den nya adressen
        |Ett flöde talar om för ett läsprogram som du själv väljer vad som är nytt här. Ge det en av de här
        adresserna; ingen får veta vem du är, och du slutar genom att ta bort den igen.
        |Alla i en fil, för program som tar emot listor:
        |Den här sidan är inte publicerad. Länken till den fungerar till|Alla inlägg efter år.
        |Alla ämnen, och hur mycket det finns om varje.|Alla kategorier, och hur mycket det finns i varje.
        |Alla serier, och hur många delar de har.|Alla flöden från {title}.
        |{count} inlägg om {name}.~{count} inlägg om {name}.|{count} inlägg i {name}.~{count} inlägg i {name}.
        |{name}: en serie i {count} del.~{name}: en serie i {count} delar.|Inlägg, sida {page}
        |Sida {page} av {pages} av alla inlägg.|Hittades inte|Ämne|Avdelningar|Författare|Språk""",
}
PHRASES = {
    language: dict(zip(NAMES, (" ".join(part.split()) for part in said.split("|")), strict=True))
    for language, said in SAID.items()
}
OF_NONE = frozenset(("fr", "pt"))  # where none is said as one is
MONTHS = {
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
}
MONTHS_OF = {language: names.split() for language, names in MONTHS.items()}
DAY = dict.fromkeys(("da", "de"), "{day}. {month}") | dict.fromkeys(("es", "pt"), "{day} de {month}")
BEFORE_YEAR = dict.fromkeys(("es", "pt"), " de ")


def spoken(tag: str) -> str:
    """Return the language of these that a tag means, ``de`` for ``de-AT``, ``""`` if it is none of them."""
    language = tag.lower().replace("_", "-").partition("-")[0]
    return language if language in SAID else ""


def attributes(language: str, around: str, way: bool = False) -> Markup:
    """Return the attribute ``lang``, and ``dir`` if ``way``, of what stands amid text in another language."""
    if not language or language == around:
        return Markup()
    written = Markup(' lang="{}"').format(language)
    return written + Markup(' dir="{}"').format(direction(language)) if way else written


def date(moment: datetime, language: str = ENGLISH, year: bool = True) -> str:
    """Return a day as people read it: 5 September 2012."""
    return day(moment, spoken(language) or ENGLISH, year)


def day(moment: datetime, known: str, year: bool) -> str:
    """Return a day in one of the languages, with its year or without."""
    said = DAY.get(known, "{day} {month}").format(day=moment.day, month=MONTHS_OF[known][moment.month - 1])
    return f"{said}{BEFORE_YEAR.get(known, ' ')}{moment.year}" if year else said


@dataclass(frozen=True, slots=True)
class Speech:
    """Say the theme's words in a language; the attributes are for an element of them on the page, or in its header.

    ``lang`` and ``way`` (that also with ``dir``) are empty where the page is in that language; ``amid_site`` is for
    what stands amid text in the site's language, and ``of_site`` for such text amid these words.
    """

    language: str
    known: str  # of the phrases
    lang: Markup
    way: Markup
    amid_site: Markup
    of_site: Markup

    def __getitem__(self, phrase: str) -> str:
        """Return a phrase without values."""
        return PHRASES[self.known][phrase]

    def __call__(self, phrase: str, /, count: int | None = None, **values: object) -> str:
        """Return a phrase, with values in it; of ``count`` it depends whether it is said of one."""
        said = PHRASES[self.known][phrase]
        if count is not None and "~" in said:
            one, _, more = said.partition("~")
            said = one if count == 1 or (count == 0 and self.known in OF_NONE) else more
        return said.format(count=count, **values) if "{" in said else said

    def date(self, moment: datetime, year: bool = True) -> str:
        """Return a day as people read it."""
        return day(moment, self.known, year)


@lru_cache(maxsize=1000)
def speech(page: str, site: str) -> Speech:
    """Return what speaks on a page: in its language, else in that of the site, else in English."""
    language = page if spoken(page) else site if spoken(site) else ENGLISH
    return Speech(
        language,
        spoken(language),
        attributes(language, page),
        attributes(language, page, way=True),
        attributes(language, site),
        attributes(site, language),
    )


USUAL = speech(ENGLISH, ENGLISH)
