#!/usr/bin/env zsh
# SPDX-License-Identifier: GPL-2.0-or-later
# complete.zsh FILE LINE: what an interactive zsh offers at the end of the line, one a line.
zmodload zsh/zpty || exit 77
zpty -b shell zsh -f -i
# Whatever is offered is written, not shown.
print -r -- '
PS1=ready; unsetopt zle_bracketed_paste 2>/dev/null
autoload -Uz compinit; compinit -u -D
compadd() {
	local -a found
	builtin compadd -A found -O found "$@" 2>/dev/null
	builtin compadd -O found "$@"
	(( $#found )) && print -rl -- $found >>$OFFERED
	builtin compadd "$@"
}
source '${(q)1}'
compdef _rproc-tree rproc-tree
finish() { : >$OFFERED.done }
zle -N finish
bindkey "^Xd" finish
' >$OFFERED.rc
zpty -w shell "source $OFFERED.rc; print -r -- be''gun"
zpty -r -m shell text '*begun*'
zpty -w -n shell "$2"$'\t\x18d'
for ((tries = 0; tries < 500; tries++)); do
	[[ -e $OFFERED.done ]] && break
	sleep 0.02
done
zpty -w -n shell $'\x03'
zpty -d shell
sort -u $OFFERED 2>/dev/null
