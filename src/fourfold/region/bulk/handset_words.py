"""What do the people of the invented drug line write to each other?

Written by hand, so that each analysis of words has something to find and something to
leave alone: broadcasts, orders, debts, a child at risk, a lawyer's letter, small talk.
"""

HOLDER, RUNNER, SUPPLIER = "07700900101", "07700900102", "07700900103"
CREW = {
    "07700900101": "Dez (line)",
    "07700900102": "Kez",
    "07700900103": "Unc",
    "07700900104": "Mags",
    "07700900105": "Little Jay",
    "07700900106": "Flat 9",
}
CUSTOMERS = tuple(f"077009001{n:02}" for n in range(10, 34))
PLATE, POSTCODE = "ZK99 PLX", "ZZ99 4QZ"

BROADCASTS = (
    "Dez line is on. Best of both, 3 for 25, fast drop. Bell this number",
    "DEZ LINE BACK ON!! best of both 3 for 25 fast drops til late. bell me",
    "Dez line on all day, new food just landed, 3 for 25, tell ur mates",
)

ORDERS = (
    ("in", "u on? need 2 light 1 dark"),
    ("out", "yeah 10 mins by the shop"),
    ("in", "can i get 1 on tick til friday pls"),
    ("out", "no tick. u still owe 40"),
    ("in", "got the 40 now and need 3"),
    ("out", "come to the back of the flats bring cash"),
    ("in", "is it the same as last week?"),
    ("out", "better. new batch"),
)

GROUP = (
    (RUNNER, "morning. sold out of white by 11, need more food"),
    (HOLDER, "unc dropping half a box tonight. count the money twice"),
    (RUNNER, "620 in the bag, 40 short from the tall guy"),
    (SUPPLIER, f"coming up the M1 in the {PLATE}, park behind {POSTCODE}"),
    (HOLDER, "Jay is staying at flat 9 til he clears his debt"),
    (RUNNER, "hes only 14 and hes crying. he wants his mum"),
    (HOLDER, "take his phone. he works it off or we cut him"),
    (SUPPLIER, "keep the tool under the sink not on you"),
    (RUNNER, "police parked on the corner. shutting shop for an hour"),
    (HOLDER, "new phone friday. everyone get the new number"),
    (RUNNER, "what u eating tonight"),
    (HOLDER, "pizza again lol"),
)

SEARCHES = (
    "how long does heroin stay in system",
    "train times to the coast",
    "pizza near me",
)

CHAT = (
    "12/05/2023, 21:14 - Messages and calls are end-to-end encrypted. No one outside "
    "of this chat, not even WhatsApp, can read or listen to them.\n"
    "12/05/2023, 21:15 - Mags: hiya love did jay come back to yours?\n"
    "12/05/2023, 21:16 - Dez: who is asking\n"
    "12/05/2023, 21:16 - Mags: his mum. school rang again\n"
    "he has not been in since tuesday\n"
    "12/05/2023, 21:20 - Dez: hes fine. hes working\n"
    "12/05/2023, 21:22 - Mags: hes FOURTEEN. i will ring the police\n"
    "12/05/2023, 21:25 - Dez: he owes 300. he can come home when its paid\n"
    "13/05/2023, 08:02 - Mags: i can get u £150 today and the rest friday\n"
    "13/05/2023, 08:10 - Dez: sort code 00-00-00 account 12345678. put DRINKS on it\n"
    "13/05/2023, 08:11 - Mags: <Media omitted>\n"
    "13/05/2023, 08:40 - Mags: done. please just send him home\n"
    "13/05/2023, 12:31 - Dez: IMG-20230513-WA0004.jpg (file attached)\n"
    "13/05/2023, 12:31 - Dez: This message was deleted\n"
    "14/05/2023, 10:05 - Mags: my other number is 07700 900134 if this one dies\n"
    "16/05/2023, 23:50 - Mags: nothing. he is not home. i am scared he is hurt\n"
)


def _letter(number: int, headers: str, body: str) -> str:
    lines = "".join(
        f"{'>' if line.startswith('From ') else ''}{line}\n"
        for line in body.splitlines()
    )
    return (
        f"From - Mon May {number:02} 09:00:00 2023\n{headers}"
        f"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{lines}\n"
    )


LETTERS = (
    _letter(
        8,
        "From: Dez Holder <dez.holder@example.com>\nTo: lettings@example.org\n"
        "Date: Mon, 08 May 2023 11:02:00 +0100\nMessage-ID: <a1@example.com>\n"
        "Subject: Flat 9\n",
        "Hello,\nIs flat 9 still free? I can pay six months in cash.\nDez",
    ),
    _letter(
        9,
        "From: Lettings <lettings@example.org>\nTo: dez.holder@example.com\n"
        "Delivered-To: dez.holder@example.com\n"
        "Date: Tue, 09 May 2023 09:30:00 +0100\nMessage-ID: <b1@example.org>\n"
        "In-Reply-To: <a1@example.com>\nReferences: <a1@example.com>\n"
        "Subject: Re: Flat 9\n",
        f"Dear Dez,\nIt is. The address is Flat 9, Bevan Court, {POSTCODE}.\n"
        "From Monday the keys are at the desk. The rent is £650.00 a month.\nLettings",
    ),
    _letter(
        17,
        "From: Orme & Pell Solicitors <orme.pell@example.net>\n"
        "To: dez.holder@example.com\nDelivered-To: dez.holder@example.com\n"
        "Date: Wed, 17 May 2023 16:45:00 +0100\nMessage-ID: <c1@example.net>\n"
        "Subject: Private and confidential: legal advice\n",
        "Dear Mr Holder,\nThis letter is legally privileged. We confirm our advice of "
        "today.\nYours sincerely\nOrme & Pell Solicitors",
    ),
    _letter(
        18,
        "From: Rail Offers <offers@example.com>\nTo: dez.holder@example.com\n"
        "Delivered-To: dez.holder@example.com\n"
        "Date: Thu, 18 May 2023 07:00:00 +0000\nMessage-ID: <d1@example.com>\n"
        "Subject: Half-price tickets this weekend\n",
        "Half-price tickets to the coast this weekend. Book by Friday.",
    ),
)
