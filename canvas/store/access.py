"""Who is who: join links, the cookie that a link turns into, and the names people type. No sign-up anywhere.

A link token is signed and names a row that can be revoked. Following it makes a participant with a random id; a signed
cookie remembers both. Nothing here decides what a role may do: that is `log/ops.py`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from itsdangerous import BadSignature, URLSafeSerializer

from canvas.document.workshop import Workshop
from canvas.errors import LinkRefused, SettingWrong
from canvas.log.op import ROLES, Author, Role
from canvas.reading.text_gate import clean
from canvas.store.database import writing
from canvas.store.new_file import put_in_place
from canvas.store.sql_tables import LINK, PARTICIPANT
from canvas.store.store import Store, new_id

# The file of the signing secret in a data folder.
SECRET = "secret"  # noqa: S105 - a name
NAME_LENGTH = 60
SHORTEST_SECRET = 16
# Ten rooms of a hundred. Who holds a link can always follow it once more, so that something has to end it.
JOINED_BY_ONE_LINK = 1000
COOKIE_PREFIX = "stack-canvas-"


@dataclass(frozen=True)
class Member:
    """One browser in one workshop: what its link allows, the name its person typed, if any, and which link it was."""

    workshop: str
    id: str
    role: Role
    name: str | None
    link: str

    @property
    def author(self) -> Author:
        return Author(self.id, self.role)


@dataclass(frozen=True)
class Link:
    """A join link that has not been revoked: what it allows, since when, and how many have joined by it."""

    id: str
    role: Role
    created_at: str
    joined: int
    token: str


class Access:
    """Makes and checks links and cookies for the workshops of one store."""

    def __init__(self, store: Store, secret: str) -> None:
        self.store = store
        self._links = URLSafeSerializer(secret, salt="join-link")
        self._cookies = URLSafeSerializer(secret, salt="member-cookie")

    def begin(
        self, document: Workshop, roles: Sequence[Role], tell: Callable[[str, Mapping[Role, str]], None] | None = None
    ) -> tuple[str, Mapping[Role, str]]:
        """Start a workshop with a link for each role, both or neither. Returns its id and the tokens by role.

        `tell` gets them before they are kept: whoever is stopped half-way leaves no workshop nobody was told of.
        """
        ids: dict[Role, str] = {role: new_id() for role in roles}
        tokens: dict[Role, str] = {role: self._token(link_id) for role, link_id in ids.items()}

        def add_links(connection: sa.Connection, workshop: str) -> None:
            made = {"workshop": workshop, "created_at": self.store.clock(), "revoked": False}
            connection.execute(sa.insert(LINK), [{"id": link, "role": role, **made} for role, link in ids.items()])
            if tell is not None:
                tell(workshop, tokens)

        return self.store.create(document, beside=add_links), tokens

    def new_link(self, workshop: str, role: Role) -> str:
        """Return the token of a new join link. Several links of one role may exist side by side."""
        link_id, newest = new_id(), sa.select(sa.func.max(LINK.c.created_at)).where(LINK.c.workshop == workshop)
        with writing(self.store.engine) as connection:
            made = later_than(connection.scalar(newest), self.store.clock())
            row = {"id": link_id, "workshop": workshop, "role": role, "created_at": made, "revoked": False}
            connection.execute(sa.insert(LINK).values(row))
        return self._token(link_id)

    def link_for(self, workshop: str, role: Role) -> str:
        """Return the token of the newest link of a role that is not revoked, making one when there is none."""
        wanted = sa.select(LINK.c.id).where(LINK.c.workshop == workshop, LINK.c.role == role, ~LINK.c.revoked)
        with self.store.engine.connect() as connection:
            link_id = connection.scalar(wanted.order_by(LINK.c.created_at.desc(), LINK.c.id).limit(1))
        return self._token(link_id) if link_id else self.new_link(workshop, role)

    def links(self, workshop: str) -> list[Link]:
        """Return the links of a workshop that still open it, oldest first, with how many joined by each."""
        joined = sa.select(PARTICIPANT.c.link, sa.func.count().label("joined")).group_by(PARTICIPANT.c.link).subquery()
        wanted = (
            sa.select(LINK, joined.c.joined)
            .join(joined, joined.c.link == LINK.c.id, isouter=True)
            .where(LINK.c.workshop == workshop, ~LINK.c.revoked)
            .order_by(LINK.c.created_at, LINK.c.id)
        )
        with self.store.engine.connect() as connection:
            rows = connection.execute(wanted).all()
        return [Link(row.id, _role(row.role), row.created_at, row.joined or 0, self._token(row.id)) for row in rows]

    def revoke(self, workshop: str, link_id: str) -> None:
        """Make a link useless, and with it every cookie it gave."""
        chosen = sa.update(LINK).where(LINK.c.id == link_id, LINK.c.workshop == workshop)
        with writing(self.store.engine) as connection:
            connection.execute(chosen.values(revoked=True))

    def invited(self, token: str) -> tuple[str, Role]:
        """Return the workshop and role that a link opens. Raises `LinkRefused` when it opens none."""
        link = self._link(token)
        return str(link.workshop), _role(link.role)

    def join(self, token: str, name: str = "") -> tuple[Member, str]:
        """Follow a link: return the new member and the cookie value that remembers it.

        Raises `LinkRefused`, also when `JOINED_BY_ONE_LINK` have joined by it.
        """
        link = self._link(token)
        member = Member(link.workshop, new_id(), _role(link.role), _name(name), link.id)
        row = {"id": member.id, "workshop": member.workshop, "link": link.id, "joined_at": self.store.clock()}
        by_this = sa.select(sa.func.count()).where(PARTICIPANT.c.workshop == link.workshop)
        with writing(self.store.engine) as connection:
            if (connection.scalar(by_this.where(PARTICIPANT.c.link == link.id)) or 0) >= JOINED_BY_ONE_LINK:
                raise LinkRefused(f"{JOINED_BY_ONE_LINK} have joined by this link. Ask the facilitator for a new one.")
            connection.execute(sa.insert(PARTICIPANT).values({**row, "name": member.name}))
        return member, str(self._cookies.dumps(member.id))

    def member(self, workshop: str, cookie: str | None) -> Member:
        """Return who a cookie stands for in this workshop. Raises `LinkRefused` when it does not."""
        if not cookie:
            raise LinkRefused("Open the link you were given for this workshop; this browser has not joined it yet.")
        return self._present(workshop, self._loads(self._cookies, cookie))

    def again(self, member: Member) -> Member:
        """Return a member as the store knows them now. Raises `LinkRefused` when their link was taken back."""
        return self._present(member.workshop, member.id)

    def rename(self, member: Member, name: str) -> None:
        """Store the name a person typed, or forget it when it is empty."""
        with writing(self.store.engine) as connection:
            connection.execute(sa.update(PARTICIPANT).where(PARTICIPANT.c.id == member.id).values(name=_name(name)))

    def member_ids(self, workshop: str) -> set[str]:
        """Return the ids of all whose link still opens the workshop."""
        wanted = sa.select(PARTICIPANT.c.id).join(LINK, LINK.c.id == PARTICIPANT.c.link)
        with self.store.engine.connect() as connection:
            return set(connection.scalars(wanted.where(PARTICIPANT.c.workshop == workshop, ~LINK.c.revoked)))

    def names(self, workshop: str) -> dict[str, str]:
        """Return the names of those who typed one, by participant id."""
        wanted = sa.select(PARTICIPANT.c.id, PARTICIPANT.c.name).where(PARTICIPANT.c.workshop == workshop)
        with self.store.engine.connect() as connection:
            return {row.id: row.name for row in connection.execute(wanted) if row.name}

    def _present(self, workshop: str, member_id: str) -> Member:
        wanted = (
            sa.select(PARTICIPANT.c.id, PARTICIPANT.c.name, PARTICIPANT.c.link, LINK.c.role)
            .join(LINK, LINK.c.id == PARTICIPANT.c.link)
            .where(PARTICIPANT.c.id == member_id, PARTICIPANT.c.workshop == workshop, ~LINK.c.revoked)
        )
        with self.store.engine.connect() as connection:
            row = connection.execute(wanted).one_or_none()
        if row is None:
            raise LinkRefused("Your link to this workshop is no longer valid. Ask the facilitator for a new one.")
        return Member(workshop, row.id, _role(row.role), row.name, row.link)

    def _link(self, token: str) -> sa.Row[Any]:
        link_id = self._loads(self._links, token)
        with self.store.engine.connect() as connection:
            link = connection.execute(sa.select(LINK).where(LINK.c.id == link_id, ~LINK.c.revoked)).one_or_none()
        if link is None:
            raise LinkRefused("This link has been revoked. Ask the facilitator for a new one.")
        return link

    def _token(self, link_id: str) -> str:
        return str(self._links.dumps(link_id))

    def _loads(self, serializer: URLSafeSerializer, signed: str) -> str:
        try:
            return str(serializer.loads(signed))
        except BadSignature:
            raise LinkRefused("This link is not valid. Copy it again, whole, or ask for a new one.") from None


def cookie_name(workshop: str, role: Role) -> str:
    """Return the name of the cookie that remembers one role in one workshop.

    Roles have cookies of their own, so that a facilitator who tries the participants' link stays the facilitator.
    """
    return f"{COOKIE_PREFIX}{workshop}-{role}"


def cookie_of(workshop: str, role: str | None, cookies: Mapping[str, str]) -> str | None:
    """Return the cookie for a workshop: that of the role asked for, else the one that allows most."""
    asked = [known for known in ROLES if role in (None, known)]
    found = (cookies.get(cookie_name(workshop, known)) for known in asked)
    return next((cookie for cookie in found if cookie), None)


def secret_in(folder: Path) -> str:
    """Return the signing secret kept in the data folder, made at first use and readable by its owner only."""
    path = folder / SECRET
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = folder / f".secret-{new_id()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(32), encoding="ascii")
        put_in_place(draft, path)
    secret = path.read_text(encoding="utf-8", errors="replace").strip()
    if len(secret) < SHORTEST_SECRET:
        raise SettingWrong(
            f"The signing secret {path} is empty or cut off. Put your copy of it back; or delete it, and all links and "
            "everybody who has joined need new ones (python cli.py link WORKSHOP)."
        )
    return secret


def later_than(last: str | None, now: str) -> str:
    """Return the time of what comes after `last`: now, unless the clock has gone back. Both are as `utc_now` gives."""
    if last is None or now > last:
        return now
    return (datetime.fromisoformat(last) + timedelta(milliseconds=1)).isoformat(timespec="milliseconds")


def _name(typed: str) -> str | None:
    return clean(typed).replace("\n", " ")[:NAME_LENGTH] or None


def _role(value: str) -> Role:
    return next(role for role in ROLES if role == value)
