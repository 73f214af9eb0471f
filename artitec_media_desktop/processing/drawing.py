"""A small picture of a room, for the self-test: no file of anybody's is needed."""

import io


def draw_room(width: int, height: int) -> bytes:
    """Draw a room with a window and a sofa; returns a JPEG of width by height pixels."""
    from PIL import Image, ImageDraw

    image = Image.linear_gradient("L").resize((width, height))
    room = Image.merge("RGB", (image, image.point(lambda v: 40 + v // 2), image.rotate(180)))
    draw = ImageDraw.Draw(room)
    w, h = width / 16, height / 12
    draw.rectangle((2 * w, 2 * h, 7 * w, 7 * h), fill="#cfe5f5", outline="#5b4a3a", width=6)
    draw.line((4.5 * w, 2 * h, 4.5 * w, 7 * h), fill="#5b4a3a", width=4)
    draw.rounded_rectangle((8 * w, 7 * h, 15 * w, 10.5 * h), 12, fill="#8a4b3a")
    draw.ellipse((11 * w, 2 * h, 12.5 * w, 3.5 * h), fill="#f3d98b")
    out = io.BytesIO()
    room.save(out, "JPEG", quality=90)
    return out.getvalue()
