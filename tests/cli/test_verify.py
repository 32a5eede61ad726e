"""``wms verify`` is clean after honest work and names what somebody changed behind the program's back."""

import sqlite3


def test_a_warehouse_at_work_is_clean_and_needs_no_sign_in(wms, file):
    wms("post", file("key,kind,sku,quantity,to\nk1,receipt,BOLT,5,A1\n"))
    shown = wms("verify", user="")
    assert (shown.status, shown.out.splitlines()[-1]) == (0, "Everything is as it must be.")
    told = wms("verify", "--json", user="").json
    assert told["ok"]
    assert all(check["ok"] for check in told["checks"])


def test_a_balance_that_somebody_changed_is_named(wms, file, cli_url):
    wms("post", file("key,kind,sku,quantity,to\nk1,receipt,BOLT,5,A1\n"))
    with sqlite3.connect(cli_url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE balance SET quantity = quantity + 1000000")
    connection.close()
    shown = wms("verify")
    assert shown.status == 1
    assert [word in shown.out for word in ("BAD", "BOLT", "A1")] == [True, True, True]
    told = wms("verify", "--json")
    assert (told.status, told.json["ok"]) == (1, False)
    assert any(problem.get("sku") == "BOLT" for check in told.json["checks"] for problem in check["problems"])
