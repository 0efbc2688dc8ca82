"""What residents are told before they give us anything: who, what for, what, who sees it, how long, rights.

After PIPL (个人信息保护法) Art. 17: the handler's name and contact, purpose and way of handling, kinds, time
of keeping, and how rights are used; Art. 19, as short a time as does; Arts. 14 and 25, a consent of its own
for each purpose; Art. 31, a parent's for children under 14. Every way in shows these same words: the form on
the phone, the paper form. A report keeps the `version` that it was sent under, so old versions stay in
`VERSIONS` as they were; whoever changes a word adds a new one, and asks somebody who knows the law.
"""

from dataclasses import dataclass

from kiosk.errors import Words
from kiosk.model.keeping import Keeping

MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class Notice:
    """One version of the notice and of the two consents, which nobody has to give.

    `{handler}` and `{reach}` in the lines are the community and how to reach it: see `told`.
    """

    version: str
    keeping: Keeping
    lines: tuple[Words, ...]
    contact: Words
    publication: Words
    children: Words

    def told(self, handler: str, phone: str) -> tuple[Words, ...]:
        """The lines, with the name of the community and its telephone; without one people come by."""
        reach = Words(f"电话 {phone}", f"call {phone}") if phone else _COME_BY
        return tuple(
            Words(
                line.zh.replace("{reach}", reach.zh).replace("{handler}", handler),
                line.en.replace("{reach}", reach.en).replace("{handler}", handler),
            )
            for line in self.lines
        )


def of_version(version: str) -> Notice | None:
    """The notice under which a report was sent; None for one that we never had."""
    return next((one for one in VERSIONS if one.version == version), None)


def current() -> Notice:
    """The one that holds for what is sent now."""
    return VERSIONS[-1]


_COME_BY = Words("可到办公室当面问", "ask at the office")
_FIRST = Keeping(contact_days=30, photo_days=180, words_months=12)

VERSIONS = (
    Notice(
        version="2026-11",
        keeping=_FIRST,
        lines=(
            Words("谁来处理：{handler}，{reach}。", "Who: {handler}; {reach}."),
            Words(
                "用来做什么：只用来办理和答复您说的事，不作他用。",
                "What for: to mend what you tell us and to answer you, and for nothing else.",
            ),
            Words(
                "哪些信息：您写的话、地点、照片；称呼和联系方式您愿意才留，不留也一样办。",
                "What: your words, place, photos; name and contact if you wish, it makes no difference.",
            ),
            Words(
                "谁看得到：办理的人只看到事情和地点；联系方式加密保存，谁看过都有记录。",
                "Who sees it: whoever mends it sees the problem and the place; "
                "contact is encrypted, every look at it is recorded.",
            ),
            Words(
                f"保存多久：从办结算起，联系方式 {_FIRST.contact_days} 天，照片 {_FIRST.photo_days} 天，"
                f"原话 {_FIRST.words_months} 个月，到期删除。",
                f"How long after closing: contact {_FIRST.contact_days} days, "
                f"photos {_FIRST.photo_days} days, words {_FIRST.words_months} months; then deleted.",
            ),
            Words(
                "您的权利：凭受理号查看、删除联系方式和照片、撤回同意；要更正、要别的，打电话或到办公室。",
                "Your rights: with your receipt you can look, delete contact and photos, and withdraw "
                "a consent; to correct anything, call or come to the office.",
            ),
        ),
        contact=Words(
            "我同意用我留下的联系方式，就这件事与我联系。",
            "You may use the contact that I leave to reach me about this matter.",
        ),
        publication=Words(
            "我同意隐去个人信息后，公开我写的原话。",
            "You may publish my own words once personal details are taken out.",
        ),
        children=Words(
            "未满 14 周岁，请让家长来填写。",
            "If you are under 14, please let a parent fill this in.",
        ),
    ),
)
"""Oldest first. What has once been shown is never changed."""
