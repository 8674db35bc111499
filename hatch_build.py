"""Puts the parts that every audit project shares into the wheel, as scaudit/starter/. One copy in git."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHARED = ("schemas", "flows", "reports/templates", "prefect.yaml")


class StarterHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the starter to a standard wheel; an editable install uses the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name every file of the starter with its place in the wheel."""
        if version != "standard":
            return
        root = Path(self.root)
        places = {name: f"scaudit/starter/{name}" for name in SHARED} | {"starter": "scaudit/starter/project"}
        for name, place in places.items():
            for path in _files(root / name):
                inside = path.relative_to(root / name).as_posix()
                build_data["force_include"][str(path)] = f"{place}/{inside}".removesuffix("/.")


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(one for one in path.rglob("*") if one.is_file() and "__pycache__" not in one.parts)
