# SPDX-License-Identifier: GPL-2.0-or-later
#
# fish completion of rproc-tree. What it offers is what --help says, which the program makes
# from its tables: nothing is listed here that could be forgotten.

# SECTION [WORD...]: the rows of that section of --help, or of what those words print, without
# leading blanks
function __rproc_tree_rows
    set -l inside 0
    set -l source --help
    set -q argv[2]; and set source $argv[2..-1]
    for line in (command rproc-tree $source 2>/dev/null)
        if string match -q -r "^$argv[1].*:\$" -- $line
            set inside 1
        else if test -z "$line"
            set inside 0
        else if test $inside = 1
            string trim -l -- $line
        end
    end
end

# NAME and what it is, as fish wants them: separated by a tab
function __rproc_tree_described
    __rproc_tree_rows $argv | string replace -r '^([^ ]+) +(\* +)?(.*)$' '$1\t$3'
end

function __rproc_tree_checks
    __rproc_tree_described Checks explain
end

function __rproc_tree_topics
    __rproc_tree_checks
    __rproc_tree_described Verdicts explain
end

function __rproc_tree_formats
    if __fish_seen_subcommand_from check
        __rproc_tree_rows Formats | string match -r '^[a-z]+ +(?:show, )?check .*' | string replace -r '^([^ ]+) +(?:show, )?check +' '$1\t'
    else
        __rproc_tree_rows Formats | string match -r '^[a-z]+ +show[, ].*' | string replace -r '^([^ ]+) +show(?:, check)? +' '$1\t'
    end
end

# Of a list that is separated by commas the last is completed.
function __rproc_tree_list
    set -l before (string match -r '^.*[=,]' -- (commandline -ct) | string replace -r '^-.*=' '')
    for row in ($argv)
        echo -- "$before$row"
    end
end

function __rproc_tree_columns
    __rproc_tree_described Columns
end

function __rproc_tree_commands
    __rproc_tree_rows Commands | string replace -r '^([a-z]+) +([A-Z\[][A-Z\] ]* )? *' '$1\t'
end

# KIND COLUMNS: what devices of a kind (an expression) have in those columns: of this system, or of
# what --from or --sysroot names in the line
function __rproc_tree_devices
    set -l from (string match -r -- '--(?:from|sysroot)[= ]\S+' (commandline -pc) | string replace ' ' =)
    for row in (command rproc-tree show -qnr --no-debugfs -o KIND,$argv[2] $from 2>/dev/null </dev/null)
        string match -q -r "^$argv[1] " -- $row; and string match -r -a -- '\S+' (string replace -r '^\S+ ' '' -- $row)
    end | sort -u
end

function __rproc_tree_processors
    echo all
    __rproc_tree_devices remoteproc DEVICE,NAME
end

set -l commands (__rproc_tree_commands | string replace -r '\t.*' '')
complete -c rproc-tree -f
complete -c rproc-tree -n "not __fish_seen_subcommand_from $commands" -a '(__rproc_tree_commands)'
complete -c rproc-tree -n "not __fish_seen_subcommand_from $commands; or __fish_seen_subcommand_from show check report watch" -a '(__rproc_tree_devices \\\\S+ DEVICE,NAME,NODE)'
complete -c rproc-tree -n '__fish_seen_subcommand_from explain' -a '(__rproc_tree_topics)'
complete -c rproc-tree -n '__fish_seen_subcommand_from help' -a '(__rproc_tree_commands) (__rproc_tree_topics)'
complete -c rproc-tree -n '__fish_seen_subcommand_from diff' -a live -F

# Which commands take an option: "check --strict" and so on.
set -l taken
for verb in $commands
    for row in (__rproc_tree_rows Options $verb --help)
        set -a taken "$verb "(string match -r -- '--[a-z-]+' $row)
    end
end

for row in (__rproc_tree_rows Options)
    set -l name (string replace -r '^(-[A-Za-z], +)?--([a-z-]+)[ [].*' '$2' -- $row)
    set -l argument (string match -r -g -- '--[a-z-]+(?: |\[=)([A-Z]+)[] ]' $row)
    set -l letter (string match -r -g -- '^-([A-Za-z]),' $row)
    set -l takers (string match -r -g -- "^(\S+) --$name\$" $taken)
    set -l switch -n "not __fish_seen_subcommand_from $commands; or __fish_seen_subcommand_from $takers" -l $name -d (string replace -r '^.*--[a-z-]+(\[=[A-Z]+\])? ([A-Z]+ )? *' '' -- $row)
    test -n "$letter"; and set -a switch -s $letter
    switch "$argument"
        case ''
        case FILE
            set -a switch -r -F
        case NAME
            set -a switch -x -a '(__rproc_tree_formats)'
        case STYLE
            set -a switch -x -a '(__rproc_tree_described "Exit styles")'
        case WHEN
            set -a switch -a 'auto always never'
        case CHECKS
            set -a switch -x -a '(__rproc_tree_list __rproc_tree_checks)'
        case CHANNEL
            set -a switch -x -a '(__rproc_tree_devices channel NAME)'
        case LIST
            set -a switch -x -a '(__rproc_tree_list __rproc_tree_processors)'
        case COLUMNS
            set -a switch -x -a '(__rproc_tree_list __rproc_tree_columns)'
        case '*'
            set -a switch -x
    end
    complete -c rproc-tree $switch
end
