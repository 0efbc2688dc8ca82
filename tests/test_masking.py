# ruff: noqa: E501 - a table
import time

import masked
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from masked import Example

from kiosk.model.masking import mask
from kiosk.model.plain import plain

HIDDEN = {
    "电话13812345678，谢谢": "电话〔电话〕，谢谢",
    "138 1234 5678": "〔电话〕",
    "+86-138-1234-5678": "〔电话〕",
    "１３８１２３４５６７８": "〔电话〕",
    "一三八一二三四五六七八": "〔电话〕",
    "010-88886666": "〔电话〕",
    "(021)68881234转12": "〔电话〕",
    "400-820-8820": "〔电话〕",
    "座机：8765432": "座机：〔电话〕",
    "身份证11010119900307123X": "身份证〔号码〕",
    "110101 19900307 1234": "〔号码〕",
    "卡号6222021234567890123": "卡号〔号码〕",
    "川A·12345挡住了门": "〔车牌〕挡住了门",
    "沪AD12345": "〔车牌〕",
    "粤Z1234港": "〔车牌〕",
    "3号楼2单元501室漏水": "3号楼〔住户〕漏水",
    "三号楼二单元五楼东户": "三号楼〔住户〕",
    "3栋501楼道": "3栋〔住户〕楼道",
    "3-2-501门口": "3-〔住户〕门口",
    "住502，楼上602吵": "住〔住户〕，楼上〔住户〕吵",
    "五〇一室": "〔住户〕",
    "Flat 5B is loud": "〔住户〕 is loud",
    "QQ:123456789": "QQ:〔聊天号〕",
    "加微信 zhang_san88": "加微信 〔聊天号〕",
    "微信abcde很好": "微信〔聊天号〕很好",
    "wx：abc12345": "wx：〔聊天号〕",
    "我的邮箱somebody@example.com，": "我的邮箱〔邮箱〕，",
    "我叫张三，想问": "我叫〔姓名〕，想问",
    "我是李小明。": "我是〔姓名〕。",
    "免贵姓王": "免贵姓〔姓名〕",
    "他叫欧阳修": "他叫〔姓名〕",
    "我是王阿姨": "我是〔姓名〕",
    "请联系王女士": "请联系〔姓名〕",
    "三号楼的李大爷和陈师傅": "三号楼的〔姓名〕和〔姓名〕",
    "我是12栋的王建国，": "我是12栋的〔姓名〕，",
    "7栋二单元五零二漏水": "7栋〔住户〕漏水",
    "七栋三零二漏水": "七栋〔住户〕漏水",
    "二单元五零二漏水": "〔住户〕漏水",
    "银行卡 6222 0212 3456 7890": "银行卡 〔号码〕",
    "6222-0212-3456-7890-123": "〔号码〕",
}

SHOWN = [
    "3号楼楼道堆物",
    "高空抛物，5楼扔下来",
    "2026-11-23 晚上 10:30-12:00",
    "20261123",
    "编号 2026-0001",
    "热线 12345，火警 119",
    "狗叫声很大，晚上叫到12点",
    "叫物业来，叫人来",
    "我是三号楼的居民",
    "微信群里说了很多次",
    "户外广告，2户人家",
    "大概300米，1500元",
    "unit price 30",
    "我是安全员，他是程序员",
    "我是常客，我是隔壁的商户",
    "请向师傅说，连老师也知道",
    "保安同志、门卫大爷、物管阿姨、语文老师",
    "物业师傅和老师傅",
    "3号楼一二三层没有灯",
    "3号楼一二三四层没有灯",
    "噪声 👨‍👩‍👧 很大",
]


@pytest.mark.parametrize(("text", "masked"), HIDDEN.items())
def test_what_points_at_a_person_is_hidden(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize("text", SHOWN)
def test_what_points_at_nobody_is_left_alone(text: str) -> None:
    assert mask(text) == text


EXAMPLES = masked.examples()
MISSED, FALSE_ALARMS = 4, 0
"""In the Chinese and English examples together. They may shrink; what is left is told in docs/masking.md."""


def test_the_table_has_enough_examples() -> None:
    assert len(masked.chinese(EXAMPLES)) >= 150
    assert len(EXAMPLES) - len(masked.chinese(EXAMPLES)) >= 20
    assert len({one.text for one in EXAMPLES}) == len(EXAMPLES)


def test_masking_misses_no_more_and_hides_no_more_for_nothing_than_the_docs_say() -> None:
    print(masked.report())
    score = masked.total("", masked.scores(EXAMPLES))

    assert score.missed <= MISSED and score.alarms <= FALSE_ALARMS
    assert masked.REPORT.read_text("utf-8") == masked.report(), "run: python -m tests.masked"


def test_a_miss_and_a_false_alarm_are_counted() -> None:
    def one(line: str) -> Example:
        return masked.example("", line)

    assert one("{仝勇}走了").missed() == ["仝勇"]
    assert one("打{13812345678}找{仝勇}").missed() == ["仝勇"]
    assert one("打13812345678").alarms() == "13812345678"
    assert one("打<13812345678>").alarms() == one("打{13812345678}").alarms() == ""


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.text)
def test_no_example_is_masked_further_by_masking_it_again(example: Example) -> None:
    assert mask(example.masked) == example.masked


NUMBERS = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
SEPARATORS = st.text(
    st.characters(exclude_categories=("L", "N", "Cs"), exclude_characters="〔〕"), max_size=2
) | st.sampled_from([" - ", "杠", "\ufe0f\u20e3", "、", "，", "——", "__", "\n"])
GROUPS = st.lists(st.integers(1, 11), min_size=1, max_size=11)
DIGITS = (
    "0123456789",
    "０１２３４５６７８９",
    "〇一二三四五六七八九",
    "零幺二三四五六七八九",
    "⓪①②③④⑤⑥⑦⑧⑨",
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
)


@given(NUMBERS, SEPARATORS, GROUPS, st.sampled_from(DIGITS), st.text("在垃圾，。 a(", max_size=8))
@example("13812345678", "-", [3, 4, 4], DIGITS[0], "")
@example("15301234567", ":", [2, 2, 2, 2, 2, 1], DIGITS[0], "")
@example("13151719212", "、", [2] * 6, DIGITS[0], "")
@example("19901152020", ".", [4, 1, 2, 4], DIGITS[0], "")
def test_no_mobile_number_survives_any_separators(
    number: str, separator: str, groups: list[int], digits: str, around: str
) -> None:
    parts, rest = [], number
    for size in groups:
        parts, rest = [*parts, rest[:size]], rest[size:]
    written = separator.join(part for part in [*parts, rest] if part)
    written = "".join(digits[int(one)] if one.isascii() and one.isdigit() else one for one in written)

    masked = mask(around + written + around[::-1])

    assert len([one for one in masked if one in digits]) == 0


@given(
    st.text(
        alphabet="我叫是住姓王李张伟建国号楼单元室户微信QQ电话车牌川A：0123456789 -ABab，。的在天〔〕〔姓名〕号码",
        max_size=60,
    )
    | st.lists(st.sampled_from([one.text for one in EXAMPLES]), max_size=3).map("".join)
)
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask(text)

    assert mask(once) == once


@pytest.mark.parametrize(
    "evil",
    [
        "1" * 60_000,
        "3号楼" * 20_000,
        "a-" * 30_000 + "@",
        "我叫" * 30_000,
        "(0" * 30_000,
        "王建" * 30_000,
        "1-" * 30_000,
        "3号楼2单元" * 9000,
    ],
)
def test_huge_texts_are_masked_in_no_time(evil: str) -> None:
    started = time.process_time()

    mask(evil)

    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("\0楼\x1b道\x7f\u009f", "楼道"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("一\n\n\n\n二", "一\n\n二"),
        ("\u202e倒过来\u2066\u200f", "倒过来"),
        ("\ud83d坏\udc00", "坏"),
        ("👨‍👩‍👧 🇨🇳 👍🏽", "👨‍👩‍👧 🇨🇳 👍🏽"),
        ("138\u200d0000\u00ad1\u200c234", "13800001234"),
        ("e\u0301", "é"),
        ("  \u3000多\t \u3000空  ", "多 空"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
    ],
)
def test_plain_text_keeps_what_is_read_and_drops_what_tricks(sent: str, kept: str) -> None:
    assert plain(sent) == kept
