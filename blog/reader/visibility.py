"""Who sees a file: drafts, what no list shows, what search engines pass over."""

from __future__ import annotations

from .. import values
from .taxonomies import Filed

PRIVATE = {"draft", "private", "pending", "trash", "unpublished"}  # words for status
# Switches that hold a text back, by the value that doesn't.
SHOWN = (("draft", False), ("published", True), ("isdraft", False), ("is_draft", False), ("publish", True))


class Visible(Filed):
    """Tell who sees it."""

    def draft(self) -> bool:
        """Tell whether the file is held back, by header or folder; a switch that can't be read does."""
        for key, shown in SHOWN:
            if self.meta.get(key) is None:
                continue
            given = values.flag(self.meta[key])
            if given is None and key == "draft":
                self.report(f"draft is neither true nor false: {values.short(self.meta[key])}", key)
            if (given is None and key == "draft") or (given is not None and given is not shown):
                self.origins["draft"] = f"{key}: {values.short(self.meta[key])}"
                return True
        for key in ("status", "visibility"):
            if (said := values.text(self.meta.get(key)).lower()) in PRIVATE:
                self.origins["draft"] = f"{key}: {said}"
                return True
        if "_drafts" in self.source.path.split("/")[:-1]:
            self.origins["draft"] = "the folder _drafts"
            return True
        return False

    def unlisted(self) -> bool:
        """Tell whether no list shows it."""
        hidden = values.text(self.meta.get("status")).lower() in ("hidden", "unlisted")
        return hidden or any(values.flag(self.meta.get(key)) is True for key in ("unlisted", "hidden"))

    def noindex(self) -> bool:
        """Tell whether search engines are asked to pass it over."""
        return values.flag(self.meta.get("noindex")) is True or "noindex" in values.text(self.meta.get("robots"))
