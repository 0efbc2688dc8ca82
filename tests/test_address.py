import msgspec
import pytest

from kiosk.address import feedback, lan_address, legible, look_up, passing
from kiosk.settings import Config, Settings, Web


def config(**web: object) -> Config:
    return Config(Settings(web=msgspec.convert(web, Web)))


@pytest.mark.parametrize(
    ("public_url", "url"),
    [
        ("http://linli.example.org", "HTTP://LINLI.EXAMPLE.ORG/F/A01"),
        ("https://Linli.Example.org/", "HTTPS://LINLI.EXAMPLE.ORG/F/A01"),
        ("HTTPS://LINLI.EXAMPLE.ORG", "HTTPS://LINLI.EXAMPLE.ORG/F/A01"),
        ("http://192.0.2.7:9000", "HTTP://192.0.2.7:9000/F/A01"),
        ("https://example.org/yard//", "HTTPS://EXAMPLE.ORG/yard/F/A01"),
        ("  https://example.org ", "HTTPS://EXAMPLE.ORG/F/A01"),
        ("http://[2001:db8::1]:8080", "HTTP://[2001:DB8::1]:8080/F/A01"),
    ],
)
def test_a_public_address_is_written_in_capitals_and_its_path_as_it_is(public_url: str, url: str) -> None:
    address = feedback(config(public_url=public_url), "A01")

    assert address.url == url
    assert address.warning is None


@pytest.mark.parametrize(
    "public_url",
    [
        "linli.example.org",
        "ftp://example.org",
        "http://",
        "http:///x",
        "https:example.org",
        "http://[",
        "邻里",
    ],
)
def test_a_public_address_that_is_none_warns_in_words(public_url: str) -> None:
    warning = feedback(config(public_url=public_url), "A01").warning

    assert warning is not None
    assert "public_url" in warning.zh and "public_url" in warning.en


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.3.2.1", "[::1]", "0.0.0.0"])
def test_an_address_that_leads_back_to_this_machine_warns(host: str) -> None:
    warning = feedback(config(public_url=f"http://{host}:8080"), "A01").warning

    assert warning is not None
    assert "局域网" in warning.zh


def test_an_address_that_no_router_gave_warns() -> None:
    warning = feedback(config(public_url="http://169.254.7.7:8080"), "A01").warning

    assert warning is not None
    assert "路由器" in warning.zh


def test_a_host_of_ones_own_is_taken_without_asking_the_network() -> None:
    assert feedback(config(public_host="192.0.2.7"), "A01").url == "HTTP://192.0.2.7:8080/F/A01"
    assert feedback(config(public_host="fe80::1"), "A01").url == "HTTP://[FE80::1]:8080/F/A01"


def test_the_usual_port_is_left_out() -> None:
    web = config(public_host="192.0.2.7", public_port=80)

    assert feedback(web, "A01").url == "HTTP://192.0.2.7/F/A01"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", ""])
def test_on_all_networks_the_address_of_this_machine_is_taken(host: str) -> None:
    assert feedback(config(public_host=host), "SCREEN").url == f"HTTP://{lan_address()}:8080/F/SCREEN"


def test_a_machine_that_listens_to_itself_alone_warns() -> None:
    assert feedback(config(public_host="127.0.0.1"), "A01").warning is not None


def test_the_address_of_the_look_up_holds_no_place() -> None:
    assert look_up(config(public_url="https://linli.example.org")).url == "HTTPS://LINLI.EXAMPLE.ORG/R"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("HTTP://192.168.1.20:8080/F/A03", "192.168.1.20:8080/F/A03"),
        ("HTTPS://EXAMPLE.ORG/yard/F/A03", "https://example.org/yard/F/A03"),
        ("HTTP://[2001:DB8::1]:8080/R", "[2001:db8::1]:8080/R"),
    ],
)
def test_an_address_to_type_has_small_letters_and_nothing_that_a_browser_adds(url: str, shown: str) -> None:
    assert legible(url) == shown


def test_an_address_of_this_machine_may_change_and_a_public_one_does_not() -> None:
    doubt = passing(config(public_host="192.0.2.7"))

    assert doubt is not None
    assert "192.0.2.7" in doubt.zh and "public_url" in doubt.en
    assert passing(config(public_url="http://linli.example.org")) is None
    assert passing(config(public_host="127.0.0.1")) is None  # that is told otherwise
