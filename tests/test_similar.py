"""Is it this matter? How alike two short reports are."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.model import similar
from kiosk.model.similar import LIKELY, alike, nearest, shape

ALIKE = [
    ("三楼楼道灯坏了", "楼道的灯不亮，晚上看不见"),
    ("电梯坏了三天没人修", "电梯故障，好几天了"),
    ("垃圾桶满了没人收", "垃圾桶三天没有清运"),
    ("楼道堆满杂物", "过道里堆了很多纸箱，走不过去"),
    ("电动车在楼道充电", "有人把电瓶车推进楼道充电，危险"),
    ("广场舞音乐太吵", "晚上跳广场舞的声音太大"),
    ("下水道堵塞，污水外溢", "下水堵了，污水流到路上"),
    ("楼上装修噪音大", "装修太吵，周末也不停"),
    ("狗不牵绳，吓到孩子", "遛狗不牵绳"),
    ("北门道闸坏了", "北门的道闸抬不起来"),
    ("健身器材松动", "健身器材的螺丝松了"),
    ("油烟味很大", "楼下餐馆油烟太大"),
    ("3号楼没有热水", "3号楼停热水两天"),
    ("树枝挡住窗户", "树枝太长，挡住了窗户的光"),
    ("快递柜占道", "快递柜把人行道占了"),
    ("The lift is broken again", "Lift broken since Monday"),
    ("Rubbish not collected for three days", "Nobody collected the rubbish"),
]
UNLIKE = [
    ("三楼楼道灯坏了", "电梯坏了三天没人修"),
    ("楼道堆满杂物", "楼道灯不亮"),
    ("垃圾桶满了没人收", "快递没人收"),
    ("广场舞音乐太吵", "装修太吵"),
    ("北门道闸坏了", "健身器材坏了"),
    ("下水道堵塞", "路上堵车"),
    ("狗不牵绳", "绿化带没有浇水"),
    ("油烟味很大", "雨水很大"),
    ("3号楼没有热水", "3号楼电梯太慢"),
    ("停车位不够", "树枝挡住窗户"),
    ("想问垃圾分类怎么分", "想问医保怎么办"),
    ("希望尽快处理", "希望尽快解决，谢谢"),
    ("没有人管", "没有人修"),
    ("物业态度不好", "物业费太贵"),
    ("蚊子太多", "垃圾太多"),
    ("The lift is broken", "The lamp is broken"),
    ("Too much noise at night", "Too many cars at the gate"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_two_reports_of_the_same_matter_are_alike(one: str, other: str) -> None:
    assert alike(shape(one), shape(other)) >= LIKELY


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_two_reports_of_different_matters_are_not(one: str, other: str) -> None:
    assert alike(shape(one), shape(other)) < LIKELY


TEXTS = st.text("楼道灯坏了垃圾桶电梯 ab3，。", max_size=30)


@given(TEXTS, TEXTS)
def test_it_makes_no_difference_which_comes_first_and_nothing_is_more_alike_than_the_same(
    one: str, other: str
) -> None:
    first, second = shape(one), shape(other)

    assert alike(first, second) == pytest.approx(alike(second, first))
    assert 0 <= alike(first, second) <= 1
    assert alike(first, first) == (1 if first.parts else 0)


def test_every_one_finds_its_own_among_all_the_others() -> None:
    others = [shape(other) for _, other in ALIKE]

    found = [nearest(shape(one), others, 1, 0.0)[0][0] for one, _ in ALIKE]

    assert found == list(range(len(ALIKE)))


def test_a_word_that_is_in_every_report_says_little() -> None:
    things = [
        "路灯",
        "大门",
        "窗户",
        "围墙",
        "大树",
        "井盖",
        "水沟",
        "野狗",
        "花猫",
        "垃圾",
        "门锁",
        "信箱",
        "网线",
        "水管",
        "电表",
        "煤气",
        "水池",
        "凉亭",
        "长椅",
        "雨伞",
    ]
    among = [shape(f"{thing}有问题") for thing in things]

    found = nearest(shape("有问题，野狗太多"), among, 3, 0.1)

    assert [things[at] for at, _ in found] == ["野狗"]


def test_the_likeliest_come_first_and_no_more_than_asked_for() -> None:
    among = [shape("电梯坏了"), shape("楼道灯坏了很久"), shape("三楼楼道灯坏了"), shape("今天停水")]

    found = nearest(shape("三楼楼道灯坏了"), among, 2)

    assert [at for at, _ in found] == [2, 1] and found[0][1] == pytest.approx(1)


def test_nothing_is_like_nothing() -> None:
    assert nearest(shape(""), [shape(""), shape("的了")]) == []


def test_two_thousand_reports_are_looked_through_while_somebody_types() -> None:
    dice = random.Random(7)
    sentences = [text for pair in (*ALIKE, *UNLIKE) for text in pair]
    shapes = [shape("，".join(dice.sample(sentences, 2))) for _ in range(2000)]
    asked = shape("三楼楼道的灯不亮，晚上看不见")
    started = time.process_time()

    found = nearest(asked, shapes)

    seconds = time.process_time() - started
    print(f"{seconds * 1000:.1f} ms among 2,000")
    assert found and seconds < 1


def test_what_is_common_weighs_less() -> None:
    known = similar.weights([shape("楼道灯"), shape("楼道门"), shape("楼道墙")])

    assert known["楼道"] < known["道灯"] == known["道门"]
