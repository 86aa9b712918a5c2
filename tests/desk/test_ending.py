"""Whoever has no window of the desk to close ends it on a page."""


def test_the_desk_is_ended_on_a_page_which_says_so_and_by_nothing_else(serve_apart, opened, breaks, minimal):
    desk = serve_apart(minimal)
    client = desk.client()
    assert client.get("/end").status == 200
    assert client.send("POST", "/end", b"a=b", {"Origin": desk.origin}).status == 403
    assert desk.process.poll() is None
    assert client.get("/end").status == 200
    page = opened(desk)
    page.get_by_role("link", name="End the desk").click()
    assert breaks(page) == []
    page.get_by_role("button", name="End the desk").click()
    assert page.get_by_role("heading", level=1).inner_text() == "The desk has ended"
    assert breaks(page) == []
    assert desk.process.wait(10) == 0
