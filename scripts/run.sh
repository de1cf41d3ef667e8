#!/bin/sh
# Start the dashboard on $PORT. Everything that can be refused is refused before anything is installed.
set -eu
cd "$(dirname "$0")/.."

python=$(sh scripts/find_python.sh)
"$python" scripts/check_port.py "${PORT:-8501}"
sh scripts/make_venv.sh "$python" requirements.lock

echo "Starting the dashboard at http://localhost:${PORT:-8501} (Ctrl-C stops it)."
exec .venv/bin/python -m streamlit run app.py --server.port "${PORT:-8501}"
