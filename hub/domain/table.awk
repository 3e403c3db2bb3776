# Turns a table of hub/domain/data (tab-separated, # comments, sorted by its
# first column, or the first `keys` of them) into rows of a C initialiser.
# kinds: one letter a column, s a string, n a number, - left out.  A row out of
# order, of another width or with a number that is none stops the build: the C
# side searches by halves.
BEGIN { FS = "\t"; width = length(kinds); quote = "\""; keys = keys ? keys : 1 }
/^#/ || /^$/ { next }
function stop(what) {
	print FILENAME ":" FNR ": " what > "/dev/stderr"
	failed = 1
	exit 1
}
NF != width { stop(NF " columns, expected " width) }
{
	key = $1
	for (i = 2; i <= keys; i++)
		key = key FS $i
	if (before != "" && (key "") <= (before ""))
		stop("not in order: " key)
	before = key
	row = ""
	for (i = 1; i <= width; i++) {
		kind = substr(kinds, i, 1)
		if (kind == "-")
			continue
		if (kind == "n" && $i !~ /^-?[0-9]+$/)
			stop("not a number: " $i)
		if (kind == "s" && $i ~ /["\\]/)
			stop("quote or backslash: " $i)
		row = row (row == "" ? "" : ", ") \
		    (kind == "s" ? quote $i quote : $i)
	}
	print "\t{ " row " },"
}
END { exit failed }
