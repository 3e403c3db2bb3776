# Turns sql/queries/*.sql into the table of prepared statements.  A statement
# starts at "-- name: x", says with "-- session: a b" which connections
# prepare it, goes on with a comment and ends with ";".  want=header prints
# the enum, want=table the texts, want=hub and want=owner a script for the lint
# that prepares what the hub resp. only the owner runs.
function stop(what) {
	print FILENAME ":" FNR ": " what > "/dev/stderr"
	failed = 1
	exit 1
}
function finish() {
	if (name == "")
		return
	if (sessions == "") stop(name ": no session")
	if (!commented) stop(name ": no comment")
	if (text !~ /;\n$/) stop(name ": does not end with ;")
	sub(/;\n$/, "", text)
	names[++count] = name
	texts[count] = text
	uses[count] = sessions
	counts[count] = highest
}
# EXPLAIN checks the rights that PREPARE does not.
function explain(name, text, count,    nulls) {
	while (count-- > 0)
		nulls = nulls (nulls == "" ? "(NULL" : ", NULL")
	print "PREPARE " name " AS\n" text ";"
	print "EXPLAIN EXECUTE " name nulls (nulls == "" ? "" : ")") ";"
}
FNR == 1 { finish(); name = "" }
/^-- name: / {
	finish()
	name = $3
	if (name !~ /^[a-z][a-z0-9_]*$/) stop("bad name: " name)
	if (name in seen) stop(name ": a second statement of this name")
	seen[name] = 1
	text = sessions = ""
	commented = highest = 0
	next
}
/^-- session: / {
	for (i = 3; i <= NF; i++)
		sessions = sessions (sessions == "" ? "" : " | ") \
		    "SESSION_" toupper($i)
	next
}
/^--/ { commented = 1; next }
/^[ \t]*$/ { next }
{
	if (name == "") stop("text before the first name")
	text = text $0 "\n"
	line = $0
	while (match(line, /\$[0-9]+/)) {
		number = substr(line, RSTART + 1, RLENGTH - 1) + 0
		if (number > highest) highest = number
		line = substr(line, RSTART + RLENGTH)
	}
}
END {
	if (failed) exit 1
	finish()
	if (failed) exit 1
	if (want == "hub" || want == "owner") {
		for (i = 1; i <= count; i++)
			if ((uses[i] == "SESSION_MIGRATE") == (want == "owner") &&
			    texts[i] !~ /^(BEGIN|COMMIT|ROLLBACK)/)
				explain(names[i], texts[i], counts[i])
		exit
	}
	print "/* Made of sql/queries by hub/store/statements.awk. */"
	if (want == "header") {
		print "#pragma once\n\nenum statement {"
		for (i = 1; i <= count; i++)
			print "\tSQL_" toupper(names[i]) ","
		print "\tSTATEMENT_COUNT\n};"
		exit
	}
	print "#include \"hub/store/statement.h\"\n"
	print "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
	print "const struct statement_text statements[STATEMENT_COUNT] = {"
	for (i = 1; i <= count; i++) {
		gsub(/\\/, "\\\\", texts[i])
		gsub(/"/, "\\\"", texts[i])
		gsub(/\n/, "\\n\"\n\t    \"", texts[i])
		printf "\t[SQL_%s] = { \"%s\", %d, %s,\n\t    \"%s\" },\n", \
		    toupper(names[i]), names[i], counts[i], uses[i], texts[i]
	}
	print "};"
}
