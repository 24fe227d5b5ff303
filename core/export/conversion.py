"""From a PyTorch model to ONNX, and from fp32 to int8."""

from __future__ import annotations

import logging
import warnings
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import (  # type: ignore[import-untyped]  # no stubs
    QuantType,
    quantize_dynamic,
)
from transformers.modeling_utils import PreTrainedModel

from core.schema.errors import KnownError

OPSET = 20
"""The first with GELU as one operator: spelled out it takes five passes over the widest layer."""
_MOST_BYTES = 2**31 - 2**24
"""What one ONNX file can hold, with room for the graph."""


class _Logits(torch.nn.Module):
    """A token classifier as a function of ids and mask."""

    def __init__(self, model: PreTrainedModel) -> None:
        super().__init__()
        self._model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> Any:
        return self._model(input_ids=input_ids, attention_mask=attention_mask).logits


def to_onnx(model: PreTrainedModel) -> onnx.ModelProto:
    """Return a model as an ONNX graph.

    Its inputs are ``input_ids`` and ``attention_mask``, int64 of shape (batch, length), both sizes
    free; its output is ``logits``, float32 of shape (batch, length, tags). Names and places of
    source files, which the exporter notes at every node, are taken out.

    Args:
        model: On the CPU. Its attention is set to the plain form, which becomes the smallest graph.

    Raises:
        KnownError: The model is too large for one file.
    """
    size = sum(value.numel() * value.element_size() for value in model.parameters())
    if size > _MOST_BYTES:
        raise KnownError(
            "The model is too large for an ONNX file (2 GB).", "Train a smaller backbone."
        )
    model.set_attn_implementation("eager")
    wrapped = torch.nn.Module.eval(_Logits(model))
    ids = torch.ones((2, 8), dtype=torch.long)
    sizes = {0: torch.export.Dim.DYNAMIC, 1: torch.export.Dim.DYNAMIC}
    # It warns of every operator of torchvision, which text models do not use.
    logging.getLogger("torch.onnx._internal.exporter._registration").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        # torch copies its own trees in a way that it calls deprecated.
        warnings.filterwarnings("ignore", r".*LeafSpec", FutureWarning)
        traced = torch.export.export(
            wrapped, (ids, torch.ones_like(ids)), dynamic_shapes=(sizes, sizes), strict=False
        )
        program = torch.onnx.export(
            traced,
            dynamo=True,
            input_names=["input_ids", "attention_mask"],
            output_names=["logits"],
            opset_version=OPSET,
            verbose=False,
        )
    if program is None:
        raise TypeError("torch.onnx.export returned nothing")
    graph: onnx.ModelProto = program.model_proto
    _forget_sources(graph)
    return graph


def quantize(full: Path, out: Path) -> None:
    """Write a model with its matrix products and embeddings in int8.

    Activations are rounded as they come (dynamic), the weights of a product with a scale for each
    output channel: one scale for all loses many times more F1. The classifier, LayerNorm and
    softmax stay fp32; they weigh next to nothing. Weights use 7 of their 8 bits
    (``reduce_range``): processors without VNNI would otherwise overflow in 16-bit sums, and the
    folder is to answer alike wherever it is taken.

    Args:
        full: The model in fp32.
        out: Where the int8 model is put; intermediate files stand beside it for a moment.
    """
    model = onnx.load(full)
    classifier = [node.name for node in model.graph.node if node.op_type == "MatMul"][-1:]
    mark_prepared(model)
    onnx.save(model, out)
    quantize_dynamic(
        out,
        out,
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=classifier,
    )


def mark_prepared(model: onnx.ModelProto) -> None:
    """Keep the quantizer from asking for a preparation: the graph's shapes are known."""
    mark = model.metadata_props.add()
    mark.key, mark.value = "onnx.quant.pre_process", "onnxruntime.quant"


def _forget_sources(model: onnx.ModelProto) -> None:
    """Take out what the exporter notes of source files and class names."""
    graph = model.graph
    del model.metadata_props[:]
    del graph.metadata_props[:]
    for part in (graph.node, graph.input, graph.output, graph.value_info, graph.initializer):
        for item in part:
            del item.metadata_props[:]
            item.doc_string = ""
