"""The folder of the finished site: readers find the old site there or the new one, never a mix.

A site has two trees: the live one, and a spare one beside it that shares its files by hard links. A
run brings the spare tree up to date (what the last run changed, then what this one does), and the
two change places: a publication costs what changed, and a tree is whole before anybody reads it. A
run that is killed leaves no record of what the trees are like, so that the next one makes a tree
from nothing.

Our files are listed in the folder itself. What is not listed is not ours: it is carried over from
tree to tree, and nothing of it is ever changed or removed.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping, Set
from pathlib import Path
from typing import NamedTuple

from mujaz.publish.output.exchange import put_in_place, send_to_disk, take_back
from mujaz.publish.output.foreign_files import (
    carry_over,
    folders_above,
    foreign_files,
    holds_mounts,
    move_repository,
    nearest_folder,
    replaced_files,
)
from mujaz.publish.output.site_listing import content_digest, listing_text, read_listing
from mujaz.publish.output.trees import (
    can_link,
    catch_up,
    remove_path,
    remove_tree,
    replace_files,
    retire,
    write_file,
)
from mujaz.publish.output.workspace import Workspace
from mujaz.state.files import remove_entry
from mujaz.state.site_record import (
    MARK,
    Signatures,
    SiteRecord,
    folder_identity,
    read_record,
    take_signatures,
    write_record,
)

_MAX_PENDING_PATHS = 500
"""Paths up to which it is left to the next run to bring the spare tree up to date."""
_NO_WRITING = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS}
"""Errors after which single files cannot be replaced either."""
_NONE = (0, 0)
"""The identity of no folder."""


class NextSite(NamedTuple):
    """The tree that is to be the next site, while nobody reads it."""

    folder: Path
    digests: Mapping[str, str]
    """SHA-256 of the files that lie there, by path."""

    def write(self, path: str, data: bytes) -> str:
        """Write a file unless it lies there as it should; return the digest of its content."""
        digest = content_digest(data)
        if self.digests.get(path) != digest:
            write_file(f"{self.folder}/{path}", data)
        return digest


class SiteFolder:
    """The folder of one site: `begin` and `publish` its next tree."""

    def __init__(
        self, site: Path, record_file: Path, *, is_preview: bool = False, force: bool = False
    ) -> None:
        """Take the folder as it is, after mending what a run that was killed left.

        A preview has but one tree, in which files are replaced one by one. `force` lets our files
        replace those of others.
        """
        self._site, self._record_file = site, record_file
        self._is_preview, self._force = is_preview, force
        self._workspace = workspace = Workspace(site)
        self._spare, self._next = workspace.spare, workspace.next
        if not is_preview and workspace.is_ours():
            take_back(workspace.aside, site)
            for tree in (workspace.spare, workspace.next):
                move_repository(tree, site)
        self._damaged: frozenset[str] | None = None
        self._record: SiteRecord | None = None
        self.token = ""
        """Tells the site as it was left from any other; empty if nothing is known of it."""
        known_site = read_record(record_file, site)
        if known_site:
            self._record, self.token = known_site

    def damaged_files(self) -> frozenset[str]:
        """Return the paths of our files that somebody changed or removed since they were left."""
        if self._damaged is None:
            record = self._record
            self._damaged = frozenset(record.files.changed(record.site) if record else ())
        return self._damaged

    def begin(self, *, is_empty: bool = False) -> NextSite:
        """Return the tree that is to be the next site, with what it shares with this one.

        From now on nothing is known of the site, until the tree is published or abandoned.
        """
        record, site = self._record, self._site
        damaged = self.damaged_files()
        self._ours = read_listing(site / MARK)
        if record and (MARK in damaged or not self._ours):
            self._ours = dict.fromkeys(record.files.paths, "")
        self._ours.pop(MARK, None)
        sound = self._ours
        if damaged:
            sound = {path: digest for path, digest in sound.items() if path not in damaged}
        try:
            remove_entry(self._record_file)
        except OSError:
            if record:  # it would say what is not so any more
                raise
        if self._is_preview:
            site.mkdir(parents=True, exist_ok=True)
            return NextSite(site, sound if record else {})
        self._workspace.open()
        if record is None or is_empty:
            self._record = None
            self._workspace.clear()
            self._next.mkdir(parents=True)
            return NextSite(self._next, {})
        if record.spare is None or record.spare != folder_identity(self._spare):
            record = self._record = self._with_new_spare(record)
        catch_up(self._spare, site, record.pending)
        return NextSite(self._spare, sound)

    def _with_new_spare(self, record: SiteRecord) -> SiteRecord:
        """Return the record of the same site after a spare tree was made of it."""
        self._workspace.clear()
        catch_up(self._spare, self._site, {*record.files.paths})
        folders = take_signatures(str(self._spare), record.live_folders.paths)
        return record._replace(pending=frozenset(), spare_folders=folders)

    def abandon(self, tree: NextSite) -> None:
        """Leave the site as it is, after a failure."""
        if not self._is_preview:
            remove_tree(tree.folder)
            if self._record:
                write_record(self._record_file, self._record._replace(spare=None))

    def publish(self, tree: NextSite, listing: Mapping[str, str]) -> None:
        """Make `tree` the site; `listing` are the digests of all files that it is to have.

        Raises `MujazError`, and leaves the site, if a new file of ours lies where another's does.
        """
        changed = {path for path, digest in listing.items() if tree.digests.get(path) != digest}
        removed = self._ours.keys() - listing.keys()
        for path in removed:
            remove_path(tree.folder, path)
        write_file(f"{tree.folder}/{MARK}", listing_text(listing))
        if self._is_preview:
            self._record = self._new_record(listing)
        elif tree.folder == self._spare:
            self._record = self._publish_spare(listing, changed | removed | {MARK})
        else:
            self._record = self._publish_new(listing)
        self.token = write_record(self._record_file, self._record)

    def _publish_spare(self, listing: Mapping[str, str], changed: set[str]) -> SiteRecord:
        """Let the spare tree, in which the files `changed` are others, be the site."""
        before, site, spare = self._record, self._site, self._spare
        assert before
        foreign = self._foreign(listing, before)
        is_exchanged = self._show(spare, listing, changed, foreign, before.foreign)
        touched = changed | before.pending
        after = before._replace(
            pending=frozenset(changed),
            foreign=foreign,
            files=before.files.updated(str(site), changed, changed - listing.keys() - {MARK}),
        )
        if is_exchanged:
            after = after._replace(
                live_folders=_refreshed(before.spare_folders, site, touched),
                spare_folders=before.live_folders,
            )
        else:
            after = after._replace(
                live_folders=_refreshed(before.live_folders, site, touched),
                spare_folders=_refreshed(before.spare_folders, spare, touched),
                pending=frozenset(),
            )
        if len(after.pending) > _MAX_PENDING_PATHS:
            catch_up(spare, site, after.pending)
            after = after._replace(
                spare_folders=_refreshed(after.spare_folders, spare, touched), pending=frozenset()
            )
        return after._replace(live=folder_identity(site) or _NONE, spare=folder_identity(spare))

    def _publish_new(self, listing: Mapping[str, str]) -> SiteRecord:
        """Let a new tree be the site, and make a spare one of it."""
        site, spare, new = self._site, self._spare, self._next
        foreign = self._foreign(listing, None)
        site.parent.mkdir(parents=True, exist_ok=True)
        if self._show(new, listing, {*listing, MARK}, foreign, frozenset()):
            foreign |= retire(new, site, self._ours.keys() | foreign | {MARK})
            if can_link(spare.parent):
                catch_up(spare, site, {*listing, MARK})
                carry_over(site, spare, foreign, frozenset())
        else:
            new.rename(spare)  # it holds the same files, each a second time
        return self._new_record(listing)._replace(foreign=foreign)

    def _new_record(self, listing: Mapping[str, str]) -> SiteRecord:
        """Return the record of a site of which nothing was known before."""
        site, paths = self._site, {*listing, MARK}
        spare = None if self._is_preview else folder_identity(self._spare)
        folders = [] if self._is_preview else sorted(folders_above(paths))
        return SiteRecord(
            str(site),
            folder_identity(site) or _NONE,
            spare,
            frozenset(),
            frozenset(),
            take_signatures(str(site), paths),
            take_signatures(str(site), folders),
            take_signatures(str(self._spare), folders if spare else []),
        )

    def _foreign(self, listing: Mapping[str, str], record: SiteRecord | None) -> frozenset[str]:
        """Return what others put into the site; raises `MujazError` if it is in our way."""
        site = self._site
        changed = record.live_folders.changed(str(site)) if record else []
        if record and not changed and not record.foreign:
            return frozenset()
        ours = self._ours.keys() | {MARK}
        our_folders = {*record.live_folders.paths} if record else folders_above(ours)
        folders: Iterable[str] = our_folders
        if record:
            folders = {*changed, *(nearest_folder(each, our_folders) for each in record.foreign)}
        foreign = frozenset(foreign_files(site, ours, our_folders, folders))
        return foreign - replaced_files(site, foreign, listing, force=self._force)

    def _show(
        self,
        tree: Path,
        listing: Mapping[str, str],
        changed: Set[str],
        foreign: frozenset[str],
        foreign_before: frozenset[str],
    ) -> bool:
        """Let readers see `tree`; return whether it is now the site's folder itself.

        Where that folder cannot move, its files are replaced one by one.
        """
        site = self._site
        carry_over(site, tree, foreign, foreign_before)
        send_to_disk(tree, changed)
        fault = "something is mounted in it"
        if not holds_mounts(site, foreign):
            try:
                put_in_place(tree, site, self._workspace.aside)
            except OSError as error:
                if error.errno in _NO_WRITING:
                    raise
                fault = (error.strerror or "it cannot move").lower()
            else:
                move_repository(tree, site)
                return True
        import logging  # hardly ever is there anything to say

        message = "%s: %s; its files are replaced one by one"
        logging.getLogger(__name__).warning(message, site, fault)
        replace_files(tree, site, changed, self._ours.keys() - listing.keys())
        return False


def _refreshed(folders: Signatures, root: Path, touched: Iterable[str]) -> Signatures:
    """Return the signatures of our folders after our files at the paths `touched` came or went.

    A folder in which only another's file came or went is looked into once more by the next run.
    """
    present, missing = set[str](), set[str]()
    for folder in folders_above(touched):
        (present if (root / folder).is_dir() else missing).add(folder)
    return folders.updated(str(root), present, missing)
