from urllib.parse import quote

from hypothesis import given
from hypothesis.strategies import characters, text

from admin.links import legible


def test_chinese_letters_stand_as_they_are() -> None:
    assert legible("/slide/%E5%B1%85%E6%B0%91.pdf?list=%E7%94%B5%E6%A2%AF") == "/slide/居民.pdf?list=电梯"


def test_what_has_a_meaning_in_an_address_stays_encoded() -> None:
    assert legible("/slide/a%20b%23c%3Fd%2Fe%5Cf%25E5") == "/slide/a%20b%23c%3Fd%2Fe%5Cf%25E5"


@given(text(characters(exclude_categories=["Cs"])))
def test_encoded_again_it_is_what_it_was(name: str) -> None:
    coded = quote(name, safe="")

    assert quote(legible(coded), safe="%") == coded
