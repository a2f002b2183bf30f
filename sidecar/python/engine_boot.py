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
"""Runs a ComfyUI in this very process, on a leash held by whoever started it.

    python engine_boot.py --run ID [--stop-grace SECONDS] -- path/to/main.py [arguments of ComfyUI]

It says on stdout, one JSON object a line:
    {"event": "HELLO", "run": ID, "pid": …, "python": "3.12.1", "guarded": true}    at once
    {"event": "BEAT", "run": ID, "cpu": SECONDS}      every two seconds until it listens: processor time that ComfyUI has used
    {"event": "LISTEN", "run": ID, "port": …}         for each port on which this process listens, so ComfyUI gets `--port 0`

The leash, in layers, because no single one holds on every system:
    stdin      a "stop" line ends ComfyUI in an orderly way, and firmly after --stop-grace; end of file ends it at once
    Linux      the kernel kills this process when its parent dies, also when native code holds the interpreter
    POSIX      a guard process waits for the end of this one, however it comes, and then kills what it has left behind:
               its process group and, on Linux, everything with ADGEN_ENGINE_RUN=ID in its environment
    Windows    a job object that is closed with this process takes all children with it

Standard library only, plus psutil (which ComfyUI itself needs) where there is no /proc. It imports nothing of the program
that starts it.
"""
import _thread
import json
import os
import select
import signal
import sys
import threading
import time
import types

BEAT_S = 2.0
POLL_S = 0.1
RUN_VARIABLE = "ADGEN_ENGINE_RUN"


def main():
    run, stop_grace_s, script, arguments = parse_arguments(sys.argv[1:])
    control = take_over_stdin()
    guarded = hold_by_kernel() if sys.platform == "win32" else start_guard(run)
    if sys.platform.startswith("linux"):
        die_with_parent()
    say(run, "HELLO", pid=os.getpid(), python=".".join(map(str, sys.version_info[:3])), guarded=guarded)
    start_thread(watch_control, control, stop_grace_s)
    start_thread(report_ports, run)
    sys.argv = [script, *arguments]
    sys.path[0] = os.path.dirname(os.path.abspath(script))
    run_as_main(script)


def run_as_main(script):
    """As `python script` would: a module of its own that stays, so that threads and children find it."""
    module = types.ModuleType("__main__")
    module.__file__ = script
    sys.modules["__main__"] = module
    with open(script, "rb") as file:
        code = compile(file.read(), script, "exec")
    exec(code, module.__dict__)


def parse_arguments(words):
    own, rest = words[: words.index("--")], words[words.index("--") + 1 :]
    options = dict(zip(own[::2], own[1::2]))
    return options["--run"], float(options.get("--stop-grace", "5")), rest[0], rest[1:]


def take_over_stdin():
    """The control pipe becomes private to this process: neither ComfyUI nor its children can read from it or keep it open."""
    control = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return control


def say(run, event, **facts):
    """One write for the whole line, begun on a line of its own because ComfyUI's progress bars leave half lines behind."""
    line = json.dumps({"event": event, "run": run, **facts})
    os.write(1, f"\n{line}\n".encode())


def start_thread(work, *arguments):
    threading.Thread(target=work, args=arguments, daemon=True, name=f"engine-boot-{work.__name__}").start()


def watch_control(control, stop_grace_s):
    """Ends this process when told to, or when nobody is left to tell. Writing to a closed pipe raises, hence the `finally`."""
    try:
        if read_command(control) == "stop":
            interrupt_main()
            time.sleep(stop_grace_s)
    finally:
        os._exit(0)


def interrupt_main():
    """Like Ctrl-C. A POSIX system has to send the signal to the main thread: an idle event loop sleeps in the kernel, and only
    a signal wakes it. On Windows the loop is woken by Python itself."""
    if sys.platform == "win32":
        _thread.interrupt_main()
    else:
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)


def read_command(control):
    """The word "stop", or "" for end of file. Raw reads: a buffered stdin blocked at the end of the interpreter aborts the process."""
    received = b""
    while b"stop\n" not in received.replace(b"\r\n", b"\n"):
        chunk = os.read(control, 4096)
        if not chunk:
            return ""
        received = received[-16:] + chunk
    return "stop"


def report_ports(run):
    """Says every port once, as soon as it is listened on, and that work goes on as long as there is none."""
    said = set()
    next_beat = time.monotonic() + BEAT_S
    while True:
        for port in sorted(listening_ports() - said):
            said.add(port)
            say(run, "LISTEN", port=port)
        if not said and time.monotonic() >= next_beat:
            next_beat += BEAT_S
            say(run, "BEAT", cpu=round(time.process_time() - time.thread_time(), 3))
        time.sleep(POLL_S if not said else BEAT_S)


def listening_ports():
    """TCP ports on which this process listens."""
    return ports_from_proc() if os.path.exists("/proc/self/net/tcp") else ports_from_psutil()


def ports_from_proc():
    """A listening socket has state 0A in the kernel's table; ours are those whose inode is among our open files."""
    inodes = set()
    for name in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink(f"/proc/self/fd/{name}")
        except OSError:
            continue  # closed in this moment
        if target.startswith("socket:["):
            inodes.add(target[8:-1])
    ports = set()
    for table in ("/proc/self/net/tcp", "/proc/self/net/tcp6"):
        if not os.path.exists(table):
            continue
        with open(table, encoding="ascii") as rows:
            for row in rows:
                fields = row.split()
                if len(fields) > 9 and fields[3] == "0A" and fields[9] in inodes:
                    ports.add(int(fields[1].rsplit(":", 1)[1], 16))
    return ports


def ports_from_psutil():
    try:
        import psutil
    except ImportError:
        sys.stderr.write("engine_boot: psutil is missing, so the port cannot be found on this system.\n")
        os._exit(3)
    process = psutil.Process()
    list_connections = getattr(process, "net_connections", None) or process.connections
    return {item.laddr.port for item in list_connections(kind="tcp") if item.status == psutil.CONN_LISTEN}


def die_with_parent():
    import ctypes

    PR_SET_PDEATHSIG = 1
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the kernel knew that we want to hear of it
        os._exit(0)


def start_guard(run):
    """Forked before there is any thread. It holds none of our pipes, so readers see their end when we are gone."""
    boot = os.getpid()
    if os.getpgrp() != boot:
        os.setpgid(0, 0)
    watched = open_pidfd(boot)
    if os.fork() != 0:
        if watched is not None:
            os.close(watched)
        return True
    try:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        os.closerange(3, max(3, watched or 0))
        os.closerange(max(3, (watched or 2) + 1), 256)
        wait_for_end(boot, watched)
        kill_marked(run, boot)
        os.killpg(boot, signal.SIGKILL)  # last: it takes the guard with it
    finally:
        os._exit(0)


def open_pidfd(pid):
    try:
        return os.pidfd_open(pid)
    except (AttributeError, OSError):
        return None  # not Linux, an older Python or an older kernel


def wait_for_end(pid, pidfd):
    if pidfd is not None:
        select.select([pidfd], [], [])
        return
    if hasattr(select, "kqueue"):
        ended = select.kevent(pid, select.KQ_FILTER_PROC, select.KQ_EV_ADD | select.KQ_EV_ONESHOT, select.KQ_NOTE_EXIT)
        try:
            select.kqueue().control([ended], 1)
            return
        except OSError:
            pass  # it has already ended
    while os.getppid() == pid:
        time.sleep(POLL_S)


def kill_marked(run, boot):
    """Kills what left the process group but still carries this run's mark. Only Linux shows the environment of others."""
    if not run or not os.path.exists("/proc/self/environ"):
        return
    mark = f"{RUN_VARIABLE}={run}".encode()
    for name in os.listdir("/proc"):
        if not name.isdigit() or int(name) in (boot, os.getpid()):
            continue
        try:
            with open(f"/proc/{name}/environ", "rb") as file:
                if mark in file.read().split(b"\0"):
                    os.kill(int(name), signal.SIGKILL)
        except OSError:
            continue  # it ended in this moment, or belongs to somebody else


def hold_by_kernel():
    """A job object with kill-on-close; its only handle is ours, so it closes when we end, in whatever way."""
    import ctypes
    from ctypes import wintypes

    class BasicLimits(ctypes.Structure):
        _fields_ = [
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        ]

    class ExtendedLimits(ctypes.Structure):
        _fields_ = [
            ("BasicLimitInformation", BasicLimits),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        ]

    EXTENDED_LIMIT_INFORMATION = 9
    KILL_ON_JOB_CLOSE = 0x2000
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.CreateJobObjectW.argtypes = [ctypes.c_void_p, wintypes.LPCWSTR]
    kernel.SetInformationJobObject.argtypes = [wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD]
    kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    job = kernel.CreateJobObjectW(None, None)
    limits = ExtendedLimits()
    limits.BasicLimitInformation.LimitFlags = KILL_ON_JOB_CLOSE
    if not job or not kernel.SetInformationJobObject(job, EXTENDED_LIMIT_INFORMATION, ctypes.byref(limits), ctypes.sizeof(limits)):
        return False
    return bool(kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess()))


if __name__ == "__main__":
    main()
