"""Decisions as tests take them: with a reason where one is needed."""

from artitec_media_desktop.domain.moderation import REASONED, Ruling


def ruled(status, reason="off_topic", note=None):
    return Ruling(status, reason if status in REASONED else None, note)
