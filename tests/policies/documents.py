"""Policy documents as tests describe them, and changes to them."""

import json
from collections.abc import Callable
from typing import Any

Statement = dict[str, Any]


def document(*statements: Statement) -> str:
    """A document as it travels."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def edited(edit: Callable[[Statement], object], place: int = 0) -> Callable[[str], str]:
    """A change of one statement of a document; what is none, or not known yet, stays as it is."""

    def change(text: str) -> str:
        if not _is_document(text):
            return text
        read = json.loads(text)
        edit(read["Statement"][place])
        return json.dumps(read)

    return change


def with_statement(statement: Statement) -> Callable[[str], str]:
    """A document and one statement more."""

    def change(text: str) -> str:
        return document(*json.loads(text)["Statement"], statement) if _is_document(text) else text

    return change


def _is_document(value: object) -> bool:
    return isinstance(value, str) and value.startswith("{")
