-- What fetching remembers; see fetch_state.py. All of it can be lost.

create table if not exists sources (
    address text primary key, etag text not null, modified text not null, digest text not null,
    whole_at real not null
) without rowid;
create table if not exists seen (key text primary key, mark text not null) without rowid;
create table if not exists pages (
    key text primary key, address text not null, source text not null, entry text not null,
    guid text not null, day text not null, tries integer not null, next_try real not null,
    answer integer, number integer not null
) without rowid;
create index if not exists pages_by_source on pages (source, next_try);
create table if not exists answers (
    id integer primary key, address text not null, headers text not null, body blob not null
);
create table if not exists hosts (
    site text primary key, failures integer not null, rests_until real not null,
    reason text not null
) without rowid;
create table if not exists robots (site text primary key, text text, until real not null)
    without rowid;
