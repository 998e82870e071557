"""What fetching costs: 200 feeds with 10,000 entries of local servers, of which nothing is new.

    python -m benchmarks.fetching [FEEDS]

It prints, in JSON, CPU time and memory of three runs: the first, one in which all feeds answer 304,
and one in which the bytes of every feed changed while its entries did not. Only the process that
fetches is counted; the servers run in another one.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import sys
import tempfile
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ENTRIES = 50
"""Of each feed."""
_WORDS = "مكتبة حديقة مدرسة نافذة كتاب شجرة نهر جسر طريق سوق قرية بستان زيتون قمح خبز ماء".split()


def _feed(number: int, version: int) -> bytes:
    entries = []
    for each in range(ENTRIES):
        words = [_WORDS[(number * 7 + each * (at + 3)) % len(_WORDS)] for at in range(120)]
        text = f"<p>{' '.join(words)} {number} {each}.</p><p>{' '.join(reversed(words))}.</p>"
        link = f"http://paper{number}.example.com/articles/{each}"
        entries.append(
            f"<item><title>{' '.join(words[:7])} {each}</title><link>{link}</link>"
            f"<guid>{link}</guid><pubDate>Thu, 26 Nov 2026 10:{each:02}:00 GMT</pubDate>"
            f"<content:encoded><![CDATA[{text}]]></content:encoded></item>"
        )
    if version:
        entries.reverse()
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>صحيفة {number}</title>{''.join(entries)}</channel></rss>"
    ).encode()


class _Papers(BaseHTTPRequestHandler):
    """Serves feeds; they change when somebody asks for `/next`."""

    protocol_version = "HTTP/1.1"
    version = 0

    def do_GET(self) -> None:
        """Answer."""
        name = self.path.strip("/")
        status, body = 404, b""
        if name == "next":
            type(self).version += 1
            status = 200
        elif name.isdecimal():
            etag = f'"{self.version}"'
            status = 304 if self.headers.get("if-none-match") == etag else 200
            body = _feed(int(name), self.version) if status == 200 else b""
        self.send_response(status)
        self.send_header("etag", f'"{self.version}"')
        if status != 304:
            self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def _serve(count: int, pipe: Any) -> None:
    import threading

    servers = [ThreadingHTTPServer(("127.0.0.1", 0), _Papers) for _ in range(count)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    pipe.send([server.server_address[1] for server in servers])
    pipe.recv()


def measure(count: int) -> dict[str, Any]:
    """Return the figures of runs over `count` feeds, a host each ten of them."""
    from urllib.request import urlopen

    from mujaz.config import Config, FetchSource
    from mujaz.fetching import Manners, fetch

    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_serve, args=(10, theirs), daemon=True
    )
    process.start()
    ports = ours.recv()
    sources = [FetchSource(f"http://127.0.0.1:{ports[n % 10]}/{n}", "feed") for n in range(count)]
    figures: dict[str, Any] = {"feeds": count, "entries": count * ENTRIES}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "seeds").mkdir()
        config = Config(root / "mkdocs.yml", root / "seeds", root / "docs", root / "site")
        for name in ("first", "304", "other bytes"):
            if name == "other bytes":
                urlopen(f"http://127.0.0.1:{ports[0]}/next").close()
            wall, cpu = time.monotonic(), time.process_time()
            report = fetch(config, sources, Manners("Mujaz/0 (benchmark)", True, delay=0.0))
            cpu, wall = time.process_time() - cpu, time.monotonic() - wall
            figures[name] = {
                "articles": report.articles,
                "failed": report.failed,
                "files": len(report.files),
                "seconds": round(wall, 2),
                "cpu_ms_an_entry": round(cpu * 1000 / (count * ENTRIES), 4),
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
    ours.send("end")
    process.join(5)
    return figures


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 200)))
