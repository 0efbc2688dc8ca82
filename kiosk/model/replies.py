"""Sentences to begin an answer with, by what it is about and by where the case goes. Pure.

They fill the box, and whoever sends them reads them first: what stands in （ ） or [ ] is to be filled in.
"""

from collections.abc import Mapping

from kiosk.errors import Words
from kiosk.model.cases import State

_ASK, _WAIT, _GONE = State.NEED_INFO, State.WAITING, State.REDIRECTED
_NO, _DONE = State.REJECTED, State.RESOLVED
TOLD = (_ASK, _WAIT, _GONE, _NO, _DONE)
"""The states into which a case goes with words."""

_FOR_ALL: Mapping[State, tuple[Words, ...]] = {
    _ASK: (
        Words(
            "请补充具体位置和时间，有照片更好，我们好去现场看。",
            "Please add the exact spot and the time; a photo helps us find it.",
        ),
        Words(
            "我们到现场没有看到您说的情况，请补充几句：什么时候、在哪一处？",
            "We went there and did not see it. When and where exactly was it, please?",
        ),
    ),
    _WAIT: (
        Words(
            "已经联系，需要等对方安排，到时我们再去看，办好后告诉您。",
            "We have asked, and wait for them; then we look again and tell you.",
        ),
        Words("材料已经订了，到货后马上施工。", "The parts are ordered; work begins when they are here."),
    ),
    _GONE: (
        Words(
            "这件事由对方单位负责，我们已经转交并说明情况，您也可以直接打电话问进度。",
            "They are responsible. We have passed it on with all details; you may also call them.",
        ),
    ),
    _NO: (
        Words(
            "您说的事我们看过了，不在社区能办的范围内。谢谢您告诉我们，有别的问题请再说。",
            "We have looked into it; it is beyond what the community can do. Thank you for telling us.",
        ),
        Words(
            "同一件事已经答复过，暂时没有新的情况。有变化请再告诉我们。",
            "We have answered this before and nothing has changed. Tell us if something does.",
        ),
    ),
    _DONE: (
        Words(
            "已经办好，请您看看。如果还有问题，凭受理号可以要求重新办理。",
            "It is done; please have a look. If not, your receipt re-opens the case.",
        ),
        Words(
            "已到现场处理，今后（每周）检查一次。谢谢您的提醒。",
            "We have been there and dealt with it, and will check [every week]. Thank you.",
        ),
    ),
}
"""For every topic, after its own."""

_BY_TOPIC: Mapping[str, Mapping[State, tuple[Words, ...]]] = {
    "waste-removal": {
        _ASK: (
            Words(
                "请说一下是哪一处的垃圾桶，满了大约多久。",
                "Which bins are they, and for how long have they been full?",
            ),
        ),
        _WAIT: (
            Words(
                "已请清运公司加车，（明天上午）来清，到时我们到现场看。",
                "The contractor sends a truck [tomorrow morning]; we will be there.",
            ),
        ),
        _GONE: (
            Words(
                "清运由环卫部门安排，已转交并请他们尽快来收。",
                "Collection is with the sanitation office; we asked them to come soon.",
            ),
        ),
        _NO: (
            Words(
                "现场看过，垃圾已在当天清运，没有积存。",
                "We looked: it was collected the same day and nothing is left.",
            ),
        ),
        _DONE: (
            Words(
                "垃圾已经清走，地面也冲洗了。今后每天（两）次巡查。",
                "The rubbish is gone and the ground washed; we check [twice] a day.",
            ),
        ),
    },
    "waste-sorting": {
        _ASK: (
            Words(
                "请说一下是哪个投放点，少的是哪一种桶，或者哪个时段不方便。",
                "Which bin point, which kind of bin is lacking, or which hours do not suit?",
            ),
        ),
        _WAIT: (
            Words(
                "新桶已经申请，（下周）送到后马上摆上。",
                "New bins are on order and will be put out [next week].",
            ),
        ),
        _GONE: (
            Words(
                "桶和收运时间由环卫部门定，已把大家的意见转过去。",
                "Bins and hours are set by the sanitation office; they have your view.",
            ),
        ),
        _NO: (
            Words(
                "开放时间经居民会议商定，这次不改；下次会议会再提。",
                "The hours were agreed by the residents' meeting; it will come up there again.",
            ),
        ),
        _DONE: (
            Words(
                "投放点已清洗，桶也加了，值守时有人指导分类。",
                "The point is washed, bins are added, and somebody is there to help.",
            ),
        ),
    },
    "bulky-waste": {
        _ASK: (
            Words(
                "请说一下东西堆在哪里、大概是什么，有照片更好。",
                "Where does it lie and what is it? A photo helps.",
            ),
        ),
        _WAIT: (Words("已约大件清运，（周六）来拉走。", "Bulky waste is collected on [Saturday]."),),
        _GONE: (
            Words(
                "装修垃圾由装修单位自己清，已转交并限期清走。",
                "The builders have to remove it; they were told, with a date.",
            ),
        ),
        _NO: (
            Words(
                "这些东西有人正在搬家使用，当天搬走，不按堆放处理。",
                "Somebody was moving house; it went the same day.",
            ),
        ),
        _DONE: (
            Words(
                "堆放的东西已经拉走，大件以后请放到指定的地方。",
                "It has been taken away. Please bring bulky waste to its place.",
            ),
        ),
    },
    "cleaning": {
        _ASK: (
            Words(
                "请说一下是哪栋楼、哪一层，或者院子里哪一处。",
                "Which building and floor, or where in the yard?",
            ),
        ),
        _WAIT: (
            Words("已安排（周五）大扫除，到时一起清。", "It will be done at the big clean-up on [Friday]."),
        ),
        _GONE: (
            Words("那一段由市政保洁负责，已转交。", "That stretch is cleaned by the city; we passed it on."),
        ),
        _NO: (
            Words(
                "现场看过，当天已打扫，今后按时检查。",
                "We looked: it was cleaned that day, and we keep checking.",
            ),
        ),
        _DONE: (
            Words("已经打扫干净，并把这里加进每天的保洁路线。", "It is clean, and now on the daily round."),
        ),
    },
    "stairwell": {
        _ASK: (
            Words(
                "请说一下是几楼，堆的是什么，是不是有电动车在充电。",
                "Which floor, what is it, and is an e-bike being charged?",
            ),
        ),
        _WAIT: (
            Words(
                "已通知物主（三）天内搬走，到期没有搬就请消防一起来清。",
                "The owner has [three] days; after that we clear it with the fire service.",
            ),
        ),
        _GONE: (
            Words(
                "占用消防通道由消防部门处理，已转交。",
                "A blocked fire exit is for the fire service; we passed it on.",
            ),
        ),
        _NO: (
            Words(
                "现场看过，楼道是通的，没有堆物和充电。",
                "We looked: the stairs are free and nothing is being charged.",
            ),
        ),
        _DONE: (
            Words(
                "楼道已清通，电动车也移到了车棚，谢谢大家配合。",
                "The stairs are clear and the e-bikes in the shed. Thank you all.",
            ),
        ),
    },
    "leaflets": {
        _ASK: (Words("请说一下贴在哪里，大概有多少。", "Where are they, and how many about?"),),
        _WAIT: (Words("（本周）统一清除并刷漆。", "All will be removed and painted over [this week]."),),
        _GONE: (
            Words(
                "乱贴广告的号码已转交城管部门处理。",
                "The telephone numbers on them went to the city's enforcement office.",
            ),
        ),
        _NO: (
            Words(
                "这是经同意张贴的通知，到期会取下。",
                "It is a permitted notice and will be taken down in time.",
            ),
        ),
        _DONE: (Words("小广告已经清除，墙面也补了漆。", "The leaflets are gone and the wall is painted."),),
    },
    "greenery": {
        _ASK: (
            Words(
                "请说一下是哪一块绿地，是树枝、杂草，还是有人种菜。",
                "Which green area, and is it branches, weeds, or vegetables?",
            ),
        ),
        _WAIT: (
            Words(
                "修剪要等合适的季节，安排在（下月）。",
                "Pruning waits for its season and is planned for [next month].",
            ),
        ),
        _GONE: (
            Words("那些树归园林部门养护，已转交。", "Those trees are the parks office's; we passed it on."),
        ),
        _NO: (
            Words(
                "现场看过，这棵树不影响采光和安全，暂时保留。",
                "We looked: the tree takes no light and is safe, so it stays.",
            ),
        ),
        _DONE: (
            Words(
                "已经修剪，枯枝也运走了，空地补种了草。",
                "It is pruned, dead wood is gone, and bare ground is sown.",
            ),
        ),
    },
    "drains": {
        _ASK: (
            Words(
                "请说一下是哪个井口或哪一层，什么时候最严重。", "Which drain or floor, and when is it worst?"
            ),
        ),
        _WAIT: (
            Words(
                "已约疏通队（后天）来，之前请尽量少用水。",
                "The drain crew comes [the day after tomorrow]; please use little water until then.",
            ),
        ),
        _GONE: (
            Words(
                "主管道归排水部门，已转交抢修。",
                "The main belongs to the water authority; we asked them to repair it.",
            ),
        ),
        _NO: (
            Words(
                "户内的管道由住户自己请人修，需要时我们可以介绍。",
                "Pipes inside a flat are the household's; we can name somebody.",
            ),
        ),
        _DONE: (
            Words(
                "下水道已疏通，积水退了，我们下雨时再来看一次。",
                "The drain is clear; we look again at the next rain.",
            ),
        ),
    },
    "smoke": {
        _ASK: (
            Words(
                "请说一下气味从哪里来、什么时段最重。",
                "Where does it come from, and at which hours is it worst?",
            ),
        ),
        _WAIT: (
            Words(
                "已要求商户（十）天内清洗烟道，到期复查。",
                "The shop has [ten] days to clean its flue; then we check.",
            ),
        ),
        _GONE: (
            Words(
                "油烟排放由生态环境和城管部门管，已转交。",
                "Fumes are for the environment and enforcement offices; we passed it on.",
            ),
        ),
        _NO: (
            Words(
                "（两）次到现场都没有闻到，有味时请马上打值班电话。",
                "We went [twice] and smelled nothing; please call us when it is there.",
            ),
        ),
        _DONE: (
            Words("烟道已清洗，复查没有异味。", "The flue is clean; we checked and it no longer smells."),
        ),
    },
    "noise": {
        _ASK: (
            Words(
                "请说一下是什么声音、从哪里来、几点到几点。",
                "What noise, from where, and between which hours?",
            ),
        ),
        _WAIT: (
            Words(
                "已和他们谈过，约好（一周）后看效果。",
                "We have talked to them, and look again after [a week].",
            ),
        ),
        _GONE: (
            Words(
                "施工和营业噪声由生态环境、公安部门管，已转交。",
                "Noise of works and shops is for the environment office and police; passed on.",
            ),
        ),
        _NO: (
            Words(
                "现场听过，在规定的时间和音量以内。",
                "We listened: it is within the permitted hours and level.",
            ),
        ),
        _DONE: (
            Words(
                "已经约定：晚上（九）点以后不放音响，我们会来听。",
                "It is agreed: no loudspeakers after [9 pm]. We will listen.",
            ),
        ),
    },
    "pets": {
        _ASK: (
            Words(
                "请说一下在哪里、大概几点、是什么样的动物。", "Where, about when, and what kind of animal?"
            ),
        ),
        _WAIT: (
            Words(
                "（本周）晚上有人巡查劝导，看看效果。", "Somebody is on the round each evening [this week]."
            ),
        ),
        _GONE: (
            Words(
                "犬证和伤人由公安部门管，已转交。",
                "Dog licences and bites are for the police; we passed it on.",
            ),
        ),
        _NO: (
            Words(
                "已了解，养犬手续齐全，也牵了绳。", "We looked into it: the dog is licensed and on a leash."
            ),
        ),
        _DONE: (
            Words(
                "已找到养宠的住户，答应牵绳并清理粪便。",
                "We spoke with the owner, who will use a leash and clean up.",
            ),
        ),
    },
    "pests": {
        _ASK: (
            Words(
                "请说一下在哪里看到的，是蚊蝇、老鼠还是蟑螂。",
                "Where was it: mosquitoes, flies, rats or cockroaches?",
            ),
        ),
        _WAIT: (
            Words(
                "已约消杀，（周四）上午进行，请关好门窗、看好孩子和宠物。",
                "Pest control is on [Thursday] morning; please shut windows and mind children and pets.",
            ),
        ),
        _GONE: (
            Words("这一段归环卫消杀，已转交。", "This stretch is treated by the city; we passed it on."),
        ),
        _NO: (
            Words(
                "现场看过，没有发现。看到时请告诉我们时间和位置。",
                "We found none. When you see it, tell us when and where.",
            ),
        ),
        _DONE: (
            Words(
                "已经消杀，并清了积水和垃圾；（两周）后再做一次。",
                "It is treated and puddles are gone; again in [two weeks].",
            ),
        ),
    },
    "falling-objects": {
        _ASK: (
            Words(
                "请说一下落在哪里、什么东西、几点钟，注意安全。",
                "Where did it fall, what was it, and when? Please keep clear.",
            ),
        ),
        _WAIT: (
            Words(
                "已逐户提醒，（本周）加看监控。",
                "Every household was told, and the cameras are watched [this week].",
            ),
        ),
        _GONE: (
            Words(
                "高空抛物可能违法，已请公安部门调查。",
                "It may be an offence; the police were asked to look into it.",
            ),
        ),
        _NO: (
            Words(
                "现场看过，是风吹落的，已提醒收好。",
                "It was blown down by the wind; people were told to take things in.",
            ),
        ),
        _DONE: (
            Words(
                "已找到并劝导，阳台外的东西也收了进去。", "We found whose it was, and balconies are cleared."
            ),
        ),
    },
    "facilities": {
        _ASK: (
            Words(
                "请说一下是哪一盏灯、哪个门或哪件设施，怎么坏的。",
                "Which lamp, door or equipment is it, and what is wrong?",
            ),
        ),
        _WAIT: (
            Words("配件已订，（三）天内到货就修。", "The part is ordered and comes within [three] days."),
        ),
        _GONE: (
            Words(
                "路灯和电梯由专门单位维修，已转交报修。",
                "Street lamps and lifts have their own firms; it is reported.",
            ),
        ),
        _NO: (Words("现场试过，能正常使用。", "We tried it: it works."),),
        _DONE: (Words("已经修好，今晚起恢复使用。", "It is repaired and works from tonight."),),
    },
}


def replies(topic: str, state: State) -> tuple[Words, ...]:
    """What to begin with when a case about that topic goes to that state, the most fitting first."""
    return (*_BY_TOPIC.get(topic, {}).get(state, ()), *_FOR_ALL.get(state, ()))


def topics() -> frozenset[str]:
    """The topics that have sentences of their own; any other has those for all."""
    return frozenset(_BY_TOPIC)
