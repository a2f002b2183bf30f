# SPDX-License-Identifier: MIT
#
# Copyright (c) 2026 AdGen Studio contributors
#
# Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
# files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
# modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
# Software is furnished to do so, subject to the following conditions:
#
# The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.
#
# THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
# WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
# COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
# ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""Shows in a process of its own whether PyTorch computes on the device that its build is for.

    python self_test.py --variant cpu|cu126|cu130|rocm|xpu|mps

It says on stdout, one JSON object a line:
    {"selfTest": "phase", "phase": "import torch"}        before each phase
    {"selfTest": "beat", "cpu": SECONDS}                  every two seconds, as long as it uses the processor
    {"selfTest": "result", "torch": …, "device": …, "isRight": …, "isDevice": …, "memoryFreeBytes": …, "cause": …}

`isDevice` is false when the build's device is not there and the processor computed instead; `cause` is what PyTorch says about that.
`isRight` compares a matrix product and a convolution with the processor's, and the processor's with sums in plain Python.
It ends when its stdin does. Standard library and PyTorch only; it imports nothing of the program that starts it.
"""
import argparse
import faulthandler
import json
import math
import os
import sys
import threading
import time

SIZE = 512
CHANNELS = 8
KERNEL = 3
SAMPLES = 8
BEAT_S = 2.0
# Relative to the largest value. Convolutions may be computed with the 10 bits of TF32.
PROCESSOR_TOLERANCE = 1e-4
DEVICE_TOLERANCE = 1e-2

out_lock = threading.Lock()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--variant", required=True)
    variant = parser.parse_args().variant
    faulthandler.enable()
    start_thread(end_with_stdin)
    start_thread(beat)
    phase("import torch")
    import torch

    phase("look for the device")
    device, cause = find_device(torch, variant)
    is_right = True
    for name, compute in (("multiply matrices", multiply), ("convolve", convolve)):
        phase(name)
        is_right = compute(torch, device) and is_right
    phase("ask for memory")
    say("result", torch=torch.__version__, device=describe(torch, device), isRight=is_right, isDevice=cause is None, cause=cause, memoryFreeBytes=free_memory(torch, device))
    sys.stdout.flush()
    os._exit(0)  # drivers may hang while they are taken down; everything has been said


def find_device(torch, variant):
    """The device of the variant, or the processor and why."""
    if variant == "cpu":
        return "cpu", None
    if variant == "mps":
        return ("mps", None) if torch.backends.mps.is_available() else ("cpu", "PyTorch finds no Metal GPU")
    if variant == "xpu":
        found = hasattr(torch, "xpu") and torch.xpu.is_available()
        return ("xpu:0", None) if found else ("cpu", reason_of(getattr(torch, "xpu", None)))
    if torch.cuda.is_available():
        return "cuda:0", None
    if torch.version.cuda is None and torch.version.hip is None:
        return "cpu", "this PyTorch is built for the processor alone"
    return "cpu", reason_of(torch.cuda)


def reason_of(backend):
    """Asking for the device after all makes PyTorch say what is missing."""
    if backend is None:
        return "this PyTorch has no such backend"
    try:
        backend.init()
    except Exception as error:
        return str(error)
    return "PyTorch finds no such GPU"


def multiply(torch, device):
    left, right = pattern(torch, (SIZE, SIZE), 31), pattern(torch, (SIZE, SIZE), 37)
    product = left @ right

    def expected(at):
        row, column = divmod(at * 7919 % (SIZE * SIZE), SIZE)
        return product[row, column].item(), math.fsum(left[row, k].item() * right[k, column].item() for k in range(SIZE))

    return is_near_samples(product, expected) and is_near(left.to(device) @ right.to(device), product)


def convolve(torch, device):
    image, weight = pattern(torch, (1, CHANNELS, SIZE // 4, SIZE // 4), 41), pattern(torch, (CHANNELS, CHANNELS, KERNEL, KERNEL), 43)
    result = torch.nn.functional.conv2d(image, weight)
    side = SIZE // 4 - KERNEL + 1

    def expected(at):
        row, column = divmod(at * 7919 % (side * side), side)
        terms = (image[0, c, row + y, column + x].item() * weight[at % CHANNELS, c, y, x].item() for c in range(CHANNELS) for y in range(KERNEL) for x in range(KERNEL))
        return result[0, at % CHANNELS, row, column].item(), math.fsum(terms)

    return is_near_samples(result, expected) and is_near(torch.nn.functional.conv2d(image.to(device), weight.to(device)), result)


def pattern(torch, shape, modulus):
    """Numbers from 0 to 1 in no visible order, the same everywhere."""
    count = math.prod(shape)
    return torch.tensor([(index * 7919 % modulus) / modulus for index in range(count)], dtype=torch.float32).reshape(shape)


def is_near_samples(result, expected):
    largest = result.abs().max().item()
    return all(abs(got - wanted) <= PROCESSOR_TOLERANCE * largest for got, wanted in map(expected, range(SAMPLES)))


def is_near(result, wanted):
    return (result.cpu() - wanted).abs().max().item() <= DEVICE_TOLERANCE * wanted.abs().max().item()


def describe(torch, device):
    if device.startswith("cuda"):
        return device + " " + torch.cuda.get_device_name(0)
    if device.startswith("xpu"):
        return device + " " + torch.xpu.get_device_name(0)
    return device


def free_memory(torch, device):
    """Bytes, or None where this PyTorch does not say."""
    try:
        if device.startswith("cuda"):
            return torch.cuda.mem_get_info()[0]
        if device.startswith("xpu"):
            return torch.xpu.mem_get_info()[0]
        if device == "mps":
            return torch.mps.recommended_max_memory() - torch.mps.current_allocated_memory()
    except Exception as error:
        print("The free memory is not known: %s" % error, file=sys.stderr)
    return None


def phase(name):
    say("phase", phase=name)


def beat():
    used = 0.0
    while True:
        time.sleep(BEAT_S)
        now = time.process_time()
        if now - used > 0.05:
            say("beat", cpu=round(now, 1))
        used = now


def end_with_stdin():
    try:
        while os.read(0, 4096):
            pass
    finally:
        os._exit(3)


def start_thread(target):
    threading.Thread(target=target, daemon=True).start()


def say(kind, **fields):
    with out_lock:
        print(json.dumps({"selfTest": kind, **fields}), flush=True)


if __name__ == "__main__":
    main()
