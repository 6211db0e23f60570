"""What the rendering itself says to readers, in the language of the text."""

from __future__ import annotations

from html import escape

NAMES = "back contents details note tip important warning caution danger info code table formula".split()
SAID = {
    "da": "Tilbage til teksten|Indhold|Detaljer|Bemærk|Tip|Vigtigt|Advarsel|Forsigtig|Fare|Info",
    "de": "Zurück zum Text|Inhalt|Details|Hinweis|Tipp|Wichtig|Warnung|Vorsicht|Gefahr|Info",
    "en": "Back to the text|Contents|Details|Note|Tip|Important|Warning|Caution|Danger|Info",
    "es": "Volver al texto|Índice|Detalles|Nota|Consejo|Importante|Advertencia|Precaución|Peligro|Información",
    "fr": "Retour au texte|Sommaire|Détails|Remarque|Astuce|Important|Avertissement|Attention|Danger|Info",
    "it": "Torna al testo|Indice|Dettagli|Nota|Suggerimento|Importante|Avviso|Attenzione|Pericolo|Info",
    "nl": "Terug naar de tekst|Inhoud|Details|Opmerking|Tip|Belangrijk|Waarschuwing|Let op|Gevaar|Info",
    "pt": "Voltar ao texto|Índice|Detalhes|Nota|Dica|Importante|Aviso|Cuidado|Perigo|Informação",
    "sv": "Tillbaka till texten|Innehåll|Detaljer|Obs|Tips|Viktigt|Varning|Försiktigt|Fara|Info",
}
BOXES = {
    "da": "Kode|Tabel|Formel",
    "de": "Code|Tabelle|Formel",
    "en": "Code|Table|Formula",
    "es": "Código|Tabla|Fórmula",
    "fr": "Code|Tableau|Formule",
    "it": "Codice|Tabella|Formula",
    "nl": "Code|Tabel|Formule",
    "pt": "Código|Tabela|Fórmula",
    "sv": "Kod|Tabell|Formel",
}
WORDS = {
    language: dict(zip(NAMES, f"{said}|{BOXES[language]}".split("|"), strict=True)) for language, said in SAID.items()
}


def word(name: str, language: str) -> str:
    """Return a word in a language, ``de`` for ``de-AT``, in English where there is no other; ``""`` for none at all."""
    return WORDS.get(language.lower().replace("_", "-").partition("-")[0], WORDS["en"]).get(name, "")


def scrolling(name: str, language: str) -> str:
    """Return the attributes of a box that may scroll, so is reached by keyboard: those who come to it hear what it is.

    It is a group: a region would be a landmark, of which a page should have few. https://www.w3.org/TR/wai-aria-1.2/#group
    """
    return f'tabindex="0" role="group" aria-label="{escape(word(name, language))}"'
