# Turns sql/migrations/*.sql into a table of C strings; digests=FILE is what
# sha256sum printed of them.  Files are named NNNN_name.sql, each number once.
function stop(what) {
	print FILENAME ": " what > "/dev/stderr"
	failed = 1
	exit 1
}
BEGIN {
	while ((getline line < digests) > 0) {
		split(line, part, "  ")
		digest[part[2]] = part[1]
	}
	print "/* Made of sql/migrations by hub/store/migrations.awk. */"
	print "#include \"hub/store/migrations.h\"\n"
	print "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
	print "const struct migration migrations[] = {"
}
FNR == 1 {
	if (count) print "\t    \"\" },"
	base = FILENAME
	sub(/.*\//, "", base)
	sub(/\.sql$/, "", base)
	if (substr(base, 1, 4) + 0 <= version) stop("not above " version)
	version = substr(base, 1, 4) + 0
	count++
	if (!(FILENAME in digest)) stop("no digest")
	printf "\t{ %d, \"%s\", \"%s\",\n", version, base, digest[FILENAME]
}
{
	gsub(/\\/, "\\\\")
	gsub(/"/, "\\\"")
	print "\t    \"" $0 "\\n\""
}
END {
	if (failed) exit 1
	if (count) print "\t    \"\" },"
	print "};"
	print "const size_t migration_count = COUNT(migrations);"
}
