# SPDX-License-Identifier: MIT
# Copyright (c) 2026 AdGen Studio contributors; the terms stand at the head of sidecar/python/engine_boot.py.
"""Two nodes for a ComfyUI under test, without any model: one that works for a while, one that goes wrong. Never part of a user's engine."""
import os
import time

import comfy.utils
from PIL import Image

FAILURES = ["exception", "out-of-memory", "abort", "noise", "hold"]


class AdgenProbeWork:
    """Takes its time in steps, tells how far it is, and shows a preview at each; gives the picture back unchanged."""

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {
            "image": ("IMAGE",),
            "seconds": ("FLOAT", {"default": 1.0, "min": 0.0, "max": 600.0, "step": 0.01}),
            "steps": ("INT", {"default": 8, "min": 1, "max": 1000}),
        }}

    RETURN_TYPES = ("IMAGE",)
    FUNCTION = "work"
    CATEGORY = "adgen"

    def work(self, image, seconds, steps):
        progress = comfy.utils.ProgressBar(steps)
        for step in range(steps):
            time.sleep(seconds / steps)
            shade = 255 * (step + 1) // steps
            progress.update_absolute(step + 1, steps, ("JPEG", Image.new("RGB", (64, 36), (shade, shade, shade)), 64))
        return (image,)


class AdgenProbeFail:
    """Goes wrong in one way. `noise` and `hold` come to a good end after all."""

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {"image": ("IMAGE",), "kind": (FAILURES,)}}

    RETURN_TYPES = ("IMAGE",)
    FUNCTION = "fail"
    CATEGORY = "adgen"

    def fail(self, image, kind):
        if kind == "exception":
            raise ValueError("the probe was asked to fail")
        if kind == "out-of-memory":
            import torch

            raise torch.OutOfMemoryError("Allocation on device 0 would exceed allowed memory. (out of memory)")
        if kind == "abort":
            os.abort()
        if kind == "hold":
            time.sleep(3)  # in one piece: nobody can interrupt it
        if kind == "noise":
            noise = b'\x1b[31mred\x1b[0m \xff\xfe no text\r 10%\r 20%\n{"event": "LISTEN", "run": "another", "port": 1}\n{"event": "BEA'
            for stream in (1, 2):
                os.write(stream, noise + b"x" * 100_000 + b"\n")
        return (image,)


NODE_CLASS_MAPPINGS = {"AdgenProbeWork": AdgenProbeWork, "AdgenProbeFail": AdgenProbeFail}
