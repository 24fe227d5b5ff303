from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from core.worker.environment import OFFLINE, computing_threads, network
from core.worker.messages import Opened, decode_event
from core.worker.process import DiscreetFormatter

SECRET = "Mrs Example has diabetes"
ROOT = Path(__file__).resolve().parents[3]


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=60,
    )


def test_stray_prints_do_not_reach_the_pipe() -> None:
    ended = run(
        "import os\n"
        "from core.worker.messages import Opened\n"
        "from core.worker.process import take_stdout\n"
        "pipe = take_stdout()\n"
        "print('from Python')\n"
        "os.write(1, b'from C\\n')\n"
        "os.system('echo from a child')\n"
        "pipe.send(Opened(job=3))\n"
    )
    assert [decode_event(line) for line in ended.stdout.splitlines()] == [Opened(job=3)]
    stray = {b"from Python", b"from C", b"from a child"}
    assert {line.strip() for line in ended.stderr.splitlines()} >= stray


def test_a_worker_yields_to_the_window_and_leaves_interrupts_to_it() -> None:
    ended = run(
        "import os, psutil, signal\n"
        "from core.worker.process import ignore_interrupts, lower_priority\n"
        "lower_priority()\n"
        "ignore_interrupts()\n"
        "signal.raise_signal(signal.SIGINT)\n"
        "print(psutil.Process().nice())\n"
    )
    if sys.platform == "win32":
        assert int(ended.stdout) == psutil.BELOW_NORMAL_PRIORITY_CLASS
    else:
        assert int(ended.stdout) >= psutil.Process().nice() + 10 or int(ended.stdout) == 19


def test_the_log_holds_neither_what_libraries_say_nor_the_words_of_errors(tmp_path: Path) -> None:
    run(
        "import logging, sys\n"
        "from pathlib import Path\n"
        "from core.worker.process import start_logging\n"
        "start_logging(Path(sys.argv[1]))\n"
        "secret = sys.argv[2]\n"
        "logging.getLogger('transformers.tokenization').warning('odd: %s', secret)\n"
        "logging.getLogger('transformers.tokenization').info('seen')\n"
        "logging.getLogger('core.worker.server').info('job %s ended', 'Train')\n"
        "try:\n"
        "    raise ValueError(secret)\n"
        "except ValueError:\n"
        "    logging.getLogger('core.worker.jobs').exception('it failed')\n",
        str(tmp_path / "logs"),
        SECRET,
    )
    log = (tmp_path / "logs" / "worker.log").read_text(encoding="utf-8")
    assert SECRET not in log
    warned, ended, failed = log.splitlines()
    assert warned.endswith("WARNING transformers.tokenization: (from <string>:6)")
    assert ended.endswith("INFO core.worker.server: job Train ended")
    assert failed.endswith(
        "ERROR core.worker.jobs: it failed: ValueError at <string>:10 in <module>"
    )
    assert (tmp_path / "logs" / "worker-crash.log").exists()


def test_a_crash_of_the_interpreter_is_logged_by_its_places(tmp_path: Path) -> None:
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            "import ctypes, sys\n"
            "from pathlib import Path\n"
            "from core.worker.process import start_logging\n"
            "start_logging(Path(sys.argv[1]))\n"
            "ctypes.string_at(0)\n",
            str(tmp_path),
        ],
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode != 0
    crash = (tmp_path / "worker-crash.log").read_text(encoding="utf-8")
    assert 'File "<string>", line 5' in crash


def test_own_messages_keep_their_time() -> None:
    record = logging.LogRecord("core", logging.INFO, "", 1, "said %d", (3,), None)
    record.created, record.msecs = 0.0, 0.0
    line = DiscreetFormatter().format(record)
    assert line.endswith(",000 INFO core: said 3")
    assert line.startswith(("1970-01-01", "1969-12-31"))


def test_one_core_of_many_is_left_to_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    for cores, threads in ((1, 1), (2, 2), (3, 3), (4, 3), (16, 15)):
        monkeypatch.setattr(
            os, "sched_getaffinity", lambda _, n=cores: set(range(n)), raising=False
        )
        monkeypatch.setattr(psutil, "cpu_count", lambda **_: 64)
        assert computing_threads() == threads
    monkeypatch.setattr(psutil, "cpu_count", lambda **_: 8)
    assert computing_threads() == 7
    monkeypatch.setattr(psutil, "cpu_count", lambda **_: None)
    assert computing_threads() == 15


def test_libraries_load_offline_and_with_their_threads() -> None:
    ended = run(
        "import os\n"
        "os.environ.pop('OMP_NUM_THREADS', None)\n"
        "os.environ['HF_HUB_OFFLINE'] = '0'\n"
        "from core.worker.environment import prepare_environment\n"
        "prepare_environment()\n"
        "from huggingface_hub import constants\n"
        "print(constants.HF_HUB_OFFLINE, os.environ['OMP_NUM_THREADS'])\n"
        "print(os.environ['GOMP_SPINCOUNT'])\n"
    )
    assert ended.stdout.decode().split() == ["True", str(computing_threads()), "100000"]
    assert OFFLINE["HF_HUB_DISABLE_TELEMETRY"] == "1"


def test_the_network_is_open_only_where_the_user_allows_it() -> None:
    from huggingface_hub import is_offline_mode

    assert is_offline_mode()
    with network(allowed=False):
        assert is_offline_mode()
    with network(allowed=True):
        assert not is_offline_mode()
    assert is_offline_mode()

    def fetch() -> None:
        with network(allowed=True):
            raise ConnectionError

    with pytest.raises(ConnectionError):
        fetch()
    assert is_offline_mode()
