"""What protects the person who looks: the veil by choice, the count, the break."""

from .break_prompt import BreakPrompt
from .dialog import WellbeingDialog
from .sitting import Sitting
from .wellbeing import Wellbeing, keep_wellbeing, wellbeing_of

__all__ = [
    "BreakPrompt",
    "Sitting",
    "Wellbeing",
    "WellbeingDialog",
    "keep_wellbeing",
    "wellbeing_of",
]
