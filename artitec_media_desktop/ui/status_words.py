"""What the status of a media is called, alone and in a sentence."""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ..domain.media import ModerationStatus

_S: Final = ModerationStatus
_ALONE: Final[dict[ModerationStatus, str]] = {
    _S.PENDING: str(QT_TRANSLATE_NOOP("Statuses", "Pending")),
    _S.APPROVED: str(QT_TRANSLATE_NOOP("Statuses", "Approved")),
    _S.REJECTED: str(QT_TRANSLATE_NOOP("Statuses", "Rejected")),
    _S.FLAGGED: str(QT_TRANSLATE_NOOP("Statuses", "Flagged")),
}
_IN_A_SENTENCE: Final[dict[ModerationStatus, str]] = {
    _S.PENDING: str(QT_TRANSLATE_NOOP("Statuses", "pending")),
    _S.APPROVED: str(QT_TRANSLATE_NOOP("Statuses", "approved")),
    _S.REJECTED: str(QT_TRANSLATE_NOOP("Statuses", "rejected")),
    _S.FLAGGED: str(QT_TRANSLATE_NOOP("Statuses", "flagged")),
}


def status_word(status: ModerationStatus) -> str:
    """``Approved``, translated."""
    return QCoreApplication.translate("Statuses", _ALONE[status])


def status_in_a_sentence(status: ModerationStatus) -> str:
    """``approved``, translated."""
    return QCoreApplication.translate("Statuses", _IN_A_SENTENCE[status])
