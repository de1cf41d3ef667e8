"""What is installed and when: once, and again only when it has to be."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Make = Callable[..., subprocess.CompletedProcess[str]]
Calls = Callable[[], list[str]]
PutPython = Callable[..., None]


def started(port: str) -> str:
    return f"-m streamlit run app.py --server.port {port}"


def test_first_start_installs_and_second_does_not(make: Make, calls: Calls, port: str) -> None:
    result = make("run", f"PORT={port}")
    assert result.returncode == 0, result.stderr
    assert f"http://localhost:{port}" in result.stdout
    assert calls() == ["install", started(port)]
    make("run", f"PORT={port}")
    assert calls() == [started(port)]


def test_newer_python_is_found_beside_an_old_one(
    make: Make, put_python: PutPython, calls: Calls, port: str
) -> None:
    put_python("python3", version="3.9")
    put_python("python3.12", version="3.12")
    assert make("run", f"PORT={port}").returncode == 0
    assert calls() == ["install", started(port)]


def test_failed_install_is_told_and_done_again(make: Make, calls: Calls, port: str) -> None:
    result = make("run", f"PORT={port}", PIP_RESULT="1")
    assert result.returncode != 0
    assert "could not be installed" in result.stderr
    assert calls() == ["install"]
    make("run", f"PORT={port}")
    assert calls() == ["install", started(port)]


def add_requirement(folder: Path, _: PutPython) -> None:
    with (folder / "requirements.lock").open("a") as file:
        file.write("another==1 --hash=sha256:0\n")


def change_python(_: Path, put_python: PutPython) -> None:
    put_python("python3", version="3.12")


def break_python(folder: Path, _: PutPython) -> None:
    (folder / ".venv" / "bin" / "python").unlink()


def leave_unfinished(folder: Path, _: PutPython) -> None:
    (folder / ".venv" / "unfinished").touch()


def put_in_copied_venv(folder: Path, _: PutPython) -> None:
    (folder / ".venv" / "bin" / "pip").write_text("#!/elsewhere/.venv/bin/python\n")


@pytest.mark.parametrize(
    ("change", "is_made_anew"),
    [
        (add_requirement, False),
        (change_python, True),
        (break_python, True),
        (leave_unfinished, True),
        (put_in_copied_venv, True),
    ],
)
def test_install_is_done_again_after(
    change: Callable[[Path, PutPython], None],
    is_made_anew: bool,
    make: Make,
    folder: Path,
    put_python: PutPython,
    calls: Calls,
    port: str,
) -> None:
    make("run", f"PORT={port}")
    calls()
    kept = folder / ".venv" / "kept"
    kept.touch()
    change(folder, put_python)
    result = make("run", f"PORT={port}")
    assert calls() == ["install", started(port)]
    assert ("Making .venv anew" in result.stdout) == is_made_anew
    assert kept.exists() != is_made_anew


def test_what_is_installed_has_the_locked_hashes(
    make: Make, folder: Path, tmp_path: Path, port: str
) -> None:
    make("run", f"PORT={port}")
    (asked,) = [line for line in (tmp_path / "calls").read_text().splitlines() if "pip" in line]
    assert asked.endswith("--require-hashes -r requirements.lock")
    assert "--no-index" not in asked


def test_prepared_wheels_need_no_network(
    make: Make, folder: Path, tmp_path: Path, port: str
) -> None:
    (folder / "wheels").mkdir()
    make("run", f"PORT={port}")
    (asked,) = [line for line in (tmp_path / "calls").read_text().splitlines() if "pip" in line]
    assert asked.endswith("--no-index --find-links wheels --require-hashes -r requirements.lock")


def test_a_venv_of_another_copy_is_left_alone(
    make: Make, folder: Path, tmp_path: Path, port: str
) -> None:
    make("run", f"PORT={port}")
    another = tmp_path / "another.venv"
    (folder / ".venv").rename(another)
    (folder / ".venv").symlink_to(another)
    (another / "bin" / "pip").write_text("#!/elsewhere/.venv/bin/python\n")
    assert make("run", f"PORT={port}").returncode == 0
    assert (another / "bin" / "python").exists()
    assert (folder / ".venv" / "bin" / "python").exists() and not (folder / ".venv").is_symlink()
