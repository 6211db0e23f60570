"""What the rendering itself says to readers, in the language of the text."""

from __future__ import annotations

NAMES = "back contents details note tip important warning caution danger info".split()
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
WORDS = {language: dict(zip(NAMES, said.split("|"), strict=True)) for language, said in SAID.items()}


def word(name: str, language: str) -> str:
    """Return a word in a language, ``de`` for ``de-AT``, in English where there is no other; ``""`` for none at all."""
    return WORDS.get(language.lower().replace("_", "-").partition("-")[0], WORDS["en"]).get(name, "")
