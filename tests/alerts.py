"""Alerts as stations send them: the shape of the examples of CAP 1.2, and that of the stations in China."""

CODE = "<geocode><valueName>code</valueName><value>110000</value></geocode>"
CAP = "urn:oasis:names:tc:emergency:cap:1.2"


def info(
    language: str = "zh-CN",
    headline: str = "市气象台发布暴雨红色预警信号",
    severity: str = "Extreme",
    expires: str = "2026-11-26T20:00:00+08:00",
    area: str = "东城区",
    instruction: str = "请留在室内，远离低洼地带。",
    more: str = "",
) -> str:
    return f"""
  <info>
    <language>{language}</language>
    <category>Met</category>
    <event>暴雨</event>
    <urgency>Immediate</urgency>
    <severity>{severity}</severity>
    <certainty>Observed</certainty>
    <eventCode><valueName>eventType</valueName><value>11B03</value></eventCode>
    {f"<expires>{expires}</expires>" if expires else ""}
    <senderName>市气象台</senderName>
    <headline>{headline}</headline>
    <description>过去三小时雨量超过一百毫米，雨还会继续。</description>
    {f"<instruction>{instruction}</instruction>" if instruction else ""}
    {more}
    {f"<area><areaDesc>{area}</areaDesc>{CODE}</area>" if area else ""}
  </info>"""


def alert(
    *infos: str,
    identifier: str = "11000041600000_20261126083000",
    status: str = "Actual",
    kind: str = "Alert",
    references: str = "",
    scope: str = "Public",
    space: str = CAP,
) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="{space}">
  <identifier>{identifier}</identifier>
  <sender>weather@example.cn</sender>
  <sent>2026-11-26T08:30:00+08:00</sent>
  <status>{status}</status>
  <msgType>{kind}</msgType>
  <scope>{scope}</scope>
  {f"<references>{references}</references>" if references else ""}
  {"".join(infos or (info(),))}
</alert>
"""


ENGLISH = info(
    "en-US", "SEVERE THUNDERSTORM WARNING", "Severe", area="The eastern valley", instruction="Go indoors."
)
CARD = """template = "emergency"
title = "燃气泄漏"
[fields]
level = "红"
area = "三号楼"
action = "请走楼梯从东门离开，不要开关电灯。"
issuer = "社区居委会"
issued = 2026-11-26T08:30:00
expires = 2026-11-26T20:00:00
"""
