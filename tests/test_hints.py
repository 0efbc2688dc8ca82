"""What a resident is told before sending: a hint, never a refusal."""

import time

import pytest

from kiosk.model.hints import CALL, Danger, dangers, hints

URGENT = {
    "三楼阳台着火了": "fire",
    "配电箱冒烟": "fire",
    "楼道里电动车自燃": "fire",
    "垃圾桶里有烟头烧着了": "fire",
    "听到爆炸声": "fire",
    "楼道里燃气味很浓": "gas",
    "闻到煤气": "gas",
    "燃气管道漏气": "gas",
    "天然气泄漏": "gas",
    "隔壁一氧化碳中毒": "gas injury",
    "路灯杆漏电": "electric",
    "孩子摸栏杆被电到了": "electric",
    "电线断了垂在地上": "electric",
    "老人摔倒起不来": "injury",
    "有人晕倒在电梯口": "injury",
    "孩子被狗咬伤了": "injury",
    "他在流血": "injury",
    "外墙瓷砖往下掉": "falling",
    "高空抛物，差点砸到人": "falling",
    "广告牌松动要掉下来": "falling",
    "大树要倒了": "falling",
    "围墙塌了": "falling",
    "有人被困在电梯里": "trapped",
    "手被门夹住了": "trapped",
    "孩子掉进水池": "water",
    "地下车库淹了": "water",
    "楼下有人打架": "violence",
    "邻居家暴，一直在喊": "violence",
    "有人撬门": "violence",
    "有人持刀": "violence",
    "孩子走丢了": "missing",
    "老人失踪两天": "missing",
    "我妈走失了，穿红衣服": "missing",
    "我不想活了": "despair",
    "有人要跳楼": "despair",
    "The kitchen is on fire": "fire",
    "There is smoke from the meter box": "fire",
    "I smell gas in the stairs": "gas",
    "Gas leak on floor 3": "gas",
    "A bare wire hangs from the lamp": "electric",
    "An old man fell and is unconscious": "injury",
    "Tiles are falling from the wall": "falling",
    "Somebody is stuck in the lift": "trapped",
    "A child fell into the pond": "water",
    "A man with a knife": "violence",
    "My son is missing": "missing",
    "I want to die": "despair",
}

CALM = [
    "消防通道被占",
    "消防栓没有水",
    "灭火器过期了",
    "防火门关不上",
    "建议办消防演练",
    "火锅店太吵",
    "春节火车票怎么买",
    "楼下油烟太大",
    "楼道里有人抽烟，烟味很重",
    "烟头到处都是",
    "燃气费太高",
    "燃气表坏了",
    "什么时候通天然气",
    "燃气公司什么时候来安检",
    "燃气费漏缴了怎么补",
    "水管漏水",
    "屋顶漏雨",
    "电费太贵",
    "天天停电",
    "电动车乱停",
    "带电池的玩具乱扔",
    "热死了，空调坏了",
    "吵死了",
    "卫生死角没人管",
    "绿化带的花都死了",
    "路灯不亮",
    "垃圾没人收",
    "打电话没人接",
    "打人行道旁边的树上有广告",
    "老人活动室什么时候开门",
    "孩子没有地方玩",
    "高空抛物宣传什么时候做",
    "担心小孩受伤，请修滑梯",
    "防止触电的牌子掉了",
    "急救知识讲座在哪里报名",
    "跳楼价甩卖广告乱贴",
    "生活困难怎么申请补助",
    "狗叫了一夜",
    "狗狗走路不牵绳",
    "墙上有小广告",
    "树挡住了窗户",
    "The fire lane is blocked",
    "The fire door does not close",
    "The gas bill is too high",
    "Fireworks until midnight",
    "People are burning joss paper",
    "The lift is slow",
    "The lamp is broken",
    "No place to park",
    "How to prevent falling objects?",
]


@pytest.mark.parametrize(("text", "wanted"), URGENT.items())
def test_a_word_of_danger_repeats_the_emergency_line(text: str, wanted: str) -> None:
    found = dangers(text)

    assert set(wanted.split()) <= {one.value for one in found}
    called = [number for hint in hints(text) for number in hint.numbers]
    assert {number for danger in found for number in CALL[danger]} == set(called)


@pytest.mark.parametrize("text", CALM)
def test_a_word_that_only_looks_like_danger_alarms_nobody(text: str) -> None:
    assert dangers(text) == ()


def test_every_danger_has_a_sentence_in_both_languages_that_ends_with_its_numbers() -> None:
    examples = {
        danger: next(text for text, wanted in URGENT.items() if danger in wanted.split()) for danger in Danger
    }

    for danger, text in examples.items():
        hint = next(one for one in hints(text) if one.numbers == CALL[danger])
        assert all(number in hint.words.zh and number in hint.words.en for number in CALL[danger])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("打13812345678找我", "您写了电话"),
        ("身份证510104199003071234", "您写了证件号"),
        ("发到abc@example.com", "您写了邮箱"),
        ("详见 http://example.com/a", "您写了网址"),
        ("看 www.example.cn 就知道", "您写了网址"),
        ("call 13812345678", "您写了电话"),
    ],
)
def test_what_shall_not_be_public_is_said_before_it_is_sent(text: str, said: str) -> None:
    found = [hint for hint in hints(text) if hint.words.zh.startswith(said)]

    assert len(found) == 1 and found[0].numbers == ()


@pytest.mark.parametrize(
    "text", ["楼道灯坏了", "12345没有人接", "2026年11月26日停水", "3.5元一度", "No.5 is loud", ""]
)
def test_who_writes_nothing_of_the_kind_is_told_nothing(text: str) -> None:
    assert hints(text) == ()


def test_danger_comes_before_everything_else() -> None:
    found = hints("我家着火了，打13812345678")

    assert [bool(hint.numbers) for hint in found] == [True, False]


@pytest.mark.parametrize(
    "evil", ["燃气" * 20_000, "a." * 20_000, "孩子" * 20_000, "消防" * 20_000, "www." * 20_000]
)
def test_huge_texts_are_looked_through_in_no_time(evil: str) -> None:
    started = time.process_time()

    dangers(evil)

    assert time.process_time() - started < 3
