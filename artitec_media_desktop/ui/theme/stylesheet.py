"""The one style sheet, made from the tokens.

Widgets pick their look by dynamic properties:

- ``kind`` of a QPushButton: primary, danger, quiet, link or none; of a QToolButton: chip, segment,
  icon or none; of a QLineEdit: bare. ``compact`` makes a QPushButton or a QComboBox 28 high.
- ``role`` of a QLabel: one of ``tokens.TYPE`` or muted; ``tone``: text, muted, danger, warning,
  success.
- ``ground`` of a QWidget: surface, raised, sunken, warning; of a QFrame also card, float, segments,
  field (``focused``);
  ``line`` of a QFrame: h, v. ``invalid`` of a field.
"""

from PySide6.QtWidgets import QWidget

from .tokens import TYPE, Height, Radius, Space, Tokens, Width


def stylesheet(tokens: Tokens) -> str:
    """The style sheet of the application in the given colours."""
    parts = (_buttons, _tool_buttons, _fields, _labels, _grounds, _sliders, _scroll_bars, _menus)
    return "\n".join(part(tokens) for part in parts)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property and have the style sheet look at the widget again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _type(role: str) -> str:
    size, _, weight = TYPE[role]
    return f"font-size: {size}px; font-weight: {weight};"


def _buttons(t: Tokens) -> str:
    inner = Height.BUTTON - 2
    small = Height.BUTTON_SMALL - 2
    primary = 'QPushButton[kind="primary"]'
    quiet = 'QPushButton[kind="quiet"]'
    link = 'QPushButton[kind="link"]'
    status = 'QPushButton[kind="status"]'
    return f"""
QPushButton {{
    {_type("emphasis")} color: {t.text}; background: {t.button};
    border: 1px solid {t.control}; border-radius: {Radius.CONTROL}px;
    min-height: {inner}px; padding: 0 {Space.M - 1}px; outline: none;
}}
QPushButton:hover {{ background: {t.hover}; }}
QPushButton:pressed, QPushButton:open {{ background: {t.sunken}; }}
QPushButton:checked {{ background: {t.selection}; border-color: {t.accent}; }}
QPushButton:disabled {{ color: {t.disabled}; border-color: {t.border_disabled}; }}
QPushButton[compact="true"] {{
    {_type("small_emphasis")} min-height: {small}px; padding: 0 {Space.S}px;
}}
{status} {{ min-height: 20px; padding: 0 {Space.XS}px; }}
QPushButton::menu-indicator {{ width: 0; image: none; }}
{primary} {{ color: {t.accent_text}; background: {t.accent}; border-color: {t.accent}; }}
{primary}:hover {{ background: {t.accent_hover}; border-color: {t.accent_hover}; }}
{primary}:pressed {{ background: {t.accent_pressed}; border-color: {t.accent_pressed}; }}
{primary}:disabled {{ background: {t.accent_disabled}; border-color: {t.accent_disabled}; }}
QPushButton[kind="danger"] {{ color: {t.danger}; }}
QPushButton[kind="danger"]:disabled {{ color: {t.disabled}; }}
{quiet}, {link}, {status} {{ background: transparent; border-color: transparent; }}
{quiet}:hover, {link}:hover, {status}:hover {{ background: {t.hover}; }}
{link} {{ color: {t.accent}; }}
{link}[inline="true"] {{ min-height: {Height.BADGE - 2}px; }}
"""


def _tool_buttons(t: Tokens) -> str:
    small = Height.BUTTON_SMALL - 2
    return f"""
QToolButton {{
    {_type("emphasis")} color: {t.text}; background: transparent;
    border: 1px solid transparent; border-radius: {Radius.CONTROL}px; padding: 0 {Space.S - 1}px;
    min-height: {small}px; outline: none;
}}
QToolButton:hover {{ background: {t.hover}; }}
QToolButton:pressed, QToolButton:open {{ background: {t.sunken}; }}
QToolButton:disabled {{ color: {t.disabled}; }}
QToolButton::menu-indicator {{ width: 0; image: none; }}
QToolButton[kind="icon"] {{ padding: 0; min-width: {small}px; }}
QToolButton[kind="icon"]:checked {{ background: {t.selection}; }}
QToolButton[kind="chip"] {{ {_type("small_emphasis")} border-color: {t.control}; }}
QToolButton[kind="chip"]:checked {{ background: {t.selection}; border-color: {t.accent}; }}
QToolButton[kind="chip"]:disabled {{ border-color: {t.border_disabled}; }}
QToolButton[kind="status"] {{
    {_type("small")} color: {t.warning}; min-height: 20px; padding: 0 {Space.XS}px;
}}
QFrame[ground="segments"] {{
    background: {t.sunken}; border: none; border-radius: {Radius.CONTROL}px;
}}
QToolButton[kind="segment"] {{ color: {t.muted}; min-height: {small}px; }}
QToolButton[kind="segment"]:checked {{
    color: {t.text}; background: {t.raised}; border-color: {t.control};
}}
"""


def _fields(t: Tokens) -> str:
    inner = Height.FIELD - 2
    return f"""
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox {{
    color: {t.text}; background: {t.field}; selection-background-color: {t.selection};
    selection-color: {t.text}; placeholder-text-color: {t.muted};
    border: 1px solid {t.border_strong}; border-radius: {Radius.CONTROL}px;
    padding: 1px {Space.S - 1}px;
}}
QLineEdit, QSpinBox, QComboBox {{ min-height: {inner - 2}px; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox[compact="true"] {{ {_type("small_emphasis")} min-height: {Height.BUTTON_SMALL - 4}px; }}
QComboBox::drop-down {{ border: none; width: {Space.XL}px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QAbstractItemView {{
    background: {t.raised}; color: {t.text}; border: 1px solid {t.control};
    border-radius: {Radius.CONTROL}px; padding: {Space.XS}px; outline: none;
}}
QComboBox QAbstractItemView::item {{
    min-height: {Height.TREE_ROW}px; padding: 0 {Space.S}px; border-radius: {Radius.THUMB}px;
}}
QComboBox QAbstractItemView::item:selected {{ background: {t.selection}; color: {t.text}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QComboBox:focus {{
    border: 2px solid {t.focus}; padding: 0 {Space.S - 2}px;
}}
QLineEdit QToolButton {{ min-height: 0; min-width: 0; padding: 0; border: none; }}
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"] {{ border-color: {t.danger}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled, QComboBox:disabled {{
    color: {t.disabled}; border-color: {t.control};
}}
QLineEdit[kind="cell"] {{ min-height: 0; padding: 0 3px; font-size: 11px; }}
QLineEdit[kind="bare"], QLineEdit[kind="bare"]:focus {{
    background: transparent; border: none; padding: 0;
}}
QFrame[ground="field"] {{
    background: {t.field}; border: 1px solid {t.border_strong};
    border-radius: {Radius.CONTROL}px; padding: 1px;
}}
QFrame[ground="field"][focused="true"] {{ border: 2px solid {t.focus}; padding: 0; }}
QFrame[ground="field"][invalid="true"] {{ border-color: {t.danger}; }}
QListView[kind="completion"] {{
    background: {t.raised}; border: 1px solid {t.control}; padding: 2px;
}} /* QCompleter leaves room for 3 pixels of edge: with more, the last row would be cut off. */
"""


def _labels(t: Tokens) -> str:
    roles = "\n".join(f'QLabel[role="{role}"] {{ {_type(role)} }}' for role in TYPE)
    muted = ", ".join(f'QLabel[role="{role}"]' for role in ("muted", "small", "caption"))
    return f"""
{roles}
QLabel {{ color: {t.text}; background: transparent; }}
QLabel[role="muted"] {{ {_type("body")} }}
{muted} {{ color: {t.muted}; }}
QLabel[tone="text"] {{ color: {t.text}; }}
QLabel[tone="muted"] {{ color: {t.muted}; }}
QLabel[tone="danger"] {{ color: {t.danger}; }}
QLabel[tone="warning"] {{ color: {t.warning}; }}
QLabel[tone="success"] {{ color: {t.success}; }}
QLabel:disabled {{ color: {t.disabled}; }}
"""


def _grounds(t: Tokens) -> str:
    return f"""
QWidget[ground="surface"] {{ background: {t.surface}; border: none; }}
QWidget[ground="raised"] {{ background: {t.raised}; border: none; }}
QWidget[ground="warning"] {{ background: {t.warning_bg}; border: none; }}
QWidget[ground="sunken"] {{ background: {t.sunken}; border: none; }}
QFrame[ground="card"] {{
    background: {t.raised}; border: 1px solid {t.border}; border-radius: {Radius.CARD}px;
}}
QFrame[ground="float"] {{
    background: {t.raised}; border: 1px solid {t.border_strong}; border-radius: {Radius.CARD}px;
}}
QFrame[line="h"] {{ background: {t.border}; border: none; min-height: 1px; max-height: 1px; }}
QFrame[line="v"] {{ background: {t.border}; border: none; min-width: 1px; max-width: 1px; }}
QAbstractItemView {{ background: {t.raised}; border: none; outline: none; }}
QAbstractItemView[ground="surface"] {{ background: {t.surface}; }}
QListWidget::item {{ padding: 0 {Space.S}px; border-radius: {Radius.CONTROL}px; }}
QListWidget::item:selected {{ background: {t.selection}; color: {t.text}; }}
QListWidget::item:hover:!selected {{ background: {t.hover}; }}
QScrollArea {{ background: transparent; border: none; }}
QSplitter::handle {{ background: {t.border}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QSplitter::handle:hover, QSplitter::handle:pressed {{ background: {t.accent}; }}
QHeaderView {{ background: {t.surface}; border: none; }}
QHeaderView::section {{
    {_type("caption")} color: {t.muted}; background: {t.surface}; border: none; padding: 0;
}}
"""


def _sliders(t: Tokens) -> str:
    groove = f"height: {Height.TRACK}px; border-radius: {Height.TRACK // 2}px;"
    return f"""
QSlider {{ min-height: 20px; background: transparent; }}
QSlider::groove:horizontal {{ {groove} background: {t.track}; }}
QSlider::sub-page:horizontal {{ {groove} background: {t.accent}; }}
QSlider::handle:horizontal {{
    width: 10px; height: 10px; margin: -5px 0; border: 2px solid {t.accent}; border-radius: 7px;
    background: {t.slider_handle};
}}
QSlider::handle:horizontal:hover {{ border-color: {t.accent_hover}; }}
QSlider::handle:horizontal:disabled {{ border-color: {t.control}; background: {t.control}; }}
QSlider::sub-page:horizontal:disabled {{ background: {t.control}; }}
QProgressBar {{ {groove} max-height: {Height.TRACK}px; border: none; background: {t.track}; }}
QProgressBar::chunk {{ {groove} background: {t.accent}; }}
"""


def _scroll_bars(t: Tokens) -> str:
    # A bar of 10: the thumb of 6 with 2 of air on both sides.
    wide = Width.SCROLL_BAR + 2
    return f"""
QScrollBar {{ background: transparent; border: none; }}
QScrollBar:vertical {{ width: {wide}px; }}
QScrollBar:horizontal {{ height: {wide}px; }}
QScrollBar::handle {{ background: {t.scroll}; border: none; border-radius: 3px; margin: 1px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {t.border_strong}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; }}
"""


def _menus(t: Tokens) -> str:
    return f"""
QMenu {{
    background: {t.raised}; color: {t.text}; border: 1px solid {t.control};
    border-radius: {Radius.CARD}px; padding: {Space.XS}px;
}}
QMenu::item {{
    min-height: {Height.MENU_ROW - 4}px; padding: 2px {Space.XL}px 2px {Space.S}px;
    border-radius: {Radius.CONTROL}px;
}}
QMenu::item:selected {{ background: {t.selection}; }}
QMenu::item:disabled {{ color: {t.disabled}; }}
QMenu::icon {{ padding-left: {Space.S}px; }}
QMenu::separator {{ height: 1px; background: {t.border}; margin: {Space.XS}px 0; }}
QToolTip {{
    {_type("small")} color: {t.text}; background: {t.raised}; border: 1px solid {t.control};
    padding: {Space.XS}px {Space.S - 2}px;
}}
QCheckBox {{ color: {t.text}; background: transparent; spacing: {Space.S}px; outline: none; }}
QCheckBox:disabled {{ color: {t.disabled}; }}
QRadioButton {{ color: {t.text}; background: transparent; spacing: {Space.S}px; outline: none; }}
"""
