"""The encoders: what means the same lies near, in their own languages."""

import pytest

np = pytest.importorskip("numpy", reason="the extra desk is not installed")

from teahouse.nlu import encoders  # noqa: E402
from teahouse.nlu.wordpieces import WordPieces  # noqa: E402


def needs(name: str) -> None:
    if encoders.installed(name) is None:
        pytest.skip(f"the wheel of {name} is not installed")


def test_pieces_are_those_of_bert() -> None:
    pieces = WordPieces()
    assert pieces.numbers("Hello, world!", 128) == [101, 7592, 1010, 2088, 999, 102]
    assert pieces.numbers("Unaffable café", 128) == [101, 14477, 20961, 3468, 7668, 102]
    assert pieces.numbers("a " * 500, 16) == [101, *[1037] * 14, 102]
    assert pieces.numbers("", 128) == [101, 102]


def test_minilm_gives_what_its_makers_published() -> None:
    """Cosines of all-MiniLM-L6-v2 as sentence-transformers computes them, to what int8 weights leave of them."""
    needs(encoders.MINILM)
    rows = encoders.encode(
        [encoders.MINILM],
        ["A man is eating food.", "A man is eating a piece of bread.", "The girl is carrying a baby."],
    )
    assert float(rows[0] @ rows[1]) == pytest.approx(0.755, abs=0.01)
    assert abs(float(rows[0] @ rows[2])) < 0.15


@pytest.mark.parametrize("name", [encoders.USE, encoders.MINILM])
def test_texts_together_are_as_texts_alone(name: str) -> None:
    needs(name)
    texts = ["where is my order", "hi", "", "a longer line that stands beside the short ones", "订单"]
    together = encoders.encode([name], texts)
    alone = np.concatenate([encoders.encode([name], [text]) for text in texts])
    assert np.allclose(together, alone, atol=1e-4)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-3)


def test_chinese_is_not_given_to_the_english_encoder() -> None:
    assert encoders.MINILM not in encoders.fitting_for(["我的订单", "退款"])
    assert encoders.installed("unheard of") is None
