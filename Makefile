# 邻里屏 Linli. `make` alone says what there is.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.SILENT:
.DEFAULT_GOAL := help
.PHONY: help run test check bench campaign lighthouse pictures clean

# What the tests need of the system, as package:probe. SDL loads its X libraries only when it opens a window;
# playwright's driver wants libatomic.
TEST_NEEDS := \
	chromium:command.chromium \
	xvfb:command.Xvfb \
	twm:command.twm \
	fonts-noto-cjk:font.zh-cn \
	postgresql:file./usr/lib/postgresql/*/bin/initdb \
	libreoffice-impress:file./usr/lib/libreoffice/program/libsdlo.so \
	libreoffice-writer:file./usr/lib/libreoffice/program/libswlo.so \
	libatomic1:library.libatomic.so.1 \
	libx11-6:library.libX11.so.6 \
	libxext6:library.libXext.so.6 \
	libxcursor1:library.libXcursor.so.1 \
	libxi6:library.libXi.so.6 \
	libxfixes3:library.libXfixes.so.3 \
	libxrandr2:library.libXrandr.so.2 \
	libxss1:library.libXss.so.1 \
	libxtst6:library.libXtst.so.6
BENCH_NEEDS := feh:command.feh mpv:command.mpv

# Spread over the cores; the tests of one file stay together. `make test PYTEST="-k qr"` runs a part.
PYTEST ?= -n auto --dist loadfile --no-loadscope-reorder

help:
	cat <<'END'
	make run         装好需要的一切，启动屏幕和网页      set everything up, run the screen and the web
	make test        装好需要的一切，跑全部测试          set everything up, run every test
	make check       代码检查：格式、类型、导入方向      lint, types, direction of imports
	make bench       性能对比，装了 feh 和 mpv 就并排    benchmarks, beside feh and mpv where installed
	make campaign    长时间的测试                        the long tests
	make lighthouse  用 Lighthouse 检查网页（要有 Node）  the pages by Lighthouse (needs Node)
	make pictures    重拍说明里的图片                    the pictures of the README and the docs
	make clean       删掉装好的和生成的，内容不动        remove what was built; config, content, state stay
	END

run:
	$(value GROUND)
	system
	environment run .
	exec .venv/bin/kiosk --home . run

test:
	$(value GROUND)
	system $(TEST_NEEDS)
	environment test '.[test,postgresql]'
	say '正在测试 …' 'Testing …'
	exec .venv/bin/python -m pytest -q $(PYTEST)

check:
	$(value GROUND)
	system
	environment test '.[test,postgresql]'
	# A checkout may have been moved, and then the commands in .venv/bin do not find their Python.
	quietly .venv/bin/python .venv/bin/lint-imports --no-logo & imports=$$!
	.venv/bin/python -m ruff check --quiet
	.venv/bin/python -m ruff format --check --quiet
	.venv/bin/python -m mypy --no-error-summary
	wait $$imports
	say '检查通过。' 'All checks passed.'

bench:
	$(value GROUND)
	system $(TEST_NEEDS)
	environment test '.[test,postgresql]'
	system $(BENCH_NEEDS) || say '没有它们就只测我们自己。' 'Measuring without them.'
	exec .venv/bin/python -m tests.bench

campaign:
	$(value GROUND)
	system $(TEST_NEEDS)
	environment test '.[test,postgresql]'
	exec env CAMPAIGN=1 .venv/bin/python -m pytest -q -m "campaign or hypothesis"

lighthouse:
	$(value GROUND)
	system $(TEST_NEEDS)
	environment test '.[test,postgresql]'
	command -v npm >/dev/null || stop '需要 Node 18 以上和 npm。' 'Node 18 or newer and npm are needed.'
	exec env CAMPAIGN=1 .venv/bin/python -m pytest -q tests/browser/test_lighthouse.py

pictures:
	$(value GROUND)
	system $(TEST_NEEDS)
	environment test '.[test,postgresql]'
	exec .venv/bin/python -m tests.pictures $(NAMES)

clean:
	rm -rf .venv .linli-lighthouse build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find kiosk admin tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The shell functions of the recipes above. Paths stay relative, so a checkout may stand anywhere.
define GROUND
say() { printf '%s\n%s\n' "$1" "$2"; }

stop() { say "$1" "$2" >&2; exit 1; }

# quietly COMMAND …: shows what it printed only if it failed.
quietly() {
	local log status=0
	log=$(mktemp)
	"$@" >"$log" 2>&1 || { status=$?; tail -n 25 "$log" >&2; }
	rm -f "$log"
	return $status
}

# root PACKAGE …: prints what to put before apt-get; fails where these packages cannot be installed.
# Whoever may use sudo and sits at a terminal is asked for the password.
root() {
	command -v apt-get >/dev/null || return 1
	if [ "$(id -u)" = 0 ]; then echo env
	elif sudo -n true 2>/dev/null; then echo sudo
	elif [ -t 0 ] && id -nG | grep -qw sudo; then
		sudo -v -p "安装 $* 要用您的密码 Your password, to install $*: " && echo sudo
	else return 1; fi
}

# What a person types to install packages. Debian sets sudo up only where root was given no password.
by_hand() {
	if [ "$(id -u)" = 0 ]; then echo "apt-get install $*"
	elif command -v sudo >/dev/null; then echo "sudo apt-get install $*"
	else echo "su - -c 'apt-get install $*'"; fi
}

# install PACKAGE …: by apt. An old package list may still do, so only the installation has to succeed.
# A machine that has just started often updates itself; then apt has to wait for its turn.
install() {
	local before apt='apt-get -qq -o DPkg::Lock::Timeout=300'
	before=$(root "$@") || return 1
	say "正在安装系统软件：$*" "Installing system packages: $*"
	quietly $before DEBIAN_FRONTEND=noninteractive $apt update || true
	quietly $before DEBIAN_FRONTEND=noninteractive $apt -y --no-install-recommends install "$@"
}

present() {
	case $1 in
		command.*) command -v "${1#*.}" >/dev/null ;;
		file.*) compgen -G "${1#*.}" >/dev/null ;;
		library.*) PATH=$PATH:/sbin:/usr/sbin ldconfig -p | grep -F "${1#*.}" >/dev/null ;;
		font.*) command -v fc-list >/dev/null && fc-list ":lang=${1#*.}" | grep . >/dev/null ;;
	esac
}

# Prints the packages that are not there, those that .venv is made with among them.
missing() {
	local need
	intact || groundwork
	for need in "$@"; do present "${need#*:}" || echo "${need%%:*}"; done
}

# system PACKAGE:PROBE …: all of them there, installed if need be, or named in one sentence.
system() {
	local absent
	intact || python >/dev/null || install python3 || true
	intact || python >/dev/null || stop "需要 Python 3.11 或更新的版本，请运行：$(by_hand python3)" \
		"Python 3.11 or newer is needed; please run: $(by_hand python3)"
	absent=$(missing "$@" | paste -sd' ')
	if [ -z "$absent" ]; then return; fi
	install $absent || true
	absent=$(missing "$@" | paste -sd' ')
	if [ -z "$absent" ]; then return; fi
	say "还缺系统软件，请运行：$(by_hand $absent)" \
		"System packages are missing; please run: $(by_hand $absent)" >&2
	return 1
}

fit() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

# Prints a Python of 3.11 or newer; the system's own comes first.
python() {
	local one
	for one in "${PYTHON:-python3}" python3 python3.{11..20}; do
		if fit "$one"; then echo "$one"; return; fi
	done
	return 1
}

# Is there a .venv with pip in it, for a Python that fits? After an upgrade of the system its Python is another.
intact() { [ -e .venv/bin/pip ] && fit .venv/bin/python && .venv/bin/python -c 'import pip' 2>/dev/null; }

# Prints the package that .venv cannot be made without: Debian keeps a part of `venv` in one of its own.
groundwork() {
	local python
	python=$(python)
	"$python" -c 'import ensurepip' 2>/dev/null ||
		"$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
}

# environment NAME WHAT: .venv with WHAT installed; done once for each setup.cfg, path and Python.
environment() {
	local stamp key
	intact || quietly "$(python)" -m venv --clear .venv
	stamp=.venv/linli-$1
	key=$({ cat setup.cfg pyproject.toml; pwd; .venv/bin/python -VV; } | sha256sum)
	if [ "$(cat "$stamp" 2>/dev/null)" = "$key" ]; then return; fi
	say '正在安装 Python 软件包，第一次要几分钟 …' 'Installing Python packages; the first time takes minutes …'
	quietly .venv/bin/python -m pip install --quiet --disable-pip-version-check --editable "$2" ||
		stop '没有装成，原因见上；请检查网络后再试。' 'That failed, see above; check the network and try again.'
	echo "$key" >"$stamp"
	[ "$1" = run ] || echo "$key" >.venv/linli-run
}
endef
