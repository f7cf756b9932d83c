import pytest

from tests import bench


def test_a_ratio_above_the_limit_is_too_slow() -> None:
    """Each such size is named; the limit itself is allowed."""
    assert bench.too_slow({2: 1.0, 10: bench.MOST}) == ""
    assert bench.too_slow({2: 1.2, 10: bench.MOST, 50: 2.0}) == "1.20 at 2 services, 2.00 at 50 services"


@pytest.fixture
def one_service(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Measure a stack of one service, once."""
    monkeypatch.setattr(bench, "SIZES", (1,))
    monkeypatch.setattr(bench, "RUNS", 1)
    return monkeypatch


def test_the_benchmark_fails_and_says_where_when_rendering_is_too_slow(one_service: pytest.MonkeyPatch) -> None:
    """Python prints an exit status that is text, and exits 1."""
    one_service.setattr(bench, "MOST", 0)
    with pytest.raises(SystemExit, match=r"Too slow: \d\.\d\d at 1 services; the ratio may be at most 0\."):
        bench.main()


def test_the_benchmark_succeeds_when_rendering_is_fast_enough(one_service: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It returns, and says nothing but the figures."""
    one_service.setattr(bench, "MOST", 1000)
    bench.main()
    assert capsys.readouterr().err == ""
