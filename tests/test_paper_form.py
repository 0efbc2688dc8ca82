"""The paper form: the topics, the consents and the notice of the web, on one sheet."""

import pytest
from leaves import Leaf, in_order, leaves
from prints import LONG, SHIPPED, config, printer, with_topics

from kiosk.model import notice
from kiosk.prints import Tongue, form
from kiosk.settings import Config, Topic


def printed(of: Config | None = None, tongue: Tongue = Tongue.BOTH) -> Leaf:
    (page,) = leaves(printer().pdf(form.sheet(of or config(), tongue)))
    return page


def topics(count: int) -> Config:
    made = (Topic(f"t{number}", f"第{number}类的事", f"Topic {number}") for number in range(count))
    return with_topics(config(), *made)


def test_the_form_is_one_sheet_with_every_topic_in_its_order() -> None:
    page = printed()

    assert page.size == (210, 297)
    assert in_order(page.text, [topic.zh for topic in SHIPPED.topics.topic])
    assert all(topic.en.replace(" ", "") in page.text for topic in SHIPPED.topics.topic)


def test_the_form_has_the_two_consents_and_the_whole_notice_with_its_version() -> None:
    page, now = printed(), notice.current()

    said = [line.zh for line in now.told("清泉社区居民委员会", "028-8123 4567")]
    assert in_order(page.text, [now.contact.zh, now.publication.zh])
    assert in_order(page.text, said)
    assert now.children.zh in page.text.replace("14", " 14 ")
    assert f"告知书版本{now.version}" in page.text


@pytest.mark.parametrize("tongue", Tongue)
@pytest.mark.parametrize("count", [1, 15, 16, 30, 60])
def test_no_letter_runs_off_the_form_or_over_another(tongue: Tongue, count: int) -> None:
    page = printed(topics(count), tongue)

    assert page.outside(8) == []
    assert page.clashes() == []


@pytest.mark.parametrize("tongue", Tongue)
def test_a_long_name_of_the_community_fits_into_the_form(tongue: Tongue) -> None:
    page = printed(config(LONG[:120], "028-8123 4567 转 8 " * 8), tongue)

    assert page.outside(8) == []
    assert page.clashes() == []


def test_what_looks_like_a_program_in_a_topic_is_printed_and_not_run() -> None:
    page = printed(with_topics(config(), Topic("t", "#panic() *粗* $x$", "[x] <y>")))

    assert "#panic()*粗*$x$" in page.text and "[x]<y>" in page.text
