"""The table of sub-tokens cut down to those that occur while a training lasts.

Half of a small encoder's weights are embeddings, and a project's records use a tenth of them. The
others have no gradient, but clipping, AdamW, the mean of the weights and every checkpoint go over
them all the same. Without them nothing of the result changes but that AdamW's weight decay leaves
alone what it has no evidence on. In a pre-training they are not guessed either.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch.nn.functional import embedding
from transformers.modeling_utils import PreTrainedModel


class CompactEmbedding(torch.nn.Embedding):
    """An embedding for some of the numbers that another one knows.

    Attributes:
        rows: Which rows of the whole table these are, ascending; shape (kept,).
    """

    rows: torch.Tensor
    _places: torch.Tensor

    def __init__(self, whole: torch.nn.Embedding, rows: torch.Tensor) -> None:
        """Take rows of a whole table.

        Args:
            whole: Stays as it is.
            rows: Numbers of its rows, ascending, each once.
        """
        places = torch.full((whole.num_embeddings,), -1)
        places[rows] = torch.arange(len(rows))
        padding = None if whole.padding_idx is None else int(places[whole.padding_idx])
        super().__init__(
            len(rows),
            whole.embedding_dim,
            padding_idx=padding,
            _weight=whole.weight.detach()[rows].clone(),
        )
        self.register_buffer("rows", rows, persistent=False)
        self.register_buffer("_places", places, persistent=False)

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        """Return embeddings for numbers of the whole table.

        Raises:
            IndexError: One is not among the rows.
        """
        return embedding(self.places(input), self.weight, self.padding_idx)

    def places(self, numbers: torch.Tensor) -> torch.Tensor:
        """Return which row of this table stands for each number of the whole one; -1: none."""
        return self._places[numbers]


class CompactVocabulary:
    """A model whose embeddings are cut down, and made whole again at the end."""

    def __init__(self, model: PreTrainedModel, numbers: Iterable[int]) -> None:
        """Cut down a model's table; nothing is done to a model that has none of the usual kind.

        Args:
            model: Whatever is saved of it from now on has the small table.
            numbers: Every sub-token that it will read before ``make_whole``, padding included.
        """
        self._model = model
        self._whole: torch.nn.Embedding | None = None
        table = model.get_input_embeddings()
        if type(table) is not torch.nn.Embedding:
            return
        rows = set(numbers)
        if table.padding_idx is not None:
            rows.add(table.padding_idx)
        self._whole = table
        model.set_input_embeddings(CompactEmbedding(table, torch.tensor(sorted(rows))))

    def make_whole(self) -> None:
        """Give the model its whole table, with what the kept rows have learned."""
        small = self._model.get_input_embeddings()
        if self._whole is None or not isinstance(small, CompactEmbedding):
            return
        whole = self._whole
        with torch.no_grad():
            whole.weight[small.rows.to(whole.weight.device)] = small.weight.to(whole.weight.device)
        self._model.set_input_embeddings(whole)
