# Taken in by scripts that need the packages of development and a browser, from the project's folder:
# sets `python` and CHROMIUM. Ends the script that takes it in where one of them cannot be had.
python=$(sh scripts/find_python.sh)
sh scripts/make_venv.sh "$python" requirements-dev.lock
CHROMIUM=$(sh scripts/install_browser.sh)
export CHROMIUM
