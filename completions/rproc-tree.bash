# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# bash completion of rproc-tree. What it offers is what --help says, which the program makes
# from its tables: nothing is listed here that could be forgotten.

# SECTION [WORD...]: the rows of that section of --help, or of what those words print, without
# leading blanks
_rproc_tree_rows() {
	local line inside='' words=("${@:2}")
	((${#words[@]})) || words=(--help)
	while IFS= read -r line; do
		if [[ $line == "$1"*: ]]; then
			inside=1
		elif [[ ! $line ]]; then
			inside=
		elif [[ $inside ]]; then
			printf '%s\n' "${line#"${line%%[! ]*}"}"
		fi
	done < <("${COMP_WORDS[0]}" "${words[@]}" 2>/dev/null)
}

_rproc_tree_words() {
	local row
	while IFS= read -r row; do
		printf '%s\n' "${row%% *}"
	done < <(_rproc_tree_rows "$@")
}

# [COMMAND]: the options that it takes, or all there are
_rproc_tree_options() {
	local row
	while IFS= read -r row; do
		[[ ! $row =~ ^-[A-Za-z], ]] || printf '%s\n' "${row:0:2}"
		[[ ! $row =~ --[a-z-]+ ]] || printf '%s\n' "${BASH_REMATCH[0]}"
	done < <(_rproc_tree_rows Options ${1:+"$1" --help})
}

# KIND COLUMNS: what devices of a kind (a pattern) have in those columns: of this system, or of
# what --from or --sysroot names in the line. Firmware chooses names: what compgen would expand,
# or bash break in words, is left out.
_rproc_tree_devices() {
	local from=() fields i j kind names name
	for ((i = 1; i < COMP_CWORD; i++)); do
		[[ ${COMP_WORDS[i]} == --@(from|sysroot) ]] || continue
		j=$((i + 1))
		[[ ${COMP_WORDS[j]} != = ]] || j=$((j + 1))
		from=("${COMP_WORDS[i]}" "${COMP_WORDS[j]}")
	done
	while read -r kind names; do
		# shellcheck disable=SC2053 # it is a pattern
		[[ $kind == $1 ]] || continue
		read -ra fields <<<"$names"
		for name in "${fields[@]}"; do
			[[ ! $name =~ ^[A-Za-z0-9_./#+-]+$ ]] || printf '%s\n' "$name"
		done
	done < <(
		"${COMP_WORDS[0]}" show -qnr --no-debugfs -o "KIND,$2" "${from[@]}" 2>/dev/null </dev/null
	)
}

# COMMAND: what it can print
_rproc_tree_formats() {
	local name uses
	while read -r name uses; do
		case $1 in
		check) [[ $uses == check\ * || $uses == 'show, check '* ]] && printf '%s\n' "$name" ;;
		*) [[ $uses == show\ * || $uses == 'show, '* ]] && printf '%s\n' "$name" ;;
		esac
	done < <(_rproc_tree_rows Formats)
}

_rproc_tree_checks() {
	_rproc_tree_words Checks explain
}

_rproc_tree_topics() {
	_rproc_tree_checks
	_rproc_tree_words Verdicts explain
}

# OPTION [=]: the word for its argument that --help has after an option; nothing when it
# takes none, or none that stands by itself.
_rproc_tree_argument() {
	local row
	while IFS= read -r row; do
		[[ ! $row =~ ^(-[A-Za-z],\ *)?--[a-z-]+(\ |\[=)([A-Z]+)[]\ ] ]] && continue
		[[ $row == "$1"[,\ []* || $row == *" $1 "* ]] || continue
		[[ ${BASH_REMATCH[2]} == ' ' || $2 ]] || continue
		printf '%s\n' "${BASH_REMATCH[3]}"
		return
	done < <(_rproc_tree_rows Options)
}

# WORDS: completes the last of a list that is separated by commas
_rproc_tree_list() {
	local before=
	[[ $cur == *,* ]] && before=${cur%,*},
	mapfile -t COMPREPLY < <(compgen -P "$before" -W "$1" -- "${cur##*,}")
	compopt -o nospace 2>/dev/null
}

_rproc_tree_value() {
	case $1 in
	FILE) mapfile -t COMPREPLY < <(compgen -f -- "$cur") && compopt -o filenames 2>/dev/null ;;
	NAME) mapfile -t COMPREPLY < <(compgen -W "$(_rproc_tree_formats "$command")" -- "$cur") ;;
	STYLE) mapfile -t COMPREPLY < <(compgen -W "$(_rproc_tree_words 'Exit styles')" -- "$cur") ;;
	WHEN) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$cur") ;;
	CHECKS) _rproc_tree_list "$(_rproc_tree_checks)" ;;
	CHANNEL) mapfile -t COMPREPLY < <(compgen -W "$(_rproc_tree_devices channel NAME)" -- "$cur") ;;
	LIST) _rproc_tree_list "all $(_rproc_tree_devices remoteproc DEVICE,NAME)" ;;
	COLUMNS) _rproc_tree_list "$(_rproc_tree_words Columns)" ;;
	esac
}

_rproc_tree() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command='' argument word
	local commands device=DEVICE,NAME,NODE
	commands=$(_rproc_tree_words Commands)
	COMPREPLY=()
	for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		[[ $'\n'$commands$'\n' != *$'\n'"$word"$'\n'* ]] || { command=$word && break; }
	done

	# '=' breaks words: --format=js is three of them
	local joined=''
	[[ $cur == = || $prev == = ]] && joined='='
	[[ $cur == = ]] && cur='' prev=${COMP_WORDS[COMP_CWORD - 1]}
	[[ $prev == = ]] && prev=${COMP_WORDS[COMP_CWORD - 2]}
	if [[ $prev == -* ]]; then
		argument=$(_rproc_tree_argument "$prev" $joined)
		[[ ! $argument ]] || {
			_rproc_tree_value "$argument"
			return
		}
	fi
	case $cur,$command in
	-*) mapfile -t COMPREPLY < <(compgen -W "$(_rproc_tree_options "$command")" -- "$cur") ;;
	*,) mapfile -t COMPREPLY < <(compgen -W "$commands $(_rproc_tree_devices '*' "$device")" -- "$cur") ;;
	*,show | *,check | *,report | *,watch)
		mapfile -t COMPREPLY < <(compgen -W "$(_rproc_tree_devices '*' "$device")" -- "$cur")
		;;
	*,explain) mapfile -t COMPREPLY < <(compgen -W "$(_rproc_tree_topics)" -- "$cur") ;;
	*,help) mapfile -t COMPREPLY < <(compgen -W "$commands $(_rproc_tree_topics)" -- "$cur") ;;
	*,diff) mapfile -t COMPREPLY < <(compgen -f -W live -- "$cur") && compopt -o filenames 2>/dev/null ;;
	esac
}

complete -F _rproc_tree rproc-tree
