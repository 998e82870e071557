-- The manifest of one site: what its last build left on disk. It is a file of its own beside the
-- site (`site.sqlite`, or `preview.sqlite` for a preview), and is begun anew if its version is
-- another one. An empty digest says that the page or file is invalidated: see `manifest.py`.

create table settings (
  name text primary key,         -- config_summary, renderer_key, missing_from_nav or site_token
  value text                     -- as JSON
) without rowid;

create table pages (
  number integer primary key,    -- stands for the page in `reverse_links`
  path text unique,              -- its source, below the folder of pages
  source_digest blob,            -- SHA-256 of its source; empty if invalidated
  dependencies blob,             -- uint32 hashes of the paths whose existence decides its HTML
  sitemap_entry text,            -- what the site map says of it
  date text,                     -- ISO 8601 day of its news
  by_mkdocs int,                 -- 1 if MkDocs rendered it, 0 if a specialised template was filled
  html blob                      -- the page that MkDocs rendered; empty if it did not
);
create index mkdocs_pages on pages (path) where by_mkdocs;
create index invalidated_pages on pages (path) where source_digest = x'';

create table static_files (
  path text primary key,         -- of a file that is copied, below the folder of pages
  digest blob                    -- SHA-256 of its content; empty if invalidated
) without rowid;
create index invalidated_files on static_files (path) where digest = x'';

create table reverse_links (
  target integer primary key,    -- hash of a path
  pages blob                     -- uint32 numbers of the pages that have it among `dependencies`
);

create table specialised_templates (
  key text,                      -- template key of the pages that it is for, as JSON
  guards text,                   -- pairs of a guard and its outcome, as JSON
  template text                  -- texts, slots and their sequence, as JSON; null if MkDocs must
);
