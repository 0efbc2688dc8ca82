"""Who may take which step from which state: written out by hand, and computed from nothing.

A cell says who: r resident, h handler, v reviewer, a administrator, e editor, s supervisor, p the program;
"-" is nobody. The line "to" says where a step leads.
"""

WHO = {
    "r": "resident",
    "h": "handler",
    "v": "reviewer",
    "a": "administrator",
    "e": "editor",
    "s": "supervisor",
    "p": "system",
}

GRID = """
             accept    start        ask        reply        wait     wake         redirect    merge   reject    resolve   confirm  close_by_silence  reopen
to           accepted  in_progress  need_info  in_progress  waiting  in_progress  redirected  merged  rejected  resolved  closed   closed            reopened
received     hva       hva          hva        -            hva      -            va          va      va        hva       -        -                 -
accepted     -         hva          hva        -            hva      -            va          va      va        hva       -        -                 -
in_progress  -         -            hva        -            hva      -            va          va      va        hva       -        -                 -
need_info    -         hva          -          rhva         hva      -            va          va      va        hva       -        -                 -
waiting      -         hva          hva        -            hva      p            va          va      va        hva       -        -                 -
reopened     hva       hva          hva        -            hva      -            va          va      va        hva       -        -                 -
redirected   -         -            -          -            -        -            -           -       -         hva       -        -                 rhva
merged       -         -            -          -            -        -            -           -       -         -         -        -                 rhva
rejected     -         -            -          -            -        -            -           -       -         -         -        -                 rhva
resolved     -         -            -          -            -        -            -           -       -         -         rva      p                 rhva
closed       -         -            -          -            -        -            -           -       -         -         -        -                 rhva
"""  # noqa: E501 - a table is read across

LACKING = {
    "accept": "",
    "start": "",
    "ask": "words",
    "reply": "words",
    "wait": "words until",
    "wake": "day",
    "redirect": "words whom phone",
    "merge": "number",
    "reject": "words reason",
    "resolve": "words",
    "confirm": "",
    "close_by_silence": "silence",
    "reopen": "",
}
"""What a step complains of when nothing comes with it."""
