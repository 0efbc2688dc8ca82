"""A resident's phone before the wall: what its camera makes of a frame, and what it reads in that."""

import math

import zxingcpp
from PIL import Image, ImageFilter

from kiosk.model.light import code_factor

MODULE = 8
"""Camera pixels for each module of the code: near enough, as people go until it works."""

MODULES = 29
"""To a side of the largest code that addresses of ours come to: its modules are the finest."""


def codes(image: Image.Image) -> list[zxingcpp.Barcode]:
    return list(zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode))


def read(image: Image.Image) -> list[str]:
    """What the codes in a picture say."""
    return [code.text for code in codes(image)]


def pointed_at(frame: Image.Image, code: zxingcpp.Barcode) -> Image.Image:
    """The part of the frame with the code and what is around it, as large as the camera sees it."""
    corners = code.position
    points = (corners.top_left, corners.top_right, corners.bottom_left, corners.bottom_right)
    xs, ys = [point.x for point in points], [point.y for point in points]
    side = max(xs) - min(xs)
    margin = side // 3
    near = frame.crop((min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin))
    lens = MODULE * MODULES / side
    return near.resize((round(near.width * lens), round(near.height * lens)), Image.Resampling.BICUBIC)


def blurred(image: Image.Image) -> Image.Image:
    """Out of focus, or by a hand that is not still: each point becomes a disc wider than a module."""
    return image.filter(ImageFilter.GaussianBlur(MODULE / 3))


def tilted(image: Image.Image) -> Image.Image:
    """From the side: a head turned by ten degrees, and the far edge a fifth shorter than the near one."""
    turned = image.rotate(10, Image.Resampling.BICUBIC, expand=True)
    width, height = turned.size
    dent = height * 0.2 / 1.6
    quad = (0, 0, 0, height, width, height + dent, width, -dent)
    return turned.transform(turned.size, Image.Transform.QUAD, quad, Image.Resampling.BICUBIC)


def dimmed(image: Image.Image) -> Image.Image:
    """By half, as the wall dims itself in the evening."""
    factor = code_factor(0.5)
    return image.point([math.floor(value * factor) for value in range(256)] * 3)
