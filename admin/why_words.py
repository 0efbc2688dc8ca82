"""The sentences of `why`: what keeps a slide off the screen, and what to do about it."""

from collections.abc import Sequence
from datetime import date, datetime

from admin.playlists import called
from admin.standings import Cause, Reason, Way
from admin.wording import spoken_moment
from kiosk.errors import Words
from kiosk.model.priority import Priority
from kiosk.model.slides import Slide
from kiosk.settings import Config

_LIGHT = Words("改亮屏时间：config/kiosk.toml 的 [light]。", "The hours are [light] in config/kiosk.toml.")

STOPPED = Reason(
    Cause.STOPPED,
    Words("播放程序没有在运行，整块屏都不放。", "The screen program is not running, so nothing plays."),
    Words(
        "看看屏幕旁的电脑开着没有；开着就重新启动它，还不行请找管理员。",
        "See whether the computer at the screen is on; if it is, restart it, else call the administrator.",
    ),
    Way(Words("看实时画面", "Live picture"), "live.page"),
)
BLACKOUT = Reason(
    Cause.BLACKOUT,
    Words("有人按了“熄屏”，屏幕是黑的。", "Somebody blacked the screen out."),
    Words("要放就按“恢复播放”。", 'To play again, press "Play on".'),
    Way(Words("去恢复", "Play on"), "urgent.form"),
)
SAFE = Reason(
    Cause.SAFE,
    Words("屏幕现在只放安全画面，别的都等着。", "Only the safe slide is shown now; all others wait."),
    Words("要放就按“恢复播放”。", 'To play again, press "Play on".'),
    Way(Words("去恢复", "Play on"), "urgent.form"),
)
CLOCK = Reason(
    Cause.CLOCK,
    Words(
        "屏幕旁电脑的时钟不对，有日期或时段的画面先不放。",
        "The clock of the screen's computer is wrong, so slides with dates or hours wait.",
    ),
    Words(
        "校准那台电脑的时间。如果时间是对的，删掉 state/clock 再重新启动。",
        "Set that computer's clock. If it is right, delete state/clock and start again.",
    ),
)
CROWDED = Reason(
    Cause.CROWDED,
    Words(
        "它排在循环里，但一天之内轮不到：它的时段太短，或者画面太多。",
        "It is in the loop, but its turn does not come within a day: "
        "its hours are too short, or there are too many slides.",
    ),
    Words(
        "放宽它的时段，或移除一些画面；急用就点“插播”。",
        "Give it longer hours or remove other slides; if it is urgent, insert it.",
    ),
)


def unplayed(folder: str, playing: Sequence[str]) -> Reason:
    """In a playlist that no zone plays."""
    where = Words(
        f"它在播放列表“{called(folder).zh}”里",
        f'It is in the playlist "{called(folder).en}"',
    )
    names = [called(name) for name in dict.fromkeys(playing)]
    return Reason(
        Cause.UNPLAYED,
        Words(f"{where.zh}，这块屏没有区域播放它。", f"{where.en}, which no zone of this screen plays."),
        Words(
            f"把它移到这块屏的播放列表：{'、'.join(one.zh for one in names)}。",
            f"Move it to a playlist of this screen: {', '.join(one.en for one in names)}.",
        ),
    )


def elsewhere(slide: Slide, config: Config) -> Reason:
    """For other places only."""
    here, slugs = config.settings.screen.place, sorted(slide.show.places)
    rows = [(slug, config.places.named(slug)) for slug in slugs]
    zh = "、".join(row.name if row else slug for slug, row in rows)
    en = ", ".join((row.en or row.name) if row else slug for slug, row in rows)
    return Reason(
        Cause.ELSEWHERE,
        Words(
            f"它只在这些地方播放：{zh}。这块屏是 {here}。", f"It is meant for {en}; this screen is {here}."
        ),
        Words("要在这里也放，就改它的播放地点。", "To show it here, too, change its places."),
        Way(Words("改地点", "Change the places"), "editing.form", slide.file),
    )


def still_zone(file: str, zone: str) -> Reason:
    """Video, streams and sound have one zone."""
    return Reason(
        Cause.STILL_ZONE,
        Words(
            f"视频、直播和声音只在主区域播放，它所在的区域“{zone}”不放。",
            f'Video, streams and sound play in the main zone only; it is in the zone "{zone}".',
        ),
        Words(
            "把它移到主区域的文件夹，或换成图片。",
            "Move it to the folder of the main zone, or use a picture.",
        ),
    )


def ended(slide: Slide, change: Way, *, gone: bool) -> Reason:
    """Over, or its days and hours never meet."""
    if not gone:
        return Reason(
            Cause.NEVER,
            Words(
                "按现在的日期、星期和时段，它不会再播放。",
                "With its dates, days and hours it will not play again.",
            ),
            Words("改它的播放时间。", "Change when it plays."),
            change,
        )
    if slide.priority is Priority.EMERGENCY:
        return Reason(
            Cause.OVER,
            Words(
                "这条紧急插播的有效期过了，已自动撤下。",
                "This emergency has expired and left the screen by itself.",
            ),
            Words("还有效就重新发一条。", "If it still holds, put up a new one."),
            Way(Words("发紧急插播", "Put up an emergency"), "urgent.form"),
        )
    return Reason(
        Cause.OVER,
        Words("它的播放日期已经过了。", "Its last day has passed."),
        Words("还要放就改结束日期；不要了就移除。", "To show it again change its last day; else remove it."),
        change,
    )


def later(cause: Cause, schedule: Words, opens: datetime, today: date, change: Way) -> Reason:
    """Too early, another day, or another hour."""
    moment = spoken_moment(opens.replace(tzinfo=None), today)
    lead = {
        Cause.EARLY: Words("还没到开始的日子", "It has not begun yet"),
        Cause.DAY: Words("今天不是它的日子", "Today is none of its days"),
        Cause.HOURS: Words("现在不在它的时段里", "This is none of its hours"),
    }[cause]
    return Reason(
        cause,
        Words(
            f"{lead.zh}（{schedule.zh}），{moment.zh} 开始放。",
            f"{lead.en} ({schedule.en}); next: {moment.en}.",
        ),
        Words("想早点放就改日期和时段。", "To show it sooner, change its dates and hours."),
        change,
        opens,
    )


def covered(alarms: Sequence[Slide], at: datetime) -> Reason:
    """Emergencies go before everything, until the last of them ends."""
    zh, en = "”“".join(one.title for one in alarms), '", "'.join(one.title for one in alarms)
    ends = [one.show.last for one in alarms]
    last = max((one for one in ends if one), default=None) if all(ends) else None
    until = spoken_moment(last, at.date()) if last else None
    return Reason(
        Cause.EMERGENCY,
        Words(
            f"屏幕正在放紧急插播“{zh}”" + (f"，到 {until.zh}。" if until else "。"),
            f'An emergency has the screen: "{en}"' + (f", until {until.en}." if until else "."),
        ),
        Words("情况已解除，就结束紧急插播。", "If it is over, end the emergency."),
        Way(Words("去看紧急插播", "See the emergency"), "urgent.form"),
        last.replace(tzinfo=at.tzinfo) if last else None,
    )


def dark(opens: datetime | None, today: date) -> Reason:
    """At this hour the wall is not lit."""
    moment = spoken_moment(opens.replace(tzinfo=None), today) if opens else None
    return Reason(
        Cause.DARK,
        Words(
            "现在是不亮屏的时间" + (f"，{moment.zh} 亮起来再放。" if moment else "。"),
            "The wall is dark at this hour" + (f" and is lit again {moment.en}." if moment else "."),
        ),
        _LIGHT,
        None,
        opens,
    )


def night(opens: datetime | None, today: date) -> Reason:
    """At night nothing moves."""
    moment = spoken_moment(opens.replace(tzinfo=None), today) if opens else None
    return Reason(
        Cause.NIGHT,
        Words(
            "夜里只放静止的画面，会动的要等天亮" + (f"（{moment.zh}）。" if moment else "。"),
            "At night only still pictures are shown; what moves waits"
            + (f" until {moment.en}." if moment else "."),
        ),
        Words(
            "要夜里也放就改 config/kiosk.toml 的 [light] still_at_night。",
            "To show it at night, too, change still_at_night in [light] of config/kiosk.toml.",
        ),
        None,
        opens,
    )
