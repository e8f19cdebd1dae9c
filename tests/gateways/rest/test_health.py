import httpx2

from teahouse.gateways.rest.application import RestContext, create_application


async def test_signs_of_life() -> None:
    checks = {"engine": "ok", "store": "ok"}
    transport = httpx2.ASGITransport(app=create_application(RestContext(lambda: checks)))
    async with httpx2.AsyncClient(transport=transport, base_url="http://x") as client:
        assert (await client.get("/ping")).json() == {"message": "pong"}
        assert (await client.get("/healthz")).json() == {"status": "alive"}
        response = await client.get("/readyz")
        assert (response.status_code, response.json()) == (200, {"ready": True, "checks": checks})

        checks["store"] = "disk full"
        response = await client.get("/readyz")
        assert (response.status_code, response.json()["ready"]) == (503, False)
        assert response.json()["checks"]["store"] == "disk full"
        assert (await client.get("/healthz")).status_code == 200


async def test_what_the_server_can_do_without_does_not_keep_it_from_serving() -> None:
    context = RestContext(lambda: {"store": "ok"}, asides=lambda: {"broker": "away"})
    transport = httpx2.ASGITransport(app=create_application(context))
    async with httpx2.AsyncClient(transport=transport, base_url="http://x") as client:
        response = await client.get("/readyz")
        assert response.status_code == 200
        assert response.json() == {"ready": True, "checks": {"store": "ok"}, "asides": {"broker": "away"}}
