-- Every table of the database of runs (`.mujaz-cache/store.sqlite`), the one place that declares them.
-- A comment stands behind each column. Nothing here cannot be made again from the raw articles.

-- Key-value records of the last run.

create table notes (
  name text primary key, -- what is noted: token, understanding, pages, assets, unrendered, permalinks, forwarding
  value text -- JSON
) without rowid;

-- Inputs: what each raw article was parsed as, or why it was rejected (ingest).

create table inputs (
  file text primary key, -- the input's name; of several in one file, its number follows a #
  path text, -- of the file that it was read from, below the folder of raw articles
  article text, -- serialised; null if the input was rejected
  reason text, -- why it was rejected or held; of an article: why it is an earlier version
  hint text, -- the next step for an editor
  held integer -- 1 if it is a draft, which waits for its editor
) without rowid;

create index inputs_with_reasons on inputs (file) where reason is not null;

create index inputs_by_path on inputs (path);

create table good_documents ( -- outlives the other tables when all is derived again
  file text primary key, -- an input
  path text, -- of the file that it was read from, below the folder of raw articles
  document blob -- its last version without a fault, serialised and compressed
) without rowid;

create index good_documents_by_path on good_documents (path);

create table input_images (
  image text, -- path of an image that the input's page shows; empty if one is missing or unfit
  file text, -- the input
  primary key (image, file)
) without rowid;

create index input_images_by_file on input_images (file);

create table input_unread_fields (
  file text primary key, -- the input
  fields text -- JSON: reason and hint for each field that nobody reads
) without rowid;

-- What editors may call inputs, and what they say of some (editorial).

create table input_names (
  name text, -- file, guid, address at the paper, or derived id of an article
  file text, -- the input
  primary key (name, file)
) without rowid;

create index input_names_by_file on input_names (file);

create table editorial_corrections (
  name text primary key, -- what an editor calls an article
  said text -- JSON: what he says of it, in the order of his files
) without rowid;

-- Site knowledge: what the pages of one site say of each other (parse/site_knowledge).

create table site_pages (  -- the evidence that each page gives
  file text primary key,   -- see Document.file
  headline text,           -- its comparison form; empty if too short to be recognised elsewhere
  source_key text,         -- comparison form of the name that signs it as a source does, or empty
  source_name text,        -- that name as written
  article integer,         -- hash of its first paragraph: duplicates share it
  lines blob               -- hashes of its short lines, 8 bytes each, little-endian
);

create table site_headlines (
  first_words integer,     -- hash of the first three words of the headline
  key text,                -- comparison form of the headline
  pages integer,           -- number of pages that have it
  primary key (first_words, key)
) without rowid;

create table site_signatures (
  source_key text,         -- comparison form of a name that signs pages
  source_name text,        -- one spelling of it
  pages integer,           -- number of pages that it signs in this spelling
  primary key (source_key, source_name)
) without rowid;

create table site_sources (  -- those of them that sign enough pages to be sources
  source_key text primary key,  -- comparison form
  source_name text         -- the spelling that most of its pages have
) without rowid;

create table site_line_articles (
  line integer,            -- hash of a short line
  article integer,         -- hash of the first paragraph of an article that it stands on
  pages integer,           -- number of pages of that article that have the line
  primary key (line, article)
) without rowid;

create table site_lines (
  line integer primary key,  -- hash of a short line
  articles integer,        -- number of different articles that it stands on
  key text                 -- its comparison form if it recurs, else null
);

create index site_boilerplate on site_lines (articles, key) where articles >= 4;

create index site_lines_by_key on site_lines (key, articles) where key is not null;

create table site_total (
  id integer primary key,  -- always 0: there is one row
  pages integer            -- number of all pages
);

create table site_mentions (
  file text primary key,   -- see Document.file
  mentions blob            -- hashes of the words in which something was looked for, 2 bytes each
) without rowid;

-- Enriched articles (enrich).

create table article_ids (
  file text primary key, -- of the input that represents a text
  id text -- of the article that was made of it by the last run
) without rowid;

-- Duplicates: clusters of near-duplicate texts, and ids (enrich/duplicates).

create table deduplicated (
  file text primary key, -- of a parsed article
  plain_id text, -- its id by source and headline
  day text, -- ISO day of its publication; null if it is not dated
  representative text -- file of the article that represents its text, maybe its own
) without rowid;

create table cluster_texts (
  number integer primary key autoincrement, -- of the text, in the order in which texts were added
  file text unique, -- of the article
  size integer, -- characters of its body
  representative integer -- number of the text that represents it, maybe its own
);

create index cluster_texts_by_representative on cluster_texts (representative)
  where representative <> number;

create table text_shingles (
  number integer primary key, -- of the text
  packed blob -- its words, shingles and those by which it is looked up, as 32-bit numbers
);

create table shingle_keys (
  key integer, -- a shingle by which texts are looked up
  represents integer, -- 1 if the text represents its cluster, else 0
  size integer, -- of the text
  number integer, -- of the text
  primary key (key, represents, size desc, number)
) without rowid;

create table contained_texts (
  number integer, -- of a text that represents its cluster
  container integer, -- number of a longer one that represents another, and holds it
  primary key (number, container)
) without rowid;

create index contained_texts_by_container on contained_texts (container, number);

create table assigned_ids (
  file text primary key, -- of an article that represents a text
  plain_id text, -- its id by source and headline
  day text, -- ISO day of its publication; ~ if it is not dated
  id text -- the id that is published
) without rowid;

create index assigned_ids_by_plain_id on assigned_ids (plain_id, day, file, id);

-- Addresses of articles that represent a text (addresses).

create table addresses (
  file text primary key, -- of the article
  derived_id text, -- its id by source and headline, and maybe by its text
  slug text, -- of its headline, or an editor's
  has_fixed_slug integer, -- 1 if it is an editor's
  day text, -- ISO day of its publication; ~ if it is not dated
  source text, -- that printed it; empty if unknown
  guid text, -- see Article.guid
  pin text, -- the address that it is pinned to; empty if it is not
  claim text, -- the id that it has unless another article comes before it
  id text, -- the id that is published
  address text -- the path of its page, without its suffix
) without rowid;

create index addresses_by_claim on addresses (claim, day, file);

create index addresses_by_id on addresses (id);

create index addresses_by_guid on addresses (guid) where guid <> '';

create index addresses_by_day on addresses (day, source, file);

-- Names across the collection (enrich/entities/collection).

create table name_spellings (
  key text, -- key of a name, or of a source
  spelling text, -- one way to write it
  mentions integer, -- number of articles' tags that are written so
  authoritative integer, -- number of those that an editor, the input or the gazetteer spelled
  primary key (key, spelling)
) without rowid;

create table article_names (
  key text, -- key of a name, or of the source
  file text, -- raw file of an article with a tag of that name
  entries text, -- what it has of it, NUL between: spellings, ! before those with authority, ~ before doubtful ones, else ?; = and the key of a short form
  primary key (key, file)
) without rowid;

create index article_names_by_file on article_names (file);

create table joined_names ( -- names that may be one with others
  name text primary key, -- key of a person's or an organisation's name
  block text, -- what all have in common that may be one with it
  last text, -- last word of a person's name
  mentions integer, -- number of articles with it
  articles integer, -- number of those that are sure of it
  authoritative integer, -- number of those where it has authority
  full text, -- key of the name that it goes by
  is_sure integer -- whether some article is sure of it, or of a name that goes by the same
) without rowid;

create index joined_names_by_block on joined_names (block);
create index joined_names_by_last on joined_names (last);
create index joined_names_by_full on joined_names (full);

create table short_names (
  form text, -- key of a person's short form
  name text, -- key of a name that it stands for in some article
  articles integer, -- number of these articles
  primary key (form, name)
) without rowid;

create index short_names_by_name on short_names (name);

create table short_forms (
  form text primary key, -- key of a short form: a surname, a first name behind a title, the end of a name
  full text -- key of the name that it goes by, empty if that may be several persons'
) without rowid;

create index short_forms_by_full on short_forms (full);

-- Keyphrases (enrich/keyphrases). Phrases go by a digest of their comparison keys, articles by a
-- number.

create table keyphrase_articles (
  number integer primary key, -- of the article
  file text not null unique, -- its raw file
  phrases blob not null, -- digests of all its phrases, 8 bytes each
  scores text not null, -- scores by phrase of its candidates, as JSON
  confidences text not null default '{}', -- confidences by phrase, surest first, as JSON
  selected text not null default '[]', -- phrases that it selects, as a JSON list
  keyphrases text not null default '[]' -- name, kind and confidence of those to show, as JSON
);

create table phrase_occurrences (
  phrase integer, -- digest
  article integer, -- number
  is_candidate integer not null, -- whether the phrase may become a keyphrase of the article
  occurrences text not null, -- one a line: see Extraction.occurrences
  primary key (phrase, article)
) without rowid;

create table shared_phrases (
  phrase integer primary key, -- digest of a phrase that two articles or more have
  articles integer not null, -- number of articles that have it
  support integer not null, -- number of those that count; 0 if it is no phrase to list
  name text not null, -- its most frequent spelling, or what the editor calls it
  confident integer not null default 0, -- number of articles that are confident of it
  selecting integer not null default 0 -- number of articles that select it
);

create index shared_phrases_by_articles on shared_phrases (articles) where articles > 2;

create table keyphrase_state (
  name text primary key, -- `articles` or `editor`
  value text not null -- number of all articles; what the editor calls phrases, as JSON
);

-- Sections (enrich/topics).

create table topic_evidence (
  file text primary key, -- raw file of the article
  evidence text not null -- what its text says about its section, as JSON
) without rowid;

create table home_votes (
  country text primary key, -- ISO 3166 code
  articles integer not null -- number of articles that point to it more than to others
) without rowid;

-- Headlines beside articles (enrich/headlines).

create table sidebars (
  file text primary key, -- raw file of the article
  raw_text blob, -- what was cut from around it, compressed
  links text, -- its lines that are links, as a JSON list; null if the input does not tell
  headlines blob -- the headlines to show, compressed JSON
);

create table headline_index (
  file text primary key, -- raw file of the article
  key text, -- comparison form of its headline; empty if too short to be searched for
  first_words text, -- the first two words of that
  day integer, -- ordinal of its date, 0 if it has none
  article text, -- id of the article
  title text -- its headline as written
) without rowid;

create index headline_index_by_key on headline_index (key, day desc, file) where key != '';

create index headline_index_by_first_words on headline_index (first_words) where key != '';

create index headline_index_by_age on headline_index (day = 0, day, file);

create table sidebar_texts (
  file text primary key, -- raw file of the article
  folded_text blob -- its sidebar as comparison forms, a space around each word
);

create table sidebar_ngrams (
  ngram integer primary key, -- hash of as many words as a headline has at least
  occurrences integer -- in all sidebars
);

create table glued_lines (
  id integer primary key, -- number of the line
  contexts blob, -- hashes of its contexts, 8 bytes each
  digest blob unique, -- of the line
  line blob, -- the line as written, compressed
  model_input text, -- digests of the model and of the pieces of the line that it read
  model_odds blob, -- log odds of a boundary before each word by the model, 4 bytes each
  overlap_odds blob, -- log odds of the same by other lines, 1 byte each
  candidates text, -- reliable candidates as JSON: start, end and confidence of each
  headlines blob -- the headlines to show, compressed JSON
);

create table glued_line_files (
  line integer, -- number of a glued line
  file text, -- raw file of an article with the line in its sidebar
  primary key (line, file)
) without rowid;

create index glued_line_files_by_file on glued_line_files (file, line);

create table line_contexts (
  context integer, -- hash of an n-gram of words; even for what follows it, odd for what precedes it
  neighbour integer, -- hash of the word that does, 0 for an end of a line
  occurrences integer, -- in all glued lines
  primary key (context, neighbour)
) without rowid;

create table calibration (
  size integer, -- number of headlines from which those are chosen that the model is tested on
  newest text, -- age of the newest article among theirs, as JSON
  digest text, -- of the headlines and of the shipped model
  lengths text, -- the model's log probability of each number of words, as a JSON list
  threshold real -- confidence from which the model alone is enough; null until it is needed
);

-- What stories are made of (enrich/stories).

create table numbered_articles (
  article integer primary key, -- number of the article, by which the tables below know it
  id text unique, -- of the article
  day integer, -- of its publication, counted from the year 1; null if it is not dated
  month integer, -- number of the month of that day
  background real, -- similarity to what was printed long before, from 0 to 1
  is_of_series integer -- 1 if its headline is that of a bulletin, which goes on with no other day's
);

create index numbered_articles_by_month on numbered_articles (month);

create table article_stems (
  article integer primary key, -- number of the article
  story_article blob, -- what a story tells of it: id, day, title, sources, names, as JSON
  is_column integer, -- 1 if its headline is that of a column, which is in no story
  stems blob, -- numbers of its telling stems, in order, 32 bits each
  counts blob -- how often each counts, 8 bits each
);

create table stem_articles (
  stem integer, -- number of a stem
  month integer, -- number of a month
  articles blob, -- numbers of its articles that have the stem, 32 bits each
  primary key (stem, month)
) without rowid;

create table month_stems (
  month integer primary key, -- number of a month
  articles integer, -- number of its articles
  stems blob, -- stems that are more frequent until its end than in news at large, 32 bits each
  shares blob -- thousandths of articles that each is taken to stand in, 16 bits each
);

create table tfidf_vectors (
  article integer primary key, -- number of the article
  day integer, -- of its publication, counted from the year 1; null if it is not dated
  stems blob, -- the rare ones first, heaviest first, 32 bits each
  weights blob, -- of each, 16 bits each
  rare integer -- number of rare stems
);

create table tfidf_index (
  stem integer, -- number of a stem by which articles are looked up
  article integer, -- number of an article
  day integer, -- of its publication, counted from the year 1; null if it is not dated
  primary key (stem, article)
) without rowid;

create table similar_articles (
  article integer, -- number of an article
  other integer, -- number of one that is similar
  similarity integer, -- cosine of both, in ten thousandths
  shared_rare_stems integer, -- number of rare stems that both have
  gap_days integer, -- from one to the other, negative if the other is older; null if undated
  primary key (article, other)
) without rowid;

-- What is published (library).

create table articles (
  id text primary key, -- stable half of its address
  sort_key text, -- day, newest first, and file: its order in every group
  file text, -- that it was read from
  card text, -- serialised: what other pages show of it
  article text, -- serialised, complete
  tags text, -- JSON: name, kind and other spellings of each tag
  length int, -- characters of its body
  month_names text -- whose names of months its dates have most, or empty
) without rowid;

create index articles_by_file on articles (file);

create table front (
  kind text, -- lead: what editions begin with; off: what none has
  place int, -- order among those of its kind
  name text, -- id of an article; of a lead that is none here, what an editor calls it
  primary key (kind, place)
) without rowid;

create table groups (
  group_key text primary key, -- kind and name: of a day, week, month, section, source, tag; or all
  dated int, -- number of its articles with a date
  undated int, -- number of its articles without one
  tag_kind text, -- of a tag: person, place, organisation or topic, as its newest article says
  newest text -- of a tag: sort key of its newest article
) without rowid;

create table group_members (
  group_key text, -- the group
  sort_key text, -- of the article
  article_id text, -- the article
  tag_kind text, -- of a tag, as this article says
  other_spellings text, -- of a tag, as this article has them: JSON, or empty
  reported text, -- of a source: whether the text is an agency's, and the section; JSON, or empty
  primary key (group_key, sort_key)
) without rowid;

create table outside_headlines ( -- seen beside articles, of articles that are not published here
  article_id text, -- of the article that it was seen beside
  headline_key text, -- its comparison form
  headline text, -- as written
  sort_key text, -- of that article
  primary key (article_id, headline_key)
) without rowid;

create index outside_headlines_by_age on outside_headlines (sort_key, headline_key);

create table article_tags (
  article_id text, -- the article
  tag text, -- name of a tag that it has
  primary key (article_id, tag)
) without rowid;

create table article_images (
  article_id text primary key, -- an article with images
  images text -- serialised
) without rowid;

create table stories (
  id text primary key, -- id of its first article
  last_day text, -- ISO day of its latest dated article; empty if it has none
  size int, -- number of its articles
  story text -- serialised
) without rowid;

create index stories_by_day on stories (last_day desc, id);

create table story_members (
  article_id text primary key, -- an article that is part of a story
  story_id text -- the story
) without rowid;

create index story_members_by_story on story_members (story_id);

create table story_clusters (
  article_id text primary key, -- an article that is part of a cluster
  story_id text -- the story that the cluster would be, if no editor had joined or split any
) without rowid;

create index story_clusters_by_story on story_clusters (story_id);

create table edited_articles (
  article_id text primary key -- an article of whose story editors say something
) without rowid;

create table news_topic_members (
  article_id text primary key, -- an article that is part of a news topic
  topic_id text -- the news topic: the id of its first article
) without rowid;

create index news_topic_members_by_topic on news_topic_members (topic_id);

create table related_articles (
  article_id text primary key, -- an article after which others are worth reading
  related_ids text -- their ids, a space between them, nearest first
) without rowid;

-- Pages, and what each was made of (library).

create table targets (
  target text primary key, -- what one page is made of: an article, a story, one page of an index
  dependency_key text, -- of what it is there for
  path text -- of its page below the folder of pages; empty if it has none
) without rowid;

create index targets_by_key on targets (dependency_key);

create index targets_by_path on targets (path);

create table recorded_queries (
  query text, -- dependency key, method of the library, arguments
  target text, -- that was composed with its answer
  primary key (query, target)
) without rowid;

create index recorded_queries_by_target on recorded_queries (target);

create table answer_fingerprints (
  query text primary key, -- a recorded query
  fingerprint int -- of its answer when it was last asked
) without rowid;

-- Search shards (publish/search).

create table indexed_articles (
  id text primary key, -- id of an article that the search index holds
  digest text, -- of all that the index holds of it
  shard text, -- name of the shard where it is live
  fragment text -- its name in the shard
) without rowid;

create index indexed_articles_by_shard on indexed_articles (shard);

create table search_shards (
  name text primary key, -- of the shard's folder
  size integer, -- number of articles that it was made of
  live integer -- number of those that are still as they were
) without rowid;

create table dead_fragments (
  shard text, -- name of a shard
  fragment text, -- name of an article in it that was removed or changed
  primary key (shard, fragment)
) without rowid;

create table search_state (
  name text primary key, -- `list`, `program` or `recipe`
  value text -- digest of the list of shards; version of Pagefind; digest of what shapes an index
) without rowid;
