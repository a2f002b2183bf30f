"""The per-frame way of making an advert with OpenCV, as tutorials and many tools do it, on a plan that it is handed.

opencv_advert.py render PLAN WORK_FOLDER OUTPUT   composite every frame in a loop, write each scene as an intermediate
                                                  file, read them back, cross-fade, encode again
opencv_advert.py compare PLAN VIDEO...            mean SSIM (luma) of each video with an ideal composite of one resting
                                                  frame per scene: original pictures, float, Lanczos, twice the size

PLAN: {"width", "height", "fps", "overlap", "music", "ffmpeg", "scenes": [[[layer, ...] per frame] per scene]};
a layer is {"path", "x", "y", "width", "height", "opacity"}, back to front.
"""
import json
import subprocess
import sys
from functools import lru_cache

import cv2
import numpy as np


def main():
    command, plan_path, *rest = sys.argv[1:]
    with open(plan_path, encoding="utf-8") as file:
        plan = json.load(file)
    if command == "render":
        render(plan, *rest)
    else:
        print(json.dumps([compare(plan, video) for video in rest]))


@lru_cache(maxsize=None)
def picture(path):
    return cv2.imread(path, cv2.IMREAD_UNCHANGED)


def placement(layer, source, scale=1.0):
    """The matrix from canvas pixels to picture pixels, both counted from pixel centres."""
    per_x = source.shape[1] / (layer["width"] * scale)
    per_y = source.shape[0] / (layer["height"] * scale)
    return np.float32([[per_x, 0, (0.5 - layer["x"] * scale) * per_x - 0.5], [0, per_y, (0.5 - layer["y"] * scale) * per_y - 0.5]])


def render(plan, folder, output):
    clips = [write_scene(plan, frames, f"{folder}/scene_{index}.mp4") for index, frames in enumerate(plan["scenes"])]
    size = f'{plan["width"]}x{plan["height"]}'
    encoder = subprocess.Popen(
        [plan["ffmpeg"], "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgr24", "-s", size, "-r", str(plan["fps"]), "-i", "-", "-i", plan["music"],
         "-c:v", "libx264", "-preset", "medium", "-crf", "18", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "192k", "-shortest", output],
        stdin=subprocess.PIPE)
    for frame in joined(plan, clips):
        encoder.stdin.write(frame.tobytes())
    encoder.stdin.close()
    if encoder.wait() != 0:
        sys.exit("ffmpeg could not encode the joined frames")


def write_scene(plan, frames, path):
    writer = cv2.VideoWriter(path, cv2.VideoWriter_fourcc(*"mp4v"), plan["fps"], (plan["width"], plan["height"]))
    for layers in frames:
        writer.write(composite(plan, layers))
    writer.release()
    return path


def composite(plan, layers):
    size = (plan["width"], plan["height"])
    canvas = np.zeros((size[1], size[0], 3), np.uint8)
    for layer in layers:
        source = picture(layer["path"])
        if source.shape[2] == 3:
            canvas = cv2.warpAffine(source, placement(layer, source), size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE)
        else:
            blend(canvas, layer, source)
    return canvas


def blend(canvas, layer, source):
    """Straight-alpha over, in the part of the canvas that the layer covers."""
    left, top = max(0, int(np.floor(layer["x"]))), max(0, int(np.floor(layer["y"])))
    right = min(canvas.shape[1], int(np.ceil(layer["x"] + layer["width"])))
    bottom = min(canvas.shape[0], int(np.ceil(layer["y"] + layer["height"])))
    moved = dict(layer, x=layer["x"] - left, y=layer["y"] - top)
    drawn = cv2.warpAffine(source, placement(moved, source), (right - left, bottom - top), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    alpha = drawn[:, :, 3:].astype(np.float32) * (layer["opacity"] / 255)
    region = canvas[top:bottom, left:right]
    region[:] = (drawn[:, :, :3] * alpha + region * (1 - alpha) + 0.5).astype(np.uint8)


def joined(plan, clips):
    """All frames of the film: the end of each clip fades into the beginning of the next."""
    overlap, ending = plan["overlap"], []
    for path in clips:
        reader, tail = cv2.VideoCapture(path), []
        count = int(reader.get(cv2.CAP_PROP_FRAME_COUNT))
        for index in range(count):
            frame = reader.read()[1]
            if index < len(ending):
                weight = (index + 1) / (overlap + 1)
                frame = cv2.addWeighted(ending[index], 1 - weight, frame, weight, 0)
            if path != clips[-1] and index >= count - overlap:
                tail.append(frame)
            else:
                yield frame
        ending = tail


def compare(plan, video):
    scores, start = [], 0
    for frames in plan["scenes"]:
        at = len(frames) // 2
        scores.append(ssim(luma(ideal(plan, frames[at])), luma(decoded(plan, video, start + at))))
        start += len(frames) - plan["overlap"]
    return sum(scores) / len(scores)


def ideal(plan, layers):
    scale = 2
    size = (plan["width"] * scale, plan["height"] * scale)
    canvas = np.zeros((size[1], size[0], 3), np.float32)
    for layer in layers:
        source = picture(layer["path"]).astype(np.float32)
        alpha = source[:, :, 3:] / 255 if source.shape[2] == 4 else np.ones(source.shape[:2] + (1,), np.float32)
        flags, border = cv2.INTER_LANCZOS4 | cv2.WARP_INVERSE_MAP, cv2.BORDER_CONSTANT if source.shape[2] == 4 else cv2.BORDER_REPLICATE
        premultiplied = cv2.warpAffine(np.dstack([source[:, :, :3] * alpha, alpha]), placement(layer, source, scale), size, flags=flags, borderMode=border)
        canvas = premultiplied[:, :, :3] * layer["opacity"] + canvas * (1 - np.clip(premultiplied[:, :, 3:], 0, 1) * layer["opacity"])
    return cv2.resize(np.clip(canvas, 0, 255), (plan["width"], plan["height"]), interpolation=cv2.INTER_AREA)


def decoded(plan, video, index):
    """A frame as a player shows it: colour tags honoured, BT.601 where there are none."""
    size = f'{plan["width"]}x{plan["height"]}'
    raw = subprocess.run(
        [plan["ffmpeg"], "-v", "error", "-i", video, "-vf", f"select=eq(n\\,{index})", "-frames:v", "1",
         "-sws_flags", "accurate_rnd+full_chroma_int+bicubic", "-s", size, "-f", "rawvideo", "-pix_fmt", "bgr24", "-"],
        stdout=subprocess.PIPE, check=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(plan["height"], plan["width"], 3).astype(np.float32)


def luma(bgr):
    return bgr @ np.float32([0.0722, 0.7152, 0.2126])


def ssim(first, second):
    """Wang et al. 2004: Gaussian window, sigma 1.5."""
    def mean(values):
        return cv2.GaussianBlur(values, (11, 11), 1.5)

    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    mean1, mean2 = mean(first), mean(second)
    variance1, variance2 = mean(first * first) - mean1 * mean1, mean(second * second) - mean2 * mean2
    covariance = mean(first * second) - mean1 * mean2
    return float(np.mean((2 * mean1 * mean2 + c1) * (2 * covariance + c2) / ((mean1 * mean1 + mean2 * mean2 + c1) * (variance1 + variance2 + c2))))


main()
